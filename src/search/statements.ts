import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import { peopleOf } from '../indexing/people.ts';
import { statementStories } from '../indexing/stories.ts';
import type { Library } from '../library/library.ts';
import { type Filter, NO_FILTER, type SpeakerFilter, type TimeOrder } from '../library/store/library-index.ts';
import { readAppearances, readCopies, readTimeline, readTopSpeakers } from '../library/store/people.ts';
import { dayOf } from '../library/store/stored.ts';
import { lengthOf } from '../news/span.ts';
import { findPassages, readArticles } from './passages.ts';
import { appearanceIn } from './people.ts';

/** Something that somebody says, in its article. */
export interface Statement {
  readonly from: AttributedArticle;
  readonly attribution: Attribution;
  /** Other articles that have it word for word, if these were looked for. */
  readonly also?: readonly AttributedArticle[];
}

/** A page of what one person says across a library. */
export interface Statements {
  readonly statements: readonly Statement[];
  /** How many there are on all pages. */
  readonly total: number;
}

/** Which statements to find, and which page of them to read. */
export interface StatementQuery {
  /** Empty for everything; otherwise only what matches best, at most 25. */
  readonly words: string;
  /** Days as `2022-03-14`, both inclusive. */
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly order: TimeOrder;
  readonly from: number;
  readonly most: number;
}

/** Articles that have a statement word for word and are cited with it. */
const MOST_COPIES = 4;

/**
 * Returns what a speaker of an article says, there and, if they are known in others, in all articles. A
 * statement that several articles print word for word is returned once, from the earliest.
 */
export async function searchStatements(
  library: Library,
  from: AttributedArticle,
  place: number,
  query: StatementQuery,
): Promise<Statements> {
  const filter = { ...NO_FILTER, after: query.after, before: query.before };
  const speakers = await speakersOf(library, from, place, filter);
  if (speakers === undefined) return { statements: [], total: 0 };
  const { statements, total } =
    query.words === ''
      ? await everything(library, speakers, query, filter)
      : pageOf(inTime(await matching(library, query.words, { ...filter, speakers }), query.order), query);
  return { statements: await withArticles(library, speakers.keys, statements), total };
}

function pageOf(statements: readonly Statement[], { from, most }: StatementQuery): Statements {
  return { statements: statements.slice(from, from + most), total: statements.length };
}

/** Adds the other articles in which a person with one of these keys says the same. */
async function withArticles(
  library: Library,
  keys: readonly string[],
  statements: readonly Statement[],
): Promise<readonly Statement[]> {
  const stories = storiesOf(statements);
  const copies = await library.read(
    readCopies,
    keys,
    stories.flatMap(story => story ?? []),
    MOST_COPIES,
  );
  const articles = await readArticles(
    library,
    [...copies.values()].flat().map(article => ({ article })),
  );
  return statements.map((each, at) => {
    const theirs = copies.get(stories[at] ?? '') ?? [];
    const also = theirs.flatMap(id => (id === each.from.article.id ? [] : (articles.get(id) ?? [])));
    return { ...each, also };
  });
}

/** Returns the story of each statement; `undefined` for those in too few words. */
function storiesOf(statements: readonly Statement[]): readonly (string | undefined)[] {
  const articles = new Set(statements.map(({ from }) => from));
  const stories = new Map([...articles].flatMap(from => [...statementStories(from)]));
  return statements.map(({ attribution }) => stories.get(attribution));
}

/**
 * Returns a speaker in all articles that have the same person. A description has no keys, so it's only theirs in this
 * one.
 */
async function speakersOf(
  { read }: Library,
  from: AttributedArticle,
  place: number,
  filter: Filter,
): Promise<SpeakerFilter | undefined> {
  const person = peopleOf(from).find(each => each.place === place);
  if (person === undefined || person.keys.length > 0) return person && { keys: person.keys, rows: [] };
  const all = await read(readTopSpeakers, { ...filter, article: from.article.id }, from.speakers.length);
  return { keys: [], rows: all.filter(row => row.place === place && row.said > 0) };
}

async function everything(
  library: Library,
  { keys, rows }: SpeakerFilter,
  query: StatementQuery,
  filter: Filter,
): Promise<Statements> {
  if (keys.length === 0) {
    const articles = await readArticles(library, rows);
    const theirs = rows.flatMap(row => appearanceIn(articles, row));
    return pageOf(
      theirs.flatMap(({ from, attributions }) => attributions.map(attribution => ({ from, attribution }))),
      query,
    );
  }
  const { order, from: offset, most: limit } = query;
  const { said: total } = await library.read(readAppearances, keys, filter, 0, 0);
  const told = await library.read(readTimeline, keys, filter, { order, offset, limit });
  const articles = await readArticles(library, told);
  const statements = told.flatMap(row => {
    const from = articles.get(row.article);
    const attribution = from?.attributions[row.attribution];
    return from === undefined || attribution === undefined ? [] : [{ from, attribution }];
  });
  return { statements, total };
}

/**
 * Returns statements with the words, each once, in the order of their texts. Of those that are word for word the same,
 * only the earliest.
 */
async function matching(library: Library, words: string, filter: Filter): Promise<readonly Statement[]> {
  const found = new Map<Attribution, Statement>();
  for (const { from, attribution, closeness } of await findPassages(library, words, filter)) {
    if (attribution !== undefined && closeness === 'match') found.set(attribution, { from, attribution });
  }
  const startOf = ({ attribution }: Statement) => attribution.content[0].start;
  const ordered = [...found.values()].sort((one, other) => startOf(one) - startOf(other));
  const inOrder = inTime(ordered, 'oldest');
  const stories = storiesOf(inOrder);
  const copies = Map.groupBy(inOrder, (each, at): unknown => stories[at] ?? each);
  const earliest = new Set([...copies.values()].map(([first]) => first));
  return ordered.filter(each => earliest.has(each));
}

/** Sorts by day; undated statements come last, and those of one day keep their order. */
function inTime(statements: readonly Statement[], order: TimeOrder): readonly Statement[] {
  const way = order === 'oldest' ? 1 : -1;
  return statements.toSorted((one, other) => {
    const [day, otherDay] = [dayOf(one.from.article.published), dayOf(other.from.article.published)];
    if (day === otherDay) return 0;
    if (day === undefined || otherDay === undefined) return day === undefined ? 1 : -1;
    return day > otherDay ? way : -way;
  });
}

/** In UTF-16 units: shorter quotes say nothing, and longer ones are several quotes. */
const [SHORTEST, LONGEST] = [30, 600];

function isSure({ certainty, doubtful, reportedBy }: Attribution): boolean {
  return certainty === 'stated' && !doubtful && (reportedBy === undefined || isSure(reportedBy));
}

/** True for somebody's own words, certainly theirs and certainly said, however few. */
export function isClearQuote({ from, attribution }: Statement): boolean {
  const { type, speaker, content } = attribution;
  const isOwn = type === 'direct' && speaker !== undefined && isSure(attribution);
  return isOwn && lengthOf(content) <= LONGEST && denialOf(from, attribution) === undefined;
}

/** True for a clear quote that says something to those who don't know its article. */
export function isPlainQuote(statement: Statement): boolean {
  return lengthOf(statement.attribution.content) >= SHORTEST && isClearQuote(statement);
}

/** Returns the quotes of an article that can stand alone. */
export function plainQuotesIn(from: AttributedArticle): readonly Statement[] {
  return from.attributions.map(attribution => ({ from, attribution })).filter(isPlainQuote);
}

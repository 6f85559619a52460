import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import { peopleOf } from '../indexing/people.ts';
import type { Library } from '../library/library.ts';
import {
  type Filter,
  NO_FILTER,
  type SpeakerFilter,
  type Timeline,
  type TimeOrder,
} from '../library/store/library-index.ts';
import { readAppearances, readTimeline, readTopSpeakers } from '../library/store/people.ts';
import { dayOf } from '../library/store/stored.ts';
import { lengthOf } from '../news/span.ts';
import { findPassages, readArticles } from './passages.ts';
import { appearanceIn } from './people.ts';

/** Something that somebody says, in its article. */
export interface Statement {
  readonly from: AttributedArticle;
  readonly attribution: Attribution;
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

/** Returns what a speaker of an article says, there and, if they are known in others, in all articles. */
export async function searchStatements(
  library: Library,
  from: AttributedArticle,
  place: number,
  query: StatementQuery,
): Promise<Statements> {
  const filter = { ...NO_FILTER, after: query.after, before: query.before };
  const speakers = await speakersOf(library, from, place, filter);
  if (speakers === undefined) return { statements: [], total: 0 };
  if (query.words === '') return await everything(library, speakers, query, filter);
  const found = await matching(library, query.words, { ...filter, speakers });
  const ordered = inTime(found, query.order);
  return { statements: ordered.slice(query.from, query.from + query.most), total: found.length };
}

/**
 * Returns a speaker in all articles that have the same person. A description has no keys, so it's only theirs in this
 * one.
 */
export async function speakersOf(
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
  { order, from, most }: StatementQuery,
  filter: Filter,
): Promise<Statements> {
  if (keys.length === 0) {
    const total = rows.reduce((sum, { said }) => sum + said, 0);
    return { statements: await readPage(library, { rows, skipped: from }, most), total };
  }
  const { said: total } = await library.read(readAppearances, keys, filter, 0, 0);
  const spoken = await library.read(readTimeline, keys, filter, { order, offset: from, limit: most });
  return { statements: await readPage(library, spoken, most), total };
}

async function readPage(library: Library, { rows, skipped }: Timeline, most: number): Promise<readonly Statement[]> {
  const articles = await readArticles(library, rows);
  const found = rows.flatMap((row, at) =>
    appearanceIn(articles, row).flatMap(({ from, attributions }) =>
      attributions.slice(at === 0 ? skipped : 0).map(attribution => ({ from, attribution })),
    ),
  );
  return found.slice(0, most);
}

/** Returns statements with the words, each once, in the order of their texts. */
async function matching(library: Library, words: string, filter: Filter): Promise<readonly Statement[]> {
  const found = new Map<Attribution, Statement>();
  for (const { from, attribution, closeness } of await findPassages(library, words, filter)) {
    if (attribution !== undefined && closeness === 'match') found.set(attribution, { from, attribution });
  }
  const startOf = ({ attribution }: Statement) => attribution.content[0].start;
  return [...found.values()].sort((one, other) => startOf(one) - startOf(other));
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

import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { peopleOf } from '../indexing/people.ts';
import type { Library } from '../library/library.ts';
import {
  type Filter,
  noFilter,
  type SpeakerFilter,
  type Timeline,
  type TimeOrder,
} from '../library/store/library-index.ts';
import { dayOf } from '../library/store/stored.ts';
import { findPassages } from './find-passages.ts';

/** By days as `2022-03-14`; those of one day stay in their order. */
function inTime<T>(items: readonly T[], dayOf: (item: T) => string | undefined, order: TimeOrder): readonly T[] {
  const way = order === 'oldest' ? 1 : -1;
  return items.toSorted((one, other) => {
    const [day, otherDay] = [dayOf(one), dayOf(other)];
    if (day === otherDay) return 0;
    if (day === undefined || otherDay === undefined) return day === undefined ? 1 : -1;
    return day > otherDay ? way : -way;
  });
}

/** Something that somebody says, in its article. */
export interface Statement {
  readonly from: AttributedArticle;
  readonly attribution: Attribution;
}

/** What one person says across a library, from somewhere in its order on. */
export interface Statements {
  readonly statements: readonly Statement[];
  /** How many there are in the whole order. */
  readonly total: number;
}

/** What to look for, and which part of it to read. */
export interface Wanted {
  /** Empty: everything. Else what matches best, at most 25. */
  readonly words: string;
  /** Days as `2022-03-14`, both inclusive. */
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly order: TimeOrder;
  readonly from: number;
  readonly most: number;
}

const none: Statements = { statements: [], total: 0 };

/** A speaker of an article, wherever they are one person with; a description leads to nobody in another article. */
async function meantBy(
  { index }: Library,
  from: AttributedArticle,
  place: number,
  filter: Filter,
): Promise<SpeakerFilter | undefined> {
  const speaker = peopleOf(from).find(each => each.place === place);
  if (speaker === undefined) return undefined;
  if (speaker.keys.length > 0) return { keys: speaker.keys, rows: [] };
  const all = await index.topSpeakers({ ...filter, article: from.article.id }, from.speakers.length);
  return { keys: [], rows: all.filter(row => row.place === place && row.said > 0) };
}

/** Reads only the articles of the part that is asked for. */
async function readPart(library: Library, { rows, skipped }: Timeline, most: number): Promise<readonly Statement[]> {
  const read = await library.articles([...new Set(rows.map(({ article }) => article))]);
  const articles = new Map(read.map(each => [each.article.id, each]));
  const found = rows.flatMap((row, at) => {
    const article = articles.get(row.article);
    const speaker = article?.speakers[row.place];
    // Nothing where the article changed since the row was read.
    if (article === undefined || speaker === undefined) return [];
    const theirs = article.attributions.filter(each => each.speaker === speaker);
    return theirs.slice(at === 0 ? skipped : 0).map(attribution => ({ from: article, attribution }));
  });
  return found.slice(0, most);
}

/** All that they say, in time. */
async function everything(
  library: Library,
  { keys, rows }: SpeakerFilter,
  wanted: Wanted,
  filter: Filter,
): Promise<Statements> {
  const { order, from, most } = wanted;
  if (keys.length === 0) {
    const total = rows.reduce((sum, { said }) => sum + said, 0);
    return { statements: await readPart(library, { rows, skipped: from }, most), total };
  }
  const { said: total } = await library.index.appearances(keys, filter, 0, 0);
  const spoken = await library.index.timeline(keys, filter, { order, from, most });
  return { statements: await readPart(library, spoken, most), total };
}

/** Statements that hold the words, each once, in the order of their texts. */
async function matching(library: Library, words: string, filter: Filter): Promise<readonly Statement[]> {
  const found = new Map<Attribution, Statement>();
  for (const { from, attribution, closeness } of await findPassages(library, words, filter)) {
    if (attribution !== undefined && closeness === 'match') found.set(attribution, { from, attribution });
  }
  const startOf = ({ attribution }: Statement) => attribution.content[0].start;
  return [...found.values()].sort((one, other) => startOf(one) - startOf(other));
}

/** What this speaker of an article says there and, where they are one person, in all other articles. */
export async function findStatements(
  library: Library,
  from: AttributedArticle,
  place: number,
  wanted: Wanted,
): Promise<Statements> {
  const filter = { ...noFilter, after: wanted.after, before: wanted.before };
  const meant = await meantBy(library, from, place, filter);
  if (meant === undefined) return none;
  if (wanted.words === '') return await everything(library, meant, wanted, filter);
  const found = await matching(library, wanted.words, { ...filter, speakers: meant });
  const ordered = inTime(found, statement => dayOf(statement.from.article.published), wanted.order);
  return { statements: ordered.slice(wanted.from, wanted.from + wanted.most), total: found.length };
}

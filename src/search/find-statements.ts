import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { peopleOf } from '../indexing/people.ts';
import type { Library } from '../library/library.ts';
import { everywhere, type SpeakerRow, type Where } from '../library/library-index.ts';
import { dayOf } from '../library/stored.ts';
import { findPassages } from './find-passages.ts';
import { type Ground, voicesOf } from './ground.ts';
import { type InTime, inTime } from './in-time.ts';

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
  /** Whether they are in more articles than are looked through: then these are of those that were added last. */
  readonly isCut: boolean;
}

/** What to look for, and which part of it to read. */
export interface Wanted {
  /** Empty: everything. Else what matches best, at most 25. */
  readonly words: string;
  /** Days as `2022-03-14`, both inclusive. */
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly order: InTime;
  readonly from: number;
  readonly most: number;
}

const mostArticles = 20_000;
const none: Statements = { statements: [], total: 0, isCut: false };

/** A speaker of an article wherever they speak, the newest article first. A description leads to nobody in another article. */
async function rowsOf(
  { index }: Library,
  from: AttributedArticle,
  place: number,
  where: Where,
): Promise<Pick<Statements, 'isCut'> & { readonly rows: readonly SpeakerRow[] }> {
  const speaker = peopleOf(from).find(each => each.place === place);
  if (speaker === undefined) return { rows: [], isCut: false };
  if (speaker.keys.length > 0) {
    const { rows, articles } = await index.appearances(speaker.keys, where, 0, mostArticles);
    return {
      rows: rows.filter(({ said }) => said > 0),
      isCut: rows.length === mostArticles && articles > mostArticles,
    };
  }
  const all = await index.loudest({ ...where, article: from.article.id }, from.speakers.length);
  return { rows: all.filter(row => row.place === place && row.said > 0), isCut: false };
}

/** Reads only the articles of the part that is asked for: the rows tell how much is said in each. */
async function readPart(
  library: Library,
  rows: readonly SpeakerRow[],
  { from, most }: Wanted,
): Promise<readonly Statement[]> {
  const parts: { readonly row: SpeakerRow; readonly skipped: number }[] = [];
  let before = 0;
  for (const row of rows) {
    if (before < from + most && before + row.said > from) parts.push({ row, skipped: Math.max(0, from - before) });
    before += row.said;
  }
  const read = await library.articles([...new Set(parts.map(({ row }) => row.article))]);
  const articles = new Map(read.map(each => [each.article.id, each]));
  const found = parts.flatMap(({ row, skipped }) => {
    const article = articles.get(row.article);
    const speaker = article?.speakers[row.place];
    // Nothing where the article changed since the row was read.
    if (article === undefined || speaker === undefined) return [];
    const theirs = article.attributions.filter(each => each.speaker === speaker);
    return theirs.slice(skipped).map(attribution => ({ from: article, attribution }));
  });
  return found.slice(0, most);
}

/** Statements that hold the words, each once, in the order of their texts. */
async function matching(library: Library, words: string, ground: Ground): Promise<readonly Statement[]> {
  const found = new Map<Attribution, Statement>();
  for (const { from, attribution, closeness } of await findPassages(library, words, ground)) {
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
  const where = { ...everywhere, after: wanted.after, before: wanted.before };
  const { rows, isCut } = await rowsOf(library, from, place, where);
  if (rows.length === 0) return none;
  if (wanted.words === '') {
    const ordered = inTime(wanted.order === 'oldest' ? rows.toReversed() : rows, row => row.published, wanted.order);
    const total = rows.reduce((sum, { said }) => sum + said, 0);
    return { statements: await readPart(library, ordered, wanted), total, isCut };
  }
  const speakers = rows.map(({ number }) => number);
  const found = await matching(library, wanted.words, { where: { ...where, speakers }, voices: voicesOf(rows) });
  const ordered = inTime(found, statement => dayOf(statement.from.article.published), wanted.order);
  return { statements: ordered.slice(wanted.from, wanted.from + wanted.most), total: found.length, isCut };
}

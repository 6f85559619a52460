import { allowsAllArticles, type Filter, type NamedSpeaker, type SpeakerRow } from '../library-index.ts';
import { articleOf, rangeOf } from '../numbers.ts';
import { all, allByPlace, type Row, type Script } from '../script.ts';
import { readSpeakers, SPEAKER_COLUMNS, toSpeaker } from '../speakers.ts';
import { type ArticleFilter, articleFilterOf, articlesIn, conditionsOf } from './filter.ts';

interface Bearer {
  readonly form: number;
  readonly weight: number;
  readonly said: number;
  readonly speaker: number;
}

/** If a filter passes few of the speakers, the search stops after this many. */
const MAX_CHECKED = 2_000;
const PAGE = 128;

export function* findNamedSpeakers(
  forms: readonly number[],
  filter: Filter,
  limit: number,
): Script<readonly NamedSpeaker[]> {
  const articleFilter = yield* articleFilterOf(filter);
  if (articleFilter === undefined || forms.length === 0) return [];
  const distinct = [...new Set(forms)];
  const some = allowsAllArticles(articleFilter) ? undefined : yield* articlesIn(articleFilter);
  const found =
    some?.isAll === true ? yield* bearersIn(some.articles, distinct) : yield* bearersOf(distinct, articleFilter, limit);
  const kept = found.sort(inOrder).slice(0, limit);
  const rows = yield* readSpeakers(kept.map(({ speaker }) => speaker));
  return kept.flatMap(({ form, speaker, weight }) => {
    const row = rows.get(speaker);
    return row === undefined ? [] : [{ ...row, spelling: form, weight }];
  });
}

/** Looks only at the newest articles that pass the filter; returns each person's row in the newest. */
export function* topOfArticles(filter: Filter, limit: number): Script<readonly SpeakerRow[]> {
  const articleFilter = yield* articleFilterOf(filter);
  if (articleFilter === undefined) return [];
  const sql = `SELECT ${SPEAKER_COLUMNS} FROM {speakers_of_articles} WHERE number BETWEEN ? AND ?`;
  const rows: SpeakerRow[] = [];
  for (const article of (yield* articlesIn(articleFilter)).articles)
    rows.push(...(yield* all(sql, ...rangeOf(article))).map(toSpeaker));
  rows.sort((one, other) => other.number - one.number);
  const people = Map.groupBy(rows, ({ keys: [key], number }) => key ?? number);
  return [...people.values()]
    .map(theirs => ({ theirs, said: theirs.reduce((sum, { said }) => sum + said, 0) }))
    .sort((one, other) => other.said - one.said)
    .flatMap(({ theirs }) => theirs.slice(0, 1))
    .slice(0, limit);
}

/** Returns bearers of any of the spellings in order, reading no more of each spelling than needed. */
function* bearersOf(forms: readonly number[], articleFilter: ArticleFilter, limit: number): Script<Bearer[]> {
  const atOnce = Math.min(PAGE, Math.max(4, Math.ceil((2 * limit) / forms.length)));
  const lists = forms.map(form => new PagedList<Bearer>(after => bearersAfter(form, after, atOnce)));
  const isBefore = (one: Bearer, other: Bearer) => inOrder(one, other) < 0;
  if (allowsAllArticles(articleFilter)) return yield* mergeLists(lists, isBefore, limit);
  const found: Bearer[] = [];
  for (let lookedAt = 0; found.length < limit && lookedAt < MAX_CHECKED; lookedAt += PAGE) {
    const some = yield* mergeLists(lists, isBefore, PAGE);
    if (some.length === 0) break;
    const articles = yield* articlesAmong(articleFilter, some);
    found.push(...some.filter(({ speaker }) => articles.has(articleOf(speaker))));
  }
  return found;
}

function* bearersAfter(form: number, after: Bearer | undefined, limit: number): Script<readonly Bearer[]> {
  const rest = after === undefined ? '' : ' AND (said, speaker) < (?, ?)';
  const sql = `SELECT form, said, speaker, weight FROM bearers WHERE form = ?${rest}
    ORDER BY said DESC, speaker DESC LIMIT ?`;
  const values = after === undefined ? [] : [after.said, after.speaker];
  return (yield* allByPlace(sql, form, ...values, limit)).map(toBearer);
}

function* articlesAmong(articleFilter: ArticleFilter, bearings: readonly Bearer[]): Script<ReadonlySet<number>> {
  const { sql, values } = conditionsOf(articleFilter);
  const within = `SELECT number FROM json_each(?) AS asked CROSS JOIN articles ON articles.number = asked.value${sql}`;
  const articles = bearings.map(({ speaker }) => articleOf(speaker));
  const rows = yield* all(within, articles, ...values);
  return new Set(rows.map(({ number }) => Number(number)));
}

function* bearersIn(articles: readonly number[], forms: readonly number[]): Script<Bearer[]> {
  const asked = new Set(forms);
  const sql = 'SELECT form, said, speaker, weight FROM bearers WHERE speaker BETWEEN ? AND ?';
  const found: Bearer[] = [];
  for (const article of articles) {
    const there = (yield* allByPlace(sql, ...rangeOf(article))).map(toBearer);
    found.push(...there.filter(({ form }) => asked.has(form)));
  }
  return found;
}

/** Those quoted most first, then the newest. */
function inOrder(one: Bearer, other: Bearer): number {
  return other.said - one.said || other.speaker - one.speaker;
}

function toBearer(row: Row): Bearer {
  return { form: Number(row[0]), said: Number(row[1]), speaker: Number(row[2]), weight: Number(row[3]) };
}

/** A sorted list that is read page by page: `read` returns the items after a given one, or the first ones. */
export class PagedList<Item> {
  readonly #read: (after: Item | undefined) => Script<readonly Item[]>;
  #page: readonly Item[] = [];
  #at = 0;
  #isAtEnd = false;

  constructor(read: (after: Item | undefined) => Script<readonly Item[]>) {
    this.#read = read;
  }

  /** Returns the next item, which `next` goes past; `undefined` at the end. */
  *head(): Script<Item | undefined> {
    if (this.#at < this.#page.length || this.#isAtEnd) return this.#page[this.#at];
    this.#page = yield* this.#read(this.#page.at(-1));
    this.#at = 0;
    this.#isAtEnd = this.#page.length === 0;
    return this.#page[0];
  }

  next(): void {
    this.#at += 1;
  }
}

/** Takes up to `limit` items of sorted lists, in order; more can be taken later. `isBefore` compares two items. */
export function* mergeLists<Item>(
  lists: readonly PagedList<Item>[],
  isBefore: (one: Item, other: Item) => boolean,
  limit: number,
): Script<Item[]> {
  const heads: { list: PagedList<Item>; item: Item }[] = [];
  for (const list of lists) {
    const item = yield* list.head();
    if (item !== undefined) heads.push({ list, item });
  }
  const taken: Item[] = [];
  while (taken.length < limit && heads.length > 0) {
    let [head, at] = [heads[0], 0];
    // By index: this runs for every item as often as there are lists.
    for (let place = 1; place < heads.length; place += 1) {
      const other = heads[place];
      if (head === undefined || other === undefined || !isBefore(other.item, head.item)) continue;
      [head, at] = [other, place];
    }
    if (head === undefined) break;
    taken.push(head.item);
    head.list.next();
    const next = yield* head.list.head();
    if (next === undefined) heads.splice(at, 1);
    else head.item = next;
  }
  return taken;
}

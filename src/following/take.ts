import { TooSlow } from '../library/attributor.ts';
import type { Added, OpenLibrary } from '../library/library.ts';
import { nameOf } from '../library/owner.ts';
import { StorageError } from '../library/store/errors.ts';
import type { CountedFollow, FeedItem, ItemMark, SkipReason } from '../library/store/following/following.ts';
import {
  countTakenSince,
  forgetMarks,
  isTakenElsewhere,
  markItems,
  readFollow,
  readKeptItems,
  readMarks,
} from '../library/store/following/following.ts';
import type { Reporter } from '../library/store/store.ts';
import { type Metadata, toArticle, UNKNOWN_METADATA } from '../news/article.ts';
import { boundMetadata } from '../reading/bounds.ts';
import { type Reading, type ReadingRefusal, refuse } from '../reading/reading.ts';
import { type Message, message } from '../wording/say.ts';
import { compareForms, readTyped, type TypedWord } from '../words/likeness.ts';
import { termsOf } from '../words/words.ts';
import { Crashed } from '../workers.ts';
import { type Feed, newestItems } from './following.ts';

/** A library, and how it follows a feed. */
export interface Follower {
  readonly library: OpenLibrary;
  readonly follow: CountedFollow;
}

/** A follower that doesn't have an item yet. */
interface Taker extends Follower {
  /** How many times taking the item has been tried. */
  readonly attempts: number;
  /** True if the item stays kept when it is tried again, so that it can be taken even if it has left the feed. */
  readonly isKept: boolean;
  /** True if it is over the daily limit so far. */
  readonly isLimited: boolean;
}

/** An item, and who takes it. */
export interface WantedItem {
  readonly item: FeedItem;
  readonly takers: readonly Taker[];
}

interface TakeContext {
  readonly mostPerDay: number;
  readonly report: Reporter;
  now(): number;
  /** Reads a link when it is its host's turn. */
  read(link: string): Promise<Reading>;
}

type ReadArticle = Exclude<Reading, ReadingRefusal>;

const DAY = 24 * 60 * 60_000;
/** Of a feed that is newly followed. */
const NEWEST_TAKEN = 3;
/** How long to remember skipped items that left the feed. */
const MARKS_KEPT = 90 * DAY;
const FEWEST_SENTENCES = 3;
/** What failed is tried after 15 minutes, an hour and four hours. */
const FIRST_RETRY = 15 * 60_000;
const RETRY_FACTOR = 4;
const MOST_ATTEMPTS = 4;
/**
 * What takes too long to read or attribute delays everybody, so it is tried only once more. The machine may have been
 * busy.
 */
const MOST_SLOW_ATTEMPTS = 2;

const PAYWALLS: ReadonlySet<Message['key']> = new Set(['reading.kept-back', 'reading.not-for-programs']);
const PASSING: ReadonlySet<Message['key']> = new Set([
  'reading.too-many-visits',
  'reading.trouble',
  'reading.no-answer',
  'reading.arrived-damaged',
  'reading.unreachable',
  'reading.too-slow',
  'reading.takes-too-long',
  'reading.busy',
]);

/** Runs what concerns one library. Reports a `StorageError` and returns false, so that others aren't affected. */
export async function tryOrReport(sentence: string, report: Reporter, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    report(sentence, error);
    return false;
  }
}

/**
 * Returns the items that are new to some of these followers and what they kept, the oldest first, so that the newest is
 * the newest in the library. `isComplete` is false if others are to be tried again later. `isTidying`: forgets old marks
 * even if nothing is wanted.
 */
export async function findWanted(
  parsed: Feed,
  followers: readonly Follower[],
  { now, report }: Pick<TakeContext, 'now' | 'report'>,
  isTidying: boolean,
): Promise<{ readonly items: readonly WantedItem[]; readonly isComplete: boolean }> {
  const takers = new Map<string, Taker[]>();
  const gone = new Map<string, FeedItem>();
  const keys = parsed.items.flatMap(item => item.keys);
  let isComplete = true;
  for (const { library, follow } of followers.filter(each => !each.follow.isPaused)) {
    const sentence = `Cannot take what is new in ${follow.feed} for ${nameOf(library.owner)}`;
    const isDone = await tryOrReport(sentence, report, async () => {
      const { wanted, isLater } = await wantedBy({ library, follow }, parsed, now());
      for (const { item, isGone, ...how } of wanted) {
        const id = idOf(item);
        if (isGone) gone.set(id, item);
        takers.set(id, [...(takers.get(id) ?? []), { library, follow, ...how }]);
      }
      if (isLater) isComplete = false;
      if (isTidying || wanted.length > 0) await library.write(forgetMarks, follow.feed, now() - MARKS_KEPT, keys);
    });
    isComplete &&= isDone;
  }
  const oldestFirst = [...gone.values(), ...newestItems(parsed, parsed.items.length).toReversed()];
  const items = oldestFirst.flatMap(item => {
    const takersOf = takers.get(idOf(item));
    return takersOf === undefined ? [] : [{ item, takers: takersOf }];
  });
  return { items, isComplete };
}

/** Returns the items that a library doesn't have and what it kept, and whether others are to be tried again later. */
async function wantedBy({ library, follow: { feed, isNew } }: Follower, parsed: Feed, now: number) {
  const there = new Set(parsed.items.flatMap(({ keys }) => keys));
  const kept = await library.read(readKeptItems, feed);
  const gone = new Set(kept.filter(({ keys }) => !keys.some(key => there.has(key))));
  const items = [...gone, ...parsed.items];
  const marks = await library.read(
    readMarks,
    feed,
    items.flatMap(({ keys }) => keys),
  );
  const marked = items.map(item => {
    const found = item.keys.flatMap(key => marks.get(key) ?? []);
    // If the site changed the other key, what became of the item since counts.
    const mark = found.find(({ outcome }) => !isOpen(outcome)) ?? found[0];
    const isKept = mark?.outcome !== 'limit' && found.some(({ kept: json }) => json !== undefined);
    return { item, mark, isKept };
  });
  const newest = new Set(newestItems(parsed, isNew ? NEWEST_TAKEN : parsed.items.length));
  if (isNew) {
    // What left the feed before or during a pause is no longer news.
    const old = marked.filter(({ item, mark }) =>
      mark === undefined ? !newest.has(item) : gone.has(item) && isOpen(mark.outcome),
    );
    const seen = old.map(({ item: { keys } }) => ({ keys, outcome: 'seen', attempts: 0, moment: now }) as const);
    await library.write(markItems, feed, seen, true);
  }
  const open = marked.filter(({ item, mark }) =>
    mark === undefined ? newest.has(item) : isOpen(mark.outcome) && !(isNew && gone.has(item)),
  );
  const wanted = open.filter(({ mark }) => mark === undefined || mark.moment <= now);
  return {
    wanted: wanted.map(({ item, mark, isKept }) => {
      const isLimited = mark?.outcome === 'limit';
      return { item, attempts: mark?.attempts ?? 0, isKept, isLimited, isGone: gone.has(item) };
    }),
    isLater: wanted.length < open.length,
  };
}

/** True if an item is tried again. */
function isOpen(outcome: ItemMark['outcome']): boolean {
  return outcome === 'retrying' || outcome === 'limit';
}

function idOf({ keys }: FeedItem): string {
  return keys.join('\n');
}

/**
 * Takes an item for its takers, reading its page once. Returns false if it has to be tried again for one. An error in one
 * library doesn't affect the others.
 */
export async function takeItem({ item, takers }: WantedItem, feedTitle: string, around: TakeContext): Promise<boolean> {
  const taker = new ItemTaker(item, feedTitle, around);
  await taker.forEach(takers, each => taker.prepare(each));
  if (taker.waiting.length > 0) await taker.readPage();
  await taker.forEach([...taker.waiting], each => taker.takeFor(each));
  return taker.isDone;
}

class ItemTaker {
  isDone = true;
  /** Those who want it, if it can be read. */
  readonly waiting: Taker[] = [];
  readonly #item: FeedItem;
  readonly #feedTitle: string;
  readonly #around: TakeContext;
  #reading: Reading = refuse(message('reading.no-link'));
  #isTooSlow = false;
  #derivation: Parameters<OpenLibrary['add']>[2];

  constructor(item: FeedItem, feedTitle: string, around: TakeContext) {
    this.#item = item;
    this.#feedTitle = feedTitle;
    this.#around = around;
  }

  async forEach(takers: readonly Taker[], work: (taker: Taker) => Promise<void>): Promise<void> {
    for (const taker of takers) {
      const sentence = `Cannot take an item of ${taker.follow.feed}: will retry`;
      this.isDone = (await tryOrReport(sentence, this.#around.report, () => work(taker))) && this.isDone;
    }
  }

  /** Skips what needn't be read. */
  async prepare(taker: Taker): Promise<void> {
    const { library } = taker;
    const follow = await this.#currentOf(taker);
    if (follow === undefined) return;
    const { link, title, text } = this.#item;
    const all = [title, this.#item.categories ?? '', text].join('\n');
    if (follow.only !== undefined && !hasWords(all, follow.only)) return this.#skip(taker, 'words');
    if (link !== undefined && (await this.#isThere(taker, { ...UNKNOWN_METADATA, url: link }, ''))) return;
    // Somebody has removed it since, or it has expired.
    const wasThere = await library.read(isTakenElsewhere, follow.feed, this.#item.keys);
    if (wasThere) return this.#skip(taker, 'there');
    const taken = await library.read(countTakenSince, this.#around.now() - DAY);
    if (taken >= this.#around.mostPerDay) return this.#postpone(taker);
    this.waiting.push(taker);
  }

  async readPage(): Promise<void> {
    const { link } = this.#item;
    if (link !== undefined) this.#reading = await this.#around.read(link);
  }

  async takeFor(taker: Taker): Promise<void> {
    const article = this.#article();
    if (article === undefined) return this.#giveUp(taker);
    const { metadata, text } = article;
    // The page may say that its address is another one, which the library has.
    if (await this.#isThere(taker, metadata, text)) return;
    const added = await this.#add(taker, article);
    if (added === 'full') return this.#retry(taker, 'full');
    if (added === 'too slow') return this.#retry(taker, 'too long', MOST_SLOW_ATTEMPTS);
    if (added === 'too long') return this.#skip(taker, 'too long');
  }

  /** Returns true if the library has the article, and marks the item. */
  async #isThere({ library, follow }: Taker, metadata: Metadata, text: string): Promise<boolean> {
    const there = await library.already(metadata, text);
    if (there === undefined) return false;
    const { feed, disabled, channel } = follow;
    const from = { feed, keys: this.#item.keys, channel: disabled === undefined ? channel : undefined };
    await library.takeThere(there.listed.id, from);
    return true;
  }

  /** Returns the article behind the link, or else the feed's own text, if that is long enough. */
  #article(): ReadArticle | undefined {
    if (this.#reading.kind === 'refused') return ownArticle(this.#item, this.#feedTitle);
    const { metadata } = this.#reading;
    const date = metadata.published === undefined ? dateOf(this.#item) : {};
    const outlet = metadata.outlet ?? this.#feedTitle;
    return { ...this.#reading, metadata: boundMetadata({ ...metadata, ...date, outlet }) };
  }

  async #add(taker: Taker, { metadata, text }: ReadArticle) {
    const { library } = taker;
    if (this.#isTooSlow) return 'too slow';
    try {
      this.#derivation ??= (await library.preview(metadata, text, undefined, true)).derivation;
    } catch (error) {
      if (!(error instanceof TooSlow || error instanceof Crashed)) throw error;
      this.#isTooSlow = true;
      return 'too slow';
    }
    // Reading and attributing may have taken a minute.
    const follow = await this.#currentOf(taker);
    if (follow === undefined) return 'stopped';
    const channel = follow.disabled === undefined ? follow.channel : undefined;
    const from = { feed: follow.feed, keys: this.#item.keys, channel };
    const added: Added = await library.add(metadata, text, this.#derivation, from);
    return added.kind;
  }

  /** Returns the follow as it is now; `undefined` if it was paused or removed in the middle of the poll. */
  async #currentOf({ library, follow: { feed } }: Taker): Promise<CountedFollow | undefined> {
    const follow = await library.read(readFollow, feed);
    if (follow?.isPaused === false) return follow;
    this.isDone = false;
    return undefined;
  }

  #giveUp(taker: Taker): Promise<void> {
    const key = this.#reading.kind === 'refused' ? this.#reading.reason.key : undefined;
    const most = key === 'reading.takes-too-long' ? MOST_SLOW_ATTEMPTS : MOST_ATTEMPTS;
    if (key !== undefined && PASSING.has(key)) return this.#retry(taker, 'unreachable', most);
    return this.#skip(taker, key !== undefined && PAYWALLS.has(key) ? 'paywall' : 'no article');
  }

  async #retry(taker: Taker, reason: SkipReason, most = MOST_ATTEMPTS): Promise<void> {
    const attempts = taker.attempts + 1;
    if (attempts >= most) return this.#skip(taker, reason);
    this.isDone = false;
    const moment = this.#around.now() + FIRST_RETRY * RETRY_FACTOR ** taker.attempts;
    await this.#mark(taker, { outcome: 'retrying', attempts, moment }, taker.isKept || reason !== 'full');
  }

  /**
   * Leaves the item for another day. However many days that takes, it is counted once. It is kept only for the first of
   * them: in a library that is over the limit every day, old news mustn't keep the new out.
   */
  async #postpone(taker: Taker): Promise<void> {
    this.isDone = false;
    const isFirst = taker.attempts === 0;
    const outcome = isFirst || taker.isLimited ? 'limit' : 'retrying';
    const attempts = Math.max(1, taker.attempts);
    const isKept = taker.isKept || isFirst;
    await this.#mark(taker, { outcome, attempts, moment: this.#around.now() + DAY }, isKept);
  }

  async #skip(taker: Taker, outcome: SkipReason): Promise<void> {
    await this.#mark(taker, { outcome, attempts: taker.attempts + 1, moment: this.#around.now() });
  }

  async #mark(
    { library, follow }: Taker,
    how: { outcome: SkipReason | 'retrying'; attempts: number; moment: number },
    isKept = false,
  ): Promise<void> {
    const kept = isKept ? this.#item : undefined;
    await library.write(markItems, follow.feed, [{ keys: this.#item.keys, kept, ...how }]);
  }
}

/** A word after a minus sign. */
const WITHOUT = /(?:^|[\s,，、;；])[\-−–](?<word>[^\s,，、;；]+)/gv;

/**
 * True if the text has all words of one of the parts that commas separate, in any form, and none of those after a minus
 * sign: "ferry, boat -sport".
 */
export function hasWords(text: string, asked: string): boolean {
  const terms = [...new Set(termsOf(text))];
  const has = (word: TypedWord) => terms.some(term => compareForms(word, term) > 0);
  const without = [...asked.matchAll(WITHOUT)].map(({ groups }) => readTyped(groups?.word ?? ''));
  if (without.some(words => words.length > 0 && words.every(has))) return false;
  const parts = asked
    .replaceAll(WITHOUT, ' , ')
    .split(/[,，、;；]/v)
    .map(readTyped)
    .filter(({ length }) => length > 0);
  return parts.some(words => words.every(has)) || (parts.length === 0 && without.length > 0);
}

/** Returns an item's date: when it was published, or else changed. */
function dateOf({ published, updated }: FeedItem): Pick<Metadata, 'published' | 'isChangeDate'> {
  return published === undefined && updated !== undefined ? { published: updated, isChangeDate: true } : { published };
}

/** Returns an article with the feed's own text of an item; `undefined` if that isn't long enough. */
function ownArticle(item: FeedItem, outlet: string): ReadArticle | undefined {
  const { title, link, text } = item;
  const named = title === '' ? (text.split('\n', 1)[0] ?? '') : title;
  const metadata: Metadata = boundMetadata({
    ...{ title: named, titleIsDescriptive: title === '', outlet, byline: undefined },
    ...{ ...dateOf(item), url: link, isFromFeed: true },
  });
  const { paragraphs } = toArticle('item', metadata, text);
  const sentences = paragraphs.reduce((sum, paragraph) => sum + paragraph.sentences.length, 0);
  return sentences < FEWEST_SENTENCES ? undefined : { kind: 'article', metadata, text };
}

import { TooSlow } from '../library/attributor.ts';
import type { Added, OpenLibrary } from '../library/library.ts';
import { StorageError } from '../library/store/errors.ts';
import type { CountedFollow, FeedItem, SkipReason } from '../library/store/following/following.ts';
import { countTakenSince, isTakenElsewhere, markItems, readFollows } from '../library/store/following/following.ts';
import type { Reporter } from '../library/store/store.ts';
import { type Metadata, toArticle, UNKNOWN_METADATA } from '../news/article.ts';
import { boundMetadata } from '../reading/bounds.ts';
import { type Reading, type ReadingRefusal, refuse } from '../reading/reading.ts';
import { type Message, message } from '../wording/say.ts';
import { compareForms, readTyped, type TypedWord } from '../words/likeness.ts';
import { termsOf } from '../words/words.ts';
import { Crashed } from '../workers.ts';

/** A library that follows a feed and doesn't have one of its items yet. */
export interface Follower {
  readonly library: OpenLibrary;
  readonly follow: CountedFollow;
  /** How many times taking the item has been tried. */
  readonly attempts: number;
  /** True if the item stays kept when it is tried again, so that it can be taken even if it has left the feed. */
  readonly isKept: boolean;
  /** True if it is over the daily limit so far. */
  readonly isLimited: boolean;
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
const FEWEST_SENTENCES = 3;
/** What failed is tried after 15 minutes, an hour and four hours. */
const FIRST_RETRY = 15 * 60_000;
const RETRY_FACTOR = 4;
const MOST_ATTEMPTS = 4;
/** If reading it takes too long, which keeps everybody waiting: once more, since the machine may have been busy. */
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

/**
 * Takes an item for these followers, reading its page once. Returns false if it has to be tried again for one. What
 * goes wrong in one library doesn't concern the others.
 */
export async function takeItem(
  item: FeedItem,
  feedTitle: string,
  followers: readonly Follower[],
  around: TakeContext,
): Promise<boolean> {
  const taker = new ItemTaker(item, feedTitle, around);
  await taker.forEach(followers, follower => taker.prepare(follower));
  if (taker.waiting.length > 0) await taker.readPage();
  await taker.forEach([...taker.waiting], follower => taker.takeFor(follower));
  return taker.isDone;
}

class ItemTaker {
  isDone = true;
  /** Followers who want it, if it can be read. */
  readonly waiting: Follower[] = [];
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

  async forEach(followers: readonly Follower[], work: (follower: Follower) => Promise<void>): Promise<void> {
    for (const follower of followers) {
      try {
        await work(follower);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        this.isDone = false;
        this.#around.report(`Cannot take an item of ${follower.follow.feed}: will retry`, error);
      }
    }
  }

  /** Skips what needn't be read. */
  async prepare(follower: Follower): Promise<void> {
    const { library } = follower;
    const follow = await this.#currentOf(follower);
    if (follow === undefined) return;
    const { link, title, text } = this.#item;
    const all = [title, this.#item.categories ?? '', text].join('\n');
    if (follow.only !== undefined && !hasWords(all, follow.only)) return this.#skip(follower, 'words');
    if (link !== undefined && (await this.#isThere(follower, { ...UNKNOWN_METADATA, url: link }, ''))) return;
    // Somebody has removed it since, or it has expired.
    const wasThere = await library.read(isTakenElsewhere, follow.feed, this.#item.keys);
    if (wasThere) return this.#skip(follower, 'there');
    const taken = await library.read(countTakenSince, this.#around.now() - DAY);
    if (taken >= this.#around.mostPerDay) return this.#postpone(follower);
    this.waiting.push(follower);
  }

  async readPage(): Promise<void> {
    const { link } = this.#item;
    if (link !== undefined) this.#reading = await this.#around.read(link);
  }

  async takeFor(follower: Follower): Promise<void> {
    const article = this.#article();
    if (article === undefined) return this.#giveUp(follower);
    const { metadata, text } = article;
    // The page may say that its address is another one, which the library has.
    if (await this.#isThere(follower, metadata, text)) return;
    const added = await this.#add(follower, article);
    if (added === 'full') return this.#retry(follower, 'full');
    if (added === 'too long' || added === 'too slow') return this.#skip(follower, 'too long');
  }

  /** Returns true if the library has the article, and marks the item. */
  async #isThere({ library, follow }: Follower, metadata: Metadata, text: string): Promise<boolean> {
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

  async #add(follower: Follower, { metadata, text }: ReadArticle) {
    const { library } = follower;
    if (this.#isTooSlow) return 'too slow';
    try {
      this.#derivation ??= (await library.preview(metadata, text, undefined, true)).derivation;
    } catch (error) {
      if (!(error instanceof TooSlow || error instanceof Crashed)) throw error;
      this.#isTooSlow = true;
      return 'too slow';
    }
    // Reading and attributing may have taken a minute.
    const follow = await this.#currentOf(follower);
    if (follow === undefined) return 'stopped';
    const channel = follow.disabled === undefined ? follow.channel : undefined;
    const from = { feed: follow.feed, keys: this.#item.keys, channel };
    const added: Added = await library.add(metadata, text, this.#derivation, from);
    return added.kind;
  }

  /** Returns the follow as it is now; `undefined` if it was paused or removed in the middle of the poll. */
  async #currentOf({ library, follow: { feed } }: Follower): Promise<CountedFollow | undefined> {
    const follow = (await library.read(readFollows)).find(each => each.feed === feed);
    if (follow?.isPaused === false) return follow;
    this.isDone = false;
    return undefined;
  }

  #giveUp(follower: Follower): Promise<void> {
    const key = this.#reading.kind === 'refused' ? this.#reading.reason.key : undefined;
    const most = key === 'reading.takes-too-long' ? MOST_SLOW_ATTEMPTS : MOST_ATTEMPTS;
    if (key !== undefined && PASSING.has(key)) return this.#retry(follower, 'unreachable', most);
    return this.#skip(follower, key !== undefined && PAYWALLS.has(key) ? 'paywall' : 'no article');
  }

  async #retry(follower: Follower, reason: SkipReason, most = MOST_ATTEMPTS): Promise<void> {
    const attempts = follower.attempts + 1;
    if (attempts >= most) return this.#skip(follower, reason);
    this.isDone = false;
    const moment = this.#around.now() + FIRST_RETRY * RETRY_FACTOR ** follower.attempts;
    await this.#mark(follower, { outcome: 'retrying', attempts, moment }, follower.isKept || reason === 'unreachable');
  }

  /**
   * Leaves the item for another day. However many days that takes, it is counted once. It is kept only for the first of
   * them: in a library that is over the limit every day, old news mustn't keep the new out.
   */
  async #postpone(follower: Follower): Promise<void> {
    this.isDone = false;
    const isFirst = follower.attempts === 0;
    const outcome = isFirst || follower.isLimited ? 'limit' : 'retrying';
    const attempts = Math.max(1, follower.attempts);
    const isKept = follower.isKept || isFirst;
    await this.#mark(follower, { outcome, attempts, moment: this.#around.now() + DAY }, isKept);
  }

  async #skip(follower: Follower, outcome: SkipReason): Promise<void> {
    await this.#mark(follower, { outcome, attempts: follower.attempts + 1, moment: this.#around.now() });
  }

  async #mark(
    { library, follow }: Follower,
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

import { createHash } from 'node:crypto';
import { MODEL_ID } from '../../answering/networks/model.ts';
import { toArticle } from '../../news/article.ts';
import { countArticles, countRemoved, readArticleRows, readNumbersAfter, readVectors } from '../store/articles.ts';
import { putArticle } from '../store/changes.ts';
import { decodeDerived, derivationOf } from '../store/derived.ts';
import { readAllDisputes, replaceAllDisputes } from '../store/dispute-rows.ts';
import { StorageError } from '../store/errors.ts';
import { registerFollows } from '../store/following/feeds.ts';
import { readFollows, readMarksAfter, writeFollow, writeMarks } from '../store/following/following.ts';
import { readNextPost, readPosts, readUnmatched, replacePosts } from '../store/following/outbox.ts';
import { readWatches, saveWatch } from '../store/following/watches.ts';
import { areEqual, changeLibrarySettings, DEFAULT_SETTINGS, readLibrarySettings } from '../store/library-settings.ts';
import type { ArticleRow, Backend, NewArticleRow, Store } from '../store/store.ts';
import { encodeArticleText } from '../store/stored.ts';

type Readable = Pick<Store, 'read'>;

/** Number of undamaged articles in a library, and a checksum of them all, in order. */
export interface Sum {
  readonly articles: number;
  readonly checksum: string;
}

const ROWS_AT_ONCE = 32;

/** Yields the articles after a number, oldest first. */
async function* rowsAfter(store: Readable, number: number): AsyncGenerator<ArticleRow | 'damaged', undefined> {
  const after = (last: number) => store.read(readNumbersAfter, last, ROWS_AT_ONCE);
  for (let numbers = await after(number); numbers.length > 0; numbers = await after(numbers.at(-1) ?? 0)) {
    yield* await store.read(readArticleRows, numbers);
  }
}

/** Equal for two rows only if they are the same article with the same text. */
function printOf({ text, keys }: ArticleRow): string {
  return JSON.stringify([text.id, text.updated, encodeArticleText(text).checksum, keys.link, keys.text]);
}

/** Equal for two libraries, in either store, only if they hold the same articles in the same order. */
export async function sumOf(store: Readable): Promise<Sum> {
  const hash = createHash('sha256');
  let articles = 0;
  for await (const row of rowsAfter(store, 0)) {
    if (row === 'damaged') continue;
    hash.update(`${printOf(row)}\n`);
    articles += 1;
  }
  return { articles, checksum: hash.digest('hex') };
}

/** Result of copying a library, after both were compared article by article, settings included. */
export type Copied =
  | { readonly kind: 'copied'; readonly articles: number; readonly added: number; readonly damaged: number }
  /** The target has a library of this name with other contents, which was left unchanged. */
  | { readonly kind: 'taken' };

const noSeeds = () => Promise.resolve([]);
const MARKS_AT_ONCE = 1000;

/**
 * Copies a library to another backend: its articles in order, without removed ones, what it follows and watches, and
 * what it has to post. Continues a copy that was interrupted. The source isn't changed.
 */
export async function copyLibrary(name: string, from: Backend, to: Backend): Promise<Copied> {
  await using source = await from.open(name, noSeeds);
  await using target = await to.open(name, noSeeds);
  const copied = await copyStore(source, target);
  if (copied.kind === 'copied') {
    await to.feeds(registerFollows, await target.read(readFollows), name, Date.now());
    await copyPosts(source, target);
    const next = await target.read(readNextPost);
    if (next !== undefined) await to.schedule('posting', name, next);
  }
  return copied;
}

/** Like `copyLibrary`, between two stores. */
export async function copyStore(source: Store, target: Store): Promise<Copied> {
  const before = await compare(source, target);
  if (before.differs || (await hasOtherSettings(source, target))) return { kind: 'taken' };
  const added = await copyContents(source, target, before.last, toNewRow);
  const after = await compare(source, target);
  if (after.differs || after.equal !== before.equal + added || after.equal !== (await target.read(countArticles))) {
    throw new StorageError(
      'The copy differs from the original. If something is changing the libraries, stop it and run this again.',
    );
  }
  return { kind: 'copied', articles: after.equal, added, damaged: (await source.read(countArticles)) - after.equal };
}

async function hasOtherSettings(source: Store, target: Store): Promise<boolean> {
  const there = await target.read(readLibrarySettings);
  return !areEqual(there, DEFAULT_SETTINGS) && !areEqual(there, await source.read(readLibrarySettings));
}

/**
 * Copies settings, disputes, and what is followed and watched, then the articles after a number as `toRow` makes them.
 * Returns how many articles.
 */
export async function copyContents(
  source: Store,
  target: Store,
  after: number,
  toRow: (row: ArticleRow) => Promise<NewArticleRow>,
): Promise<number> {
  const chosen = await source.read(readLibrarySettings);
  if (!areEqual(chosen, await target.read(readLibrarySettings))) await target.write(changeLibrarySettings, chosen);
  await target.write(replaceAllDisputes, await source.read(readAllDisputes));
  await copyFollowing(source, target);
  let added = 0;
  for await (const row of rowsAfter(source, after)) {
    if (row === 'damaged') continue;
    const { id } = row.text;
    // Those of other models would be made again anyway.
    const vectors = (await source.read(readVectors, [id], MODEL_ID)).get(id);
    const put = await target.write(putArticle, { ...(await toRow(row)), vectors }, Number.MAX_SAFE_INTEGER);
    if (put.kind !== 'added') throw new StorageError(`The article ${id} can't be copied (${put.kind}).`);
    added += 1;
  }
  return added;
}

/** Returns a library's settings if any were chosen, and its disputes, follows and watches, each as JSON. */
async function readRecords(store: Readable): Promise<ReadonlySet<string>> {
  const chosen = [await store.read(readLibrarySettings)].filter(settings => !areEqual(settings, DEFAULT_SETTINGS));
  const followed = [...(await store.read(readFollows)), ...(await store.read(readWatches))];
  const records = [...chosen, ...(await store.read(readAllDisputes)), ...followed];
  return new Set(records.map(record => JSON.stringify(record)));
}

/**
 * Returns true if the target was used since it held the source, of which `articles` are undamaged. Otherwise it is new or
 * what an interrupted copy leaves: it lacks records only if it lacks articles, and nothing was removed from it.
 */
export async function isUsed(source: Readable, target: Readable, articles: number): Promise<boolean> {
  const [copied, there] = [await readRecords(source), await readRecords(target)];
  const isComplete = (await target.read(countArticles)) >= articles;
  const hasLost = isComplete ? there.size < copied.size : (await target.read(countRemoved)) > 0;
  return hasLost || [...there].some(record => !copied.has(record));
}

/** Copies what a library follows and watches, but not what it has to post. */
async function copyFollowing(source: Store, target: Store): Promise<void> {
  for (const follow of await source.read(readFollows)) {
    const { feed } = follow;
    const after = (item: string) => source.read(readMarksAfter, feed, item, MARKS_AT_ONCE);
    for (let marks = await after(''); marks.length > 0; marks = await after(marks.at(-1)?.item ?? '')) {
      await target.write(writeMarks, feed, marks);
    }
    await target.write(writeFollow, follow);
  }
  for (const watch of await source.read(readWatches)) await target.write(saveWatch, watch, Number.MAX_SAFE_INTEGER);
}

/** Gives the target what the source has to post, and nothing else: the source may have posted the rest since. */
async function copyPosts(source: Store, target: Store): Promise<void> {
  const posts = await source.read(readPosts, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  await target.write(replacePosts, posts, await source.read(readUnmatched, Number.MAX_SAFE_INTEGER));
}

/** Returns how many articles of the target are the first of the source, and whether it holds anything else. */
async function compare(source: Store, target: Store) {
  const rows = rowsAfter(source, 0);
  let [equal, last] = [0, 0];
  for await (const copy of rowsAfter(target, 0)) {
    let next = await rows.next();
    while (next.done !== true && next.value === 'damaged') next = await rows.next();
    if (next.done === true || next.value === 'damaged' || copy === 'damaged') return { equal, last, differs: true };
    if (printOf(next.value) !== printOf(copy)) return { equal, last, differs: true };
    equal += 1;
    last = next.value.number;
  }
  return { equal, last, differs: false };
}

/**
 * Indexes a row from what was derived, if that is undamaged. If another version derived it, opening the copy refreshes
 * it.
 */
export async function toNewRow({ text, keys, derived, disputes, madeBy }: ArticleRow): Promise<NewArticleRow> {
  if (derived !== undefined) {
    return { text, keys, ...derivationOf(decodeDerived(text, derived), disputes, madeBy.attribution) };
  }
  // Rarely needed, and its word lists take longer to load than everything else.
  const { attributeForLibrary } = await import('../../attribution/attribute.ts');
  const { id, text: words, updated, ...metadata } = text;
  return { text, keys, ...derivationOf(await attributeForLibrary(toArticle(id, metadata, words)), disputes) };
}

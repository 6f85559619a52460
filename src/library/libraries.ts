import { attribute } from '../attribution/attribute.ts';
import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Article, Masthead } from '../news/article.ts';
import { toArticle } from '../news/build.ts';
import { idOf, keysOf } from './keys.ts';
import type { Added, Change, OpenLibrary, Owner } from './library.ts';

/** Everybody's libraries, each apart from all others. */
export interface Libraries {
  /** Throws CannotKeep where the library cannot be read, and for an owner whose id is no snowflake. */
  open(owner: Owner): Promise<OpenLibrary>;
  /** Leaves nothing of a library on the disk, a damaged one included. */
  erase(owner: Owner): Promise<void>;
  /** The bot was taken out of this server: 30 days later `eraseLeft` erases its library. */
  left(owner: Owner): void;
  returned(owner: Owner): void;
  /** Erases what is due; how many libraries that were. */
  eraseLeft(): Promise<number>;
  close(): Promise<void>;
}

export interface LibrariesOptions {
  readonly folder: string;
  /** What a new library holds at first. */
  readonly seeds: readonly Article[];
  readonly mostArticles: number;
  /** More than this are open at once only while more are in use. */
  readonly mostOpen: number;
}

const LONGEST = 2_000_000;

/** Throws one sentence where another process holds the folder. IN MEMORY FOR NOW: SQLite follows. */
export function openLibraries({ seeds, mostArticles }: LibrariesOptions): Libraries {
  const libraries = new Map<string, OpenLibrary>();
  const key = ({ kind, id }: Owner) => `${kind}-${id}`;
  return {
    open(owner) {
      const erase = () => libraries.delete(key(owner));
      const library = libraries.get(key(owner)) ?? memoryOnly(owner, seeds.map(attribute), mostArticles, erase);
      libraries.set(key(owner), library);
      return Promise.resolve(library);
    },
    erase: owner => Promise.resolve(void libraries.delete(key(owner))),
    left: () => undefined,
    returned: () => undefined,
    eraseLeft: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
}

function memoryOnly(owner: Owner, seeds: readonly AttributedArticle[], most: number, erase: () => void): OpenLibrary {
  const kept = new Map(seeds.map(each => [each.article.id, each]));
  const removed = new Map<string, AttributedArticle>();
  const listeners: ((change: Change) => void)[] = [];
  const tell = (change: Change) => listeners.map(listener => listener(change));
  const move = (id: string, from: typeof kept, to: typeof kept, kind: Change['kind']) => {
    const article = from.get(id);
    if (article === undefined) return Promise.resolve(undefined);
    from.delete(id);
    to.set(id, article);
    tell({ kind, article });
    return Promise.resolve(article);
  };
  const add = (masthead: Masthead, text: string): Added => {
    if (Buffer.byteLength(text) > LONGEST) return { kind: 'too long', most: LONGEST };
    const id = idOf(keysOf(masthead, text));
    const before = kept.get(id) ?? [...kept.values()].find(each => each.article.text === text);
    if (before?.article.text === text) return { kind: 'same', article: before };
    if (before === undefined && kept.size >= most) return { kind: 'full', most };
    const article = attribute({ ...toArticle(id, masthead, text), updated: before !== undefined });
    if (before !== undefined) tell({ kind: 'removed', article: before });
    kept.set(id, article);
    tell({ kind: 'added', article });
    return { kind: before === undefined ? 'added' : 'updated', article };
  };
  return {
    owner,
    get articles() {
      return [...kept.values()];
    },
    article: id => kept.get(id),
    add: (masthead, text) => Promise.resolve(add(masthead, text)),
    remove: id => move(id, kept, removed, 'removed'),
    restore: id => move(id, removed, kept, 'added'),
    erase: () => Promise.resolve(erase()),
    lines: () => [...kept.values()].map(({ article: { paragraphs, id, ...rest } }) => JSON.stringify(rest)),
    onChange: listener => void listeners.push(listener),
  };
}

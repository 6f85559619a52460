import { ProcessReader } from '../reading/document-reader.ts';
import type { Net } from '../reading/fetch.ts';
import { type ReadingRefusal, refuse } from '../reading/reading.ts';
import { message } from '../wording/say.ts';
import type { Feed } from './following.ts';
import { isOfComments, type NamedFeed, type Outline, type OutlineDocument } from './outline.ts';
import type { FeedDocument, ParsedFeed } from './parse.ts';

/** A feed that was found at an address. */
export interface FoundFeed extends Feed {
  readonly kind: 'feed';
  /** Its own address, which may be another than the one that was given. */
  readonly address: string;
  /** Other feeds that its page names, without those of comments. */
  readonly others: readonly NamedFeed[];
}

const NOT_FOUND = refuse(message('reading.no-feed'));

const NO_OUTLINE = refuse(message('reading.no-outline'));

/** Parses feeds, and files that list feeds, in child processes. */
export class FeedReader extends ProcessReader<FeedDocument, ParsedFeed> {
  readonly #outlines = new ProcessReader<OutlineDocument, Outline>({
    name: 'outline process',
    program: new URL('./outline-in-process.ts', import.meta.url),
    most: 1,
  });

  constructor(milliseconds?: number) {
    super({ name: 'feed process', program: new URL('./parse-in-process.ts', import.meta.url), most: 1, milliseconds });
  }

  /**
   * Finds the feed at an address, or the first that the page there names. A feed of comments is used only if there is no
   * other. Askers take turns.
   */
  async find(link: string, asker: string, net: Net): Promise<FoundFeed | ReadingRefusal> {
    const found = await this.#readAt(link, asker, net);
    if (found.kind !== 'page') return found;
    const [first, ...more] = found.feeds;
    const named = first === undefined ? NOT_FOUND : await this.#readAt(first.address, asker, net);
    if (named.kind !== 'feed') return named.kind === 'page' ? NOT_FOUND : named;
    return { ...named, others: more.filter(each => !isOfComments(each) && each.address !== first?.address) };
  }

  /** Returns the feeds that an OPML file lists: at least one. */
  async outline(bytes: Uint8Array, asker: string): Promise<Outline | ReadingRefusal> {
    const parsed = await this.#outlines.read({ bytes }, asker);
    return parsed.kind === 'outline' && parsed.feeds.length === 0 ? NO_OUTLINE : parsed;
  }

  override async close(): Promise<void> {
    await Promise.all([super.close(), this.#outlines.close()]);
  }

  async #readAt(link: string, asker: string, net: Net) {
    const fetched = await net.fetchFeed(link, asker);
    if (fetched.kind === 'refused') return fetched;
    if (fetched.kind !== 'feed') return refuse(message('reading.no-page'));
    const { url, contentType, bytes, movedTo } = fetched;
    const parsed = await this.read({ address: url.href, contentType, bytes }, asker);
    return parsed.kind === 'feed' ? { ...parsed, address: withoutHash(movedTo ?? link), others: [] } : parsed;
  }
}

/** As a browser writes it: two spellings of an address are one feed. */
function withoutHash(link: string): string {
  const url = new URL(link.trim().replace(/^<|>$/gv, ''));
  url.hash = '';
  return url.href;
}

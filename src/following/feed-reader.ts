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

/** Parses feeds, and files that list feeds, in a child process. */
export class FeedReader extends ProcessReader<FeedDocument | OutlineDocument, ParsedFeed | Outline> {
  constructor(milliseconds?: number) {
    super({ name: 'feed process', program: new URL('./parse-in-process.ts', import.meta.url), most: 1, milliseconds });
  }

  /**
   * Finds the feed at an address, or the first that the page there names. A feed of comments is used only if there is no
   * other. Askers take turns.
   */
  async find(link: string, asker: string, net: Net): Promise<FoundFeed | ReadingRefusal> {
    const found = await this.#readAt(link, asker, net);
    if (found.kind === 'feed' || found.kind === 'refused') return found;
    const [first, ...more] = found.kind === 'page' ? found.feeds : [];
    const named = first === undefined ? NOT_FOUND : await this.#readAt(first.address, asker, net);
    if (named.kind !== 'feed') return named.kind === 'refused' ? named : NOT_FOUND;
    return { ...named, others: more.filter(each => !isOfComments(each) && each.address !== first?.address) };
  }

  /** Returns the feeds that an OPML file lists: at least one. */
  async outline(bytes: Uint8Array, asker: string): Promise<Outline | ReadingRefusal> {
    const parsed = await this.read({ bytes }, asker);
    if (parsed.kind === 'refused') return parsed;
    return parsed.kind === 'outline' && parsed.feeds.length > 0 ? parsed : NO_OUTLINE;
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

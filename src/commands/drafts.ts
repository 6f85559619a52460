import { randomBytes } from 'node:crypto';
import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Owner } from '../library/library.ts';
import type { Masthead } from '../news/article.ts';
import type { Asker, Attachment } from './command.ts';

/** What an article is to be read from. */
export type Source =
  | { readonly kind: 'link'; readonly address: string }
  | { readonly kind: 'file'; readonly attachment: Attachment }
  | { readonly kind: 'pasted'; readonly title: string; readonly link: string; readonly text: string };

/** An article that was read and shown, and that nobody has said yet to keep. */
export interface Draft {
  readonly masthead: Masthead;
  readonly text: string;
  /** As it was shown. */
  readonly from: AttributedArticle;
  /** What was given together with it and comes after. */
  readonly rest: readonly Source[];
  readonly total: number;
}

interface Held {
  readonly draft: Draft;
  readonly owner: string;
  readonly asker: string;
  readonly until: number;
}

const longest = 15 * 60 * 1000;
const mostEach = 5;
/** Of the texts together, in UTF-16 units: what strangers can make a bot remember has an end. */
const mostText = 40_000_000;

function keyOf({ kind, id }: Owner): string {
  return `${kind} ${id}`;
}

/** Drafts in memory for 15 minutes, each for the one person and the one library that it was made for. */
export class Drafts {
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The id that finds it again, which nobody can guess. */
  hold(draft: Draft, owner: Owner, asker: Asker): string {
    const id = randomBytes(16).toString('base64url');
    this.#held.set(id, { draft, owner: keyOf(owner), asker: asker.id, until: this.#now() + longest });
    this.#makeRoom(asker.id);
    return id;
  }

  /** `undefined` where it is gone or somebody else’s. */
  find(id: string, owner: Owner, asker: Asker): Draft | undefined {
    const held = this.#held.get(id);
    if (held === undefined || held.owner !== keyOf(owner) || held.asker !== asker.id) return undefined;
    return held.until < this.#now() ? undefined : held.draft;
  }

  drop(id: string): void {
    this.#held.delete(id);
  }

  forget(owner: Owner): void {
    for (const [id, held] of this.#held) if (held.owner === keyOf(owner)) this.#held.delete(id);
  }

  /** The oldest go first: those that are over, those of a person with many, those beyond what memory may hold. */
  #makeRoom(asker: string): void {
    const now = this.#now();
    let own = [...this.#held.values()].filter(held => held.asker === asker).length;
    let text = [...this.#held.values()].reduce((sum, { draft }) => sum + draft.text.length, 0);
    for (const [id, held] of this.#held) {
      const isOwn = held.asker === asker;
      if (held.until >= now && !(isOwn && own > mostEach) && text <= mostText) continue;
      this.#held.delete(id);
      text -= held.draft.text.length;
      if (isOwn) own -= 1;
    }
  }
}

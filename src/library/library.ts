import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import type { Encodes, Judgement } from '../answering/networks/encoder.ts';
import { MODEL_ID } from '../answering/networks/model.ts';
import type { AttributedArticle, Dispute } from '../attribution/attribution.ts';
import type { Metadata } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import { type Message, message } from '../wording/say.ts';
import { TooSlow } from './attributor.ts';
import { type LibraryContext, UNDO_MILLISECONDS } from './context.ts';
import { holdDraft } from './drafts.ts';
import type { Owner } from './owner.ts';
import { derive, deriveStored, isCurrent, readDerived, readRows } from './refresh.ts';
import { scheduling } from './scheduling.ts';
import {
  countArticles,
  countUnencoded,
  findArticleRefs,
  findByLink,
  findByText,
  findRemoved,
  listByIds,
  listNewest,
  readArticleRows,
  readNumbersAfter,
} from './store/articles.ts';
import { type DisputeChange, putArticle, removeArticle, restoreArticle, updateDerived } from './store/changes.ts';
import { type ArticleText, readingDerived, VERSIONS } from './store/derived.ts';
import { readDisputes } from './store/dispute-rows.ts';
import { type DecidedSpan, decidedSpans, withDecision, withDispute, withImported } from './store/disputes.ts';
import { type Draft, decodeDraft, deleteDraft, findDraft } from './store/drafts.ts';
import { StorageError } from './store/errors.ts';
import { insertFailing, markThere, type PutEffects, type TakenFrom } from './store/following/following.ts';
import { newPost } from './store/following/outbox.ts';
import { readWatches } from './store/following/watches.ts';
import { inPieces } from './store/in-pieces.ts';
import { toLine } from './store/json.ts';
import { idOf, keysOf } from './store/keys.ts';
import { changeLibrarySettings, type LibrarySettings, type SettingsChanges } from './store/library-settings.ts';
import type { Run } from './store/script.ts';
import type { ArticleRef, NewArticleRow, PutResult } from './store/store.ts';
import type { ArticleSummary } from './store/stored.ts';

/** Result of adding an article. */
export type Added =
  /** `same`: its link or text exists already. `updated`: its link existed with another text, which was replaced. */
  | { readonly kind: 'added' | 'same' | 'updated'; readonly article: AttributedArticle }
  /** The library holds `most` articles already. */
  | { readonly kind: 'full'; readonly most: number }
  /** The text is longer than `most` bytes in UTF-8. */
  | { readonly kind: 'too long'; readonly most: number }
  /** Attributing it takes longer than an article may. */
  | { readonly kind: 'too slow' };

/** The article with the same text, or with the same link and another text, which adding would replace. */
export interface Already {
  readonly kind: 'same' | 'linked';
  readonly listed: ArticleSummary;
}

/** Who disputes that somebody said something. */
export interface Disputant {
  /** A user's id. */
  readonly id: string;
  /** How many disputes they may begin in 24 hours, if there is a limit. */
  readonly most: number | undefined;
  /** The channel in which disputes are posted for those who manage the library. */
  readonly channel: string | undefined;
}

/** `unchanged`: nothing is attributed to somebody there, or it is disputed already. */
export type DisputeOutcome = 'stored' | 'unchanged' | 'too many';

/** An article as it would be added. */
export interface Preview {
  readonly from: AttributedArticle;
  readonly derivation: Draft['derivation'];
}

const DAY_MILLISECONDS = 24 * 60 * 60_000;
/** How long after one feed brought an article, another one's channel gets it, too. */
const LONGEST_NEWS = DAY_MILLISECONDS;
/** In UTF-8; about 300,000 words. */
const MOST_BYTES = 2_000_000;
const LINES_AT_ONCE = 32;
const POLL_MILLISECONDS = 500;

/**
 * A library on either store. Articles are read on demand. A change is durable when its promise resolves; if it throws
 * `StorageError`, nothing was changed.
 */
export class StoredLibrary {
  readonly owner: Owner;
  /** Runs a query of the store. */
  readonly read: Run;
  readonly #context: LibraryContext;

  constructor(owner: Owner, context: LibraryContext) {
    this.owner = owner;
    this.read = context.read;
    this.#context = context;
  }

  /** Runs a change of the store, for what no other method does. Closing waits for it. */
  write: Run = (script, ...values) => this.#context.change(() => this.#context.write(script, ...values));

  /** Returns the vector of a question; `undefined` if it can't be made. */
  encodeQuestion(question: string): Promise<Int8Array | undefined> {
    return this.#withEncoder((encoder, name) => encoder.encodeQuestion(name, question));
  }

  /** Judges whether passages answer a question; `undefined` if the judge fails. */
  judge(question: string, passages: readonly string[]): Promise<readonly Judgement[] | undefined> {
    return this.#withEncoder((encoder, name) => encoder.judge(name, question, passages));
  }

  /** Returns what the encoder's process makes; `undefined` if it fails. */
  async #withEncoder<Result>(work: (encoder: Encodes, name: string) => Promise<Result>): Promise<Result | undefined> {
    const { encoder, name, report } = this.#context;
    try {
      return encoder && (await work(encoder, name));
    } catch (error) {
      report('Cannot encode a question, so it is answered by its words alone', error);
      return undefined;
    }
  }

  /** Returns the number of articles. */
  count(): Promise<number> {
    return this.read(countArticles);
  }

  async article(id: string): Promise<AttributedArticle | undefined> {
    const [article] = await this.articles([id]);
    return article;
  }

  /** Returns the articles that exist, in the order of `ids`. */
  async articles(ids: readonly string[]): Promise<readonly AttributedArticle[]> {
    const found = await readRows(this.#context, await this.read(findArticleRefs, { by: 'id', values: ids }));
    return ids.flatMap(id => found.get(id) ?? []);
  }

  /** Returns the article whose id has this `codeOf`. */
  async articleOfCode(code: string): Promise<AttributedArticle | undefined> {
    const [ref, another] = await this.read(findArticleRefs, { by: 'code', values: [code] });
    // In 1 of 14 libraries of 100,000 articles, two share a code: show none rather than the wrong one.
    return ref === undefined || another !== undefined ? undefined : this.#read(ref);
  }

  /** Returns articles without their text, newest first; `from` counts from 0. */
  newest(from: number, most: number): Promise<readonly ArticleSummary[]> {
    return this.read(listNewest, from, most);
  }

  /** Returns the articles that exist, without their text, in the order of `ids`. */
  async listed(ids: readonly string[]): Promise<readonly ArticleSummary[]> {
    const found = await this.read(listByIds, ids);
    const byId = new Map(found.map(each => [each.id, each]));
    return ids.flatMap(id => byId.get(id) ?? []);
  }

  /** Attributes a text as adding it would, unless `known` is current. Stores nothing. */
  preview(metadata: Metadata, text: string, known?: Draft['derivation'], isBackground = false): Promise<Preview> {
    return this.#context.change(async () => {
      const written: ArticleText = { id: 'draft', ...metadata, updated: false, text };
      const { derived, madeBy } =
        known !== undefined && isCurrent(known.madeBy)
          ? known
          : await this.#context.attributor.derive(this.#context.name, written, { isBackground });
      return { from: await inPieces(readingDerived(written, derived)), derivation: { derived, madeBy } };
    });
  }

  async already(metadata: Metadata, text: string): Promise<Already | undefined> {
    const keys = keysOf(metadata, text);
    const same = await this.read(findByText, keys);
    const there = same ?? (await this.read(findByLink, keys));
    const [listed] = there === undefined ? [] : await this.read(listByIds, [there.id]);
    return listed && { kind: same === undefined ? 'linked' : 'same', listed };
  }

  /**
   * Adds an article. `known` is what a preview of the same text derived: if it is current, the text isn't attributed
   * again. The item it is taken `from` is marked in the same transaction, if it is added, or there already.
   */
  add(metadata: Metadata, text: string, known?: Draft['derivation'], from?: TakenFrom): Promise<Added> {
    return this.#context.change(() => this.#add(metadata, text, known, from));
  }

  /**
   * Marks an item of a feed whose article is in the library already. If another feed brought it within a day, it is
   * posted in this feed's channel, too, once.
   */
  async takeThere(id: string, from: TakenFrom): Promise<void> {
    const now = this.#context.now();
    const mark = () => this.write(markThere, from, id, { since: now - LONGEST_NEWS, now });
    const moment = from.channel === undefined ? undefined : now;
    await scheduling(this.#context, 'posting', moment, mark, isPosted => isPosted);
  }

  /** Posts that a feed can't be read, in its channel or to the person who followed it. */
  async announceFailure(feed: string, problem: Message): Promise<void> {
    const now = this.#context.now();
    const announce = () => this.write(insertFailing, feed, problem, now);
    await scheduling(this.#context, 'posting', now, announce, () => true);
  }

  /**
   * Stores a draft for 15 minutes for one person and returns an id that can't be guessed. Five per person and 20 MB per
   * library are kept; the oldest are dropped.
   */
  async holdDraft(draft: Draft, asker: string): Promise<string> {
    const id = await holdDraft(this.#context, draft, asker, undefined);
    if (id === undefined) throw new TypeError('A draft that takes no other’s place was not held.');
    return id;
  }

  /** Like `holdDraft`, replacing another draft. Returns `undefined` and stores nothing if that draft is gone. */
  replaceDraft(former: string, draft: Draft, asker: string): Promise<string | undefined> {
    return holdDraft(this.#context, draft, asker, former);
  }

  /** Returns `undefined` if it is gone or somebody else's. */
  async draft(id: string, asker: string): Promise<Draft | undefined> {
    const stored = await this.read(findDraft, id);
    if (stored === undefined || stored.asker !== asker || stored.until <= this.#context.now()) return undefined;
    return decodeDraft(stored);
  }

  /** Returns whether it existed. */
  dropDraft(id: string): Promise<boolean> {
    return this.write(deleteDraft, id);
  }

  /** Removes an article and returns it. `restore` brings it back within 10 minutes; after that it is purged. */
  remove(id: string): Promise<AttributedArticle | undefined> {
    return this.#context.change(async () => {
      const article = await this.article(id);
      const now = this.#context.now();
      const remove = () => this.#context.write(removeArticle, id, now);
      const wasThere = await scheduling(this.#context, 'purging', now + UNDO_MILLISECONDS, remove, isGone => isGone);
      return wasThere ? article : undefined;
    });
  }

  /** Returns `undefined` if it's too late. */
  restore(id: string): Promise<AttributedArticle | undefined> {
    return this.#context.change(async () => (await this.article(id)) ?? (await this.#restore(id)));
  }

  /** Makes an attribution unclear until somebody decides. `content` is the outer span of its content. */
  dispute(id: string, content: Span, { id: reporter, channel, most }: Disputant): Promise<DisputeOutcome> {
    const { now } = this.#context;
    const change = (from: AttributedArticle, disputes: readonly Dispute[]): DisputeChange | undefined => {
      const since = now();
      const changed = withDispute(from, disputes, content, { reporter, since });
      const reason = { kind: 'dispute', starts: content.start, ends: content.end } as const;
      return (
        changed && {
          disputes: changed,
          reporter: most === undefined ? undefined : { id: reporter, since: since - DAY_MILLISECONDS, most },
          post: channel === undefined ? undefined : { ...newPost(channel, id, reason), since },
        }
      );
    };
    const moment = channel === undefined ? undefined : now();
    const store = () => this.#changeDisputes(id, change);
    return scheduling(this.#context, 'posting', moment, store, outcome => outcome === 'stored');
  }

  /**
   * Decides a dispute. Returns false if there is no such dispute or speaker, or if it has been decided and `isAgain` is
   * false.
   */
  async decide(id: string, decided: DecidedSpan, isAgain: boolean): Promise<boolean> {
    const outcome = await this.#changeDisputes(id, (from, disputes) => {
      const changed = withDecision(from, disputes, decided, isAgain);
      return changed && { disputes: changed };
    });
    return outcome === 'stored';
  }

  /** Takes over what was decided in another library, except where this one has decided. */
  async importDecisions(id: string, decided: readonly DecidedSpan[]): Promise<void> {
    await this.#changeDisputes(id, (from, disputes) => {
      const changed = withImported(from, disputes, decided, this.#context.now());
      return changed && { disputes: changed };
    });
  }

  /** Changes the given settings and returns all. */
  choose(changes: SettingsChanges): Promise<LibrarySettings> {
    return this.#context.change(async () => {
      const settings = await this.#context.write(changeLibrarySettings, changes);
      this.#context.settings.keep(this.#context.name, settings);
      return settings;
    });
  }

  /** Erases this library. Opening it again makes a new one. */
  erase(): Promise<void> {
    return this.#context.erase();
  }

  /**
   * Yields how many articles have no vectors yet, about twice a second, at last 0. Throws `StorageError` if some can't
   * be encoded. Yields nothing without an encoder.
   */
  async *encoding(): AsyncGenerator<number> {
    if (this.#context.encoder === undefined) return;
    const count = () => this.read(countUnencoded, MODEL_ID);
    for (let left = await count(); left > 0; left = await count()) {
      yield left;
      const isDone = await Promise.race([this.#context.encodeMissing().then(() => true), pause(POLL_MILLISECONDS)]);
      // Another process is making them.
      if (isDone === true) await pause(POLL_MILLISECONDS);
    }
    yield 0;
  }

  /** Yields the export: one JSON object per line, oldest first, without line ends. */
  async *lines(): AsyncGenerator<string> {
    const after = (number: number) => this.read(readNumbersAfter, number, LINES_AT_ONCE);
    for (let numbers = await after(0); numbers.length > 0; numbers = await after(numbers.at(-1) ?? 0)) {
      // Let other commands run.
      await setImmediate();
      for (const row of await this.read(readArticleRows, numbers)) {
        if (row === 'damaged') this.#context.reportDamage();
        else yield toLine(row.text, decidedSpans(row.disputes));
      }
    }
  }

  async #add(
    metadata: Metadata,
    text: string,
    known: Draft['derivation'],
    from: TakenFrom | undefined,
  ): Promise<Added> {
    if (Buffer.byteLength(text) > MOST_BYTES) return { kind: 'too long', most: MOST_BYTES };
    const keys = keysOf(metadata, text);
    const same = await this.read(findByText, keys);
    const article = same === undefined ? undefined : await this.#read(same);
    if (article !== undefined) {
      if (from !== undefined) await this.takeThere(article.article.id, from);
      return { kind: 'same', article };
    }
    const written: ArticleText = { id: idOf(keys), ...metadata, updated: false, text };
    // Those of the article it replaces. They no longer apply where the words changed.
    const former = await this.read(findByLink, keys);
    const disputes = await this.#disputesOf(former?.id ?? written.id);
    const derivation = await unlessTooSlow(derive(this.#context, { text: written, disputes, ...known }));
    if (derivation === undefined) return { kind: 'too slow' };
    // The stored text is damaged, so this one replaces it.
    if (same !== undefined) await this.#context.write(removeArticle, same.id, this.#context.now());
    return this.#put({ text: written, keys, ...derivation }, disputes, from);
  }

  /** Returns what is stored with an article. */
  async #effectsOf({ text }: NewArticleRow, from: TakenFrom | undefined): Promise<PutEffects> {
    const isWatched = (await this.read(readWatches)).some(({ disabled }) => disabled === undefined);
    const posts =
      from?.channel === undefined ? [] : [newPost(from.channel, text.id, { kind: 'article', feed: from.feed })];
    return { now: this.#context.now(), item: from, posts, isWatched };
  }

  async #put(row: NewArticleRow, disputes: readonly Dispute[], from: TakenFrom | undefined): Promise<Added> {
    const context = this.#context;
    const effects = await this.#effectsOf(row, from);
    const { now, posts, isWatched } = effects;
    const store = () => context.write(putArticle, row, context.mostArticles, effects);
    // It may replace another text, which must be purged.
    const replaced = row.keys.link === undefined ? undefined : now;
    const replace = () => scheduling(context, 'purging', replaced, store, ({ kind }) => kind === 'updated');
    // What the watches find in it is posted, too.
    const posted = isWatched || posts.length > 0 ? now : undefined;
    const isStored = ({ kind }: PutResult) => kind === 'added' || kind === 'updated';
    const put = await scheduling(context, 'posting', posted, replace, isStored);
    if (put.kind === 'full') return { kind: 'full', most: context.mostArticles };
    if (put.kind === 'same') return this.#tellSame(put.ref);
    context.countTaken(put.kind);
    encodeSoon(context);
    const text: ArticleText = { ...row.text, id: put.ref.id, updated: put.kind === 'updated' };
    const article = await readDerived(text, row.derived, disputes);
    context.articles.keep(context.name, put.ref, article);
    return { kind: put.kind, article: put.kind === 'updated' ? await this.#withLatest(article, disputes) : article };
  }

  /** Returns an article that was indexed with these disputes; if there are others meanwhile, indexes it with those. */
  async #withLatest(from: AttributedArticle, disputes: readonly Dispute[]): Promise<AttributedArticle> {
    const { id } = from.article;
    if (JSON.stringify(await this.#disputesOf(id)) === JSON.stringify(disputes)) return from;
    await this.#changeDisputes(id, (_, latest) => ({ disputes: latest }));
    return (await this.article(id)) ?? from;
  }

  /** Reads an article that was added meanwhile. */
  async #tellSame(ref: ArticleRef): Promise<Added> {
    const article = await this.#read(ref);
    if (article === undefined) throw new StorageError(message('keeping.article-removed'));
    return { kind: 'same', article };
  }

  async #disputesOf(id: string): Promise<readonly Dispute[]> {
    return (await this.read(readDisputes, [id])).map(({ dispute }) => dispute);
  }

  /**
   * Changes an article's disputes and its index. `change` is given the article as if nobody disputed it, and is called
   * again if something else changed the article meanwhile.
   */
  #changeDisputes(
    id: string,
    change: (from: AttributedArticle, disputes: readonly Dispute[]) => DisputeChange | undefined,
  ): Promise<DisputeOutcome> {
    return this.#context.change(async () => {
      for (;;) {
        const [ref] = await this.read(findArticleRefs, { by: 'id', values: [id] });
        const [row] = ref === undefined ? [] : await this.read(readArticleRows, [ref.number]);
        if (row === undefined || row === 'damaged') return 'unchanged';
        const isReady = row.derived !== undefined && isCurrent(row.madeBy);
        const derived = isReady ? row.derived : (await deriveStored(this.#context, row)).derived;
        const changed = change(await readDerived(row.text, derived, []), row.disputes);
        if (changed === undefined) return 'unchanged';
        const current = { ...row, derived, disputes: changed.disputes, madeBy: VERSIONS };
        const derivation = await derive(this.#context, current);
        const outcome = await this.#context.write(updateDerived, row, derivation, changed);
        if (outcome !== 'changed') return outcome;
      }
    });
  }

  async #restore(id: string): Promise<AttributedArticle | undefined> {
    const { write, now, mostArticles } = this.#context;
    const ref = await this.read(findRemoved, id, now() - UNDO_MILLISECONDS);
    const [row] = ref === undefined ? [] : await this.read(readArticleRows, [ref.number]);
    if (ref === undefined || row === undefined || row === 'damaged') return undefined;
    const derivation = await deriveStored(this.#context, row);
    const outcome = await write(restoreArticle, ref, derivation, mostArticles);
    encodeSoon(this.#context);
    if (outcome === 'full') {
      throw new StorageError(message('keeping.full', { most: String(mostArticles) }));
    }
    return outcome === 'restored' ? readDerived(row.text, derivation.derived, row.disputes) : this.article(id);
  }

  async #read(ref: ArticleRef): Promise<AttributedArticle | undefined> {
    return (await readRows(this.#context, [ref])).get(ref.id);
  }
}

/** A library that can be changed. */
export type OpenLibrary = Pick<StoredLibrary, keyof StoredLibrary>;

/** One owner's articles, for reading. Accepts any string, even from a stranger. */
export type Library = Pick<
  StoredLibrary,
  ('read' | 'encodeQuestion' | 'judge') | ('count' | 'article' | 'articles' | 'articleOfCode' | 'newest' | 'listed')
>;

/** What can't be encoded is reported elsewhere. */
function encodeSoon(context: LibraryContext): void {
  context.encodeMissing().catch(() => undefined);
}

async function unlessTooSlow<Result>(result: Promise<Result>): Promise<Result | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof TooSlow) return undefined;
    throw error;
  }
}

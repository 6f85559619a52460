import { randomBytes } from 'node:crypto';
import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import type { Encodes, Judgement } from '../answering/networks/encoder.ts';
import { MODEL_ID } from '../answering/networks/model.ts';
import type { AttributedArticle, Dispute } from '../attribution/attribution.ts';
import type { Metadata } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import { type Message, message } from '../wording/say.ts';
import { TooSlow } from './attributor.ts';
import { type LibraryContext, UNDO_MILLISECONDS } from './context.ts';
import type { Added, Already, Disputant, DisputeOutcome, OpenLibrary, Owner, Preview } from './library.ts';
import { derive, deriveStored, isCurrent, readDerived, readRows } from './refresh.ts';
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
import { type Draft, decodeDraft, deleteDraft, encodeDraft, findDraft, saveDraft } from './store/drafts.ts';
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

/**
 * Runs `work`, which may leave something to be purged at `moment`. The purge is scheduled before, so that a crash can't
 * forget it, and again after, since another process may have purged in between.
 */
async function schedulingPurge<Result>(
  context: Pick<LibraryContext, 'schedulePurge'>,
  moment: number,
  work: () => Promise<Result>,
  isLeft: (result: Result) => boolean,
): Promise<Result> {
  await context.schedulePurge(moment);
  const result = await work();
  if (isLeft(result)) await context.schedulePurge(moment);
  return result;
}

const DAY_MILLISECONDS = 24 * 60 * 60_000;
/** How long after one feed brought an article, another one's channel gets it, too. */
const LONGEST_NEWS = DAY_MILLISECONDS;
/** When to look for posts that the process could no longer schedule. Longer than storing an article takes. */
const AFTER_A_CRASH_MILLISECONDS = 60_000;
const DRAFT_MILLISECONDS = 15 * 60_000;
const MOST_DRAFTS_EACH = 5;
/** Ten of the longest texts, without what is derived from them. */
const MOST_DRAFT_BYTES = 20_000_000;

/**
 * Stores a draft, replacing `former` if given, and returns its id. Returns `undefined` and stores nothing if `former`
 * is gone.
 */
export function holdDraft(
  context: Pick<LibraryContext, 'now' | 'change' | 'withStore' | 'schedulePurge'>,
  draft: Draft,
  asker: string,
  former: string | undefined,
): Promise<string | undefined> {
  return context.change(async () => {
    const id = randomBytes(16).toString('base64url');
    const now = context.now();
    const until = now + DRAFT_MILLISECONDS;
    const stored = encodeDraft(id, asker, until, draft);
    const bounds = { now, perPerson: MOST_DRAFTS_EACH, bytes: MOST_DRAFT_BYTES };
    const hold = () => context.withStore(store => store.write(saveDraft, stored, former, bounds));
    return (await schedulingPurge(context, until, hold, isHeld => isHeld)) ? id : undefined;
  });
}

/** In UTF-8; about 300,000 words. */
const MOST_BYTES = 2_000_000;
const LINES_AT_ONCE = 32;
const POLL_MILLISECONDS = 500;

/** A library on either store. Articles are read on demand. */
export class StoredLibrary implements OpenLibrary {
  readonly owner: Owner;
  readonly #context: LibraryContext;

  constructor(owner: Owner, context: LibraryContext) {
    this.owner = owner;
    this.#context = context;
  }

  read: Run = (script, ...values) => this.#context.withStore(store => store.read(script, ...values));

  write: Run = (script, ...values) =>
    this.#context.change(() => this.#context.withStore(store => store.write(script, ...values)));

  encodeQuestion(question: string): Promise<Int8Array | undefined> {
    return this.#withEncoder((encoder, name) => encoder.encodeQuestion(name, question));
  }

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

  count(): Promise<number> {
    return this.read(countArticles);
  }

  async article(id: string): Promise<AttributedArticle | undefined> {
    const [article] = await this.articles([id]);
    return article;
  }

  async articles(ids: readonly string[]): Promise<readonly AttributedArticle[]> {
    const found = await readRows(this.#context, await this.read(findArticleRefs, { by: 'id', values: ids }));
    return ids.flatMap(id => found.get(id) ?? []);
  }

  async articleOfCode(code: string): Promise<AttributedArticle | undefined> {
    const [ref, another] = await this.read(findArticleRefs, { by: 'code', values: [code] });
    // In 1 of 14 libraries of 100,000 articles, two share a code: show none rather than the wrong one.
    return ref === undefined || another !== undefined ? undefined : this.#read(ref);
  }

  newest(from: number, most: number): Promise<readonly ArticleSummary[]> {
    return this.read(listNewest, from, most);
  }

  async listed(ids: readonly string[]): Promise<readonly ArticleSummary[]> {
    const found = await this.read(listByIds, ids);
    const byId = new Map(found.map(each => [each.id, each]));
    return ids.flatMap(id => byId.get(id) ?? []);
  }

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

  add(metadata: Metadata, text: string, known?: Draft['derivation'], from?: TakenFrom): Promise<Added> {
    return this.#context.change(() => this.#add(metadata, text, known, from));
  }

  async takeThere(id: string, from: TakenFrom): Promise<void> {
    const { now, schedulePosting } = this.#context;
    const moment = now();
    const times = { since: moment - LONGEST_NEWS, now: moment };
    if (from.channel !== undefined) await schedulePosting(moment + AFTER_A_CRASH_MILLISECONDS);
    if (await this.write(markThere, from, id, times)) await schedulePosting(moment);
  }

  async announceFailure(feed: string, problem: Message): Promise<void> {
    const { now, schedulePosting } = this.#context;
    const moment = now();
    await schedulePosting(moment + AFTER_A_CRASH_MILLISECONDS);
    await this.write(insertFailing, feed, problem, moment);
    await schedulePosting(moment);
  }

  async holdDraft(draft: Draft, asker: string): Promise<string> {
    const id = await holdDraft(this.#context, draft, asker, undefined);
    if (id === undefined) throw new TypeError('A draft that takes no other’s place was not held.');
    return id;
  }

  replaceDraft(former: string, draft: Draft, asker: string): Promise<string | undefined> {
    return holdDraft(this.#context, draft, asker, former);
  }

  async draft(id: string, asker: string): Promise<Draft | undefined> {
    const stored = await this.read(findDraft, id);
    if (stored === undefined || stored.asker !== asker || stored.until <= this.#context.now()) return undefined;
    return decodeDraft(stored);
  }

  dropDraft(id: string): Promise<boolean> {
    return this.write(deleteDraft, id);
  }

  remove(id: string): Promise<AttributedArticle | undefined> {
    return this.#context.change(async () => {
      const article = await this.article(id);
      const now = this.#context.now();
      const remove = () => this.#context.withStore(store => store.write(removeArticle, id, now));
      const wasThere = await schedulingPurge(this.#context, now + UNDO_MILLISECONDS, remove, isGone => isGone);
      return wasThere ? article : undefined;
    });
  }

  restore(id: string): Promise<AttributedArticle | undefined> {
    return this.#context.change(async () => (await this.article(id)) ?? (await this.#restore(id)));
  }

  async dispute(id: string, content: Span, by: Disputant): Promise<DisputeOutcome> {
    const { now, schedulePosting } = this.#context;
    const { channel, most } = by;
    if (channel !== undefined) await schedulePosting(now() + AFTER_A_CRASH_MILLISECONDS);
    const outcome = await this.#changeDisputes(id, (from, disputes) => {
      const since = now();
      const changed = withDispute(from, disputes, content, { reporter: by.id, since });
      const reason = { kind: 'dispute', starts: content.start, ends: content.end } as const;
      const post = channel === undefined ? undefined : newPost(channel, id, reason);
      return (
        changed && {
          disputes: changed,
          reporter: most === undefined ? undefined : { id: by.id, since: since - DAY_MILLISECONDS, most },
          post: post && { ...post, since },
        }
      );
    });
    if (channel !== undefined && outcome === 'stored') await schedulePosting(now());
    return outcome;
  }

  async decide(id: string, decided: DecidedSpan): Promise<boolean> {
    const outcome = await this.#changeDisputes(id, (from, disputes) => {
      const changed = withDecision(from, disputes, decided);
      return changed && { disputes: changed };
    });
    return outcome === 'stored';
  }

  async importDecisions(id: string, decided: readonly DecidedSpan[]): Promise<void> {
    await this.#changeDisputes(id, (from, disputes) => {
      const changed = withImported(from, disputes, decided, this.#context.now());
      return changed && { disputes: changed };
    });
  }

  choose(changes: SettingsChanges): Promise<LibrarySettings> {
    return this.#context.change(async () => {
      const settings = await this.#context.withStore(store => store.write(changeLibrarySettings, changes));
      this.#context.settings.keep(this.#context.name, settings);
      return settings;
    });
  }

  erase(): Promise<void> {
    return this.#context.erase();
  }

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
    if (same !== undefined)
      await this.#context.withStore(store => store.write(removeArticle, same.id, this.#context.now()));
    return this.#put({ text: written, keys, ...derivation }, disputes, from);
  }

  /**
   * Returns what is stored with an article. If the process ends before its posts are scheduled, they are found later, and
   * so is what the watches find in it.
   */
  async #effectsOf({ text }: NewArticleRow, from: TakenFrom | undefined): Promise<PutEffects> {
    const { now, schedulePosting } = this.#context;
    const isWatched = (await this.read(readWatches)).some(({ disabled }) => disabled === undefined);
    const posts =
      from?.channel === undefined ? [] : [newPost(from.channel, text.id, { kind: 'article', feed: from.feed })];
    if (isWatched || posts.length > 0) await schedulePosting(now() + AFTER_A_CRASH_MILLISECONDS);
    return { now: now(), item: from, posts, isWatched };
  }

  async #put(row: NewArticleRow, disputes: readonly Dispute[], from: TakenFrom | undefined): Promise<Added> {
    const context = this.#context;
    const effects = await this.#effectsOf(row, from);
    const store = () => context.withStore(kept => kept.write(putArticle, row, context.mostArticles, effects));
    const isReplaced = ({ kind }: PutResult) => kind === 'updated';
    // It may replace another text, which must be purged.
    const mayReplace = row.keys.link !== undefined;
    const put = await (mayReplace ? schedulingPurge(context, context.now(), store, isReplaced) : store());
    if (put.kind === 'full') return { kind: 'full', most: context.mostArticles };
    if (put.kind === 'same') return this.#tellSame(put.ref);
    if (effects.isWatched || effects.posts.length > 0) await context.schedulePosting(context.now());
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
        const outcome = await this.#context.withStore(store => store.write(updateDerived, row, derivation, changed));
        if (outcome !== 'changed') return outcome;
      }
    });
  }

  async #restore(id: string): Promise<AttributedArticle | undefined> {
    const { withStore, now, mostArticles } = this.#context;
    const ref = await this.read(findRemoved, id, now() - UNDO_MILLISECONDS);
    const [row] = ref === undefined ? [] : await this.read(readArticleRows, [ref.number]);
    if (ref === undefined || row === undefined || row === 'damaged') return undefined;
    const derivation = await deriveStored(this.#context, row);
    const outcome = await withStore(store => store.write(restoreArticle, ref, derivation, mostArticles));
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

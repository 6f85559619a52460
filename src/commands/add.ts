import * as z from 'zod/mini';
import type { AttributedArticle } from '../attribution/attribution.ts';
import { TooSlow } from '../library/attributor.ts';
import type { Added, Already } from '../library/library.ts';
import type { Draft } from '../library/store/drafts.ts';
import type { Article, Metadata } from '../news/article.ts';
import { isWrittenAsDay, parseDays } from '../news/days.ts';
import { isDate } from '../news/header.ts';
import { parseLink } from '../reading/addresses.ts';
import { boundMetadata, withGiven } from '../reading/bounds.ts';
import type { Reading } from '../reading/reading.ts';
import { readPasted } from '../reading/text.ts';
import { actionId } from '../replies/custom-id.ts';
import { type CorrectedField, correctionForm, FIELDS, type Form, shownIn } from '../replies/form.ts';
import { ROOM, WEIGHT_OF_DISPLAY, weight } from '../replies/limits.ts';
import { bylineOf, titleLine } from '../replies/parts/citation.ts';
import { showExcerpt } from '../replies/parts/excerpt.ts';
import { inline, joined, small } from '../replies/parts/markdown.ts';
import { speakerList } from '../replies/parts/speaker-list.ts';
import { ACCENTS, button, mention, notice, type Reply, reply, typed } from '../replies/reply.ts';
import { measures } from '../replies/views/library.ts';
import { format, type Message, message, type Say } from '../wording/say.ts';
import type { Attachment, Context, FilledForm, RequestContext } from './command.ts';
import { rateLimitReason } from './rate-limit.ts';

const attachmentShape = z.pipe(
  z.object({ name: z.string(), contentType: z.optional(z.string()), size: z.number(), url: z.string() }),
  z.transform(({ contentType, ...rest }): Attachment => ({ ...rest, contentType })),
);

const sourceShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('link'), address: z.string() }),
  z.object({
    kind: z.literal('file'),
    attachment: attachmentShape,
    title: z.optional(z.string()),
    link: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('pasted'), title: z.string(), link: z.string(), text: z.string() }),
]);

/** What was given together with a draft: the sources after it, and how many there were in all. */
const offerShape = z.object({
  rest: z.readonly(z.array(sourceShape)),
  total: z.int(),
  /** What was typed into fields of the correction form that couldn't be read. */
  unread: z.optional(z.record(z.string(), z.string())),
});

/** What an article is read from. */
export type Source = z.infer<typeof sourceShape>;
export type Offer = z.infer<typeof offerShape>;

const ROOM_FOR_OPENING = 700;
const ROOM_FOR_SPEAKERS = 900;
const ROOM_FOR_TOLD = 1000;

/** An article that was read but isn't kept yet. */
export interface DraftPreview {
  readonly id: string;
  readonly from: AttributedArticle;
  /** Number among those given together, from 1. */
  readonly place: number;
  readonly total: number;
  readonly already: Already | undefined;
  /** What became of those before it, one Markdown line each. */
  readonly lines: readonly string[];
}

function missing({ outlet, published, url }: Article, say: Say): string {
  const names = [
    outlet ? '' : say('adding.outlet'),
    published ? '' : say('adding.date'),
    url ? '' : say('adding.link'),
  ];
  const unknown = joined(names, say('list.item'));
  return unknown && small(say('adding.not-found', { unknown }));
}

function opening({ article }: AttributedArticle, room: number, say: Say): string {
  const [paragraph] = article.paragraphs;
  return paragraph === undefined
    ? ''
    : showExcerpt({ article, paragraph, span: paragraph, matches: [] }, Math.min(room, ROOM_FOR_OPENING), say);
}

/** Returns what Keep would change in the library. */
function effect(already: Already | undefined, say: Say): string {
  return already === undefined ? '' : say(`adding.already-${already.kind}`, { title: titleLine(already.listed, say) });
}

/** Returns the latest lines that fit. */
function fitting(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines.toReversed()) {
    if (weight([line, ...kept].join('\n')) > ROOM_FOR_TOLD) break;
    kept.unshift(line);
  }
  return kept.join('\n');
}

/** Returns a draft with the buttons Keep and Discard. */
export function draftReply({ id, from, place, total, already, lines }: DraftPreview, say: Say): Reply {
  const { article } = from;
  const head = `### ${total === 1 ? say('adding.keep') : say('adding.keep-of', { place, total })}`;
  const measured = small(measures(from, say));
  const what = [head, titleLine(article, say), bylineOf(article), measured, missing(article, say)];
  const before = [fitting(lines), joined(what), effect(already, say)];
  const foot = small(say('adding.not-kept'));
  const taken = [...before, foot].reduce((sum, text) => sum + weight(text) + WEIGHT_OF_DISPLAY, 0);
  // At least 700, however long titles and links are.
  const room = ROOM - taken - 2 * WEIGHT_OF_DISPLAY;
  const speakers = speakerList(from, Math.min(room / 2, ROOM_FOR_SPEAKERS), say);
  return reply({
    accent: ACCENTS.article,
    texts: [...before, opening(from, room - weight(speakers), say), speakers, foot],
    buttons: [
      button(say('adding.button-keep'), actionId('keep', id), 'main'),
      button(say('adding.button-edit'), actionId('edit', id)),
      button(say('adding.button-discard'), actionId('discard', id)),
    ],
    private: true,
  });
}

interface ArticleDraft extends Draft {
  readonly offer: Offer;
}

/** Returns a draft of this user; `undefined` if it is gone, or was stored by another version in another form. */
async function findDraft(id: string, { library, user }: Context): Promise<ArticleDraft | undefined> {
  const draft = await library.draft(id, user.id);
  const offer = readOffer(draft?.offer);
  return draft && offer && { ...draft, offer };
}

/** Returns the offer of a stored draft; `undefined` if it is anything else. */
export function readOffer(value: unknown): Offer | undefined {
  const offer = offerShape.safeParse(value).data;
  return offer !== undefined && offer.total > offer.rest.length ? offer : undefined;
}

const ROOM_FOR_REASON = 240;

interface SourceReading {
  readonly reading: Reading;
  /** What couldn't be read, though the rest could. */
  readonly unread: readonly Message[];
}

/**
 * Reads a source, or returns why that has to wait. One that can be refused before anything is fetched doesn't count
 * towards the rate limit.
 */
async function readUpToLimit(source: Source, context: Context): Promise<SourceReading | string> {
  const { reader, user } = context;
  if (source.kind === 'pasted') {
    const reading = readPasted(source);
    if (reading.kind === 'refused') return { reading, unread: [] };
    return rateLimitReason('adding', context) ?? { reading, unread: reading.notices };
  }
  const link = source.kind === 'link' ? parseLink(source.address) : undefined;
  if (link?.kind === 'refused') return { reading: link, unread: [] };
  const limit = rateLimitReason('adding', context);
  if (limit !== undefined) return limit;
  return source.kind === 'link'
    ? { reading: await reader.link(source.address, user.id), unread: [] }
    : named(await reader.file(source.attachment, user.id), source);
}

/** Replaces a file's own title and link with those from the form. A link that isn't valid is left out. */
function named(
  reading: Reading,
  { title = '', link = '' }: Omit<Source & { kind: 'file' }, 'kind' | 'attachment'>,
): SourceReading {
  if (reading.kind === 'refused') return { reading, unread: [] };
  const { metadata, badLink } = withGiven(reading.metadata, { title, link });
  const unread = badLink === undefined ? [] : [message('reading.link-left-out', { reason: badLink })];
  return { reading: { ...reading, metadata: boundMetadata(metadata) }, unread };
}

function nameOf(source: Source, say: Say): string {
  if (source.kind === 'link') return inline(source.address, 80);
  return source.kind === 'file' ? inline(source.attachment.name, 80) : say('adding.text');
}

/** Returns why one of `total` sources isn't added. */
function refusalLine(name: string, reason: string, total: number, say: Say): string {
  return total === 1 ? reason : say('adding.refused', { name, reason });
}

/**
 * Returns metadata with the outlet, author and date of the article that Keep would replace, where the new text names none.
 * When that was last changed isn't when this was.
 */
async function withFormer(metadata: Metadata, text: string, { library }: Context): Promise<Metadata> {
  const already = await library.already(metadata, text);
  if (already?.kind !== 'linked') return metadata;
  const { outlet, byline, published, isChangeDate } = already.listed;
  return {
    ...metadata,
    outlet: metadata.outlet ?? outlet,
    byline: metadata.byline ?? byline,
    published: metadata.published ?? (isChangeDate === true ? undefined : published),
  };
}

interface Previewed {
  readonly view: Omit<DraftPreview, 'id'>;
  /** With what was derived for the preview, so that Keep needn't derive it again. */
  readonly draft: ArticleDraft;
}

/** Returns how a draft is shown. */
async function previewOf(draft: ArticleDraft, lines: readonly string[], { library }: Context): Promise<Previewed> {
  const {
    metadata,
    text,
    offer: { rest, total },
  } = draft;
  const already = await library.already(metadata, text);
  const { from, derivation } = await library.preview(metadata, text, draft.derivation);
  return { view: { from, place: total - rest.length, total, already, lines }, draft: { ...draft, derivation } };
}

/** What became of what was given, one Markdown line each, and why the rest can't be read yet. */
interface Unread {
  readonly draft: undefined;
  readonly lines: readonly string[];
  readonly limit: string | undefined;
}

/** Reads what was given, in order, until there is an article to show. What can't be read becomes a line. */
async function previewNext(
  { rest: sources, total }: Offer,
  before: readonly string[],
  context: Context,
): Promise<Previewed | Unread> {
  const { say } = context;
  const lines = [...before];
  const lineOf = (problem: Message) => inline(format(problem, say.language), ROOM_FOR_REASON);
  for (const [at, source] of sources.entries()) {
    const read = await readUpToLimit(source, context);
    if (typeof read === 'string') return { draft: undefined, lines, limit: read };
    const { reading, unread } = read;
    if (reading.kind === 'refused') {
      lines.push(refusalLine(nameOf(source, say), lineOf(reading.reason), total, say));
      continue;
    }
    lines.push(...unread.map(lineOf));
    const { text } = reading;
    const metadata = await withFormer(reading.metadata, text, context);
    const draft = { metadata, text, offer: { rest: sources.slice(at + 1), total }, derivation: undefined };
    try {
      return await previewOf(draft, lines, context);
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
      lines.push(refusalLine(titleOf(draft, context), say('adding.too-slow'), total, say));
    }
  }
  return { draft: undefined, lines, limit: undefined };
}

/** Reads what was given until there is an article to show, and stores it as a draft. */
export async function offer(sources: readonly Source[], lines: readonly string[], context: Context): Promise<Reply> {
  const next = await previewNext({ rest: sources, total: sources.length }, lines, context);
  if (next.draft === undefined) {
    return notice(joined([...next.lines, next.limit]));
  }
  const { view, draft } = next;
  const id = await context.library.holdDraft(draft, context.user.id);
  return draftReply({ id, ...view }, context.say);
}

/**
 * Replaces a draft with the next one that was given, once that is read. If the rate limit is reached, the draft stays, or
 * what waits would be lost: `kept` is then what became of it. Returns `undefined` if another press already did.
 */
async function goOn(
  id: string,
  pressed: ArticleDraft,
  { lines, kept }: { readonly lines: readonly string[]; readonly kept: readonly string[] },
  context: Context,
): Promise<Reply | undefined> {
  const next = await previewNext(pressed.offer, lines, context);
  if (next.draft !== undefined) return await replaceDraft(id, next, context);
  if (next.limit !== undefined) {
    return await replaceDraft(id, await previewOf(pressed, [...kept, next.limit], context), context);
  }
  return (await context.library.dropDraft(id)) ? notice(next.lines.join('\n')) : undefined;
}

/** Returns the preview of a draft that takes the place of another; `undefined` if that is gone. */
async function replaceDraft(
  id: string,
  { view, draft }: Previewed,
  { library, user, say }: Context,
): Promise<Reply | undefined> {
  const held = await library.replaceDraft(id, draft, user.id);
  return held === undefined ? undefined : draftReply({ id: held, ...view }, say);
}

function outcome(
  added: Exclude<Added, { kind: 'full' }>,
  given: string,
  { commandIds, say }: Pick<Context, 'commandIds' | 'say'>,
): string {
  if (added.kind === 'too slow') return say('adding.refused', { name: given, reason: say('adding.too-slow') });
  if (added.kind === 'too long') return say('adding.too-long', { title: given, most: added.most });
  const title = titleLine(added.article.article, say);
  if (added.kind === 'same') return say('adding.same', { title });
  if (added.kind === 'updated') return say('adding.updated', { title });
  return say('adding.kept', {
    title,
    ask: mention('ask', commandIds),
    show: mention('article show', commandIds),
  });
}

/**
 * Keeps a draft and goes on to the next one. If that fails the draft stays. Returns `undefined` if the draft is gone.
 */
export async function keep(id: string, context: Context): Promise<Reply | undefined> {
  const draft = await findDraft(id, context);
  if (draft === undefined) return undefined;
  const { commandIds, library, say } = context;
  const added = await library.add(draft.metadata, draft.text, draft.derivation);
  if (added.kind === 'full') {
    const full = say('adding.full', { most: added.most, remove: mention('article remove', commandIds) });
    const { view } = await previewOf(draft, [full], context);
    return draftReply({ id, ...view }, say);
  }
  const lines = [outcome(added, titleOf(draft, context), context)];
  return await goOn(id, draft, { lines, kept: lines }, context);
}

/** Discards a draft and goes on to the next one. Returns `undefined` if the draft is gone. */
export async function discard(id: string, context: Context): Promise<Reply | undefined> {
  const draft = await findDraft(id, context);
  if (draft === undefined) return undefined;
  const line = context.say('adding.discarded', { title: titleOf(draft, context) });
  return await goOn(id, draft, { lines: [line], kept: [] }, context);
}

function titleOf({ metadata }: ArticleDraft, { say }: Context): string {
  return titleLine({ ...metadata, updated: false }, say);
}

/** Reads what was filled into the form for an article's text. Text and a file are two articles. */
export async function offerPasted(
  { fields: { title = '', link = '', text = '' }, files: { file } }: FilledForm,
  request: RequestContext,
): Promise<Reply> {
  const { say, commandIds } = request;
  const hasText = text.trim() !== '';
  if (!hasText && file === undefined)
    return notice(say('pasting.nothing', { add: mention('article add', commandIds) }));
  const attached: Source[] =
    file === undefined ? [] : [{ kind: 'file', attachment: file, ...(hasText ? {} : { title, link }) }];
  const pasted: Source[] = hasText ? [{ kind: 'pasted', title, link, text }] : [];
  return await offer([...attached, ...pasted], [], await request.open());
}

/** Returns the form that corrects a draft; `undefined` if the draft is gone. */
export async function correction(id: string, context: Context): Promise<Form | undefined> {
  const draft = await findDraft(id, context);
  return draft && correctionForm(id, draft.metadata, draft.offer.unread ?? {}, context.say);
}

interface Correction {
  readonly metadata: Metadata;
  /** Fields that can't be read, and why. */
  readonly flaws: readonly { readonly field: CorrectedField; readonly reason: string }[];
}

/** Returns metadata with what was filled in. Fields that weren't touched, or can't be read, stay as they are. */
function correct(metadata: Metadata, fields: Readonly<Record<string, string>>, say: Say): Correction {
  const own = { ...metadata, link: metadata.url };
  const filled = (id: CorrectedField) => {
    const value = fields[id]?.trim() ?? '';
    return value === shownIn(id, own[id]).trim() ? own[id] : value || undefined;
  };
  const changed = (id: CorrectedField) => (filled(id) === own[id] ? '' : (filled(id) ?? ''));
  const day = changed('published');
  const published = day === '' ? filled('published') : readDay(day);
  const noDay = isWrittenAsDay(day) ? 'editing.no-such-date' : 'editing.no-date';
  const { badLink, metadata: given } = withGiven(metadata, { title: changed('title'), link: changed('link') });
  const flaws = [
    ...(day !== '' && published === undefined
      ? [{ field: 'published', reason: say(noDay, { day: typed(day, say) }) } as const]
      : []),
    ...(badLink === undefined ? [] : [{ field: 'link', reason: format(badLink, say.language) } as const]),
  ];
  const isFlawed = (field: CorrectedField) => flaws.some(flaw => flaw.field === field);
  const url = filled('link') === undefined ? undefined : given.url;
  const rest = {
    outlet: filled('outlet'),
    byline: filled('byline'),
    published: isFlawed('published') ? metadata.published : published,
    url: isFlawed('link') ? metadata.url : url,
  };
  return { metadata: boundMetadata({ ...given, ...rest }), flaws };
}

/** Reads one day, or a date with a time in ISO 8601. */
function readDay(written: string): string | undefined {
  if (isDate(written)) return written;
  const days = parseDays(written, new Date());
  return days !== undefined && days.first === days.last ? days.first : undefined;
}

/**
 * Corrects a draft and returns its new preview, which says what couldn't be read; `undefined` if the draft is gone. Edit
 * then shows all that was typed.
 */
export async function correctDraft(
  { fields }: FilledForm,
  request: RequestContext,
  id: string,
): Promise<Reply | undefined> {
  const context = await request.open();
  const { say } = context;
  const draft = await findDraft(id, context);
  if (draft === undefined) return undefined;
  const { metadata, flaws } = correct(draft.metadata, fields, say);
  const { rest, total } = draft.offer;
  const unread = Object.fromEntries(flaws.map(({ field }) => [field, fields[field] ?? '']));
  const edit = say('adding.button-edit');
  const lines = flaws.map(({ field, reason }) => say('editing.flaw', { field: say(FIELDS[field]), reason, edit }));
  const preview = await previewOf({ ...draft, metadata, offer: { rest, total, unread } }, lines, context);
  return await replaceDraft(id, preview, context);
}

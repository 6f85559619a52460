import * as z from 'zod/mini';
import type { Added } from '../library/library.ts';
import type { Draft } from '../library/store/drafts.ts';
import { readWebAddress } from '../reading/addresses.ts';
import type { Reading } from '../reading/reading.ts';
import { readPasted } from '../reading/text.ts';
import { type DraftView, draftReply } from '../replies/draft.ts';
import { titleLine } from '../replies/parts/citation.ts';
import { inline } from '../replies/parts/markdown.ts';
import { mention, notice, type Reply } from '../replies/reply.ts';
import { format, type Message, type Say } from '../wording/say.ts';
import { tooOften } from './allowance.ts';
import type { Attachment, Context, Desk } from './command.ts';

const attachmentShape = z.pipe(
  z.object({ name: z.string(), contentType: z.optional(z.string()), size: z.number(), url: z.string() }),
  z.transform(({ contentType, ...rest }): Attachment => ({ ...rest, contentType })),
);

const sourceShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('link'), address: z.string() }),
  z.object({ kind: z.literal('file'), attachment: attachmentShape }),
  z.object({ kind: z.literal('pasted'), title: z.string(), link: z.string(), text: z.string() }),
]);

/** What a draft is offered with: the sources given together with it that come after, and how many were given in total. */
const offerShape = z.object({ rest: z.readonly(z.array(sourceShape)), total: z.int() });

/** What an article is to be read from. */
export type Source = z.infer<typeof sourceShape>;
export type Offer = z.infer<typeof offerShape>;

/** An article as it was offered: a draft, once it is held. */
interface Offered extends Draft {
  readonly offer: Offer;
}

/** A draft of whoever asks, in the one library; `undefined` where it is gone, or was offered by code that knew other things. */
async function findOffered(id: string, { library, asker }: Context): Promise<Offered | undefined> {
  const draft = await library.draft(id, asker.id);
  const offer = readOffer(draft?.offer);
  return draft && offer && { ...draft, offer };
}

/** Returns the offer of a stored draft; `undefined` if it is anything else. */
export function readOffer(value: unknown): Offer | undefined {
  const offer = offerShape.safeParse(value).data;
  return offer !== undefined && offer.total > offer.rest.length ? offer : undefined;
}

const roomForReason = 240;

interface Read {
  readonly reading: Reading;
  /** What of it could not be read, where the rest could. */
  readonly unread: readonly Message[];
}

async function read(source: Source, { reader }: Context): Promise<Read> {
  if (source.kind === 'link') return { reading: await reader.link(source.address), unread: [] };
  if (source.kind === 'file') return { reading: await reader.file(source.attachment), unread: [] };
  const reading = readPasted(source);
  return { reading, unread: reading.kind === 'article' ? reading.told : [] };
}

function nameOf(source: Source, say: Say): string {
  if (source.kind === 'link') return inline(source.address, 80);
  return source.kind === 'file' ? inline(source.attachment.name, 80) : say('adding.text');
}

/** The next article, if there is one, and what came of those before it. */
interface Next {
  readonly draft: Offered | undefined;
  readonly told: readonly string[];
}

/** Why something cannot be read, as far as that is seen before anything is fetched or read: it counts for nothing. */
function flawOf(source: Source): Message | undefined {
  if (source.kind === 'file') return undefined;
  const checked = source.kind === 'link' ? readWebAddress(source.address) : readPasted(source);
  return checked.kind === 'refused' ? checked.reason : undefined;
}

function refusalLine(source: Source, flaw: Message, total: number, say: Say): string {
  const reason = inline(format(flaw, say.language), roomForReason);
  return total === 1 ? reason : say('adding.refused', { name: nameOf(source, say), reason });
}

/**
 * Reads what was given, one after the other, until there is an article to be shown; `told` is what came of those before.
 * What cannot be read is told in a line, and the next one takes its turn.
 */
async function readNext({ rest: sources, total }: Offer, told: readonly string[], context: Context): Promise<Next> {
  const [source, ...rest] = sources;
  if (source === undefined) return { draft: undefined, told };
  const { say } = context;
  const flaw = flawOf(source);
  if (flaw !== undefined) {
    const line = refusalLine(source, flaw, total, say);
    return await readNext({ rest, total }, [...told, line], context);
  }
  const enough = tooOften('adding', context);
  if (enough !== undefined) return { draft: undefined, told: [...told, enough] };
  const { reading, unread } = await read(source, context);
  if (reading.kind === 'refused') {
    const line = refusalLine(source, reading.reason, total, say);
    return await readNext({ rest, total }, [...told, line], context);
  }
  const { metadata, text } = reading;
  const lines = unread.map(each => inline(format(each, say.language), roomForReason));
  return { draft: { metadata, text, offer: { rest, total }, derivation: undefined }, told: [...told, ...lines] };
}

/** Returns a draft as it is shown, below `told`; and with what was derived for this, so that adding it need not derive it again. */
async function previewOf(
  draft: Offered,
  told: readonly string[],
  { library }: Context,
): Promise<{ readonly view: Omit<DraftView, 'id'>; readonly draft: Offered }> {
  const {
    metadata,
    text,
    offer: { rest, total },
  } = draft;
  const already = await library.already(metadata, text);
  const { from, derivation } = await library.preview(metadata, text, draft.derivation);
  return { view: { from, place: total - rest.length, total, already, told }, draft: { ...draft, derivation } };
}

/** Reads what was given until there is an article to be shown, and holds it until somebody says to keep it. */
export async function offer(sources: readonly Source[], told: readonly string[], context: Context): Promise<Reply> {
  const next = await readNext({ rest: sources, total: sources.length }, told, context);
  if (next.draft === undefined) return notice(next.told.join('\n'));
  const { view, draft } = await previewOf(next.draft, next.told, context);
  const id = await context.library.holdDraft(draft, context.asker.id);
  return draftReply({ id, ...view }, context.say);
}

/**
 * Goes on to the next that was given with a draft, which takes its place; until then the draft stays, for another try. `undefined`
 * where another press of the button has gone on already.
 */
async function goOn(id: string, after: Offer, told: readonly string[], context: Context): Promise<Reply | undefined> {
  const { library, asker, say } = context;
  const next = await readNext(after, told, context);
  if (next.draft === undefined) return (await library.dropDraft(id)) ? notice(next.told.join('\n')) : undefined;
  const { view, draft } = await previewOf(next.draft, next.told, context);
  const held = await library.replaceDraft(id, draft, asker.id);
  return held === undefined ? undefined : draftReply({ id: held, ...view }, say);
}

/** What came of keeping it, for the person who kept it. */
function outcome(
  added: Exclude<Added, { kind: 'full' }>,
  given: string,
  { commandIds, say }: Pick<Desk, 'commandIds' | 'say'>,
): string {
  if (added.kind === 'too long') return say('adding.too-long', { title: given, most: added.most });
  const title = titleLine(added.article.article, say);
  if (added.kind === 'same') return say('adding.same', { title });
  if (added.kind === 'updated') return say('adding.updated', { title });
  return say('adding.kept', {
    title,
    quote: mention('quote', commandIds),
    show: mention('article show', commandIds),
  });
}

function fullLibrary(most: number, { commandIds, say }: Pick<Desk, 'commandIds' | 'say'>): string {
  return say('adding.full', { most, remove: mention('article remove', commandIds) });
}

/** Keeps a draft and goes on to the next that was given with it. Until it is kept the draft stays, for another try. */
export async function keep(id: string, context: Context): Promise<Reply | undefined> {
  const draft = await findOffered(id, context);
  if (draft === undefined) return undefined;
  const added = await context.library.add(draft.metadata, draft.text, draft.derivation);
  if (added.kind === 'full') {
    const { view } = await previewOf(draft, [fullLibrary(added.most, context)], context);
    return draftReply({ id, ...view }, context.say);
  }
  return await goOn(id, draft.offer, [outcome(added, titleOf(id, draft, context), context)], context);
}

/** Forgets a draft and goes on to the next that was given with it. */
export async function discard(id: string, context: Context): Promise<Reply | undefined> {
  const draft = await findOffered(id, context);
  if (draft === undefined) return undefined;
  const line = context.say('adding.discarded', { title: titleOf(id, draft, context) });
  return await goOn(id, draft.offer, [line], context);
}

function titleOf(id: string, { metadata }: Offered, { say }: Context): string {
  return titleLine({ id, ...metadata, updated: false }, say);
}

import type { Added } from '../library/library.ts';
import { readPasted } from '../reading/pasted.ts';
import type { Reading } from '../reading/reading.ts';
import { titleLine } from '../replies/citation.ts';
import { draftReply } from '../replies/draft.ts';
import { inline } from '../replies/markdown.ts';
import { mention, notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { tooOften } from './allowance.ts';
import type { Context, Desk } from './command.ts';
import type { Draft, Source } from './drafts.ts';

const roomForReason = 240;

function read(source: Source, { reader }: Context): Promise<Reading> | Reading {
  if (source.kind === 'link') return reader.link(source.address);
  return source.kind === 'file' ? reader.file(source.attachment) : readPasted(source);
}

function nameOf(source: Source): string {
  if (source.kind === 'link') return inline(source.address, 80);
  return source.kind === 'file' ? inline(source.attachment.name, 80) : 'The text';
}

function show(id: string, draft: Draft, told: readonly string[], { say }: Context): Reply {
  return draftReply({ id, from: draft.from, place: draft.total - draft.rest.length, total: draft.total, told }, say);
}

/**
 * Reads what was given, one after the other, until there is an article to be shown; `told` is what came of those before.
 * What cannot be read is told in a line, and the next one takes its turn.
 */
export async function offer(
  sources: readonly Source[],
  total: number,
  told: readonly string[],
  context: Context,
): Promise<Reply> {
  const [source, ...rest] = sources;
  if (source === undefined) return notice(told.join('\n'));
  const enough = tooOften('adding', context);
  if (enough !== undefined) return notice([...told, enough].join('\n'));
  const reading = await read(source, context);
  if (reading.kind === 'refused') {
    const reason = inline(reading.reason, roomForReason);
    const line = total === 1 ? reason : `${nameOf(source)}: ${reason}`;
    return await offer(rest, total, [...told, line], context);
  }
  const { masthead, text } = reading;
  const from = await context.library.preview(masthead, text);
  const draft = { masthead, text, from, rest, total };
  return show(context.drafts.hold(draft, context.owner, context.asker), draft, told, context);
}

/** What came of keeping it, for the person who kept it. */
function outcome(
  added: Exclude<Added, { kind: 'full' }>,
  { from }: Draft,
  { commandIds, say }: Pick<Desk, 'commandIds' | 'say'>,
): string {
  if (added.kind === 'too long') {
    const most = added.most.toLocaleString('en');
    return `${titleLine(from.article, say)} is longer than ${most} bytes, the most that one article may have. Add it in parts.`;
  }
  const title = titleLine(added.article.article, say);
  if (added.kind === 'same') return `In the library already, word for word: ${title}`;
  if (added.kind === 'updated') {
    return `Updated: ${title}\nIts link was in the library with another text. Answers now cite this one, and say “updated”.`;
  }
  return `Kept: ${title}\nAsk about it with ${mention('quote', commandIds)}, or read it with ${mention('article show', commandIds)}.`;
}

function fullLibrary(most: number, { commandIds }: Pick<Desk, 'commandIds'>): string {
  const number = most.toLocaleString('en');
  return `The library is full: it holds ${number} articles and takes no more. Make room with ${mention('article remove', commandIds)}, then press Keep again.`;
}

/** Keeps a draft and goes on to the next that was given with it. Until it is kept the draft stays, for another try. */
export async function keep(id: string, context: Context): Promise<Reply | undefined> {
  const draft = context.drafts.find(id, context.owner, context.asker);
  if (draft === undefined) return undefined;
  const added = await context.library.add(draft.masthead, draft.text);
  if (added.kind === 'full') return show(id, draft, [fullLibrary(added.most, context)], context);
  context.drafts.drop(id);
  return await offer(draft.rest, draft.total, [outcome(added, draft, context)], context);
}

/** Forgets a draft and goes on to the next that was given with it. */
export async function discard(id: string, context: Context): Promise<Reply | undefined> {
  const draft = context.drafts.find(id, context.owner, context.asker);
  if (draft === undefined) return undefined;
  context.drafts.drop(id);
  return await offer(draft.rest, draft.total, [`Discarded: ${titleLine(draft.from.article, context.say)}`], context);
}

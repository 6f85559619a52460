import type { Dispute } from '../attribution/attribution.ts';
import { countOpenDisputes, readDisputes, readOpenDisputes } from '../library/store/dispute-rows.ts';
import { outerOf } from '../library/store/disputes.ts';
import { isSameSpan, type Span, slice } from '../news/span.ts';
import { readDispute, readPassage } from '../replies/custom-id.ts';
import { disputedStatement, disputeReply } from '../replies/disputes.ts';
import { bold, inline, joined } from '../replies/parts/markdown.ts';
import { findPassage } from '../replies/parts/passage.ts';
import { mention, notice, type Reply } from '../replies/reply.ts';
import { pageWithin } from '../replies/views/view.ts';
import type { Context } from './command.ts';

/** How often somebody who doesn't manage a library may dispute something there in 24 hours. */
const MOST_A_DAY = 10;
const LONGEST_NAME = 160;

/** Returns a dispute that was reported at this place of an article. */
async function findDispute(article: string, content: Span, { library }: Context): Promise<Dispute | undefined> {
  const all = await library.read(readDisputes, [article]);
  return all.find(({ dispute }) => isSameSpan(dispute.content, content))?.dispute;
}

/** Returns one dispute; `undefined` if it or its article is gone. */
async function showDispute(article: string, content: Span, context: Context, note = ''): Promise<Reply | undefined> {
  const [from, dispute] = await Promise.all([context.library.article(article), findDispute(article, content, context)]);
  return from && dispute && disputeReply(disputedStatement(from, dispute), undefined, note, context.say);
}

/** Returns a page of what nobody has decided, one dispute each, the oldest first. */
export async function showDisputes(page: number, context: Context, note = ''): Promise<Reply> {
  const { library, say } = context;
  const pages = await library.read(countOpenDisputes);
  const place = { page: pageWithin(page, pages), pages };
  const [row] = await library.read(readOpenDisputes, place.page, 1);
  const from = row && (await library.article(row.article));
  if (row === undefined || from === undefined) {
    return notice(joined([note, say('disputes.none')]));
  }
  return disputeReply(disputedStatement(from, row.dispute), place, note, say);
}

/** Opens what the button of a post is about, or turns a page. */
export async function openDisputes(argument: string, context: Context): Promise<Reply | undefined> {
  const code = readDispute(argument);
  if (code === undefined) return await showDisputes(Number(argument), context);
  const from = await context.library.articleOfCode(code.article);
  return from && (await showDispute(from.article.id, code.content, context));
}

/** Disputes who said what a passage has; `undefined` if the passage is gone. */
export async function disputeSpeaker(argument: string, context: Context): Promise<Reply | undefined> {
  const { library, settings, user, say, commandIds } = context;
  const passage = await findPassage(readPassage(argument), '', context);
  const attribution = passage?.attribution;
  if (passage === undefined || attribution === undefined) return undefined;
  const { id } = passage.from.article;
  const open = (content: Span, note: string) =>
    user.mayChange ? showDispute(id, content, context, note) : Promise.resolve(notice(note));
  const { dispute } = attribution;
  if (dispute !== undefined)
    return await open(dispute.content, say(dispute.decision ? 'disputes.decided-before' : 'disputes.known'));
  const content = outerOf(attribution);
  const by = { id: user.id, most: user.mayChange ? undefined : MOST_A_DAY, channel: settings.reports };
  const outcome = await library.dispute(id, content, by);
  if (outcome === 'too many') return notice(say('disputes.too-many', { most: MOST_A_DAY }));
  if (outcome === 'unchanged') return undefined;
  const reports = mention('library reports', commandIds);
  const note = user.mayChange ? say('disputes.stored-here', { reports }) : say('disputes.stored');
  return await open(content, note);
}

/**
 * Decides a dispute and shows the next one; `undefined` if it, or the speaker, is gone. If somebody else has decided it
 * meanwhile, shows that.
 */
export async function decideDispute(argument: string, context: Context): Promise<Reply | undefined> {
  const { library, say } = context;
  const code = readDispute(argument);
  const from = code && (await library.articleOfCode(code.article));
  if (code === undefined || from === undefined) return undefined;
  const { content, speaker, isDecided } = code;
  const { id } = from.article;
  if (!(await library.decide(id, { content, speaker }, isDecided))) {
    const dispute = isDecided ? undefined : await findDispute(id, content, context);
    return dispute?.decision && (await showDispute(id, content, context, say('disputes.decided-before')));
  }
  const name = speaker && bold(inline(slice(from.article.text, speaker), LONGEST_NAME));
  return await showDisputes(0, context, name ? say('disputes.decided', { name }) : say('disputes.decided-nobody'));
}

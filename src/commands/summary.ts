import { TooSlow } from '../library/attributor.ts';
import { codeOf } from '../library/store/keys.ts';
import { UNKNOWN_METADATA } from '../news/article.ts';
import { parseLink } from '../reading/addresses.ts';
import { notice, type Reply, refusalNotice } from '../replies/reply.ts';
import { LENGTHS, previewReply, summaryReply } from '../replies/views/summary.ts';
import { summarize } from '../summary/summarize.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { articleOrNewest } from './lookup.ts';
import { articleOption, choice, choiceOption, messageCommand, privateOption, slashCommand, textOf } from './options.ts';
import { refuseAboveLimit } from './rate-limit.ts';

/** Returns the summary of the article that somebody means; of the newest if they typed nothing. */
export async function summaryOf(article: string, options: Options, context: Context): Promise<Reply> {
  const chosen = await articleOrNewest(article, context);
  if (chosen.kind === 'notice') return chosen.reply;
  const length = LENGTHS.find(each => each === textOf(options, 'length')) ?? 'medium';
  const from = chosen.value;
  const state = { page: 0, article: codeOf(from.article.id), length };
  return summaryReply(from, summarize(from, length), state, context);
}

/**
 * Summarises the page that a message links to. An article of the library is shown as it is there. Any other is read for
 * whoever asked, and nothing of it is stored.
 */
async function summaryOfLink(options: Options, context: Context): Promise<Reply> {
  const { library, reader, user, say } = context;
  const [address] = options.target?.links ?? [];
  if (address === undefined) return notice(say('linked.nothing'));
  const parsed = parseLink(address);
  if (parsed.kind === 'refused') return refusalNotice(parsed.reason, say);
  const known = (await library.already({ ...UNKNOWN_METADATA, url: parsed.url.href }, ''))?.listed;
  if (known !== undefined) return await summaryOf(known.id, options, context);
  const limited = refuseAboveLimit('previewing', context);
  if (limited !== undefined) return limited;
  const reading = await reader.link(address, user.id);
  if (reading.kind === 'refused') return refusalNotice(reading.reason, say);
  try {
    const { from } = await library.preview(reading.metadata, reading.text);
    return previewReply(from, summarize(from, 'medium'), say);
  } catch (error) {
    if (error instanceof TooSlow) return notice(say('adding.too-slow'));
    throw error;
  }
}

/** Reads the first link of a message. */
export const linkSummary: Command = {
  builder: messageCommand('summary of the link'),
  advice: [],
  isPrivate: () => true,
  run: summaryOfLink,
};

export const summary: Command = {
  builder: slashCommand('summary')
    .addStringOption(articleOption)
    .addStringOption(choiceOption('option.length', LENGTHS.map(choice)))
    .addBooleanOption(privateOption),
  advice: [{ path: 'summary', group: 'check', example: [['length', 'short']] }],
  autocomplete: complete,
  run: (options, context) => summaryOf(textOf(options, 'article') ?? '', options, context),
};

import { SlashCommandBuilder } from '@discordjs/builders';
import { mostBars } from '../cards/chart.ts';
import { codeOf } from '../library/store/keys.ts';
import { isUnread } from '../replies/parts/statement.ts';
import { notice, type Reply } from '../replies/reply.ts';
import {
  chartOf,
  type Drawn,
  type Listing,
  listTopSpeakers,
  listVoices,
  speakersReply,
} from '../replies/views/speakers.ts';
import type { View } from '../replies/views/view.ts';
import { countVoices } from '../summary/count-voices.ts';
import { tooOften } from './allowance.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { described } from './filter.ts';
import { emptyLibrary, oneArticle } from './find.ts';
import { articleOption, privateOption, textOf, usableEverywhere } from './options.ts';

type SpeakersView = View & { readonly kind: 'speakers' };

async function listingOf({ article, page }: SpeakersView, context: Context): Promise<Listing | undefined> {
  const { library, search, say } = context;
  if (article !== undefined) {
    const from = await library.articleOfCode(article);
    return from && listVoices(from, countVoices(from), page, say);
  }
  const topSpeakers = await search.topSpeakers(page * mostBars, mostBars);
  return listTopSpeakers(topSpeakers, await library.count(), page, say);
}

/** Whoever wants more pictures than are drawn for one person still gets the numbers. */
async function draw(listing: Listing, context: Context): Promise<Drawn> {
  const reason = tooOften('drawing', context);
  if (reason !== undefined) return { kind: 'none', reason };
  return { kind: 'bytes', bytes: await context.drawer.draw(chartOf(listing, context.say)) };
}

/** A page of those who are quoted; `undefined` where there is none. */
export async function speakersPage(
  view: SpeakersView,
  context: Context,
  isPrivate: boolean,
): Promise<Reply | undefined> {
  const listing = await listingOf(view, context);
  if (listing === undefined || listing.lines.length === 0) return undefined;
  return speakersReply(listing, await draw(listing, context), view, isPrivate, context.say);
}

async function run(options: Options, context: Context): Promise<Reply> {
  const value = textOf(options, 'article');
  const chosen = value === undefined ? undefined : await oneArticle(value, context);
  if (chosen?.kind === 'notice') return chosen.reply;
  const article = chosen && codeOf(chosen.value.article.id);
  const page = await speakersPage({ kind: 'speakers', page: 0, article }, context, options.flags.private === true);
  if (page !== undefined) return page;
  if ((await context.library.count()) === 0) return emptyLibrary(context);
  if (chosen === undefined) return notice(context.say('speakers.nobody-anywhere'));
  return notice(context.say(isUnread(chosen.value) ? 'voices.unread' : 'speakers.nobody'));
}

export const speakers: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.speakers')
    .addStringOption(articleOption)
    .addBooleanOption(privateOption),
  advice: [{ path: 'speakers', example: [['article', 'US and Chinese envoys meet in Rome']] }],
  autocomplete: complete,
  run,
};

import { passageCode } from '../replies/custom-id.ts';
import { joined } from '../replies/parts/markdown.ts';
import { passageOfStatement } from '../replies/parts/passage.ts';
import { boldName } from '../replies/parts/speaker.ts';
import { notice, type Reply } from '../replies/reply.ts';
import { quoteReply } from '../replies/views/quote.ts';
import type { PersonMatch } from '../search/people.ts';
import { isClearQuote, isPlainQuote, plainQuotesIn, type Statement } from '../search/statements.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { anyOfNote, emptyLibrary, findQuotedPerson, type PersonLookup } from './lookup.ts';
import { privateOption, slashCommand, speakerOption, textOf } from './options.ts';

/** Maximum number of articles, or of pages of statements, to look into. */
const MOST_TRIES = 10;
const STATEMENTS_AT_ONCE = 20;

/** Returns a random index. */
function randomIndex(number: number): number {
  return Math.floor(Math.random() * number);
}

function oneOf<T>(items: readonly T[]): T | undefined {
  return items[randomIndex(items.length)];
}

/** Returns a quote from a random article; if those tried have none, one by the most quoted person. */
async function anyQuote({ library, search }: Context): Promise<Statement | undefined> {
  const articles = await library.count();
  for (let tries = 0; tries < Math.min(MOST_TRIES, articles); tries += 1) {
    const [listed] = await library.newest(randomIndex(articles), 1);
    const from = listed && listed.attributions > 0 ? await library.article(listed.id) : undefined;
    const quote = from && oneOf(plainQuotesIn(from));
    if (quote !== undefined) return quote;
  }
  const { people } = await search.topSpeakers(0, MOST_TRIES);
  return oneOf(people.flatMap(({ appearances: [{ from }] }) => plainQuotesIn(from)));
}

/** Returns a quote by somebody; one of a few words if they have no other. Looks through what they say from a random page on. */
async function quoteBy({ appearances: [{ from, speaker }], said }: PersonMatch, context: Context) {
  const everything = {
    words: '',
    after: undefined,
    before: undefined,
    order: 'newest',
    most: STATEMENTS_AT_ONCE,
  } as const;
  const parts = Math.ceil(said / STATEMENTS_AT_ONCE);
  const first = randomIndex(parts);
  let short: Statement | undefined;
  for (let tries = 0; tries < Math.min(MOST_TRIES, parts); tries += 1) {
    const wanted = { ...everything, from: ((first + tries) % parts) * STATEMENTS_AT_ONCE };
    const { statements } = await context.search.statements(from, from.speakers.indexOf(speaker), wanted);
    const quote = oneOf(statements.filter(isPlainQuote));
    if (quote !== undefined) return quote;
    short ??= oneOf(statements.filter(isClearQuote));
  }
  return short;
}

/** Returns a quote by somebody, or else by the first of their namesakes who has one, and a note on whom the name may mean. */
async function quoteByAny(name: string, { person, namesakes, note }: PersonLookup, context: Context) {
  for (const each of namesakes) {
    const quote = await quoteBy(each, context);
    if (quote !== undefined) return { quote, note: each === person ? note : anyOfNote(name, namesakes, context.say) };
  }
  return { quote: undefined, note };
}

/** Shows a random quote, by the `speaker` in the options if there is one. */
export async function randomQuote(options: Options, context: Context): Promise<Reply> {
  const { library, say } = context;
  const name = textOf(options, 'speaker');
  const meant = name === undefined ? undefined : await findQuotedPerson(name, context);
  if (meant?.kind === 'notice') return meant.reply;
  const { quote, note } =
    name === undefined || meant === undefined
      ? { quote: await anyQuote(context), note: '' }
      : await quoteByAny(name, meant.value, context);
  const passage = quote && passageOfStatement(quote);
  if (passage !== undefined) {
    return quoteReply(passage, { page: 0, context: false, passages: [passageCode(passage)], words: '' }, context, note);
  }
  if (meant !== undefined) return notice(joined([say('random.none-by', { name: boldName(meant.value.person) }), note]));
  return (await library.count()) === 0 ? emptyLibrary(context) : notice(say('random.none'));
}

export const random: Command = {
  builder: slashCommand('random').addStringOption(speakerOption).addBooleanOption(privateOption),
  advice: [{ path: 'random', group: 'find', example: [] }],
  autocomplete: complete,
  run: randomQuote,
};

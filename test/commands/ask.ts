import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { Drawer } from '../../src/cards/card-drawer.ts';
import { drawPicture } from '../../src/cards/draw-picture.ts';
import { type Choice, type Context, NO_OPTIONS, type Options } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/index.ts';
import { drawUpToLimit, RateLimiter } from '../../src/commands/rate-limit.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import type { Run } from '../../src/library/store/script.ts';
import { refuse } from '../../src/reading/reading.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { searchOf } from '../../src/search/search.ts';
import { message, sayIn } from '../../src/wording/say.ts';
import { openTestLibrary } from '../library/test-libraries.ts';

/** Returns a clock that advances by a day at each reading. */
function timePassing(): () => number {
  let days = 0;
  return () => {
    days += 1;
    return days * 24 * 60 * 60_000;
  };
}

/** A register of which no command may ask anything. */
const noFeeds: Run = () => Promise.reject(new Error('No feeds here'));

/** Returns a manager's view of a library with these articles. */
export async function contextOf(
  articles: readonly AttributedArticle[],
  // No limits here: a property asks a thousand times a second.
  rateLimiter = new RateLimiter(timePassing()),
): Promise<Context> {
  const library = await openTestLibrary(articles);
  const limited = { rateLimiter, user: { id: '2', mayChange: true }, owner: library.owner, say: sayIn('en') };
  const drawer: Drawer = { draw: picture => Promise.resolve(drawPicture(picture)) };
  const nothing = () => Promise.resolve(refuse(message('reading.no-link')));
  return {
    library,
    search: searchOf(library),
    commandIds: new Map(commands.map((command, at) => [command.builder.name, `${at + 1}`])),
    ...limited,
    draw: drawUpToLimit(drawer, limited),
    isPrivate: false,
    ownLanguage: 'en' as const,
    settings: DEFAULT_SETTINGS,
    serverName: 'Newsroom',
    reader: { link: nothing, file: nothing, feed: nothing, outline: nothing },
    channel: { id: '5', kind: 'text', needsTag: false, permissions: undefined },
    isDirect: true,
    hearsMessages: true,
    feeds: noFeeds,
    follows: () => Promise.resolve([]),
    erase: () => library.erase(),
  };
}

function commandOf(path: string) {
  const [name] = path.split(' ');
  const command = commands.find(each => each.builder.name === name);
  if (command === undefined) throw new Error(`There is no /${name}`);
  return command;
}

function optionsOf(path: string, texts: Readonly<Record<string, string>>): Options {
  return { ...NO_OPTIONS, subcommand: path.split(' ')[1], texts };
}

/** Returns the bot's answer to `/who said words:…`. */
export async function ask(
  context: Context,
  path: string,
  texts: Readonly<Record<string, string>> = {},
  isPrivate = false,
): Promise<Reply> {
  const command = commandOf(path);
  const options = optionsOf(path, texts);
  const answer = await command.run(options, {
    ...context,
    isPrivate: isPrivate || command.isPrivate?.(options) === true,
  });
  if ('components' in answer) return answer;
  for await (const reply of answer) return reply;
  throw new Error(`There is no answer to /${path}`);
}

/** Returns the bot's answer to a command on a message with this text. */
export async function askOn(context: Context, name: string, text: string): Promise<Reply> {
  const target = { text, links: [], attachments: [] };
  const options = { ...NO_OPTIONS, target };
  const command = commands.find(each => each.builder.name === name);
  const answer = await command?.run(options, { ...context, isPrivate: command.isPrivate?.(options) === true });
  if (answer === undefined || !('components' in answer)) throw new Error(`There is no answer to ${name}`);
  return answer;
}

/** Returns the suggestions for an option being typed. */
export async function offered(
  context: Context,
  path: string,
  option: string,
  typed: string,
  texts: Readonly<Record<string, string>> = {},
): Promise<readonly Choice[]> {
  return (await commandOf(path).autocomplete?.(option, typed, optionsOf(path, texts), context)) ?? [];
}

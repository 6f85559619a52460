import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { Allowances } from '../../src/commands/allowance.ts';
import type { Choice, Context, Options } from '../../src/commands/command.ts';
import { Drafts } from '../../src/commands/drafts.ts';
import { commands } from '../../src/commands/index.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { memoryLibrary } from '../../src/library/memory.ts';
import { refuse } from '../../src/reading/reading.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { createSearch } from '../../src/search/search.ts';

/** A library to read from: what would change it fails. */
function readOnly(articles: readonly AttributedArticle[]): OpenLibrary {
  const refused = () => Promise.reject(new Error('This library is for reading'));
  return {
    ...memoryLibrary(articles),
    owner: { kind: 'server', id: '1' },
    add: refused,
    preview: refused,
    remove: refused,
    restore: refused,
    erase: refused,
    lines: () => articles.map(({ article }) => JSON.stringify({ title: article.title, text: article.text })),
    onChange: () => undefined,
  };
}

/** A clock on which a day passes between any two looks. */
function timePassing(): () => number {
  let days = 0;
  return () => {
    days += 1;
    return days * 24 * 60 * 60_000;
  };
}

/** A manager's view of a library with these articles. */
export function contextOf(articles: readonly AttributedArticle[]): Context {
  const library = readOnly(articles);
  const nothing = () => Promise.resolve(refuse('There is nothing to read.'));
  return {
    library,
    search: createSearch(library),
    commandIds: new Map(commands.map((command, at) => [command.builder.name, `${at + 1}`])),
    asker: { id: '2', mayChange: true },
    owner: library.owner,
    serverName: 'Newsroom',
    drafts: new Drafts(),
    // Not measured here: a property asks a thousand times in a second.
    allowances: new Allowances(timePassing()),
    reader: { link: nothing, file: nothing },
    erase: () => library.erase(),
  };
}

function commandOf(path: string) {
  const [name] = path.split(' ');
  const command = commands.find(each => each.builder.name === name);
  if (command === undefined) throw new Error(`There is no /${name}`);
  return command;
}

function optionsOf(path: string, texts: Readonly<Record<string, string>>, secret: boolean): Options {
  return { subcommand: path.split(' ')[1], texts, flags: { private: secret }, attachments: {}, target: undefined };
}

/** What the bot answers to `/who said words:…`. */
export async function ask(
  context: Context,
  path: string,
  texts: Readonly<Record<string, string>> = {},
  secret = false,
): Promise<Reply> {
  const answer = await commandOf(path).run(optionsOf(path, texts, secret), context);
  const [reply] = 'components' in answer ? [answer] : answer;
  if (reply === undefined) throw new Error(`There is no answer to /${path}`);
  return reply;
}

/** What it offers while somebody types. */
export function offered(
  context: Context,
  path: string,
  option: string,
  typed: string,
  texts: Readonly<Record<string, string>> = {},
): readonly Choice[] {
  return commandOf(path).autocomplete?.(option, typed, optionsOf(path, texts, false), context) ?? [];
}

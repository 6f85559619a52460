import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { Choice, Context, Options } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/index.ts';
import { memoryLibrary } from '../../src/library/memory.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { createSearch } from '../../src/search/search.ts';

export function contextOf(articles: readonly AttributedArticle[]): Context {
  const library = memoryLibrary(articles);
  const commandIds = new Map(commands.map((command, at) => [command.builder.name, `${at + 1}`]));
  return { library, search: createSearch(library), commandIds };
}

function commandOf(path: string) {
  const [name] = path.split(' ');
  const command = commands.find(each => each.builder.name === name);
  if (command === undefined) throw new Error(`There is no /${name}`);
  return command;
}

function optionsOf(path: string, texts: Readonly<Record<string, string>>, secret: boolean): Options {
  return { subcommand: path.split(' ')[1], texts, flags: { private: secret } };
}

/** What the bot answers to `/who said words:…`. */
export async function ask(
  context: Context,
  path: string,
  texts: Readonly<Record<string, string>> = {},
  secret = false,
): Promise<Reply> {
  return await commandOf(path).run(optionsOf(path, texts, secret), context);
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

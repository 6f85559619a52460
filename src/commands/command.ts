import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { Library } from '../library/library.ts';
import type { Advice } from '../replies/help.ts';
import type { Reply } from '../replies/reply.ts';
import type { Search } from '../search/search.ts';

/** What a command may use to answer: one server's articles and nothing of another's. */
export interface Context {
  readonly library: Library;
  readonly search: Search;
  /** The id that Discord gave each command, by the command's name. */
  readonly commandIds: ReadonlyMap<string, string>;
}

/** What somebody filled in. Hostile: Discord enforces neither the choices that were offered nor what they belong to. */
export interface Options {
  readonly subcommand: string | undefined;
  readonly texts: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, boolean>>;
}

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** One slash command: what Discord shows of it, and what it answers. */
export interface Command {
  readonly builder: { readonly name: string; toJSON(): RESTPostAPIChatInputApplicationCommandsJSONBody };
  /** For the help: one line for each thing that it does. */
  readonly advice: readonly Advice[];
  /** Choices for the option that is being typed, the best first. */
  readonly autocomplete?: (option: string, typed: string, options: Options, context: Context) => readonly Choice[];
  readonly run: (options: Options, context: Context) => Reply | Promise<Reply>;
}

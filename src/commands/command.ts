import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { Drawer } from '../cards/card-drawer.ts';
import type { OpenLibrary, Owner } from '../library/library.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';
import type { Reading } from '../reading/reading.ts';
import type { Form } from '../replies/form.ts';
import type { Advice } from '../replies/help.ts';
import { notice, type Reply } from '../replies/reply.ts';
import type { Search } from '../search/search.ts';
import type { Say } from '../wording/say.ts';
import type { Allowances } from './allowance.ts';

/** Who asks. */
export interface Asker {
  readonly id: string;
  /** Whether they may add, remove, export and erase here: Manage Server in a server, always in their own library. */
  readonly mayChange: boolean;
}

/** What somebody uploaded, before it is fetched. All of it is their word. */
export interface Attachment {
  readonly name: string;
  readonly contentType: string | undefined;
  /** In bytes. */
  readonly size: number;
  readonly url: string;
}

/** Turns what somebody gives into articles. */
export interface Reader {
  link(address: string): Promise<Reading>;
  file(attachment: Attachment): Promise<Reading>;
}

/** Where and by whom something is asked, before any library is opened. */
export interface Desk {
  readonly asker: Asker;
  /** Says things in the language that was chosen for the library, else in that of the one who asks. */
  readonly say: Say;
  readonly choices: LibrarySettings;
  /** Whose library it is about. No other can be reached from here. */
  readonly owner: Owner;
  /** The server's name; `undefined` in direct messages, or while Discord has not told it. */
  readonly serverName: string | undefined;
  /** The id that Discord gave each command, by the command's name. */
  readonly commandIds: ReadonlyMap<string, string>;
  readonly allowances: Allowances;
  readonly reader: Reader;
  readonly drawer: Drawer;
  open(): Promise<Context>;
  /** Leaves nothing of the library, even where it cannot be opened. */
  erase(): Promise<void>;
}

/** What a command may use to answer: the articles of one library and nothing of another's. */
export interface Context extends Omit<Desk, 'open'> {
  readonly library: OpenLibrary;
  readonly search: Search;
}

/** The message that a command was used on. */
export interface Target {
  /** What it says, Discord's markup included; a forwarded message says what it forwards. */
  readonly text: string;
  /** http and https, in their order, each once. */
  readonly links: readonly string[];
  readonly attachments: readonly Attachment[];
}

/** What somebody filled in. Hostile: Discord enforces neither the choices that were offered nor what they belong to. */
export interface Options {
  readonly subcommand: string | undefined;
  readonly texts: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly attachments: Readonly<Record<string, Attachment>>;
  readonly target: Target | undefined;
}

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** An answer; several messages where one would not hold it. */
export type Answered = Reply | AsyncIterable<Reply>;

/** What comes before a command runs. */
type First = Form | Reply | undefined;

/** One command: what Discord shows of it, and what it answers. */
export interface Command {
  readonly builder: { readonly name: string; toJSON(): RESTPostAPIApplicationCommandsJSONBody };
  /** For the help: one line for each thing that it does. */
  readonly advice: readonly Advice[];
  /** Choices for the option that is being typed, the best first. */
  readonly autocomplete?: (
    option: string,
    typed: string,
    options: Options,
    context: Context,
  ) => Promise<readonly Choice[]>;
  /** A form to fill in first, or why there is nothing to be done; `undefined` to go on to `run`. */
  readonly first?: (options: Options, desk: Desk) => First | Promise<First>;
  /** Whether even "thinking…" is for the one who asked; where left out, what they chose or, where they did not, the library. */
  readonly isPrivate?: (options: Options) => boolean;
  readonly run: (options: Options, context: Context) => Promise<Answered>;
}

/** Why this person may not change the library; `undefined` where they may. Discord cannot ask this for single subcommands. */
export function barrier({ asker, say }: Pick<Desk, 'asker' | 'say'>): Reply | undefined {
  return asker.mayChange ? undefined : notice(say('permitting.manage-server'));
}

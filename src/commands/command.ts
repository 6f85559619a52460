import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { FoundFeed } from '../following/feed-reader.ts';
import type { Outline } from '../following/outline.ts';
import type { OpenLibrary } from '../library/library.ts';
import type { Owner } from '../library/owner.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';
import type { Run } from '../library/store/script.ts';
import type { Reading, ReadingRefusal } from '../reading/reading.ts';
import type { Form } from '../replies/form.ts';
import type { Advice } from '../replies/help.ts';
import { notice, type Reply } from '../replies/reply.ts';
import type { ViewContext } from '../replies/views/view.ts';
import type { Language } from '../wording/languages.ts';
import type { RateLimiter } from './rate-limit.ts';

/** Who uses a command. */
export interface User {
  readonly id: string;
  /**
   * True if they may add, remove, export and erase here: with Manage Server in a server, always in their own library.
   */
  readonly mayChange: boolean;
}

/** An uploaded file before it is fetched. All of it is what the uploader claims. */
export interface Attachment {
  readonly name: string;
  readonly contentType: string | undefined;
  /** In bytes. */
  readonly size: number;
  readonly url: string;
}

/** `other`: the bot can't post there, as in a category. */
export type ChannelKind = 'text' | 'thread' | 'forum' | 'other';

/** A channel of a server, or direct messages. */
export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  /** What the bot may do there, as a bit set; `undefined` if Discord didn't say. */
  readonly permissions: bigint | undefined;
  /** True for a forum in which each post must have a tag. */
  readonly needsTag: boolean;
}

/** A role that was chosen for an option. */
export interface ChosenRole {
  readonly id: string;
  /** True if anyone may mention it. */
  readonly isMentionable: boolean;
}

/** Reads articles from what somebody gives. Those who ask take turns; `asker` is the id of one. */
interface Reader {
  link(address: string, asker: string): Promise<Reading>;
  file(attachment: Attachment, asker: string): Promise<Reading>;
  /** Finds a feed by its address, or that of a page that names it. */
  feed(address: string, asker: string): Promise<FoundFeed | ReadingRefusal>;
  /** Reads the feeds that an OPML file lists. */
  outline(attachment: Attachment, asker: string): Promise<Outline | ReadingRefusal>;
}

/** What an interaction may use before its library is open. */
export interface RequestContext extends Pick<ViewContext, 'say' | 'isPrivate' | 'draw'> {
  readonly user: User;
  /** The user's own language, whatever the library's settings say. */
  readonly ownLanguage: Language;
  readonly settings: LibrarySettings;
  /** Whose library it is. No other can be reached from here. */
  readonly owner: Owner;
  /** `undefined` in direct messages, or as long as Discord hasn't sent the server. */
  readonly serverName: string | undefined;
  /** Ids by command name, as Discord assigned them. */
  readonly commandIds: ReadonlyMap<string, string>;
  /** Where the command is used. */
  readonly channel: Channel;
  /** True in direct messages with the bot. */
  readonly isDirect: boolean;
  /** True if mentions and direct messages are answered. */
  readonly hearsMessages: boolean;
  /** The feeds of all libraries. */
  readonly feeds: Run;
  readonly rateLimiter: RateLimiter;
  readonly reader: Reader;
  open(): Promise<Context>;
  /** Erases the whole library, even one that can't be opened. */
  erase(): Promise<void>;
}

/** What a command may use to answer: one library and nothing of another. */
export interface Context extends Omit<RequestContext, 'open'>, Omit<ViewContext, 'library' | 'user'> {
  readonly library: OpenLibrary;
}

/** The message that a command was used on. */
export interface Target {
  /** With Discord's markup. If it is a forward, the text of the forwarded message. */
  readonly text: string;
  /** http and https, in their order, each once. */
  readonly links: readonly string[];
  readonly attachments: readonly Attachment[];
}

/** What somebody filled in. Untrusted: Discord enforces neither choices nor option types. */
export interface Options {
  readonly subcommand: string | undefined;
  readonly texts: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly numbers: Readonly<Record<string, number>>;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly roles: Readonly<Record<string, ChosenRole>>;
  readonly attachments: Readonly<Record<string, Attachment>>;
  readonly target: Target | undefined;
}

export const NO_OPTIONS: Options = {
  subcommand: undefined,
  texts: {},
  flags: {},
  numbers: {},
  channels: {},
  roles: {},
  attachments: {},
  target: undefined,
};

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** What was looked up or read, or a notice that says why there is nothing and what to do. */
export type Lookup<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'notice'; readonly reply: Reply };

export function found<T>(value: T): Lookup<T> {
  return { kind: 'found', value };
}

export function notFound(reply: Reply): Lookup<never> {
  return { kind: 'notice', reply };
}

/** Returns choices for the option that is being typed, the best first. */
export type Complete = (
  option: string,
  typed: string,
  options: Options,
  context: Context,
) => Promise<readonly Choice[]>;

/** An answer, or several messages if one isn't enough. */
export type CommandAnswer = Reply | AsyncIterable<Reply>;

/** The answer to a button, a menu entry or a form: it replaces the message, or is a new one. */
export interface ComponentAnswer {
  readonly kind: 'update' | 'message';
  readonly reply: Reply;
}

/** What was filled into a form. Anything may be forged. */
export interface FilledForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, Attachment>>;
}

type First = Form | Reply | undefined;

/** One command: what Discord shows of it, and what it answers. */
export interface Command {
  readonly builder: { readonly name: string; toJSON(): RESTPostAPIApplicationCommandsJSONBody };
  /** Lines for `/help`, one for each thing that it does. */
  readonly advice: readonly Advice[];
  readonly autocomplete?: Complete;
  /** Returns a form to fill in first, or an answer that needs no library; `undefined` to go on to `run`. */
  readonly first?: (options: Options, request: RequestContext) => First | Promise<First>;
  /** True if only the user may see the answer, whatever they and the library chose. */
  readonly isPrivate?: (options: Options) => boolean;
  readonly run: (options: Options, context: Context) => Promise<CommandAnswer>;
}

/** Returns the refusal for users who may not change the library. Discord can't check this for single subcommands. */
export function refuseWithoutPermission({ user, say }: Pick<RequestContext, 'user' | 'say'>): Reply | undefined {
  return user.mayChange ? undefined : notice(say('permitting.manage-server'));
}

import { setTimeout } from 'node:timers/promises';
import { InteractionContextType, PermissionFlagsBits } from 'discord.js';
import type { Logger } from 'pino';
import type { Drawer } from '../cards/card-drawer.ts';
import type { Command, Context, RequestContext } from '../commands/command.ts';
import { drawUpToLimit } from '../commands/rate-limit.ts';
import { listFollows } from '../following/following.ts';
import type { Libraries } from '../library/libraries.ts';
import type { Owner } from '../library/owner.ts';
import { DEFAULT_SETTINGS, type LibrarySettings } from '../library/store/library-settings.ts';
import { searchOf } from '../search/search.ts';
import { languageOf } from '../wording/languages.ts';
import { type Say, sayIn } from '../wording/say.ts';

/** How long a form, which must be the first response, waits for the library's settings. In milliseconds. */
const SETTINGS_TIMEOUT = 500;

/** Used until the settings are read: nothing that may be private is shown to everybody. */
const SAFE_SETTINGS: LibrarySettings = { ...DEFAULT_SETTINGS, privacy: 'private', mentions: [] };

/** Reads a library's settings, which takes a while if its store doesn't answer. */
export interface SettingsReader {
  /** Rejects if the library can't be opened. */
  read(): Promise<LibrarySettings>;
  /** Returns what is known so far. */
  now(): LibrarySettings;
  /** Waits as long as a first response can wait. */
  soon(): Promise<LibrarySettings>;
  /** Reads them again after a command that may have changed them. */
  afterwards(): Promise<LibrarySettings>;
}

export function loadLibrarySettings(owner: Owner, libraries: Libraries): SettingsReader {
  let known = SAFE_SETTINGS;
  const reading = libraries.choices(owner).then(settings => {
    known = settings;
    return settings;
  });
  const settled = Promise.allSettled([reading]);
  return {
    read: () => reading,
    now: () => known,
    soon: async () => {
      await Promise.race([settled, setTimeout(SETTINGS_TIMEOUT)]);
      return known;
    },
    afterwards: () => libraries.choices(owner).catch(() => known),
  };
}

/** Who asks something, and where: what interactions and messages have in common. */
export interface Asker {
  readonly user: { readonly id: string };
  /** A Discord locale. */
  readonly locale: string;
  readonly guildId: string | null;
  readonly guild: { readonly name: string } | null;
  readonly channelId: string | null;
  readonly context: InteractionContextType | null;
  readonly authorizingIntegrationOwners: { readonly guildId: string | null };
  /** `null` if they aren't known, as for messages. */
  readonly memberPermissions: { has(permission: bigint): boolean } | null;
  readonly appPermissions: { readonly bitfield: bigint } | null;
}

/** What all interactions share. */
export interface Services extends Pick<RequestContext, 'rateLimiter' | 'reader' | 'commandIds' | 'hearsMessages'> {
  readonly commands: readonly Command[];
  readonly log: Logger;
  readonly libraries: Libraries;
  readonly drawer: Drawer;
  /** The threads where the bot was used lately. */
  readonly threads: { has(id: string): boolean };
}

/**
 * Returns the owner of the library that somebody uses: the server if it has installed the bot, or else the user.
 * A press on somebody else's answer leads to the library of whoever presses, never to that of the user who installed the
 * bot for themselves.
 */
export function libraryOwnerOf({ guildId, authorizingIntegrationOwners, user }: Asker): Owner {
  const isInstalled = guildId !== null && authorizingIntegrationOwners.guildId === guildId;
  return isInstalled ? { kind: 'server', id: guildId } : { kind: 'person', id: user.id };
}

function mayChange({ memberPermissions }: Asker, owner: Owner): boolean {
  return owner.kind === 'person' || memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
}

/** Says things in the library's language, or by default in the user's or the closest that the bot speaks. */
export function sayTo({ locale }: Pick<Asker, 'locale'>, language: LibrarySettings['language'] = 'own'): Say {
  return sayIn(language === 'own' ? languageOf(locale) : language);
}

/** Returns the context of an interaction or a message: access to one library and to no other. */
export function requestContext(
  asker: Asker,
  services: Services,
  settings: LibrarySettings,
  isPrivate: boolean,
): RequestContext {
  const { libraries, drawer, rateLimiter, reader, commandIds, hearsMessages, threads } = services;
  const owner = libraryOwnerOf(asker);
  const channel = asker.channelId ?? '';
  const known = {
    rateLimiter,
    reader,
    commandIds,
    hearsMessages,
    channel: {
      id: channel,
      kind: threads.has(channel) ? 'thread' : 'text',
      needsTag: false,
      permissions: asker.appPermissions?.bitfield,
    } as const,
    isPrivate,
    isDirect: asker.context === InteractionContextType.BotDM,
    feeds: libraries.feeds,
    owner,
    user: { id: asker.user.id, mayChange: mayChange(asker, owner) },
    say: sayTo(asker, settings.language),
    ownLanguage: languageOf(asker.locale),
    settings,
    serverName: owner.kind === 'server' ? asker.guild?.name : undefined,
    erase: () => libraries.erase(owner),
  };
  const request = { ...known, draw: drawUpToLimit(drawer, known) };
  const open = async (): Promise<Context> => {
    const library = await libraries.open(owner);
    const follows = () => listFollows(library, libraries.feeds);
    return { ...request, library, search: searchOf(library), follows };
  };
  return { ...request, open };
}

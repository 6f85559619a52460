import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Drawer } from '../cards/card-drawer.ts';
import type { Allowances } from '../commands/allowance.ts';
import type { Context, Desk, Reader } from '../commands/command.ts';
import type { Libraries } from '../library/libraries.ts';
import type { Owner } from '../library/library.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';
import { searchOf } from '../search/search.ts';
import { languageOf } from '../wording/languages.ts';
import { type Say, sayIn } from '../wording/say.ts';

/** What all interactions share. */
export interface Shared {
  readonly libraries: Libraries;
  readonly allowances: Allowances;
  readonly reader: Reader;
  readonly drawer: Drawer;
  readonly commandIds: ReadonlyMap<string, string>;
}

/**
 * The server's library where the bot was installed by that server; else the library of whoever asks. Never that of the person
 * who installed the bot for themselves and whose answer somebody else presses a button of.
 */
export function libraryOwnerOf({ guildId, authorizingIntegrationOwners, user }: BaseInteraction): Owner {
  const isInstalled = guildId !== null && authorizingIntegrationOwners.guildId === guildId;
  return isInstalled ? { kind: 'server', id: guildId } : { kind: 'person', id: user.id };
}

function mayChange({ memberPermissions }: BaseInteraction, owner: Owner): boolean {
  return owner.kind === 'person' || memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
}

/** In the language that was chosen, else in that of whoever asks, or the nearest that the bot speaks. */
export function sayTo({ locale }: BaseInteraction, language: LibrarySettings['language'] = 'own'): Say {
  return sayIn(language === 'own' ? languageOf(locale) : language);
}

/** Where and by whom an interaction asks, and the one library that it can reach. */
export function deskOf(interaction: BaseInteraction, { libraries, ...shared }: Shared, choices: LibrarySettings): Desk {
  const owner = libraryOwnerOf(interaction);
  const known = {
    ...shared,
    owner,
    asker: { id: interaction.user.id, mayChange: mayChange(interaction, owner) },
    say: sayTo(interaction, choices.language),
    choices,
    serverName: owner.kind === 'server' ? interaction.guild?.name : undefined,
    erase: () => libraries.erase(owner),
  };
  const open = async (): Promise<Context> => {
    const library = await libraries.open(owner);
    return { ...known, library, search: searchOf(library) };
  };
  return { ...known, open };
}

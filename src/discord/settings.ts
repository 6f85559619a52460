import { setTimeout } from 'node:timers/promises';
import type { Options } from '../commands/command.ts';
import type { Libraries } from '../library/libraries.ts';
import type { Owner } from '../library/library.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';

/** How long a form, which must be the first response, waits for the library's settings. In milliseconds. */
const patience = 500;

/** Used until the settings are read: nothing that may be private is shown to everybody. */
const unread: LibrarySettings = { privacy: 'private', language: 'own', accent: undefined };

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

export function readSettings(owner: Owner, libraries: Libraries): SettingsReader {
  let known = unread;
  const reading = libraries.choices(owner).then(settings => {
    known = settings;
    return settings;
  });
  const settled = reading.then(nothing, nothing);
  return {
    read: () => reading,
    now: () => known,
    soon: async () => {
      await Promise.race([settled, setTimeout(patience)]);
      return known;
    },
    afterwards: () => libraries.choices(owner).catch(() => known),
  };
}

/** Returns the options with the library's privacy filled in, if the user left it out. */
export function withPrivacy(options: Options, { privacy }: LibrarySettings): Options {
  if (options.flags.private !== undefined) return options;
  return { ...options, flags: { ...options.flags, private: privacy === 'private' } };
}

function nothing(): void {}

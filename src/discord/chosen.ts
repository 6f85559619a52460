import { setTimeout } from 'node:timers/promises';
import type { Options } from '../commands/command.ts';
import type { Libraries } from '../library/libraries.ts';
import type { Owner } from '../library/library.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';

/** A form, which must be the first answer, is shown after this even where nobody knows yet what was chosen. */
const patience = 500;

/** While nobody knows, nothing is shown to all that may be meant for one. */
const unknown: LibrarySettings = { privacy: 'private', language: 'own', accent: undefined };

/** What was chosen for the library that is asked, which takes a while where its store does not answer. */
export interface Chosen {
  /** Rejects where the library cannot be had. */
  read(): Promise<LibrarySettings>;
  /** At once, as far as it is known. */
  now(): LibrarySettings;
  /** As far as it is known in time for a first answer. */
  soon(): Promise<LibrarySettings>;
  /** Once there is an answer, which may have changed it. */
  afterwards(): Promise<LibrarySettings>;
}

export function chosenFor(owner: Owner, libraries: Libraries): Chosen {
  let known = unknown;
  const reading = libraries.choices(owner).then(choices => {
    known = choices;
    return choices;
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

/** The options as if somebody had filled in who is to see the answer. What they did fill in counts. */
export function withPrivacy(options: Options, { privacy }: LibrarySettings): Options {
  if (options.flags.private !== undefined) return options;
  return { ...options, flags: { ...options.flags, private: privacy === 'private' } };
}

function nothing(): void {}

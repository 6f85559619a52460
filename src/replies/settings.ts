import type { Owner } from '../library/library.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';
import { spoken } from '../wording/languages.ts';
import type { Say } from '../wording/say.ts';
import { small } from './parts/markdown.ts';
import { accents, type Reply, reply } from './reply.ts';

const hexadecimal = /^#?(?<digits>[0-9a-f]{6}|[0-9a-f]{3})$/iv;

/** Minimum distance of two RGB colours that are easy to tell apart at an answer's edge. */
const leastDistance = 80;

/** Reads `#5865F2`, `5865f2` and `#58f` as 0xrrggbb. */
export function readColour(typed: string): number | undefined {
  const digits = hexadecimal.exec(typed.trim())?.groups?.digits;
  if (digits === undefined) return undefined;
  return Number.parseInt(digits.length === 3 ? [...digits].map(digit => digit + digit).join('') : digits, 16);
}

export function writeColour(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0').toUpperCase()}`;
}

/** True if a colour looks like one that warns of an inferred or unclear speaker. */
export function looksLikeWarning(colour: number): boolean {
  return [accents.likely, accents.unclear].some(warning => distance(colour, warning) < leastDistance);
}

function distance(one: number, other: number): number {
  const apart = [16, 8, 0].map(shift => ((one >> shift) & 0xff) - ((other >> shift) & 0xff));
  return Math.hypot(...apart);
}

type Line = (choices: LibrarySettings, say: Say) => string;

const lines: Readonly<Record<keyof LibrarySettings, Line>> = {
  privacy: ({ privacy }, say) => say(privacy === 'public' ? 'settings.public' : 'settings.private'),
  language: ({ language }, say) =>
    language === 'own' ? say('settings.own-language') : say('settings.one-language', { name: spoken[language].name }),
  accent: ({ accent }, say) =>
    accent === undefined ? say('settings.own-colours') : say('settings.accent', { colour: writeColour(accent) }),
};
const all = ['privacy', 'language', 'accent'] as const;

function shown(head: string, of: readonly (keyof LibrarySettings)[], choices: LibrarySettings, say: Say): Reply {
  const texts = [head, ...of.map(each => lines[each](choices, say)), small(say('settings.foot'))];
  return reply({ accent: accents.article, texts: [texts.join('\n')], private: true });
}

/** Returns all settings. */
export function settingsReply(choices: LibrarySettings, { kind }: Owner, say: Say): Reply {
  return shown(say(kind === 'server' ? 'settings.of-server' : 'settings.of-person'), all, choices, say);
}

/** Returns the settings that were changed just now. */
export function savedReply(choices: LibrarySettings, changes: Partial<LibrarySettings>, say: Say): Reply {
  return shown(
    say('settings.saved'),
    all.filter(each => each in changes),
    choices,
    say,
  );
}

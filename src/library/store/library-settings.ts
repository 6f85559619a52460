import * as z from 'zod/mini';
import { LANGUAGES, type Language } from '../../wording/languages.ts';
import { parseJson } from './json.ts';
import { all, first, insert, type Row, type Script } from './script.ts';

export const PRIVACIES = ['public', 'private'] as const;

/** Settings that apply to all answers from one library. */
export interface LibrarySettings {
  /** Default visibility of answers. */
  readonly privacy: (typeof PRIVACIES)[number];
  /** `own`: the user's language. */
  readonly language: 'own' | Language;
  /** 0xrrggbb; `undefined` for the bot's own colours. */
  readonly accent: number | undefined;
  /** The ids of the channels where mentions are answered; none of them: nowhere. Direct messages always are. */
  readonly mentions: 'everywhere' | readonly string[];
  /** The id of the channel in which reports of wrong speakers are posted, if any. */
  readonly reports: string | undefined;
}

/** Settings to change. Where mentions are answered may depend on where they were. */
export interface SettingsChanges extends Partial<Omit<LibrarySettings, 'mentions'>> {
  readonly mentions?: LibrarySettings['mentions'] | ((former: LibrarySettings['mentions']) => readonly string[]);
}

export const DEFAULT_SETTINGS: LibrarySettings = {
  privacy: 'public',
  language: 'own',
  accent: undefined,
  mentions: 'everywhere',
  reports: undefined,
};

const LAST_COLOUR = 0xffffff;

const channelsShape = z.array(z.string().check(z.regex(/^\d{1,20}$/v)));

/** Decodes a stored row. Anything unexpected makes answers private, and mentions unanswered. */
function decodeSettings(row: Row | undefined): LibrarySettings {
  if (row === undefined) return DEFAULT_SETTINGS;
  return {
    privacy: row.privacy === 'public' ? 'public' : 'private',
    language: LANGUAGES.find(each => each === row.language) ?? 'own',
    accent: isColour(row.accent) ? row.accent : undefined,
    mentions: row.mentions === null ? 'everywhere' : (parseJson(channelsShape, String(row.mentions)) ?? []),
    reports: typeof row.reports === 'string' ? row.reports : undefined,
  };
}

export function areEqual(one: LibrarySettings, other: LibrarySettings): boolean {
  const keys = ['privacy', 'language', 'accent', 'reports'] as const;
  return keys.every(key => one[key] === other[key]) && String(one.mentions) === String(other.mentions);
}

function isColour(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LAST_COLOUR;
}

export function* readLibrarySettings(): Script<LibrarySettings> {
  return decodeSettings(
    yield* first('SELECT privacy, language, accent, mentions, reports FROM {choices} WHERE {here}'),
  );
}

/** Changes the given settings and returns all of them. */
export function* changeLibrarySettings({ mentions: change, ...changes }: SettingsChanges): Script<LibrarySettings> {
  const former = yield* readLibrarySettings();
  const mentions = typeof change === 'function' ? change(former.mentions) : (change ?? former.mentions);
  const settings = { ...former, ...changes, mentions };
  yield* all('DELETE FROM {choices} WHERE {here}');
  const { privacy, language, accent, reports } = settings;
  const where = mentions === 'everywhere' ? null : JSON.stringify(mentions);
  yield* insert('choices', { privacy, language, accent: accent ?? null, mentions: where, reports: reports ?? null });
  return settings;
}

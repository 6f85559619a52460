import { LANGUAGES, type Language } from '../../wording/languages.ts';
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
}

export const DEFAULT_SETTINGS: LibrarySettings = { privacy: 'public', language: 'own', accent: undefined };

const LAST_COLOUR = 0xffffff;

/** Decodes a stored row. Anything unexpected makes answers private. */
function decodeSettings(row: Row | undefined): LibrarySettings {
  if (row === undefined) return DEFAULT_SETTINGS;
  return {
    privacy: row.privacy === 'public' ? 'public' : 'private',
    language: LANGUAGES.find(each => each === row.language) ?? 'own',
    accent: isColour(row.accent) ? row.accent : undefined,
  };
}

export function areEqual(one: LibrarySettings, other: LibrarySettings): boolean {
  return one.privacy === other.privacy && one.language === other.language && one.accent === other.accent;
}

function isColour(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LAST_COLOUR;
}

export function* readLibrarySettings(): Script<LibrarySettings> {
  return decodeSettings(yield* first('SELECT privacy, language, accent FROM {choices} WHERE {here}'));
}

/** Changes the given settings and returns all of them. */
export function* changeLibrarySettings(changes: Partial<LibrarySettings>): Script<LibrarySettings> {
  const settings = { ...(yield* readLibrarySettings()), ...changes };
  yield* all('DELETE FROM {choices} WHERE {here}');
  const { privacy, language, accent } = settings;
  yield* insert('choices', { privacy, language, accent: accent ?? null });
  return settings;
}

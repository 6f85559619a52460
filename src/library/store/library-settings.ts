import { type Language, languages } from '../../wording/languages.ts';
import type { Row } from './script.ts';

export const privacies = ['public', 'private'] as const;

/** What was chosen for all answers that come from one library. */
export interface LibrarySettings {
  /** Who sees an answer where the one who asks does not say. */
  readonly privacy: (typeof privacies)[number];
  /** `own`: that of whoever asks. */
  readonly language: 'own' | Language;
  /** 0xrrggbb; `undefined`: the bot's own colours. */
  readonly accent: number | undefined;
}

/** Where nobody has chosen yet. */
export const defaultSettings: LibrarySettings = { privacy: 'public', language: 'own', accent: undefined };

const lastColour = 0xffffff;

/** Decodes a stored row. Answers are private unless it says otherwise. */
export function decodeSettings(row: Row | undefined): LibrarySettings {
  if (row === undefined) return defaultSettings;
  return {
    privacy: row.privacy === 'public' ? 'public' : 'private',
    language: languages.find(each => each === row.language) ?? 'own',
    accent: isColour(row.accent) ? row.accent : undefined,
  };
}

export function areEqual(one: LibrarySettings, other: LibrarySettings): boolean {
  return one.privacy === other.privacy && one.language === other.language && one.accent === other.accent;
}

function isColour(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= lastColour;
}

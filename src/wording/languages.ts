import { english } from './en.ts';
import type { Key } from './messages.ts';
import { simplified } from './zh-CN.ts';
import { traditional } from './zh-TW.ts';

interface Catalogue {
  /** What the language calls itself. */
  readonly name: string;
  /** How dates, lists and numbers are written: in English with the day first and without a comma before “or”. */
  readonly locale: string;
  /** Returns a message as an ICU pattern. */
  readonly pattern: (key: Key) => string;
}

/** The languages the bot speaks. To add one, write its catalogue and add a line here. */
export const SPOKEN = {
  en: {
    name: 'English',
    locale: 'en-GB',
    pattern: key => (isWritten(key) ? english[key] : key.slice(key.indexOf('.') + 1)),
  },
  'zh-TW': { name: '繁體中文', locale: 'zh-TW', pattern: key => traditional[key] },
  'zh-CN': { name: '简体中文', locale: 'zh-CN', pattern: simplified },
} as const satisfies Readonly<Record<string, Catalogue>>;

function isWritten(key: Key): key is keyof typeof english {
  return Object.hasOwn(english, key);
}

export type Language = keyof typeof SPOKEN;

export const LANGUAGES = Object.keys(SPOKEN).filter(isLanguage);

/** By how they are written. */
const WRITTEN = new Map(LANGUAGES.map(language => [writtenIn(language), language]));

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(SPOKEN, tag);
}

/**
 * Returns the language to use for a locale: the one written in the same script (`zh-HK` is Traditional Chinese), else
 * English.
 */
export function languageOf(locale: string): Language {
  return WRITTEN.get(writtenIn(locale)) ?? 'en';
}

/** Returns a language with its script, such as `zh-Hant`; undefined if `locale` isn't one. */
function writtenIn(locale: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(locale).maximize();
    return `${language}-${script}`;
  } catch {
    return undefined;
  }
}

/** Creating a formatter takes far longer than using it. */
const dayFormats = new Map<Language, Intl.DateTimeFormat>();

/** Formats a calendar day, months counted from 1: `14 March 2022`. */
export function dayIn(language: Language, year: number, month: number, day: number): string {
  const { locale } = SPOKEN[language];
  const format = dayFormats.get(language) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  dayFormats.set(language, format);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return format.format(date);
}

/** Formats a list: `a, b or c`. */
export function listIn(language: Language, kind: 'or' | 'and', items: readonly string[]): string {
  const type = kind === 'or' ? 'disjunction' : 'conjunction';
  return new Intl.ListFormat(SPOKEN[language].locale, { type }).format(items);
}

import type { Language } from './languages.ts';

/** English without the comma before “or”, as everywhere else here. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', 'zh-TW': 'zh-TW', 'zh-CN': 'zh-CN' };
const kinds = { or: 'disjunction', and: 'conjunction' } as const;

/** “a, b or c”, as the language has it. */
export function listIn(language: Language, kind: keyof typeof kinds, items: readonly string[]): string {
  return new Intl.ListFormat(locales[language], { type: kinds[kind] }).format(items);
}

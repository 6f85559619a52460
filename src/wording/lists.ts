import { type Language, spoken } from './languages.ts';

const kinds = { or: 'disjunction', and: 'conjunction' } as const;

/** “a, b or c”, as the language has it. */
export function listIn(language: Language, kind: keyof typeof kinds, items: readonly string[]): string {
  return new Intl.ListFormat(spoken[language].locale, { type: kinds[kind] }).format(items);
}

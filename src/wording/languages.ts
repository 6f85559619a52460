/** What the bot speaks, as Discord names them. */
export const languages = ['en', 'zh-TW', 'zh-CN'] as const;

export type Language = (typeof languages)[number];

/** Where Discord's locale is one that we do not speak, English. Chinese without a region, or of Hong Kong, is the nearest we have. */
export function languageOf(locale: string): Language {
  if (/^zh-(?:TW|HK|MO|Hant)\b/v.test(locale)) return 'zh-TW';
  return /^zh\b/v.test(locale) ? 'zh-CN' : 'en';
}

/** How each is written: English with the day before the month, and without the comma before “or”. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', 'zh-TW': 'zh-TW', 'zh-CN': 'zh-CN' };

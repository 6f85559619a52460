import { expect, test } from 'vitest';
import { languageOf, listIn } from '../../src/wording/languages.ts';

test.each([
  ['en-US', 'en'],
  ['en-GB', 'en'],
  ['de', 'en'],
  ['zh-TW', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['zh-MO', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['zh-CN', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['', 'en'],
  ['no locale', 'en'],
])('a user of Discord in “%s” gets answers in %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

test.each([
  ['en', 'or', ['a'], 'a'],
  ['en', 'or', ['a', 'b'], 'a or b'],
  ['en', 'and', ['a', 'b', 'c'], 'a, b and c'],
  ['zh-TW', 'or', ['甲', '乙', '丙'], '甲、乙或丙'],
  ['zh-CN', 'and', ['甲', '乙'], '甲和乙'],
  ['zh-CN', 'and', [], ''],
] as const)('%s %s %j', (language, kind, items, list) => {
  expect(listIn(language, kind, items)).toBe(list);
});

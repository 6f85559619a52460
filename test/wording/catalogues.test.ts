import { describe, expect, test } from 'vitest';
import { english } from '../../src/wording/en.ts';
import { languages, spoken } from '../../src/wording/languages.ts';
import { format } from '../../src/wording/say.ts';

const keys = Object.keys(english).filter(isKey);
/** Enough to reach every branch of a plural. */
const numbers = [0, 1, 2, 3, 5, 11, 1_000_000];

function isKey(key: string): key is keyof typeof english {
  return key in english;
}

/** Values that record which of them a message reads; each is a number, which also works as text. */
function asked(number: number, names: Set<string>): Record<string, number> {
  return new Proxy<Record<string, number>>(
    {},
    {
      has: (_, name) => names.add(String(name)).size > 0,
      get: () => number,
    },
  );
}

function valuesOf(key: keyof typeof english, language: (typeof languages)[number]): string[] {
  const names = new Set<string>();
  for (const number of numbers) format({ key, values: asked(number, names) }, language);
  return [...names].sort();
}

describe('messages', () => {
  test.each(languages)('%s has every message, in the order of the English ones', language => {
    expect(Object.keys(spoken[language].messages)).toEqual(keys);
  });

  test.each(keys)('%s exists in every language, with the same values', key => {
    const [first, ...others] = languages.map(language => valuesOf(key, language));
    for (const other of others) expect(other).toEqual(first);
    // The message type takes a brace after “one ” for a branch of a plural, so a value there would go unchecked.
    expect(english[key]).not.toMatch(/\b(?:zero|one|two|few|many|other) \{[a-z]\w*[,\}]/v);
  });

  test.each(keys)('%s is translated, not copied', key => {
    const plain = english[key].replaceAll(/\{[^\}]*\}|\W/gv, '');
    if (plain === '') return;
    for (const language of ['zh-TW', 'zh-CN'] as const) expect(spoken[language].messages[key]).toMatch(/\p{sc=Han}/v);
  });

  test.each(keys.filter(key => key.startsWith('button.')))('%s fits on a button, on a phone too', key => {
    for (const { messages } of Object.values(spoken)) expect(messages[key].length).toBeLessThanOrEqual(38);
  });
});

import { describe, expect, test } from 'vitest';
import { english } from '../../src/wording/en.ts';
import { languages } from '../../src/wording/languages.ts';
import { tell } from '../../src/wording/say.ts';
import { simplified } from '../../src/wording/zh-CN.ts';
import { traditional } from '../../src/wording/zh-TW.ts';

const keys = Object.keys(english).filter(isKey);
/** Enough to come by every branch of a plural. */
const numbers = [0, 1, 2, 3, 5, 11, 1_000_000];

function isKey(key: string): key is keyof typeof english {
  return key in english;
}

/** Values that write down which of them a message asks for; each is a number, which stands for a text as well. */
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
  for (const number of numbers) tell({ key, values: asked(number, names) }, language);
  return [...names].sort();
}

describe('messages', () => {
  test.each([
    ['zh-TW', traditional],
    ['zh-CN', simplified],
  ])('%s has every message, and none that nobody says', (_, translated) => {
    expect(Object.keys(translated).sort()).toEqual([...keys].sort());
  });

  test.each(keys)('%s can be said in every language, of the same values', key => {
    const [first, ...others] = languages.map(language => valuesOf(key, language));
    for (const other of others) expect(other).toEqual(first);
    // By its type, a brace after “one ” opens a branch of a plural, and a value there would not be asked for.
    expect(english[key]).not.toMatch(/\b(?:zero|one|two|few|many|other) \{[a-z]\w*[,\}]/v);
  });

  test.each(keys)('%s is translated, not copied', key => {
    const plain = english[key].replaceAll(/\{[^\}]*\}|\W/gv, '');
    if (plain === '') return;
    expect(traditional[key]).toMatch(/\p{sc=Han}/v);
    expect(simplified[key]).toMatch(/\p{sc=Han}/v);
  });

  test.each(keys.filter(key => key.startsWith('button.')))('%s fits on a button, on a phone, too', key => {
    for (const messages of [english, traditional, simplified]) expect(messages[key].length).toBeLessThanOrEqual(38);
  });
});

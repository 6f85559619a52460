import { expect, test } from 'vitest';
import { findForm, spellOut, toSimplified, withoutEnd, withoutOpening } from '../../src/answering/forms.ts';

test('a form in simplified characters finds both kinds, and its groups as typed', () => {
  const forms = { source: [/^出处$/v], who: [/^是(?<name>.+)说的$/dv] };
  expect(findForm(forms, '出處')).toEqual({ kind: 'source', groups: {} });
  expect(findForm(forms, '是習近平說的')).toEqual({ kind: 'who', groups: { name: '習近平' } });
  expect(findForm(forms, '習近平')).toBeUndefined();
});

test('simplified characters leave the length and everything else as it is', () => {
  expect(toSimplified('Lee：「說了什麼？」')).toBe('Lee：「说了什么？」');
});

test('parts of forms are written out, and the parts in them', () => {
  const [form] = spellOut({ ANY: 'ONE+', ONE: '[a-z]' }, '(?<who>ANY) say');
  expect(form?.exec('leesay')?.groups).toEqual({ who: 'lee' });
});

test.each([
  ['hey, can you tell me if Lee agreed', 'Lee agreed'],
  ['so please give me the news', 'the news'],
  ['could you please sum up the story', 'sum up the story'],
  ['請問，市長說了什麼', '市長說了什麼'],
  ['Lee', 'Lee'],
])('%s: without what people say before they ask', (text, left) => {
  expect(withoutOpening(text)).toBe(left);
});

test('what ends a text is left out', () => {
  expect(withoutEnd(' really \n true?! ')).toBe('really true');
});

test('a text of nothing but openings or marks takes time in proportion to its length', () => {
  expect(withoutOpening('那么请问'.repeat(10_000))).toBe('');
  expect(withoutEnd(`${'?'.repeat(200_000)}a`)).toMatch(/a$/v);
});

import { expect, test } from 'vitest';
import { shapes, themes } from '../../src/cards/card.ts';
import { codeOf } from '../../src/library/store/keys.ts';
import { decode, encode, longestSubject, type Press, subjectOf } from '../../src/replies/custom-id.ts';
import type { View } from '../../src/replies/views/view.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';

const article = fc.string().map(codeOf);
const page = fc.nat({ max: 4095 });
const foundCode = fc.record({
  article,
  sentence: fc.nat({ max: 64 ** 3 - 1 }),
  sentences: fc.integer({ min: 1, max: 63 }),
  attribution: fc.option(fc.nat({ max: 64 ** 3 - 2 }), { nil: undefined }),
});
/** The last number stands for all beyond, whom no button leads to. */
const person = fc.record({ article, speaker: fc.nat({ max: 4094 }) });
const day = fc.option(
  fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10)),
  { nil: undefined },
);
const subject = fc.constantFrom('', 'rome', 'Rome talks', 'x'.repeat(longestSubject));
const anyView: fc.Arbitrary<View> = fc.oneof(
  fc.record({
    kind: fc.constant('quote'),
    page,
    context: fc.boolean(),
    found: fc.array(foundCode, { minLength: 1, maxLength: 5 }),
    words: fc.constant(''),
  }),
  fc.record({
    kind: fc.constant('said'),
    page,
    found: fc.array(foundCode, { minLength: 1, maxLength: 5 }),
    words: fc.constant(''),
  }),
  fc.record({
    kind: fc.constant('person'),
    page,
    within: fc.constantFrom('article', 'library'),
    people: fc.array(person, { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ kind: fc.constant('summary'), page, article, length: fc.constantFrom('short', 'medium', 'long') }),
  fc.record({
    kind: fc.constant('card'),
    page,
    found: foundCode,
    theme: fc.constantFrom(...themes),
    shape: fc.constantFrom(...shapes),
  }),
  fc.record({ kind: fc.constant('article'), page, article }),
  fc.record({ kind: fc.constant('like'), page, found: foundCode }),
  fc.record({ kind: fc.constant('compare'), page, people: fc.tuple(person, person), words: subject }),
  fc.record({
    kind: fc.constant('timeline'),
    page: fc.nat({ max: 64 ** 3 - 1 }),
    person,
    after: day,
    before: day,
    words: subject,
  }),
  fc.record({ kind: fc.constant('speakers'), page, article: fc.option(article, { nil: undefined }) }),
  fc.record({
    kind: fc.constant('library'),
    page: fc.nat({ max: 64 ** 3 - 1 }),
    words: fc.constantFrom('', 'rome', 'Rome talks'),
  }),
);
const anyPress: fc.Arbitrary<Press> = fc.record({ action: fc.constantFrom('turn', 'share', 'open'), view: anyView });

test('a button’s id tells again what it was made of, in at most 100 characters', () => {
  fc.assert(
    fc.property(anyPress, press => {
      const id = encode(press);
      expect(id.length).toBeLessThanOrEqual(100);
      expect(decode(id)).toEqual(press);
    }),
  );
});

test('different presses have different ids', () => {
  fc.assert(
    fc.property(anyPress, anyPress, (one, other) => {
      expect(encode(one) === encode(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});

test('the query’s words ride along, as many as fit', () => {
  const found = [{ article: codeOf('rome'), sentence: 3, sentences: 1, attribution: 0 }];
  const words =
    'open lines of communication between the United States and China, especially on areas where we disagree';
  const press = decode(encode({ action: 'turn', view: { kind: 'quote', page: 0, context: false, found, words } }));
  expect(press?.view).toMatchObject({
    words: expect.stringMatching(/^open lines of communication between the United/),
  });
});

test('an id that this bot never wrote leads nowhere and never throws', () => {
  const nearly = fc.tuple(anyPress.map(encode), fc.nat(), fc.string({ maxLength: 3 })).map(([id, at, junk]) => {
    const cut = at % (id.length + 1);
    return id.slice(0, cut) + junk + id.slice(cut + 1);
  });
  const anyId = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 130 }),
    nearly,
    fc.constantFrom('-', '+', '=', '', 'qtAA~', 'wtAA'),
  );
  fc.assert(
    fc.property(anyId, id => {
      const press = decode(id);
      if (press !== undefined) expect(decode(encode(press))).toEqual(press);
    }),
    { numRuns: times(2000) },
  );
  for (const id of [
    '-',
    '+',
    '=',
    '',
    'qtAA',
    'qtAA~',
    'wtAA',
    'stAA3abcdef',
    'atAAabc',
    'vtAAabc',
    'moAAabcdefAAAAAAAA',
    'btAAabcdefAA',
    'ltAAAabcdefAAAAAAA',
    'ltAAAabcdefAA_____AAAAA',
    'ltAAAabcdefAAAAAABAAAAA',
    'xtAA',
    'ntAA',
    `nt${'A'.repeat(99)}`,
  ]) {
    expect(decode(id)).toBeUndefined();
  }
});

test('a subject is as long as every button remembers it', () => {
  const words = 'communication between the United States and China '.repeat(3);
  expect(subjectOf(words).length).toBeLessThanOrEqual(longestSubject);
  expect(words.startsWith(subjectOf(words))).toBe(true);
  expect(subjectOf(subjectOf(words))).toBe(subjectOf(words));
  expect(subjectOf('x'.repeat(longestSubject + 1))).toBe('');
});

test('a speaker whose place no button can hold is led to by none, rather than to another one', () => {
  const people = [{ article: codeOf('a'), speaker: 5000 }];
  const view = { kind: 'person', page: 0, within: 'article', people } as const;
  expect(decode(encode({ action: 'open', view }))).toBeUndefined();
});

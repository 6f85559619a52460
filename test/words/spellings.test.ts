import { expect, test } from 'vitest';
import { countEdits, editsAllowed, misspellingsOf, rangesAround, reverse } from '../../src/words/spellings.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';

function isIn(word: string, term: string): boolean {
  return rangesAround(word).some(({ by, begins, shortest, longest }) => {
    const read = by === 'term' ? term : reverse(term);
    return term.length >= shortest && term.length <= longest && read.startsWith(begins);
  });
}

const letter = fc.constantFrom(...'abcdez');
const word = fc.array(letter, { minLength: 3, maxLength: 12 }).map(letters => letters.join(''));
const edit = fc.record({ kind: fc.constantFrom('add', 'drop', 'change', 'swap'), at: fc.nat(12), letter });

/** Returns a word with one edit, anywhere in it. */
function edited(from: string, { kind, at, letter: other }: { kind: string; at: number; letter: string }): string {
  const place = at % from.length;
  const [before, after] = [from.slice(0, place), from.slice(place)];
  if (kind === 'add') return before + other + after;
  if (kind === 'drop') return before + after.slice(1);
  if (kind === 'change') return before + other + after.slice(1);
  return before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2);
}

test('every word within the allowed edits is in a range', () => {
  const misspelt = fc.tuple(word, fc.array(edit, { minLength: 1, maxLength: 2 }));
  const check = fc.property(misspelt, ([from, edits]) => {
    const term = edits.slice(0, editsAllowed(from)).reduce(edited, from);
    fc.pre(countEdits(from, term, 2) <= editsAllowed(from));
    expect(isIn(from, term), `${from} ${term}`).toBe(true);
  });
  fc.assert(check, { numRuns: times(1000, 30_000) });
});

test('the closest come first, then the most frequent', () => {
  const candidates = [
    { term: 'ministry', frequency: 9 },
    { term: 'minister', frequency: 1 },
    { term: 'ministers', frequency: 5 },
    { term: 'harbour', frequency: 50 },
  ];
  const near = misspellingsOf('minister', candidates, 9);
  expect(near.map(({ term, edits }) => [term, edits])).toEqual([
    ['ministers', 1],
    ['ministry', 2],
  ]);
});

test('words too short or too long and numbers are never treated as misspelt', () => {
  expect([rangesAround('no'), rangesAround('a'.repeat(1_000_000)), rangesAround('2024')]).toEqual([[], [], []]);
  expect(misspellingsOf('2024', [{ term: '2022', frequency: 1 }], 1)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { wordPieces } from '../../src/pieces/word-pieces.ts';

const reference = z
  .array(z.object({ text: z.string(), pieces: z.array(z.number()) }))
  .parse(JSON.parse(readFileSync(new URL('./word-pieces.json', import.meta.url), 'utf8')));

test.each(reference)('the pieces of $text are those of the reference tokenizer', ({ text, pieces }) => {
  expect(wordPieces(text, 1_000)).toEqual(pieces);
});

test('a long text is cut and still ends with [SEP]', () => {
  const whole = wordPieces('one two three four', 100);
  expect(wordPieces('one two three four', 4)).toEqual([...whole.slice(0, 3), whole.at(-1)]);
  expect(wordPieces('word '.repeat(1_000_000), 128)).toHaveLength(128);
});

test('lone surrogates are left out', () => {
  expect(wordPieces('wh\ud800eat\udc00', 10)).toEqual(wordPieces('wheat', 10));
});

import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Encoder } from '../../../src/answering/networks/encoder.ts';
import { cosine, DIMENSIONS, quantised } from '../../../src/answering/networks/model.ts';

const shape = z.array(
  z.object({ kind: z.enum(['question', 'passage']), text: z.string(), vector: z.array(z.number()) }),
);
/** Made by `training/ask/fixture.py` in PyTorch, before the weights are rounded. */
const expected = shape.parse(JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')));

/** Of all tests but one: loading the networks takes longer than they do. */
const encoder = new Encoder();
afterAll(() => encoder.close());

test('vectors are those of the reference implementation', async () => {
  for (const { kind, text, vector } of expected) {
    const made =
      kind === 'question' ? await encoder.encodeQuestion('any', text) : await encoder.encodePassages('any', [text]);
    // Rounding the weights leaves .998; the processor changes only the last digits.
    expect(cosine(made, quantised(vector)), text).toBeGreaterThan(0.995);
  }
});

test('a passage has the same vector whatever is encoded beside it', async () => {
  const passages = ['Wheat was loaded in the harbour.', 'No.', 'The minister denied it. '.repeat(40), '', '小麦', '🙂'];
  const together = await encoder.encodePassages('any', passages);
  for (const [at, passage] of passages.entries()) {
    const alone = await encoder.encodePassages('any', [passage]);
    expect(together.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS)).toEqual(alone);
  }
});

test('a question in other words is nearer to what answers it than to what is merely about the same', async () => {
  const question = await encoder.encodeQuestion('any', 'how much did the new boat cost?');
  const [answer, other] = [
    await encoder.encodePassages('any', ['“We paid four million dollars for the ferry,” said Dana Okafor.']),
    await encoder.encodePassages('any', ['The ferry was painted blue, which passengers liked.']),
  ];
  expect(cosine(question, answer)).toBeGreaterThan(cosine(question, other));
});

test('a question overtakes the passages that wait, of its own owner, too', async () => {
  const order: string[] = [];
  const passages = Array.from({ length: 20 }, (_, at) => `Paragraph ${at}.`);
  await Promise.all([
    encoder.encodePassages('any', passages).then(() => order.push('passages')),
    encoder.encodeQuestion('any', 'who?').then(() => order.push('question')),
  ]);
  expect(order).toEqual(['question', 'passages']);
});

test('closing fails what is in progress and what comes after', async () => {
  const closing = new Encoder();
  const asked = closing.encodeQuestion('any', 'who?');
  await Promise.all([expect(asked).rejects.toThrow('Encoding has stopped.'), closing.close()]);
  await expect(closing.encodePassages('any', ['more'])).rejects.toThrow('Encoding has stopped.');
});

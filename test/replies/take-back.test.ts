import { expect, test } from 'vitest';
import { decode } from '../../src/replies/custom-id.ts';
import { decodeDeed } from '../../src/replies/removal.ts';
import { accents, notice, reply } from '../../src/replies/reply.ts';
import { askerIn, withTakeBack } from '../../src/replies/take-back.ts';
import { quoteReply } from '../../src/replies/views/quote.ts';
import { sayIn } from '../../src/wording/say.ts';
import { fc } from '../fast-check.ts';
import { buildSeed } from '../search/build.ts';
import { buttonsOf, idOf, refusalOf } from './check.ts';

const say = sayIn('en');

const asker = '1180000000000000002';

function quoteOn(page: number) {
  const from = buildSeed();
  const [paragraph] = from.article.paragraphs;
  if (paragraph === undefined) throw new Error('There is one');
  const found = { from, paragraph, excerpt: paragraph, matches: [], attribution: from.attributions[0] };
  const code = { article: 'abcdef', sentence: 0, sentences: 1, attribution: 0 };
  return quoteReply(found, { kind: 'quote', page, context: false, found: [code, code], words: '' }, false, say);
}

test('an answer for all has one button more, even where a row is full, and Discord takes it', () => {
  const answer = quoteOn(0);
  const offered = withTakeBack(answer, asker, say);
  expect(buttonsOf(offered)).toHaveLength(buttonsOf(answer).length + 1);
  expect(refusalOf(offered)).toBeUndefined();
  expect(askerIn(idOf(offered, 'Delete answer'))).toBe(asker);
  const plain = reply({ accent: accents.article, texts: ['Words.'], buttons: undefined, private: false });
  expect(refusalOf(withTakeBack(plain, asker, say))).toBeUndefined();
  expect(idOf(withTakeBack(plain, asker, say), 'Delete answer')).toBe(`T${asker}`);
});

test('what one person alone sees has none', () => {
  expect(withTakeBack(notice('Nothing.'), asker, say)).toEqual(notice('Nothing.'));
});

test('nothing but a snowflake is an asker, and no other button is taken for this one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), id => {
      expect(askerIn(id)).toBeUndefined();
    }),
  );
  for (const id of [
    '',
    'T',
    'T1',
    `T${asker} `,
    `t${asker}`,
    `T${asker}\n`,
    `T${'1'.repeat(21)}`,
    'T１１８００００００００００００００００',
  ]) {
    expect(askerIn(id)).toBeUndefined();
  }
  expect(decode(`T${asker}`)).toBeUndefined();
  expect(decodeDeed(`T${asker}`)).toBeUndefined();
});

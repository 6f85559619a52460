import { expect, test } from 'vitest';
import { featuresOf } from '../../src/meaning/features.ts';
import { parseQuestion } from '../../src/meaning/question.ts';
import { rarity } from '../../src/meaning/rank.ts';
import { buildNews } from '../library/rows.ts';

const from = buildNews('ferry', [
  'The island has a new ferry.',
  { who: 'Dana Okafor', says: 'The ferry cost $4 million, because steel is dear', role: 'Mayor' },
  { who: 'Ann Lee', says: 'Nobody asked us' },
  'Dana Okafor left at noon on Monday.',
]);
const cosines = [0.3, 0.6, 0.4, 0.5];
const candidates = cosines.map((cosine, index) => ({ from, index, cosine, cosines }));
const describe = (question: string) => featuresOf(parseQuestion(question), candidates, () => 0.5);
const column = (question: string, name: string) => describe(question).map(each => each[name]);

test('it is known whether whom the question names speaks, is quoted elsewhere or is only named', () => {
  const question = 'What did Dana Okafor say about the price of the ferry?';
  expect(column(question, 'whoSpeaks')).toEqual([0, 1, 0, 0]);
  expect(column(question, 'whoQuoted')).toEqual([1, 1, 1, 1]);
  expect(column(question, 'whoNamed')).toEqual([0, 1, 0, 1]);
  expect(column('What did Bo Stranger say about the ferry?', 'whoQuoted')).toEqual([0, 0, 0, 0]);
  expect(column('How much was the ferry?', 'whoSpeaks')).toEqual([-1, -1, -1, -1]);
});

test('what an answer must have is looked for in the paragraph', () => {
  expect(column('How much did the ferry cost?', 'wanted')).toEqual([-1, 1, -1, -1]);
  expect(column('When did Okafor leave?', 'wanted')).toEqual([-1, -1, -1, 1]);
  expect(column('Why was the ferry dear?', 'wanted')).toEqual([-1, 1, -1, -1]);
  expect(column('Who spoke of steel?', 'wanted')).toEqual([0, 0, 0, 0]);
});

test('words count in any form, here, in the neighbours and in the article', () => {
  const question = 'ferries steel';
  expect(column(question, 'cover')).toEqual([0.5, 1, 0, 0]);
  expect(column(question, 'coverNear')).toEqual([1, 1, 1, 0]);
  expect(column(question, 'coverArticle')).toEqual([1, 1, 1, 1]);
  expect(column('ferry unicorns', 'missing')).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(column('ferry island', 'missing')).toEqual([0, 0, 0, 0]);
});

test('a word of another form or like meaning is nearer than any other word', () => {
  const [, , lee = 0] = column('ask', 'aligned').map(Number);
  const [island = 0] = column('boat', 'aligned').map(Number);
  expect(lee).toBeGreaterThan(island);
  expect(island).toBeGreaterThan(column('boat', 'aligned').map(Number)[2] ?? 1);
});

test('cosines are compared with the best, and with their article', () => {
  expect(column('ferry', 'belowBest').map(each => Number(each).toFixed(2))).toEqual(['0.30', '0.00', '0.20', '0.10']);
  expect(Number(column('ferry', 'aboveArticle')[1])).toBeCloseTo(0.15);
});

test('any text has finite features', () => {
  for (const question of ['', '?', '谁说小麦', 'who '.repeat(500), '\ud800']) {
    for (const each of describe(question)) expect(Object.values(each).every(Number.isFinite)).toBe(true);
  }
});

test('rarity goes from 1, for a term that nothing has, to almost 0', () => {
  expect(rarity(0, 3_000)).toBeCloseTo(1);
  expect(rarity(3_000, 3_000)).toBeLessThan(0.001);
  expect(rarity(10, 3_000)).toBeGreaterThan(rarity(11, 3_000));
});

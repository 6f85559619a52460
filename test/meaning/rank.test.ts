import { expect, test } from 'vitest';
import { parseQuestion } from '../../src/meaning/question.ts';
import { rank } from '../../src/meaning/rank.ts';
import { buildNews } from '../library/rows.ts';

const from = buildNews('ferry', [
  'The island has a new ferry.',
  { who: 'Dana Okafor', says: 'The ferry cost $4 million, because steel is dear', role: 'Mayor' },
  { who: 'Ann Lee', says: 'Nobody asked us' },
  'Dana Okafor left at noon on Monday.',
]);

function rankBy(question: string, cosines: readonly number[]) {
  const candidates = cosines.map((cosine, index) => ({ from, index, cosine, cosines }));
  return rank(parseQuestion(question), candidates, () => 0.5);
}

test('the nearest paragraph is first, and scores fall', () => {
  const { ranked } = rankBy('What did Dana Okafor say the ferry cost?', [0.4, 0.8, 0.1, 0.3]);
  expect(ranked[0]?.index).toBe(1);
  expect(ranked.map(({ score }) => score)).toEqual(
    ranked.map(({ score }) => score).toSorted((one, other) => other - one),
  );
});

test('what is near and to the point is likelier an answer than what is neither', () => {
  const answered = rankBy('What did Dana Okafor say the ferry cost?', [0.4, 0.85, 0.1, 0.3]);
  const other = rankBy('Did Bo Stranger deny that unicorns broke the treaty?', [0.2, 0.25, 0.2, 0.2]);
  expect(answered.confidence).toBeGreaterThan(other.confidence);
  expect(answered.certainty).toBeGreaterThan(other.certainty);
  expect(answered.degree).not.toBe('nothing');
  expect(other.degree).toBe('nothing');
});

test('without candidates there is no answer', () => {
  expect(rankBy('Who?', [])).toEqual({ ranked: [], confidence: 0, certainty: 0, degree: 'nothing' });
});

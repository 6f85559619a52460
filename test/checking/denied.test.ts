import { expect, test } from 'vitest';
import { check } from '../../src/checking/check.ts';
import { slice } from '../../src/news/span.ts';
import { buildArticle } from '../search/build-article.ts';
import { candidatesIn } from './candidates.ts';

const people = [
  { id: 'dole', name: 'Frank Dole' },
  { id: 'marsh', name: 'Ann Marsh' },
];
const text = [
  'Frank Dole rejected claims that dockers had been paid to stay home. The gate was shut.',
  'Ann Marsh did not say that the port would close. Later Dole said that the gate was open.',
  'Frank Dole denied that Marsh had said the port was safe.',
  'Ann Marsh denied that the gate was open. She said that the union would not move.',
].join('\n');
const indirect = { type: 'indirect' } as const;
const dole = { ...indirect, source: 'Frank Dole', speaker: 'dole' };
const marsh = { ...indirect, source: 'Ann Marsh', speaker: 'marsh' };
const strike = buildArticle('strike', text, people, [
  { ...dole, paragraph: 1, cue: 'rejected', content: ['claims that dockers had been paid to stay home'] },
  { ...marsh, paragraph: 2, cue: 'did not say', content: ['the port would close'] },
  { ...dole, paragraph: 2, source: 'Dole', cue: 'said', content: ['the gate was open'] },
  { ...dole, paragraph: 3, cue: 'denied', content: ['Marsh had said the port was safe'] },
  { ...marsh, paragraph: 3, source: 'Marsh', cue: 'said', content: ['the port was safe'], reportedBy: 3 },
  { ...marsh, paragraph: 4, cue: 'denied', content: ['the gate was open'] },
  { ...marsh, paragraph: 4, source: 'She', cue: 'said', content: ['the union would not move'] },
]);
const search = candidatesIn([strike]);

test.each([
  ['dockers had been paid to stay home', 'Frank Dole', 'Frank Dole rejected', 'dole'],
  ['the port would close', 'Ann Marsh', 'Ann Marsh did not say', 'marsh'],
  ['the port would close', undefined, 'Ann Marsh did not say', 'marsh'],
  ['the port would close', 'Frank Dole', 'Ann Marsh did not say', 'marsh'],
  ['the port was safe', 'Ann Marsh', 'Frank Dole denied', 'dole'],
])('what somebody denies or didn’t say is Denied: %s, %s', async (words, credited, cue, denier) => {
  const finding = await check({ words, credited }, search);
  expect(finding.verdict).toBe('denied');
  if (finding.verdict === 'not found') return;
  const [place] = finding.passages;
  expect(slice(text, place.excerpt)).toContain(cue);
  expect(place.denial?.speaker?.id).toBe(denier);
});

test.each([
  ['the gate was open', undefined, 'paraphrase'],
  ['the gate was open', 'Frank Dole', 'paraphrase'],
  // Dole said so, but the quote is credited to Marsh.
  ['the gate was open', 'Ann Marsh', 'denied'],
  ['the gate was open', 'Joe Biden', 'wrong name'],
  ['the union would not move', 'Ann Marsh', 'paraphrase'],
  ['dockers have been paid to stay home', 'Frank Dole', 'altered'],
  ['Ann Marsh did say that the port would close', undefined, 'altered'],
  ['Ann Marsh did not say that the port would close', undefined, 'own voice'],
])('%s, %s: %s', async (words, credited, verdict) => {
  expect((await check({ words, credited }, search)).verdict).toBe(verdict);
});

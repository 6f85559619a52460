import { expect, test } from 'vitest';
import { afterLead } from '../../src/attribution/network/find-reports.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';

/** Returns the second paragraph without its lead. */
function bare(paragraph: string): string {
  const { text, paragraphs } = toArticle('lead', UNKNOWN_METADATA, `Bridge falls\n${paragraph}`);
  const second = paragraphs[1];
  return second === undefined ? '' : text.slice(afterLead(text, second), second.end);
}

test.each([
  '14:05 ',
  '2.15pm – ',
  '10:32 BST: ',
  '• ',
  '3. ',
  'OSTBY, Norway (Agency) — ',
  'OSTBY, 14 May 2025 (LSE: OHB) – ',
  'Ostby, Maine, Sept. 3 (Agency) -- ',
  'OSTBY. ',
  'Ostby | ',
  'Harbour City – ',
])('“%s” is no part of what follows', lead => {
  expect(bare(`${lead}The bridge fell on Monday.`)).toBe('The bridge fell on Monday.');
});

test.each([
  'Ann Lee – Bo’s sister – said no.',
  'Ann Lee – A builder and a sailor – said no.',
  'The bridge – Ostby’s pride – is old.',
  '14 people crossed the bridge.',
  'Lee & Sons (LSE: LAS) said no.',
  'NATO said no.',
  '14:05',
])('“%s” has no lead', paragraph => {
  expect(bare(paragraph)).toBe(paragraph);
});

test('a dateline opens one of the first paragraphs', () => {
  const { text, paragraphs } = toArticle(
    'late',
    UNKNOWN_METADATA,
    'Rain.\nRain.\nRain.\nRain.\nOSTBY – The bridge fell.',
  );
  const last = paragraphs[4];
  expect(last && afterLead(text, last)).toBe(last?.start);
});

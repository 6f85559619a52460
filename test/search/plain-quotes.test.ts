import { expect, test } from 'vitest';
import { isPlainQuote } from '../../src/search/statements.ts';
import { buildArticle } from './build-article.ts';

test.each([
  ['said', true],
  ['did not say', false],
  ['never said', false],
])('a statement that somebody %s stands alone: %s', (cue, stands) => {
  const words = 'The port will close, and nobody will open it.';
  const from = buildArticle(
    'strike',
    `Ann Marsh ${cue} “${words}”`,
    [{ id: 'marsh', name: 'Ann Marsh' }],
    [{ paragraph: 1, content: [words], source: 'Ann Marsh', cue, speaker: 'marsh' }],
  );
  expect(from.attributions.map(attribution => isPlainQuote({ from, attribution }))).toEqual([stands]);
});

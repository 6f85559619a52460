import { expect, test } from 'vitest';
import { slice } from '../../src/news/span.ts';
import { descriptionOf } from '../../src/replies/parts/description.ts';
import { buildArticle } from '../search/build-article.ts';

function describe(text: string): string | undefined {
  const from = buildArticle('one', text, [{ id: 'lee', name: 'Ann Lee' }]);
  const [speaker] = from.speakers;
  const found = speaker && descriptionOf(from, speaker);
  return found && slice(text, found);
}

test.each([
  ['“No,” said Ann Lee, a skipper.', 'a skipper'],
  ['Ann Lee, 34, a baker from Westport, said no.', 'a baker from Westport'],
  ['Ann Lee, harbour master of Gullhaven, said no.', 'harbour master of Gullhaven'],
  ['Ann Lee, the town’s chief engineer, said no.', 'the town’s chief engineer'],
  ['“No,” said Ann Lee, who drives the night bus.', 'who drives the night bus'],
])('is what the article says somebody is, between commas: %s', (text, described) => {
  expect(describe(text)).toBe(described);
});

test.each([
  'Ann Lee, who said no, left.',
  'Ann Lee, a day later, said no.',
  'Ann Lee, speaking in May, said no.',
  'Ann Lee, the minister said, was wrong.',
  'Meanwhile, says Ann Lee, anyone in the town shouldn’t cheer.',
  'Meanwhile, says Ann Lee, a town of this size is small.',
  'Ann Lee, Bo Cho and Al Ray said no.',
  'Ann Lee, however, said no.',
  'Ann Lee, last week, said no.',
  'Ann Lee said no, and nobody asked.',
])('isn’t any other words between commas: %s', text => {
  expect(describe(text)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { slice } from '../../src/news/span.ts';
import { descriptionOf } from '../../src/replies/parts/description.ts';
import { buildArticle } from '../search/build-article.ts';

function describe(text: string, role?: string): string | undefined {
  const from = buildArticle('one', text, [{ id: 'lee', name: 'Ann Lee', ...(role === undefined ? {} : { role }) }]);
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
  ['“No,” said Ann Lee, who now runs the night bus.', 'who now runs the night bus'],
  ['Ann Lee, who was the first to arrive, said no.', 'who was the first to arrive'],
  ['Ann Lee, who has been a skipper since 1990, said no.', 'who has been a skipper since 1990'],
])('is what the article says somebody is, between commas: %s', (text, described) => {
  expect(describe(text)).toBe(described);
});

test.each([
  'Ann Lee, who said no, left.',
  'Ann Lee, who was not part of the crew, said no.',
  'Ann Lee, who went on the radio, said no.',
  'Ann Lee, who has seen the plans, said no.',
  'Ann Lee, who thinks of ferries, said no.',
  'Ann Lee, who this week left the party, said no.',
  'Ann Lee, who always sailed alone, said no.',
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

test.each([
  ['His wife, Ann Lee, said no.', 'wife', undefined],
  ['His wife, Ann Lee, who sits on the council, said no.', 'wife', 'who sits on the council'],
  ['Bo Lee’s older sister Ann Lee said no.', 'older sister', undefined],
  ['Bo Lee’s adviser Ann Lee said no.', 'adviser', 'adviser'],
  ['The proud sister, Ann Lee, said no.', 'sister', 'sister'],
])('isn’t only whose relative somebody is: %s', (text, role, described) => {
  expect(describe(text, role)).toBe(described);
});

import { expect, test } from 'vitest';
import { check } from '../../src/checking/check.ts';
import { buildArticle } from '../search/build-article.ts';
import { candidatesIn } from './candidates.ts';
import { shown } from './show-difference.ts';

const strike = buildArticle(
  'strike',
  '“This is not about money,” Dole said. “We will not move. We will leave, and we won’t come back. The vote is over.”',
);
const search = candidatesIn([strike]);

test.each([
  ['This is about money', 'This is {-not-} about money'],
  ['We will move', 'We will {-not-} move'],
  ['we will come back', 'we {-won’t-} {+will+} come back'],
  ['The vote is not over', 'The vote is {+not+} over'],
  ['The vote isn’t over', 'The vote {-is-} {+isn’t+} over'],
  ['We will not leave', 'We will {+not+} leave'],
])('a few words with a negation added or removed are Altered: %s', async (words, difference) => {
  const finding = await check({ words, credited: undefined }, search);
  expect(finding.verdict).toBe('altered');
  expect(shown(finding)).toBe(difference);
});

test.each(['This is about honour', 'We will fight', 'It is over', 'is money', 'They will move'])(
  'a few words with a different word are not found: %s',
  async words => {
    expect((await check({ words, credited: undefined }, search)).verdict).toBe('not found');
  },
);

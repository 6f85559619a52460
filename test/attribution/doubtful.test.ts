import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { unknownMasthead } from '../../src/news/article.ts';
import { toArticle } from '../../src/news/build.ts';

const doubtsIn = (text: string) =>
  attribute(toArticle('any', unknownMasthead, text)).attributions.map(({ doubtful }) => doubtful);

test.each([
  '“We will rebuild the bridge,” Ann Lee said.',
  'Ann Lee said that the bridge would be rebuilt.',
  'According to the report, the bridge will be rebuilt.',
])('rules and model agree: %s', text => {
  expect(doubtsIn(text)).toEqual([false]);
});

test.each([
  'It was announced that the fair would close.',
  'As Ann Lee put it, the bridge was an accident in waiting.',
  'Her essay, “On the Uses of Salt,” is taught in schools.',
])('only one of them finds it, so that an answer says that it may be misread: %s', text => {
  expect(doubtsIn(text)).toEqual([true]);
});

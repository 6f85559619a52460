import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { textOf } from '../replies/read-reply.ts';
import { ask, contextOf } from './ask.ts';

function article(id: string, text: string) {
  return attribute(toArticle(id, { ...UNKNOWN_METADATA, title: id }, text));
}

const many = Array.from({ length: 60 }, (_, at) =>
  article(`many-${at}`, `“There is no sign of boat ${at}, no disaster,” said Ann Lee, the mayor.`),
);
const context = await contextOf([
  ...(await Promise.all(many)),
  await article('stone', '“No,” said Abigail Stone, the harbour master, when asked. “It is not.”'),
  await article('pike', 'Gordon Pike, the director, called the plan a “disaster” on Monday.'),
]);

test.each([
  ['No', 'Abigail Stone'],
  ['“No”', 'Abigail Stone'],
  ['no', 'Abigail Stone'],
  ['disaster', 'Gordon Pike'],
])('/who said words:%s finds first who said exactly that', async (words, name) => {
  const reply = await ask(context, 'who said', { words });
  expect(textOf(reply)).toMatch(new RegExp(`^### ${name}`, 'v'));
});

test('a phrase in quotation marks comes before longer quotes with it', async () => {
  expect(textOf(await ask(context, 'who said', { words: 'it is not' }))).toMatch(
    /^### (?:Most likely )?Abigail Stone/v,
  );
});

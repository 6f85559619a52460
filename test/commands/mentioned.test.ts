import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { ask, contextOf } from './ask.ts';

const text = `The club sold Jonas Akerman and Piet de Vries. The ferry took them.
President Vladimir Putin was not in the room, and neither was Zelensky.
In the last minute Kim Min-jae and Son Heung-min came on for O’Neill.
“I spoke to Marta Ruiz about it,” said Abigail Stone, the harbour master. “The ferry is late.”
He was there.`;
const context = await contextOf([await attribute(toArticle('club', { ...UNKNOWN_METADATA, title: 'Club' }, text))]);

test.each(['Jonas Akerman', 'Akerman', 'Vladimir Putin', 'putin', 'Marta Ruiz'])('%s is known', async name => {
  expect(textOf(await ask(context, 'who is', { name }))).toMatch(/isn’t quoted here, only mentioned \(¶\d\)/v);
});

test.each([
  ['Zelensky', '¶2'],
  ['zelensky', '¶2'],
  ['Piet de Vries', '¶1'],
  ['Son Heung-min', '¶3'],
  ["O'Neill", '¶3'],
])('%s, whom the article only names in passing, is found', async (name, where) => {
  const reply = await ask(context, 'who is', { name });
  expect(refusalOf(reply)).toBeUndefined();
  expect(textOf(reply)).toContain(`“${name}” isn’t quoted here, only mentioned:`);
  expect(textOf(reply)).toContain(where);
  expect(quotedLines(reply)).toHaveLength(1);
});

test.each(['he', 'the', 'ferry', 'Joe Biden', 'minute', 'Kim de Vries'])('%s is nobody', async name => {
  expect(textOf(await ask(context, 'who is', { name }))).toContain('I don’t know anyone called');
});

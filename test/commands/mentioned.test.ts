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

const together = await contextOf([
  await attribute(
    toArticle(
      'hives',
      {
        ...UNKNOWN_METADATA,
        title: 'Hives',
      },
      `“The bees came back in March,” write Mara Dell and Otto Finch of the beekeepers’ union.
“Every hive was counted twice,” said Rosa Lund.
“The grant was too small,” said Ned Ware.
“The rain stopped us,” said Rosa Lund and Ned Ware.`,
    ),
  ),
]);

test.each([
  ['timeline', { speaker: 'Otto Finch' }],
  ['random', { speaker: 'Otto Finch' }],
])('nobody whose words are given with somebody else’s is only mentioned: /%s', async (path, texts) => {
  const text = textOf(await ask(together, path, texts));
  expect(text).toMatch(/Otto Finch(?:\*\*)? is only quoted together with someone else/v);
  expect(text).not.toMatch(/isn’t quoted|only mentioned|only mentions|No quotes/v);
});

test.each([
  ['Otto Finch', 'Quoted once.', ['The bees came back in March']],
  ['Rosa Lund', 'Quoted twice.', ['Every hive was counted twice', 'The rain stopped us']],
])('/who is shows what %s says, also with somebody else', async (name, count, words) => {
  const reply = await ask(together, 'who is', { name });
  expect(textOf(reply)).toContain(count);
  expect(textOf(reply)).toContain(
    name === 'Otto Finch' ? '**Mara Dell and Otto Finch**' : '**Rosa Lund and Ned Ware**',
  );
  expect(quotedLines(reply)).toEqual(words.map(each => expect.stringContaining(each)));
});

test('nor does anybody say that two people didn’t say what they say together', async () => {
  const text = textOf(await ask(together, 'compare', { a: 'Rosa Lund', b: 'Ned Ware', words: 'rain' }));
  expect(text).toBe('I found nothing like that by either of them. Try other words, or compare all that they said.');
});

test.each(['Mara Dell', 'Finch', 'Mara Dell and Otto Finch'])('a quote by two is %s’s', async name => {
  const text = textOf(await ask(together, 'check', { words: `“The bees came back in March” — ${name}` }));
  expect(text).toContain('Exact');
  expect(text).toContain('**Mara Dell and Otto Finch**');
});

test('but not by somebody else', async () => {
  const text = textOf(await ask(together, 'check', { words: '“The bees came back in March” — Rosa Lund' }));
  expect(text).not.toContain('Exact');
});

test('a surname is no other name, but a name in another script is', async () => {
  const called = async (text: string) => {
    const from = await attribute(toArticle('lund', { ...UNKNOWN_METADATA, title: 'Lund' }, text));
    return textOf(await ask(await contextOf([from]), 'who is', { name: 'Rosa Lund' }));
  };
  expect(await called('“No,” said Rosa Lund. Lund left at noon, and Ms Lund came back.')).not.toContain('Also called');
  expect(await called('“No,” said Rosa Lund (羅莎). Lund left at noon.')).toContain('Also called “羅莎”.');
});

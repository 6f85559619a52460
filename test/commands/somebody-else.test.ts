import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { KNOWN, NOT_HIS } from '../following/somebody-else.ts';
import { quotedLines, refusalOf } from '../replies/read-reply.ts';
import { ask, contextOf } from './ask.ts';

const read = (title: string, text: string) => attribute(toArticle(title, { ...UNKNOWN_METADATA, title }, text));
const known = await read('known', KNOWN);
const all = await contextOf([known, ...(await Promise.all(NOT_HIS.map(({ what, text }) => read(what, text))))]);

const COMMANDS = [
  ['who is', { name: 'Jordan Lee' }],
  ['timeline', { speaker: 'Jordan Lee' }],
  ['compare', { a: 'Jordan Lee', b: 'Morgan Lee' }],
  ['ask', { question: 'What did Jordan Lee say?' }],
  ['random', { speaker: 'Jordan Lee' }],
] as const;

test.each(COMMANDS)('/%s quotes Jordan Lee and nobody whose name or description has his', async (path, options) => {
  const reply = await ask(all, path, options);
  expect(refusalOf(reply)).toBeUndefined();
  const lines = quotedLines(reply).join('\n');
  expect(lines).toContain('The bridge is open');
  const others = NOT_HIS.filter(({ what }) => what !== 'another first name').filter(({ words }) =>
    lines.includes(words),
  );
  expect(others.map(({ what }) => what)).toEqual([]);
});

test.each(NOT_HIS)('/quote with `speaker` doesn’t find $what', async ({ words }) => {
  const lines = quotedLines(await ask(all, 'quote', { words, speaker: 'Jordan Lee' })).join('\n');
  expect(lines).not.toContain(words);
});

test.each(NOT_HIS)('/timeline of a library with nothing but $what finds nothing by Jordan Lee', async each => {
  const reply = await ask(await contextOf([await read(each.what, each.text)]), 'timeline', { speaker: 'Jordan Lee' });
  expect(quotedLines(reply)).toEqual([]);
});

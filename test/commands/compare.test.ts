import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { idOf, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf, offered } from './ask.ts';
import { saidBy } from './statement.ts';

const seed = buildSeed();
const lee = [1, 2, 3].map(day => saidBy('Ann Lee', `Bridge number ${day} is safe,`, `2022-03-0${day}`));
const cho = [saidBy('Bo Cho', 'No bridge is safe,', '2022-04-01'), saidBy('Bo Cho', 'Rain is wet,', undefined)];
const context = await contextOf([...lee, ...cho, seed]);
const both = { a: 'Ann Lee', b: 'Bo Cho' };

test('shows what two people said, one below the other, newest first, each with its citation', async () => {
  const reply = await ask(context, 'compare', both);
  expect(refusalOf(reply)).toBeUndefined();
  const text = textOf(reply);
  expect(text.indexOf('### Ann Lee\n-# 3 quotes')).toBe(0);
  expect(text.indexOf('### Bo Cho\n-# 2 quotes')).toBeGreaterThan(0);
  expect(quotedLines(reply).map(line => line.match(/“[^”]+”/v)?.[0])).toEqual([
    '“Bridge number 3 is safe,”',
    '“Bridge number 2 is safe,”',
    '“No bridge is safe,”',
    '“Rain is wet,”',
  ]);
  expect(text.match(/¶1/gv)).toHaveLength(4);
});

test('pages turn both, and say if one has no more', async () => {
  const first = await ask(context, 'compare', both);
  const { reply, kind } = await answerComponent(idOf(first, 'Next'), context);
  expect(kind).toBe('update');
  expect(quotedLines(reply)).toHaveLength(1);
  expect(textOf(reply)).toContain('Bridge number 1');
  expect(textOf(reply)).toContain('No more quotes by **Bo Cho**.');
  expect(textOf((await answerComponent(idOf(reply, 'Previous'), context)).reply)).toBe(textOf(first));
});

test('with a subject, shows only quotes on it, under their speakers', async () => {
  const reply = await ask(context, 'compare', { ...both, words: 'no bridge is safe' });
  expect(textOf(reply)).toContain('On “no bridge is safe”');
  expect(textOf(reply)).toContain('No bridge is safe,');
  expect(textOf(reply)).not.toContain('Rain is wet');
  const one = await ask(context, 'compare', { ...both, words: 'rain is wet' });
  expect(textOf(one)).toContain('I found no quotes by **Ann Lee** on “rain is wet”.');
  expect(quotedLines(one)).toHaveLength(1);
});

test('unnamed speakers are only those of their article', async () => {
  const reply = await ask(context, 'compare', { a: 'a senior US official', b: 'CNN' });
  expect(textOf(reply)).toContain('### a senior US official\n-# 2 quotes');
  expect(textOf(reply)).toContain('### CNN\n-# 1 quote');
  expect(textOf(reply)).toContain('most likely **a senior US official**');
  for (const line of quotedLines(reply)) expect(seed.article.text).toContain(line);
});

test('says if several people go by a name', async () => {
  const text = textOf(await ask(context, 'compare', { a: 'the official', b: 'Ann Lee' }));
  expect(text).toContain('“the official” could also be');
});

test.each([
  [{ a: 'Ann Lee', b: 'Ann Lee' }, 'the same speaker'],
  [{ a: 'Ann Lee', b: 'Nobody Atall' }, 'I don’t know anyone called “Nobody Atall”'],
  [{ a: 'Ann Lee', b: 'Yang Jiechi' }, 'No quotes by **Yang Jiechi**'],
  [{ ...both, words: 'zebras in pyjamas' }, 'I found nothing like that by either of them'],
  [{ ...both, words: 'x'.repeat(90) }, 'Try fewer words'],
  [{ a: 'Ann Lee' }, 'Type two names'],
])('%o: a private line with the next step', async (texts, told) => {
  const reply = await ask(context, 'compare', texts);
  expect(textOf(reply)).toContain(told);
  expect(isPrivate(reply)).toBe(true);
});

test('both names have completion, and so do subjects short enough for a button', async () => {
  for (const option of ['a', 'b']) {
    expect(await offered(context, 'compare', option, 'ann')).toContainEqual({ name: 'Ann Lee', value: 'Ann Lee' });
  }
  const subjects = await offered(context, 'compare', 'words', 'open lines');
  expect(subjects.every(({ value }) => value.length <= 76)).toBe(true);
});

test('a button for an unknown person has expired', async () => {
  const id = idOf(await ask(context, 'compare', both), 'Next');
  for (const forged of [`${id.slice(0, 10)}__${id.slice(12)}`, `${id.slice(0, 4)}AAAAAA${id.slice(10)}`]) {
    const { reply, kind } = await answerComponent(forged, context);
    expect(kind).toBe('message');
    expect(textOf(reply)).toContain('has expired');
  }
});

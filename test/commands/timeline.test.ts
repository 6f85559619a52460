import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { isPrivate, type Reply } from '../../src/replies/reply.ts';
import { buttonsOf, idOf, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';
import { saidBy } from './statement.ts';

// Added in an order other than by day.
const days = [
  '2022-03-05',
  undefined,
  '2021-12-31',
  '2022-03-04T23:30:00-05:00',
  '2020-02-29',
  undefined,
  '2023-01-01',
];
const articles = days.map((day, at) => saidBy('Ann Lee', `Bridge number ${at} is safe,`, day));
const context = await contextOf([...articles, saidBy('Bo Cho', 'Rain is wet,', '2022-01-01'), buildSeed()]);
const inOrder = [4, 2, 3, 0, 6, 1, 5];

function numbersIn(reply: Reply): number[] {
  return quotedLines(reply).map(line => Number(line.match(/number (?<number>\d)/v)?.groups?.number));
}

test('shows the oldest first, pages with buttons, and ends with undated quotes, marked as such', async () => {
  let shown = await ask(context, 'timeline', { speaker: 'Ann Lee' });
  expect(textOf(shown)).toContain('### Ann Lee\n-# 7 quotes, oldest first by article date');
  expect(textOf(shown)).toContain('**29 February 2020**');
  expect(textOf(shown)).not.toContain('Undated');
  const numbers = numbersIn(shown);
  for (let page = 1; page < 3; page += 1) {
    const { kind, reply } = await answerComponent(idOf(shown, 'Next'), context);
    expect(kind).toBe('update');
    expect(refusalOf(reply)).toBeUndefined();
    numbers.push(...numbersIn(reply));
    shown = reply;
  }
  expect(numbers).toEqual(inOrder);
  expect(buttonsOf(shown).find(({ label }) => label === 'Next')?.disabled).toBe(true);
  expect(textOf(shown)).toContain('Undated quotes come last.');
  expect(textOf(shown)).toContain('**Date unknown**');
});

test('each statement has its source', async () => {
  const reply = await ask(context, 'timeline', { speaker: 'Ann Lee' });
  expect(textOf(reply).match(/¶1/gv)).toHaveLength(3);
  expect(textOf(reply)).not.toContain('Rain');
});

test('between two days inclusive: nothing undated', async () => {
  const reply = await ask(context, 'timeline', { speaker: 'Ann Lee', after: '2021-12-31', before: '4 March 2022' });
  expect(numbersIn(reply)).toEqual([2, 3]);
  expect(textOf(reply)).toContain('2 quotes from 31 December 2021 until 4 March 2022, oldest first');
});

test('on a subject', async () => {
  const reply = await ask(context, 'timeline', { speaker: 'Ann Lee', words: 'bridge number is safe' });
  expect(textOf(reply)).toContain('7 quotes on “bridge number is safe”');
  const numbers = numbersIn(reply);
  expect(numbers).toEqual(inOrder.filter(number => numbers.includes(number)));
  const next = await answerComponent(idOf(reply, 'Next'), context);
  expect(numbersIn(next.reply)).toEqual(inOrder.slice(3, 6));
});

test('follows an unnamed speaker only through their article, with the certainty of each statement', async () => {
  const text = textOf(await ask(context, 'timeline', { speaker: 'another US official familiar with the discussions' }));
  expect(text).toContain('3 quotes');
  expect(text).toContain('the article doesn’t say who');
});

test('can be private, and shared', async () => {
  const reply = await ask(context, 'timeline', { speaker: 'Ann Lee' }, true);
  expect(isPrivate(reply)).toBe(true);
  const shared = await answerComponent(idOf(reply, 'Share'), { ...context, isPrivate: true });
  expect(isPrivate(shared.reply)).toBe(false);
  expect(textOf(shared.reply)).toBe(textOf(reply));
});

test.each([
  [{}, 'Type a name'],
  [{ speaker: 'Nobody Atall' }, 'I don’t know anyone called'],
  [{ speaker: 'Nobody Atall', after: '2024' }, 'I don’t know anyone called'],
  [{ speaker: 'Yang Jiechi' }, 'No quotes by **Yang Jiechi**'],
  [{ speaker: 'Ann Lee', after: 'one day' }, 'as a date'],
  [{ speaker: 'Ann Lee', after: '2022', before: '2021' }, 'No day is both'],
  [{ speaker: 'Ann Lee', after: '2024' }, 'I found no quotes by **Ann Lee** in that period. Try without `after`.'],
  [{ speaker: 'Ann Lee', words: 'zebras in pyjamas' }, 'Try without `words`.'],
])('%o: a private line with the next step', async (texts, told) => {
  const reply = await ask(context, 'timeline', texts);
  expect(textOf(reply)).toContain(told);
  expect(isPrivate(reply)).toBe(true);
});

import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { idOf, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';
import { saidBy } from './statement.ts';

const bridges = [
  saidBy('Ann Lee', 'The harbour bridge stays closed until its bolts are checked,', '2022-03-14'),
  saidBy('Bo Cho', 'Nobody has checked the bolts of the harbour bridge since Easter,', '2022-03-15'),
];
const others = [
  saidBy('Dee Dunn', 'Cattle were moved to higher ground over the weekend,', '2022-03-16'),
  saidBy('Eve Ebb', 'Rain is expected from Thursday on,', '2022-03-17'),
];
const context = await contextOf([...bridges, ...others]);

test('More like this shows other quotes with the same distinctive words, whoever said them', async () => {
  const quote = await ask(context, 'quote', { words: 'stays closed until its bolts are checked' });
  const { kind, reply } = await answerComponent(idOf(quote, 'More like this'), context);
  expect(kind).toBe('message');
  expect(refusalOf(reply)).toBeUndefined();
  expect(isPrivate(reply)).toBe(false);
  expect(textOf(reply)).toContain('### Bo Cho');
  expect(quotedLines(reply)).toEqual([bridges[1]?.article.text]);
  expect(textOf(reply)).toContain('**bolts**');
});

test('is private below a private quote', async () => {
  const quote = await ask(context, 'quote', { words: 'stays closed until its bolts are checked' }, true);
  expect(isPrivate((await answerComponent(idOf(quote, 'More like this'), { ...context, isPrivate: true })).reply)).toBe(
    true,
  );
});

test('finds a quote that shares words, even if the rarest words of a long quote are elsewhere', async () => {
  const official = await contextOf([buildSeed()]);
  const quote = await ask(official, 'quote', { words: 'intense seven-hour session' });
  const { reply } = await answerComponent(idOf(quote, 'More like this'), official);
  expect(textOf(reply)).toContain('### Most likely a senior US official');
  expect(textOf(reply)).toContain('**open lines** of **communication**');
  const back = await ask(official, 'quote', { words: 'especially on areas where we disagree' });
  const other = (await answerComponent(idOf(back, 'More like this'), official)).reply;
  expect(quotedLines(other)[0]).toContain('an intense seven-hour session');
});

test('says so if nothing is similar', async () => {
  const quote = await ask(context, 'quote', { words: 'cattle were moved' });
  const { reply } = await answerComponent(idOf(quote, 'More like this'), context);
  expect(isPrivate(reply)).toBe(true);
  expect(textOf(reply)).toContain('no other quote like that one');
});

import { describe, expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { idOf, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildNested, buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';
import { saidBy } from './statement.ts';

const seed = buildSeed();
const rain = saidBy('Ann Lee', 'Rain is wet, and so is the old bridge,', '2022-03-14');
const snow = saidBy('Ann Lee', 'Snow is cold, and so is the old bridge,', '2022-03-15');
const silent = Array.from({ length: 30 }, (_, at) => buildArticle(`silent ${at}`, `It rained ${at} times.`));
const context = await contextOf([seed, rain, ...silent, snow]);
const many = Array.from({ length: 40 });

/** Returns the same statement with one property changed. */
function changed(change: object) {
  return { ...rain, attributions: rain.attributions.map(each => ({ ...each, ...change })) };
}

test('shows one quote with its speaker and citation, valid for Discord', async () => {
  const texts = new Set<string>();
  for (const _ of many) {
    const reply = await ask(context, 'random');
    expect(refusalOf(reply)).toBeUndefined();
    expect(textOf(reply)).toMatch(/^### (?:Most likely )?(?:Ann Lee|a senior US official|another US official)/v);
    expect(textOf(reply)).toMatch(/¶\d/v);
    expect(quotedLines(reply)).toHaveLength(1);
    texts.add(textOf(reply));
  }
  expect(texts.size).toBeGreaterThan(1);
});

test('with a speaker, shows only their quotes, from any of their articles', async () => {
  const lines = new Set<string>();
  for (const _ of many)
    for (const line of quotedLines(await ask(context, 'random', { speaker: 'Ann Lee' }))) lines.add(line);
  expect([...lines].sort()).toEqual([rain.article.text, snow.article.text]);
});

test('with a speaker who only said a few words, shows these', async () => {
  const walsh = saidBy('Peter Walsh', 'That is simply not true,', '2022-03-14');
  const around = await contextOf([walsh]);
  expect(quotedLines(await ask(around, 'random', { speaker: 'Walsh' }))).toEqual([walsh.article.text]);
  expect(textOf(await ask(around, 'random'))).toContain('no quote that I can confidently credit to anyone');
});

test('with a name that several have, shows a quote by whoever has one, and whom the name may mean', async () => {
  const reported = saidBy('Bo Lee', 'Rain is wet, and so is the new bridge,', '2022-03-16');
  const quoteless = [1, 2].map(at => ({
    ...reported,
    article: { ...reported.article, id: `bo ${at}` },
    attributions: reported.attributions.map(each => ({ ...each, type: 'indirect' as const })),
  }));
  const around = await contextOf([rain, ...quoteless]);
  const reply = await ask(around, 'random', { speaker: 'Lee' });
  expect(quotedLines(reply)).toEqual([rain.article.text]);
  expect(textOf(reply)).toContain('**Bo Lee**');
  expect(textOf(await ask(around, 'random', { speaker: 'Bo Lee' }))).toContain('no direct quote');
});

test('with a speaker, prefers a quote of more than a few words', async () => {
  const around = await contextOf([rain, saidBy('Ann Lee', 'It is,', '2022-03-16')]);
  for (const _ of many.slice(0, 10)) {
    expect(quotedLines(await ask(around, 'random', { speaker: 'Ann Lee' }))).toEqual([rain.article.text]);
  }
});

describe('never shows', () => {
  test.each([
    ['one that may be misread', { doubtful: true }],
    ['one of which it is unclear whose it is', { certainty: 'unclear' }],
    ['one of which it is concluded whose it is', { certainty: 'inferred' }],
    ['one that the article reports in its own wording', { type: 'indirect' }],
  ])('%s', async (_what, change) => {
    const around = await contextOf([changed(change)]);
    const reply = await ask(around, 'random');
    expect(isPrivate(reply)).toBe(true);
    expect(textOf(reply)).toContain('no quote that I can confidently credit to anyone');
    const theirs = await ask(around, 'random', { speaker: 'Ann Lee' });
    expect(textOf(theirs)).toContain('no direct quote I can confidently credit to **Ann Lee**');
  });

  test('a report whose original speaker is unclear', async () => {
    const told = rain.attributions.flatMap(each => {
      const teller = { ...each, type: 'indirect', certainty: 'unclear' } as const;
      return [teller, { ...each, reportedBy: teller }];
    });
    const reply = await ask(await contextOf([{ ...rain, attributions: told }]), 'random');
    expect(textOf(reply)).toContain('no quote that I can confidently credit to anyone');
  });

  test('a word or two', async () => {
    expect(textOf(await ask(await contextOf([buildNested()]), 'random'))).toContain(
      'no quote that I can confidently credit to anyone',
    );
  });
});

test('has the buttons of a quote', async () => {
  const reply = await ask(context, 'random', { speaker: 'Ann Lee' }, true);
  expect(isPrivate(reply)).toBe(true);
  const shared = await answerComponent(idOf(reply, 'Share'), { ...context, isPrivate: true });
  expect(textOf(shared.reply)).toBe(textOf(reply));
  const card = await answerComponent(idOf(reply, 'Card'), { ...context, isPrivate: true });
  expect(card.reply.files).toHaveLength(1);
});

test.each([
  [{ speaker: 'Nobody Atall' }, 'I don’t know anyone called'],
  [{ speaker: 'Yang Jiechi' }, 'No quotes by **Yang Jiechi**'],
])('%o: a private line with the next step', async (texts, told) => {
  const reply = await ask(context, 'random', texts);
  expect(textOf(reply)).toContain(told);
  expect(isPrivate(reply)).toBe(true);
});

test('says so if the library is empty', async () => {
  expect(textOf(await ask(await contextOf([]), 'random'))).toContain('The library is empty');
});

import { describe, expect, test } from 'vitest';
import { answerPress } from '../../src/commands/press.ts';
import { sayIn } from '../../src/wording/say.ts';
import { idOf, quotedLines, refusalOf, textOf } from '../replies/check.ts';
import { buildSeed } from '../search/build.ts';
import { ask, contextOf } from './ask.ts';

const context = await contextOf([buildSeed()]);

const nobodyIsQuoted = /nobody is quoted|quotes? nobody|own voice/iv;

describe('words that name who speaks are nobody’s words, and the answer says whose quotation stands there', () => {
  test.each([
    ['quote', 'senior US official', '### a senior US official'],
    ['quote', 'Jake Sullivan', '### Jake Sullivan'],
    ['quote', 'Sullivan', '### Jake Sullivan'],
    ['who said', 'US officials said on Monday', '### US officials'],
    ['who said', 'CNN', '### CNN'],
    [
      'who said',
      'another US official familiar with the discussions',
      '### another US official familiar with the discussions',
    ],
  ])('/%s words:%s', async (path, words, heading) => {
    const reply = await ask(context, path, { words });
    const [first, second] = textOf(reply).split('\n');
    expect(first).toBe('-# Nobody says the words in bold: they tell who speaks here.');
    expect(second).toBe(heading);
    expect(textOf(reply)).not.toMatch(nobodyIsQuoted);
    expect(refusalOf(reply)).toBeUndefined();
  });

  test('the same below a button, and in Chinese', async () => {
    const before = await ask(context, 'quote', { words: 'Jake Sullivan' });
    const { reply } = await answerPress(idOf(before, 'Context'), false, { ...context, say: sayIn('zh-TW') });
    expect(textOf(reply)).toContain('-# 粗體字不是誰說的話，而是指出此處的發言者。\n### Jake Sullivan');
  });

  test('a card says why there is none', async () => {
    expect(textOf(await ask(context, 'card', { words: 'senior US official' }))).toBe(
      'These words tell who speaks, and nobody says them. Ask for words that they said, and I make a card of those.',
    );
  });
});

describe('the article’s own words beside a quotation', () => {
  test.each(['quote', 'who said'])('/%s says whom it quotes there', async path => {
    const text = textOf(await ask(context, path, { words: 'Yang Jiechi' }));
    expect(text).toContain(
      '### The article itself\n-# Nobody is quoted with the words in bold; beside them stand words by **Jake Sullivan**',
    );
    expect(text).not.toMatch(/quotes nobody|own voice/v);
  });

  test('/card', async () => {
    expect(textOf(await ask(context, 'card', { words: 'Yang Jiechi' }))).toBe(
      'The article says these words itself, beside what it quotes. Ask for words that somebody says there.',
    );
  });

  test('where nobody is quoted, the answer still says so', async () => {
    const reply = await ask(context, 'quote', { words: 'shopping list in China' });
    expect(textOf(reply)).toContain('Nobody is quoted here: the article says this in its own voice.');
    expect(quotedLines(reply)[0]).toMatch(/^Top of the Russian military shopping list/v);
  });
});

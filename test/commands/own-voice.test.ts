import { describe, expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { sayIn } from '../../src/wording/say.ts';
import { idOf, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const context = await contextOf([buildSeed()]);

const nobodyIsQuoted = /nobody is quoted|no speakers found|own words/iv;

describe('words that introduce a speaker belong to nobody, and the answer says whose quote follows', () => {
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
    expect(first).toBe('-# The words in bold aren’t a quote: they introduce the speaker.');
    expect(second).toBe(heading);
    expect(textOf(reply)).not.toMatch(nobodyIsQuoted);
    expect(refusalOf(reply)).toBeUndefined();
  });

  test('so does the answer below a button, and in Chinese', async () => {
    const before = await ask(context, 'quote', { words: 'Jake Sullivan' });
    const { reply } = await answerComponent(idOf(before, 'Context'), { ...context, say: sayIn('zh-TW') });
    expect(textOf(reply)).toContain('-# 粗體字不是引文，而是介紹發言者的文字。\n### Jake Sullivan');
  });

  test('a card explains why there is none', async () => {
    expect(textOf(await ask(context, 'card', { words: 'senior US official' }))).toBe(
      'Those words introduce the speaker. Try the words that were said, and I’ll make a card of them.',
    );
  });
});

describe('the article’s own words next to a quote', () => {
  test.each(['quote', 'who said'])('/%s names the person quoted there', async path => {
    const text = textOf(await ask(context, path, { words: 'Yang Jiechi' }));
    expect(text).toContain(
      '### The article itself\n-# The words in bold aren’t a quote. Quoted next to them: **Jake Sullivan**',
    );
    expect(text).not.toMatch(/[Nn]obody is quoted|no speakers found/v);
  });

  test('/card', async () => {
    expect(textOf(await ask(context, 'card', { words: 'Yang Jiechi' }))).toBe(
      'Those are the article’s own words, next to a quote. Try the words that were said.',
    );
  });

  test('if nobody is quoted, the answer still says so', async () => {
    const reply = await ask(context, 'quote', { words: 'shopping list in China' });
    expect(textOf(reply)).toContain('Nobody is quoted here. These are the article’s own words.');
    expect(quotedLines(reply)[0]).toMatch(/^Top of the Russian military shopping list/v);
  });
});

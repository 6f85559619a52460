import { describe, expect, test } from 'vitest';
import { lettersWithoutFont } from '../../src/cards/typefaces.ts';
import { answerComponent } from '../../src/commands/components.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import {
  buttonsOf,
  descriptionOf,
  idOf,
  labelsIn,
  menuIn,
  quotedLines,
  refusalOf,
  textOf,
} from '../replies/read-reply.ts';
import { buildNested, buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const seed = buildSeed();
const nested = buildNested();
const context = await contextOf([seed, nested]);
const articles = [seed, nested].map(({ article }) => article);
const allText = articles.map(({ text }) => text).join('\n');
const known = new Set(
  articles.flatMap(({ text, title, outlet = '' }) => `${text} ${title} ${outlet}`.match(/[a-z]+/giv) ?? []),
);

/** One answer of every kind. */
const asked: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['quote', { words: 'open lines of communication' }],
  ['quote', { words: 'I guess it depends' }],
  ['who said', { words: 'open lines of communication' }],
  ['who said', { words: 'it really is a project of Xi' }],
  ['who said', { words: 'Top of the Russian military shopping list in China' }],
  ['who is', { name: 'the official' }],
  ['who is', { name: 'Yang Jiechi' }],
  ['who is', { name: 'Bo Cho' }],
  ['speakers', {}],
  ['speakers', { article: seed.article.id }],
  ['compare', { a: 'a senior US official', b: 'CNN' }],
  ['compare', { a: 'a senior US official', b: 'CNN', words: 'lines of communication' }],
  ['timeline', { speaker: 'a senior US official' }],
  ['random', {}],
  ['summary', { article: seed.article.id, length: 'long' }],
  ['summary', { article: nested.article.id }],
  ['card', { words: 'open lines of communication' }],
  ['card', { words: 'I guess it depends on how you define success' }],
  ['card', { words: 'Top of the Russian military shopping list in China' }],
  ['quote', {}],
  ['who said', {}],
  ['who is', {}],
  ['compare', {}],
  ['timeline', {}],
  ['card', {}],
];

/** Returns the words of an answer, without the addresses of its links. */
function saidBy(reply: Reply): string {
  const menu = menuIn(reply);
  const details = menu?.options.map(({ description }) => description ?? '') ?? [];
  const words = [textOf(reply), descriptionOf(reply) ?? '', ...labelsIn(reply), menu?.placeholder ?? '', ...details];
  return words.join('\n').replaceAll(/\]\(<[^>]*>\)/gv, ']');
}

describe.each(LANGUAGES)('in %s', language => {
  const here = { ...context, say: sayIn(language) };

  test.each(asked)(
    '/%s %o is an answer that Discord accepts, and its quotes are in an article',
    async (path, texts) => {
      const reply = await ask(here, path, texts, true);
      expect(refusalOf(reply)).toBeUndefined();
      for (const line of quotedLines(reply)) expect(allText).toContain(line);
    },
  );

  test('shows the same quotes, names and citations as in English', async () => {
    const texts = { words: 'open lines of communication' };
    const reply = await ask(here, 'who said', texts);
    const english = await ask(context, 'who said', texts);
    expect(quotedLines(reply)).toEqual(quotedLines(english));
    expect(quotedLines(reply).length).toBeGreaterThan(0);
    expect(textOf(reply).match(/¶\d+$/gmv)).toEqual(textOf(english).match(/¶\d+$/gmv));
    expect(textOf(reply)).toContain('### a senior US official');
    expect(buttonsOf(reply).map(({ custom_id }) => custom_id)).toEqual(buttonsOf(english).map(each => each.custom_id));
  });

  test('fonts have every letter of a card with its notes, and of a chart', async () => {
    for (const [path, texts] of [
      ['card', { words: 'I guess it depends on how you define success' }],
      ['speakers', { article: seed.article.id }],
    ] as const) {
      const reply = await ask(here, path, texts);
      expect(reply.files).toHaveLength(1);
      expect(lettersWithoutFont([descriptionOf(reply) ?? ''])).toEqual([]);
    }
  });
});

describe.each(['zh-TW', 'zh-CN'] as const)('in %s', language => {
  const here = { ...context, say: sayIn(language) };
  /** Ignores words from articles, and those of shortened names. */
  const english = (reply: Reply) =>
    (saidBy(reply).match(/[a-z]{2,}(?![a-z…])/giv) ?? []).filter(word => !known.has(word));

  test.each(asked)('/%s %o has no English except words from articles', async (path, texts) => {
    const reply = await ask(here, path, texts, true);
    expect(english(reply)).toEqual([]);
    expect(saidBy(reply)).toMatch(/\p{sc=Han}/v);
  });

  test('nor do the context view and similar quotes', async () => {
    const quote = await ask(here, 'quote', { words: 'open lines of communication' }, true);
    for (const label of ['button.context', 'button.like', 'button.card', 'button.share'] as const) {
      const { reply } = await answerComponent(idOf(quote, here.say(label)), { ...here, isPrivate: true });
      expect(english(reply)).toEqual([]);
    }
  });
});

import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/news/article.ts';
import type { Span } from '../../src/news/span.ts';
import { weight } from '../../src/replies/limits.ts';
import { showExcerpt } from '../../src/replies/parts/excerpt.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { buildArticle } from '../search/build-article.ts';

const say = sayIn('en');

function excerptOf(article: Article, matches: readonly Span[] = []) {
  const [paragraph] = article.paragraphs;
  if (paragraph === undefined) throw new Error('There is a paragraph');
  return { article, paragraph, span: paragraph, matches };
}

function spanOf(text: string, words: string): Span {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
}

describe('matched words are bold', () => {
  const { article } = buildArticle('a', 'We will *keep* open lines of communication.');

  test('a run of them is one bold piece, and special characters don’t break it', () => {
    const matches = ['*keep*', 'open', 'lines'].map(words => spanOf(article.text, words));
    expect(showExcerpt(excerptOf(article, matches), 500, say)).toBe(
      String.raw`> We will **\*keep\* open lines** of communication.`,
    );
  });

  test('a match that extends beyond the excerpt is bold within it', () => {
    expect(showExcerpt(excerptOf(article, [{ start: 0, end: 999 }]), 500, say)).toBe(
      String.raw`> **We will \*keep\* open lines of communication.**`,
    );
  });
});

describe('a long excerpt', () => {
  const sentences = Array.from({ length: 40 }, (_, at) => `This is sentence number ${at} of the speech.`);
  const { article } = buildArticle('long', sentences.join(' '));

  test('begins with the matched sentence, ends with a sentence and says that it was shortened', () => {
    const shown = showExcerpt(excerptOf(article, [spanOf(article.text, 'number 20')]), 300, say);
    expect(shown).toMatch(
      /^> This is sentence \*\*number 20\*\* of the speech\. .* speech\.\n-# Shortened to fit. There’s more in ¶1\.$/,
    );
    expect(shown.length).toBeLessThanOrEqual(300);
  });

  test.each(LANGUAGES)('is no longer than allowed in %s, note included', language => {
    const endless = buildArticle('endless', 'and on '.repeat(900).trim()).article;
    for (const each of [article, endless]) {
      for (let room = 280; room < 320; room += 1) {
        expect(weight(showExcerpt(excerptOf(each), room, sayIn(language)))).toBeLessThanOrEqual(room);
      }
    }
  });

  test('a sentence longer than the limit is cut between words, around the match', () => {
    const endless = buildArticle(
      'endless',
      `${'and on '.repeat(900)}to the needle ${'and on '.repeat(900)}`.trim(),
    ).article;
    const shown = showExcerpt(excerptOf(endless, [spanOf(endless.text, 'needle')]), 400, say);
    expect(shown).toMatch(
      /^> (?:and|on) .*to the \*\*needle\*\* and on .*(?:and|on)\n-# This very long sentence was shortened/,
    );
    expect(shown.length).toBeLessThanOrEqual(400);
  });

  test('no character is cut in two', () => {
    const faces = buildArticle('faces', '😀'.repeat(3000)).article;
    for (const room of [300, 301, 302, 303]) {
      expect(showExcerpt(excerptOf(faces), room, say)).toMatch(/^> (?:😀)+\n/u);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { citation, plainDay, plainTitle, titleOver } from '../../src/replies/parts/citation.ts';
import { sayIn } from '../../src/wording/say.ts';
import { buildArticle } from '../search/build-article.ts';

const say = sayIn('en');

const text = 'The “official” said: we will keep open lines of communication, whatever happens - or not, in the end.';
const { article: bare } = buildArticle('talks', text);
const known = {
  ...bare,
  title: 'Talks *go on*',
  titleIsDescriptive: false,
  outlet: 'The Paper',
  published: '2022-03-14',
  url: 'https://news.example/talks_(1)',
};
const all = { start: 0, end: text.length };

describe('a citation gives what is known and invents nothing', () => {
  test('with only a descriptive title', () => {
    expect(citation(bare, 1, all, say)).toBe('-# *talks* · descriptive title · ¶1');
  });

  test('with everything known: the link jumps to the exact words', () => {
    const start = text.indexOf('open');
    expect(citation(known, 4, { start, end: start + 27 }, say)).toBe(
      String.raw`-# [Talks \*go on\*](<https://news.example/talks_%281%29#:~:text=open%20lines%20of%20communication>) · The Paper · 14 March 2022 · ¶4`,
    );
  });

  test('for a long excerpt, the link has its first and last words, percent-encoded as needed', () => {
    expect(titleOver(known, text, say)).toContain(
      '#:~:text=The%20%E2%80%9Cofficial%E2%80%9D%20said%3A%20we%20will,or%20not%2C%20in%20the%20end>',
    );
  });

  test('for an endless one, too, without looking at all of it', () => {
    const endless = `We will ${'go there, '.repeat(500_000)}and stay.`;
    expect(titleOver(known, endless, say)).toContain(
      '#:~:text=We%20will%20go%20there%2C%20go,there%2C%20go%20there%2C%20and%20stay>',
    );
  });

  test('the link works for Chinese words, though they have no spaces', () => {
    expect(titleOver(known, '習近平說不。', say)).toContain(`#:~:text=${encodeURIComponent('習近平說不')}>`);
  });

  test.each([
    [
      'a title that would break the link stays beside it',
      { title: 'See [here] now' },
      String.raw`See \[here\] now ([open](<`,
    ],
    ['an instant is the day at the publisher’s', { published: '2022-03-14T23:30:00-05:00' }, ' · 14 March 2022 · '],
    ['a time without a zone is only a day', { published: '2022-03-14T23:30' }, '14 March 2022'],
    ['an address’s own fragment is kept', { url: 'https://news.example/#top' }, '#top:~:text='],
  ])('%s', (_why, change, shown) => {
    expect(titleOver({ ...known, ...change, updated: true }, text, say)).toContain(shown);
  });

  test.each([
    ['en', '2 May 2024', '1 June 2024'],
    ['zh-TW', '2024年5月2日', '2024年6月1日'],
    ['zh-CN', '2024年5月2日', '2024年6月1日'],
  ] as const)('days have one format in %s, with or without a time', (language, second, first) => {
    for (const published of ['2024-05-02', '2024-05-02T23:30:00Z', '2024-05-02T01:00:00+08:00']) {
      expect(titleOver({ ...known, published }, text, sayIn(language))).toContain(` · ${second}`);
    }
    expect(plainDay('2024-06-01', sayIn(language))).toBe(first);
    expect(plainDay('2024-13-01', sayIn(language))).toBeUndefined();
  });

  test.each([
    ['👩‍👩‍👧 می‌روم', '👩‍👩‍👧 می‌روم'],
    [' Talks\u202e go\n on\u200b ', 'Talks go on'],
    ['\u200b', 'talks'],
  ])('in a list of choices, a title is on one line, with the joiners of its letters: %j', (title, shown) => {
    expect(plainTitle({ ...known, title }, 100)).toBe(shown);
  });

  test('an address too long for a message is left out', () => {
    expect(titleOver({ ...known, url: `https://news.example/${'x'.repeat(900)}` }, text, say)).not.toContain('](');
  });
});

import { describe, expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { ACCENTS, asLine, notice, reply } from '../../src/replies/reply.ts';
import type { Language } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { menuIn, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildSeed } from '../search/build-article.ts';
import { ask, contextOf, offered } from './ask.ts';

const english = await contextOf([buildSeed()]);

function contextIn(language: Language) {
  return { ...english, say: sayIn(language) };
}

test('a private answer for everybody has no space between Chinese sentences', () => {
  const answer = reply({
    accent: ACCENTS.unclear,
    texts: ['沒有這樣的內容。\nIt rained.\n引文說是 Lee 說的。'],
    private: true,
  });
  expect(textOf(asLine(answer))).toBe('沒有這樣的內容。It rained.');
  expect(textOf(asLine(notice('It rained.\nIt snowed.')))).toBe('It rained. It snowed.');
});

describe('says in the user’s language that something isn’t there', () => {
  test.each([
    [
      'zh-TW',
      'quote',
      { words: 'zebras in pyjamas' },
      '這裡唯一的文章沒有符合「zebras in pyjamas」的內容。',
      '</article list:',
    ],
    [
      'zh-CN',
      'quote',
      { words: 'zebras in pyjamas', speaker: 'CNN' },
      '在这个范围内找不到类似“zebras',
      '不填`发言者`。',
    ],
    [
      'zh-TW',
      'quote',
      { words: 'zebras', outlet: 'CNN', after: '2020', before: '2023年3月' },
      '不填`媒體`、`起始日`和`截止日`',
      '在這個範圍內',
    ],
    ['zh-TW', 'quote', { words: 'drones', speaker: 'Yang Jiechi' }, '這篇文章沒有引述', '**Yang Jiechi**'],
    ['zh-CN', 'who is', { name: 'Nobody Atall' }, '找不到“Nobody Atall”这个人。', '</speakers:'],
    ['zh-CN', 'quote', { words: 'drones', after: '去年' }, '无法识别日期“去年”。', '`昨天`'],
    ['zh-TW', 'quote', { words: 'drones', after: '2023', before: '2022年' }, '既在「2023」之後', '「2022年」之前'],
    ['zh-TW', 'summary', { article: '@everyone' }, String.raw`沒有「\@everyone」這篇文章`, '</article list:'],
  ] as const)('%s /%s %o', async (language, path, texts, ...told) => {
    const reply = await ask(contextIn(language), path, texts);
    for (const words of told) expect(textOf(reply)).toContain(words);
    expect(refusalOf(reply)).toBeUndefined();
  });

  test('lists the names that may be meant', async () => {
    const text = textOf(await ask(contextIn('zh-TW'), 'who is', { name: 'Jack Sulivan' }));
    expect(text).toMatch(/「Jack Sulivan」.*\*\*Jake Sullivan\*\*（.*）/v);
  });

  test('lists the titles that may be meant', async () => {
    const two = await contextOf(['rome-talks', 'rome-games'].map(title => buildArticle(title, 'Some words.')));
    const text = textOf(await ask({ ...two, say: sayIn('zh-CN') }, 'article show', { article: 'rome' }));
    expect(text).toMatch(/“rome”可能是\*\*rome-(?:talks|games)\*\*或\*\*rome-(?:talks|games)\*\*。/v);
  });
});

describe('the help', () => {
  test.each([
    ['zh-TW', '`/引述 字句:open lines of communication`', '`/摘要 篇幅:短`', '**查證引文**', '`不公開:True`'],
    ['zh-CN', '`/谁 说过 字句:it really is', '`/文章 列表 搜索:Rome`', '**加入文库**', '`不公开:True`'],
  ] as const)('in %s names commands and options as users see them', async (language, ...shown) => {
    const inLanguage = contextIn(language);
    const replies = [await ask(inLanguage, 'help')];
    for (const { value } of menuIn(replies[0] ?? {})?.options ?? []) {
      replies.push((await answerComponent(value, { ...inLanguage, isPrivate: true })).reply);
    }
    const text = replies.map(textOf).join('\n');
    for (const words of [...shown, '</who said:2>']) expect(text).toContain(words);
    for (const reply of replies) expect(refusalOf(reply)).toBeUndefined();
  });
});

test('days are suggested in the user’s language', async () => {
  const names = async (language: Language, typed: string) =>
    (await offered(contextIn(language), 'quote', 'after', typed)).map(({ name }) => name);
  expect(await names('zh-TW', '')).toContain('昨天');
  expect(await names('zh-CN', '今')).toEqual(['今天']);
  expect(await names('en', 'y')).toEqual(['yesterday']);
});

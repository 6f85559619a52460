import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { draftReply } from '../../src/commands/add.ts';
import { parseArticle } from '../../src/news/parse.ts';
import type { Language } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { descriptionOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const file = `title: 羅馬會談
outlet: 中央日報

美國國家安全顧問蘇利文週一在羅馬與中國外交官員楊潔篪會談七個小時。
蘇利文表示：「這次會談不是為了談判具體議題，而是坦率直接的意見交換。」
一名美國高級官員說，中方已經決定向 Russia 提供經濟和財政支持。`;

async function chinese() {
  const parsed = parseArticle({ name: 'talks.txt', bytes: new TextEncoder().encode(file) });
  if (parsed.kind !== 'article') throw new Error('It is an article');
  return await attribute(parsed.article);
}

const context = await contextOf([await chinese()]);

const cannot = {
  en: 'I can’t tell who is speaking in Chinese articles.',
  'zh-TW': '中文文章裡是誰在說話，我無法判斷。',
  'zh-CN': '中文文章里是谁在说话，我无法判断。',
} as const;
/** Must not be claimed about an article that was not searched for speakers. */
const untrue =
  /nobody quoted|nobody is quoted|own words\.|doesn’t say|don’t know|isn’t quoted|no quotes by|article itself|沒有引述|没有引述|自己的敘述|自己的叙述|不是引述|文章本身|找不到「|找不到“/iv;

const questions = [
  ['quote', { words: '坦率直接的意見交換' }],
  ['who said', { words: '坦率直接的意見交換' }],
  ['card', { words: '坦率直接的意見交換' }],
  ['check', { words: '中方已經決定向 Russia 提供經濟和財政支持' }],
  ['check', { words: '「中方已經決定向 Russia 提供經濟和財政支持」蘇利文說' }],
  ['check', { words: '中方早就決定向 Russia 提供經濟和財政支持了' }],
  ['who is', { name: '蘇利文' }],
  ['who is', { name: '楊潔篪' }],
  ['timeline', { speaker: '蘇利文' }],
  ['compare', { a: '蘇利文', b: '楊潔篪' }],
  ['quote', { words: '會談', speaker: '蘇利文' }],
  ['random', { speaker: '蘇利文' }],
  ['summary', { length: 'short' }],
  ['speakers', { article: '羅馬會談' }],
  ['speakers', {}],
  ['article list', {}],
] as const;

describe.each(Object.entries(cannot) as [Language, string][])(
  'never claims that nobody speaks in a Chinese article: %s',
  (language, told) => {
    test.each(questions)('/%s %o', async (path, texts) => {
      const text = textOf(await ask({ ...context, say: sayIn(language) }, path, texts));
      expect(text).toContain(told);
      expect(text).not.toMatch(untrue);
    });

    test('a card shows the sentence and nobody’s name', async () => {
      const say = sayIn(language);
      const reply = await ask({ ...context, say }, 'card', { words: '坦率直接的意見交換' });
      expect(reply.files).toHaveLength(1);
      const sentence = '蘇利文表示：「這次會談不是為了談判具體議題，而是坦率直接的意見交換。」';
      expect(descriptionOf(reply)?.startsWith(sentence)).toBe(true);
      expect(descriptionOf(reply)).toContain(say('card.unread'));
      expect(descriptionOf(reply)).not.toMatch(untrue);
    });

    test('the preview before it is kept', async () => {
      const text = textOf(
        draftReply(
          { id: 'x', from: await chinese(), place: 1, total: 1, already: undefined, lines: [] },
          sayIn(language),
        ),
      );
      expect(text).toContain(told);
      expect(text).not.toMatch(untrue);
    });
  },
);

test.each(Object.entries(cannot) as [Language, string][])(
  'promises no posts of what it can’t find: %s',
  async (language, told) => {
    const say = sayIn(language);
    const watch = async (texts: { speaker: string } | { words: string }) =>
      textOf(await ask({ ...context, say }, 'watch add', texts));
    expect(await watch({ speaker: '林國棟' })).toContain(told);
    expect(await watch({ words: '坦率直接的意見交換' })).toContain(told);
    expect(await watch({ speaker: 'Ann Lee' })).not.toContain(told);
  },
);

test('nor that somebody it names says nothing', async () => {
  const named = buildArticle('talks', '週一的會談長達七個小時。 CNN 說會談很坦率。', [{ id: 'cnn', name: 'CNN' }]);
  const text = textOf(await ask(await contextOf([named]), 'who is', { name: 'CNN' }));
  expect(text).toContain(`CNN is mentioned here (¶1). ${cannot.en}`);
});

test('an English article that names somebody in Chinese counts as English', async () => {
  const english = await contextOf([buildSeed(), buildArticle('quiet', 'Xi Jinping (習近平) went to Rome by train.')]);
  expect(textOf(await ask(english, 'quote', { words: 'went to Rome by train' }))).toContain('Nobody is quoted here');
});

test('an article in Japanese does not count as Chinese', async () => {
  const japanese = await contextOf([buildArticle('rain', '東京都内では週末に大雨が降り、川の水位が上がりました。')]);
  expect(textOf(await ask(japanese, 'quote', { words: '川の水位' }))).not.toContain(cannot.en);
});

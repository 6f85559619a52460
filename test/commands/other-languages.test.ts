import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { draftReply } from '../../src/commands/add.ts';
import { parseArticle } from '../../src/news/parse.ts';
import type { Language } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { isEnglish } from '../../src/words/english.ts';
import { descriptionOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const file = `title: 羅馬會談
outlet: 中央日報

美國國家安全顧問蘇利文週一在羅馬與中國外交官員楊潔篪會談七個小時。
蘇利文表示：「這次會談不是為了談判具體議題，而是坦率直接的意見交換。」
一名美國高級官員說，中方已經決定向 Russia 提供經濟和財政支持。`;

async function read(text: string) {
  const parsed = parseArticle({ name: 'talks.txt', bytes: new TextEncoder().encode(text) });
  if (parsed.kind !== 'article') throw new Error('It is an article');
  return await attribute(parsed.article);
}

const context = await contextOf([await read(file)]);

const cannot = {
  en: 'I can’t tell who is speaking in articles that aren’t in English.',
  'zh-TW': '我無法判斷非英文文章裡是誰在說話。',
  'zh-CN': '我无法判断非英文文章里是谁在说话。',
} as const;
/** Mustn't be claimed about an article in which speakers can't be found. */
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
          { id: 'x', from: await read(file), place: 1, total: 1, already: undefined, lines: [] },
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

/** A sentence in which somebody speaks, what they say, and their name. */
const others = [
  [
    'French',
    'Le pont rouvrira en juin, a indiqué mardi la mairie.\n« La peinture est sèche », a dit Odile Mercier, qui dirige les travaux. « Nous avons fini. »',
    'La peinture est sèche',
    'Odile Mercier',
  ],
  [
    'German',
    'Die Brücke wird ab Juni wieder offen sein, teilte die Stadt mit.\n„Die Farbe ist schon trocken“, sagte Jutta Behrens, die den Bau leitet. „Wir sind damit fertig.“',
    'Die Farbe ist schon trocken',
    'Jutta Behrens',
  ],
  [
    'Russian',
    '«Краска уже высохла», — сказала Ольга Белова. Мост откроется в июне.',
    'Краска уже высохла',
    'Ольга Белова',
  ],
  ['Arabic', 'قالت ليلى حداد: «الطلاء جاف الآن». وسيفتح الجسر في يونيو.', 'الطلاء جاف الآن', 'ليلى حداد'],
  ['Japanese', '橋本花子氏は「塗装はもう乾いた」と述べた。橋は六月に開く。', '塗装はもう乾いた', '橋本花子'],
] as const;

describe.each(others)('nor in an article in %s', (_language, text, words, name) => {
  test.each([
    ['quote', { words }],
    ['who said', { words }],
    ['check', { words }],
    ['check', { words: `“${words}” — ${name}` }],
    ['summary', { length: 'short' }],
    ['speakers', { article: 'talks' }],
  ] as const)('/%s %o', async (path, texts) => {
    const shown = textOf(await ask(await contextOf([await read(text)]), path, texts));
    expect(shown).toContain(cannot.en);
    expect(shown).not.toMatch(untrue);
  });

  test.each([
    ['card', { words }],
    ['who is', { name }],
    ['article list', {}],
  ] as const)('/%s %o', async (path, texts) => {
    const shown = textOf(await ask(await contextOf([await read(text)]), path, texts));
    expect(shown).not.toMatch(untrue);
    expect(shown).not.toContain('Quoted once');
  });
});

test.each([
  ['names', 'Guðrún Helga Sveinsdóttir, Łukasz Żak and Jürgen Müller met Владимир Петров in Kraków.'],
  ['a table', 'Team P W D L\nRovers 12 8 3 1\nAthletic 12 7 4 1\nSankt Pauli 12 6 2 4'],
  ['a headline', 'Ferry sinks off Rome'],
  [
    'quotations',
    '“Nous sommes prêts,” said Odile Mercier, who runs the ferry there.\n“La peinture est sèche et nous avons attendu trois ans,” she said of the boats.',
  ],
])('English stays English with %s in other languages', (_what, text) => {
  expect(isEnglish(text)).toBe(true);
});

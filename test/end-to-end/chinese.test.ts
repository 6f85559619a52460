import { join } from 'node:path';
import { Locale } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { loadSeeds } from '../../src/library/seeds.ts';
import { buttonsOf, labelsIn, textOf } from '../replies/read-reply.ts';
import { englishIn } from '../wording/english.ts';
import { dam, fileOf, messageOf } from './article-steps.ts';
import { root, startVerbatim, type Verbatim } from './start-verbatim.ts';

const seed = loadSeeds(join(root, 'seeds')).articles.flatMap(({ title, text }) => [title, text]);

const traditional = {
  locale: Locale.ChineseTW,
  exact: '一字不差',
  altered: '有更動',
  cut: '有刪節',
  stitched: '拼接',
  wrongName: '話沒錯，人不對',
  nameOpen: '話沒錯，發言者不明',
  ownVoice: '文章自己的敘述',
  notFound: '這裡找不到',
  nothing: '沒有可以查證的引文',
  halfALink: '連結不完整',
  unreachable: '連不上這個網站',
  kindOfFile: '我只讀取 .txt、.md 和 .html 檔',
  noDate: '第 2 行：「\\*\\*soon\\*\\*」不是有效日期',
  tooOften: /^您在十分鐘內已匯出 3 次，達到上限。請在 <t:\d+:T> 再試。$/v,
  export: '這個文庫的全部',
  form: '新增文章',
  erase: '永久清空整個文庫',
  eraseAll: /清空全部 \d+ 篇文章/v,
  notErased: '沒有清空',
  keep: ['收錄', '更正', '捨棄'],
  kept: '已收錄：',
  remove: ['移除', '取消'],
  removed: '已移除：',
  undo: '復原',
  back: '已放回文庫：',
  list: '文庫裡有 2 篇文章',
  barred: '**管理伺服器**',
  stale: '這個按鈕已失效',
};
const simplified: typeof traditional = {
  locale: Locale.ChineseCN,
  exact: '一字不差',
  altered: '有改动',
  cut: '有删节',
  stitched: '拼接',
  wrongName: '话没错，人不对',
  nameOpen: '话没错，发言者不明',
  ownVoice: '文章自己的叙述',
  notFound: '这里找不到',
  nothing: '没有可以查证的引文',
  halfALink: '链接不完整',
  unreachable: '连不上这个网站',
  kindOfFile: '我只读取 .txt、.md 和 .html 文件',
  noDate: '第 2 行：“\\*\\*soon\\*\\*”不是有效日期',
  tooOften: /^您在十分钟内已导出 3 次，达到上限。请在 <t:\d+:T> 再试。$/v,
  export: '这个文库的全部',
  form: '添加文章',
  erase: '永久清空整个文库',
  eraseAll: /清空全部 \d+ 篇文章/v,
  notErased: '没有清空',
  keep: ['收录', '更正', '放弃'],
  kept: '已收录：',
  remove: ['移除', '取消'],
  removed: '已移除：',
  undo: '撤销',
  back: '已放回文库：',
  list: '文库里有 2 篇文章',
  barred: '**管理服务器**',
  stale: '这个按钮已失效',
};

describe.each([traditional, simplified])('a user of Discord in $locale', expected => {
  const { locale } = expected;
  let verbatim: Verbatim;
  let mei: Person;
  beforeAll(async () => {
    verbatim = await startVerbatim();
    mei = verbatim.playground.personOf({ name: 'Mei', where: 0, isManager: true, locale });
  });
  afterAll(() => verbatim.stop());

  /** Returns the text of an answer, expecting no English except what was typed or is in an article. */
  async function told(answer: ReturnType<Person['command']>, typed: readonly string[] = []): Promise<string> {
    const message = await messageOf(answer);
    const said = textOf(message);
    expect(englishIn(said, [...seed, ...typed])).toEqual([]);
    for (const label of labelsIn(message)) expect(label).toMatch(/\p{sc=Han}|^\d+ \/ \d+$/v);
    return said;
  }

  test.each([
    ['exact', 'I suppose it depends on how you define success', undefined],
    ['altered', 'I guess it depends on how you define success', undefined],
    ['cut', 'it is important to keep open lines of communication, especially on areas where we disagree', undefined],
    ['stitched', 'they underscored that today. It was an intense seven-hour session', undefined],
    ['wrongName', 'I suppose it depends on how you define success', 'Xi Jinping'],
    ['nameOpen', 'they don’t share common systems', 'Joe Biden'],
    ['ownVoice', 'The US delegation in Rome had not expected the Chinese diplomats', undefined],
    ['notFound', 'Ask not what your country can do for you', undefined],
  ] as const)('has a quote checked: %s', async (verdict, words, speaker) => {
    const options = speaker === undefined ? { words } : { words, speaker };
    const said = await told(mei.command('check', options), [words, speaker ?? '']);
    expect(said).toContain(`### ${expected[verdict]}`);
  });

  test('has a message checked, with several quotes or none', async () => {
    const written = 'He said “I suppose it depends on how you define success”, and “Ask not what your country can do”';
    const said = await told(mei.use('Check quote', mei.say(written)), [written]);
    expect(said).toContain(`### 1. ${expected.exact}`);
    expect(said).toContain(`### 2. ${expected.notFound}`);
    expect(await told(mei.use('Check quote', mei.say('<@1>')))).toContain(expected.nothing);
  });

  test('is told why a link or file is refused, with the input shown unchanged', async () => {
    expect(await told(mei.command('article add', { link: 'not a link' }))).toContain(expected.halfALink);
    const nobody = mei.command('article add', { link: 'http://127.0.0.1:9/news' });
    expect(await told(nobody)).toContain(expected.unreachable);
    const picture = { name: 'a.png', contentType: 'image/png', bytes: Buffer.from('x') };
    expect(await told(mei.command('article add', {}, { file: picture }))).toContain(expected.kindOfFile);
    const bytes = Buffer.from('title: A\npublished: **soon**\n\nOne.');
    const dated = { name: 'a.txt', contentType: 'text/plain', bytes };
    expect(await told(mei.command('article add', {}, { file: dated }), ['soon'])).toContain(expected.noDate);
  });

  test('adds, lists, removes and restores an article', async () => {
    const given = ['Dam', ...dam];
    const shown = await messageOf(mei.command('article add', {}, { file: fileOf('dam.txt', 'Dam', dam) }));
    expect(englishIn(textOf(shown), given)).toEqual([]);
    expect(buttonsOf(shown).map(({ label }) => label)).toEqual(expected.keep);
    expect(await told(mei.press(shown, String(expected.keep[0])), given)).toContain(expected.kept);
    expect(await told(mei.command('article list'), given)).toContain(expected.list);
    await told(mei.command('article show', { article: 'Dam' }), given);
    const question = await messageOf(mei.command('article remove', { article: 'Dam' }));
    expect(englishIn(textOf(question), given)).toEqual([]);
    expect(buttonsOf(question).map(({ label }) => label)).toEqual(expected.remove);
    const removed = await messageOf(mei.press(question, String(expected.remove[0])));
    expect(textOf(removed)).toContain(expected.removed);
    expect(await told(mei.press(removed, expected.undo), given)).toContain(expected.back);
    expect(await told(mei.forge('Kxyz', shown), given)).toContain(expected.stale);
    await mei.press(await messageOf(mei.command('article remove', { article: 'Dam' })), String(expected.remove[0]));
  });

  test('is told when they reach a limit', async () => {
    for (let times = 0; times < 3; times += 1) {
      expect(await told(mei.command('article export'))).toContain(expected.export);
    }
    expect(await told(mei.command('article export'))).toMatch(expected.tooOften);
  });

  test('fills in forms, and types the server’s own name to erase', async () => {
    const { modal: paste } = await mei.command('article add');
    expect(paste?.modal.title).toBe(expected.form);
    expect(englishIn(JSON.stringify(paste?.modal.components.map(labelsOf)), ['label', 'description'])).toEqual([]);
    const { modal: erase } = await mei.command('library erase');
    if (erase === undefined) throw new Error('No form opened');
    expect(erase.modal.title).toBe(expected.erase);
    expect(JSON.stringify(erase.modal)).toContain('Newsroom');
    expect(JSON.stringify(erase.modal)).toMatch(expected.eraseAll);
    expect(await told(mei.submit(erase, { words: 'newsroom' }), ['Newsroom'])).toContain(expected.notErased);
  });

  test('is told who may change the library', async () => {
    const member = verbatim.playground.personOf({ name: 'Lin', where: 0, isManager: false, locale });
    expect(await told(member.command('article export'))).toContain(expected.barred);
  });
});

function labelsOf(component: object): object {
  return { label: Reflect.get(component, 'label'), description: Reflect.get(component, 'description') };
}

import { Locale } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { message } from '../../src/wording/say.ts';
import { addFile, dam, fileOf, listed, messageOf, said } from '../end-to-end/article-steps.ts';
import { textOf } from '../replies/read-reply.ts';
import { englishIn } from '../wording/english.ts';
import { type StubbedBot, startStubbedBot } from './stubbed-bot.ts';

const full = new StorageError(message('keeping.no-room'), {
  cause: Object.assign(new Error(), { code: 13 }),
});

let bot: StubbedBot;
let playground: Playground;
/** Which operation fails from now on. */
let failing: 'nothing' | 'open' | 'add';

/** Returns a real library whose `add` fails when the test says so. */
function failingToAdd(library: OpenLibrary): OpenLibrary {
  return {
    owner: library.owner,
    read: library.read,
    write: library.write,
    encodeQuestion: question => library.encodeQuestion(question),
    judge: (question, passages) => library.judge(question, passages),
    count: () => library.count(),
    article: id => library.article(id),
    articles: ids => library.articles(ids),
    articleOfCode: code => library.articleOfCode(code),
    newest: (from, most) => library.newest(from, most),
    listed: ids => library.listed(ids),
    preview: (metadata, text) => library.preview(metadata, text),
    already: (metadata, text) => library.already(metadata, text),
    takeThere: (id, from) => library.takeThere(id, from),
    announceFailure: (feed, problem) => library.announceFailure(feed, problem),
    add: (metadata, text) => (failing === 'add' ? Promise.reject(full) : library.add(metadata, text)),
    holdDraft: (draft, asker) => library.holdDraft(draft, asker),
    replaceDraft: (former, draft, asker) => library.replaceDraft(former, draft, asker),
    draft: (id, asker) => library.draft(id, asker),
    dropDraft: id => library.dropDraft(id),
    remove: id => library.remove(id),
    restore: id => library.restore(id),
    dispute: (id, content, by) => library.dispute(id, content, by),
    decide: (id, decided, isAgain) => library.decide(id, decided, isAgain),
    importDecisions: (id, decided) => library.importDecisions(id, decided),
    choose: changes => library.choose(changes),
    erase: () => library.erase(),
    encoding: () => library.encoding(),
    lines: () => library.lines(),
  };
}

beforeEach(async () => {
  failing = 'nothing';
  bot = await startStubbedBot(commands, libraries => ({
    async open(owner) {
      if (failing === 'open') throw full;
      return failingToAdd(await libraries.open(owner));
    },
  }));
  ({ playground } = bot);
});
afterEach(() => bot.end());

function failures(): readonly string[] {
  return bot
    .logged()
    .split('\n')
    .filter(line => line.includes('Interaction failed'));
}

test.each([
  [Locale.ChineseTW, '存放文庫的磁碟已滿'],
  [Locale.ChineseCN, '存放文库的磁盘已满'],
])('the user is told in their language if a library can’t be opened: %s', async (locale, words) => {
  failing = 'open';
  const person = playground.personOf({ name: 'Mei', where: 0, isManager: true, locale });
  const answer = await listed(person);
  expect(answer).toContain(words);
  expect(englishIn(answer, [])).toEqual([]);
  await expect.poll(failures).toHaveLength(1);
});

describe('a full disk: one clear answer, one log entry, and the next command works', () => {
  test('while a draft is saved, which stays for another try', async () => {
    const { person } = playground;
    const shown = await messageOf(person.command('article add', {}, { file: fileOf('dam.txt', 'Dam', dam) }));
    failing = 'add';
    expect(textOf(await messageOf(person.press(shown, 'Keep')))).toBe(full.message);
    await expect.poll(failures).toHaveLength(1);
    expect(failures()[0]).toContain('13');
    failing = 'nothing';
    expect(await said(person, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
    expect(textOf(await messageOf(person.press(shown, 'Keep')))).toContain('Saved: ');
    expect(await said(person, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  });

  test('while a library is opened; help and erasing don’t need it', async () => {
    const { person } = playground;
    failing = 'open';
    expect(await listed(person)).toBe(full.message);
    await expect.poll(failures).toHaveLength(1);
    expect(textOf(await messageOf(person.command('help')))).toContain('/article add');
    const { modal } = await person.command('library erase');
    if (modal === undefined) throw new Error('No form opened');
    expect(JSON.stringify(modal.modal)).toContain('Type this to erase it');
    expect(textOf(await messageOf(person.submit(modal, { words: 'Newsroom' })))).toContain('Everything was erased');
    failing = 'nothing';
    expect(await addFile(person, 'Dam', dam)).toContain('Saved: ');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person, PersonFile } from '../../playground/person.ts';
import { buttonsOf, textOf } from '../replies/check.ts';
import { openPressRoom, type PressRoom, pageOf } from './press-room.ts';
import { startProgram } from './program.ts';
import { startVerbatim, type Verbatim } from './verbatim.ts';

const dam = [
  '“The dam at Morva will hold through the winter,” said Ilse Brandt, who runs the waterworks.',
  'Farmers in the valley moved their cattle to higher ground over the weekend.',
  '“We have not slept for three nights,” Tomas Havel, a farmer, told the Courier.',
  'The council meets again on Thursday to decide about the bridge.',
];
const bridge = [
  '“The bridge stays closed until every bolt is checked,” said Mayor Petra Lind.',
  'Traffic is led around the old town, and the ferry runs twice as often.',
  '“Nobody has told the shopkeepers anything,” said Karl Osten, who sells bread by the river.',
  'The inspection is to begin on Monday and last for two weeks.',
];

let verbatim: Verbatim;
let site: PressRoom;
let ada: Person;

beforeAll(async () => {
  site = await openPressRoom({
    '/dam': pageOf('Dam at Morva holds', dam),
    '/bridge': pageOf('Bridge shut', bridge),
    '/slow': pageOf('Slow news', [...dam, 'The snow fell slowly.']),
  });
  verbatim = await startVerbatim({ guilds: 2 });
  ada = verbatim.playground.person;
});
afterAll(async () => {
  await verbatim.stop();
  await site.close();
});

function fileOf(name: string, title: string, paragraphs: readonly string[]): PersonFile {
  const bytes = Buffer.from(`title: ${title}\n\n${paragraphs.join('\n\n')}\n`);
  return { name, contentType: 'text/plain; charset=utf-8', bytes };
}

/** The message of an answer. */
async function messageOf(answer: ReturnType<Person['command']>): Promise<APIMessage> {
  const { message, failed } = await answer;
  if (message === undefined) throw new Error(failed ?? 'no message');
  return message;
}

async function said(person: Person, words: string): Promise<string> {
  return textOf(await messageOf(person.command('quote', { words })));
}

async function listed(person: Person): Promise<string> {
  return textOf(await messageOf(person.command('article list')));
}

const isEphemeral = (message: APIMessage) => ((message.flags ?? 0) & 64) !== 0;

async function addFile(person: Person, name: string, paragraphs: readonly string[]): Promise<string> {
  const shown = await messageOf(person.command('article add', {}, { file: fileOf(`${name}.txt`, name, paragraphs) }));
  return textOf(await messageOf(person.press(shown, 'Keep')));
}

async function removeArticle(person: Person, title: string): Promise<APIMessage> {
  const [choice] = await person.autocomplete('article remove', 'article', title);
  const article = String(choice?.value);
  return await messageOf(person.press(await messageOf(person.command('article remove', { article })), 'Remove'));
}

describe('/article add', () => {
  test('a link: shows what was read, keeps it on Keep, and finds it at once', async () => {
    const shown = await messageOf(ada.command('article add', { link: `${site.address}/dam` }));
    expect(isEphemeral(shown)).toBe(true);
    for (const words of ['Dam at Morva holds', 'Valley Courier', '2 May 2024', '4 paragraphs', 'Ilse Brandt']) {
      expect(textOf(shown)).toContain(words);
    }
    expect(await said(ada, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
    const kept = await messageOf(ada.press(shown, 'Keep'));
    expect(kept.id).toBe(shown.id);
    expect(textOf(kept)).toContain('Kept: ');
    expect(buttonsOf(kept)).toEqual([]);
    expect(await said(ada, 'the dam at Morva will hold')).toContain('### Ilse Brandt');
  });

  test('the same once more is one article, and says so', async () => {
    const shown = await messageOf(ada.command('article add', { link: `${site.address}/dam` }));
    expect(textOf(await messageOf(ada.press(shown, 'Keep')))).toContain('In the library already');
    expect(await listed(ada)).toContain('2 articles');
  });

  test('Discard keeps nothing', async () => {
    const shown = await messageOf(ada.command('article add', { link: `${site.address}/bridge` }));
    expect(textOf(await messageOf(ada.press(shown, 'Discard')))).toContain('Discarded: ');
    expect(await said(ada, 'the bridge stays closed until')).not.toContain('bolt');
  });

  test('a file, and a whole name in completion and list', async () => {
    expect(await addFile(ada, 'Bread by the river', bridge)).toContain('Kept: ');
    expect(await said(ada, 'nobody has told the shopkeepers anything')).toContain('Karl Osten');
    const choices = await ada.autocomplete('article show', 'article', 'bread');
    expect(choices.map(({ name }) => name)).toContain('Bread by the river');
    expect(textOf(await messageOf(ada.command('article list', { find: 'bread river' })))).toContain('One article like');
  });

  test('neither: a form, whose text is an article', async () => {
    const { modal } = await ada.command('article add');
    if (modal === undefined) throw new Error('No form opened');
    const text = 'Olga Marek said the mill would open in spring.\n“We bake for the whole valley,” she said.';
    const shown = await messageOf(ada.submit(modal, { title: 'The mill', link: '', text }));
    expect(textOf(shown)).toContain('The mill');
    await ada.press(shown, 'Keep');
    expect(await said(ada, 'we bake for the whole valley')).toContain('The mill');
  });

  test.each([
    ['a link to nothing', { link: '/nowhere' }],
    ['a link that is none', { link: 'not a link' }],
  ])('%s: one clear sentence, to the one who asked', async (_what, { link }) => {
    const answer = await messageOf(
      ada.command('article add', { link: link.startsWith('/') ? site.address + link : link }),
    );
    expect(isEphemeral(answer)).toBe(true);
    expect(buttonsOf(answer)).toEqual([]);
    expect(textOf(answer)).toMatch(/link/iv);
  });

  test('a file that is too large is refused', async () => {
    const huge = { name: 'huge.txt', contentType: 'text/plain', bytes: Buffer.alloc(2_000_001, 'a ') };
    expect(textOf(await messageOf(ada.command('article add', {}, { file: huge })))).toContain('larger than 2 MB');
  });
});

describe('a changed text under one link', () => {
  test('replaces the older one, and answers say so', async () => {
    const pages = { '/news': pageOf('The mill opens', [...dam, 'The mill at Dolna opens in spring.']) };
    const changing = await openPressRoom(pages);
    const link = `${changing.address}/news`;
    await ada.press(await messageOf(ada.command('article add', { link })), 'Keep');
    pages['/news'] = pageOf('The mill opens', [...bridge, 'Snow fell on the mill all night, said Wenzel Proch.']);
    const kept = await messageOf(ada.press(await messageOf(ada.command('article add', { link })), 'Keep'));
    await changing.close();
    expect(textOf(kept)).toContain('Updated: ');
    const answer = await said(ada, 'snow fell on the mill all night');
    expect(answer).toContain('Wenzel Proch');
    expect(answer).toContain('updated');
    await removeArticle(ada, 'The mill opens');
  });
});

describe('Apps > Add to library', () => {
  test('takes what a message links to and holds, one by one', async () => {
    const message = ada.say(`Read ${site.address}/nowhere and <${site.address}/bridge>!`, [
      fileOf('ferry.txt', 'The ferry runs twice as often', [
        '“We carry two hundred an hour,” said Ferryman Jan Kolar.',
        'The landing was widened over the summer.',
        'Fares stay as they are.',
      ]),
    ]);
    const first = await messageOf(ada.use('Add to library', message));
    expect(textOf(first)).toContain('(1 of 3)');
    expect(textOf(first)).toContain('The ferry runs twice as often');
    const second = await messageOf(ada.press(first, 'Keep'));
    expect(textOf(second)).toContain('Kept: ');
    expect(textOf(second)).toContain('There is no page at that link');
    expect(textOf(second)).toContain('(3 of 3)');
    expect(textOf(await messageOf(ada.press(second, 'Discard')))).toContain('Discarded: ');
    expect(await said(ada, 'we carry two hundred an hour')).toContain('Jan Kolar');
  });

  test('a message with neither is told so', async () => {
    const answer = await messageOf(ada.use('Add to library', ada.say('Good morning')));
    expect(textOf(answer)).toContain('neither a link nor a file');
  });
});

describe('what takes longer than Discord waits', () => {
  test('a command says first that its answer is coming', async () => {
    const shown = await messageOf(ada.command('article add', { link: `${site.address}/slow` }));
    expect(textOf(shown)).toContain('Slow news');
    expect(isEphemeral(shown)).toBe(true);
    expect(textOf(await messageOf(ada.press(shown, 'Discard')))).toContain('Discarded: ');
  });

  test('a button changes its message late', async () => {
    const message = ada.say(`${site.address}/bridge ${site.address}/slow`);
    const first = await messageOf(ada.use('Add to library', message));
    const second = await messageOf(ada.press(first, 'Discard'));
    expect(second.id).toBe(first.id);
    await expect.poll(() => textOf(ada.sees().find(({ id }) => id === first.id) ?? {})).toContain('Slow news');
  });
});

describe('/article remove', () => {
  test('asks once, removes, and can be undone', async () => {
    const question = await messageOf(ada.command('article remove', { article: 'Dam at Morva' }));
    expect(textOf(question)).toContain('4 paragraphs');
    expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
    const removed = await messageOf(ada.press(question, 'Remove'));
    expect(textOf(removed)).toContain('Removed: ');
    expect(await said(ada, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
    expect(textOf(await messageOf(ada.command('who is', { name: 'Ilse Brandt' })))).not.toContain('¶1');
    expect(textOf(await messageOf(ada.press(removed, 'Undo')))).toContain('Back in the library');
    expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  });

  test('the seed can be removed too', async () => {
    const removed = await removeArticle(ada, 'us-china-rome-meeting');
    expect(textOf(removed)).toContain('Removed: ');
    expect(await said(ada, 'ration packs')).not.toContain('CNN');
    await ada.press(removed, 'Undo');
  });
});

test('/article export gives every article, its text character for character', async () => {
  const answer = await messageOf(ada.command('article export'));
  expect(isEphemeral(answer)).toBe(true);
  const url = answer.attachments[0]?.url ?? '';
  const lines = (await (await fetch(url)).text()).trimEnd().split('\n');
  const articles = lines.map((line): { title: string; text: string } => JSON.parse(line));
  expect(await listed(ada)).toContain(`${articles.length} articles`);
  expect(articles.find(({ title }) => title === 'Dam at Morva holds')?.text).toContain(dam[0]);
});

describe('a member without Manage Server', () => {
  let ben: Person;
  beforeAll(() => {
    ben = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
  });

  test('reads', async () => {
    expect(await said(ben, 'the dam at Morva will hold')).toContain('Ilse Brandt');
    expect(await listed(ben)).toContain('Dam at Morva holds');
  });

  test.each([
    ['article add', { link: 'http://example.org/' }],
    ['article add', {}],
    ['article remove', { article: 'Dam at Morva' }],
    ['article export', {}],
  ])('cannot /%s %o', async (path, options) => {
    expect(textOf(await messageOf(ben.command(path, options)))).toContain('Manage Server');
  });

  test('is not offered what is for managers alone', async () => {
    expect((await ben.command('library erase')).failed).toContain('permission');
    expect((await ben.use('Add to library', ben.say('http://example.org/'))).failed).toContain('permission');
  });

  test('cannot press what a manager was offered, nor undo', async () => {
    const draft = await messageOf(ada.command('article add', { link: `${site.address}/bridge` }));
    const shown = await messageOf(ben.command('article list'));
    const [keep] = buttonsOf(draft);
    const id = (await messageOf(ada.command('article remove', { article: 'Dam at Morva' }))).components;
    const remove = /"custom_id":"(?<id>R[^"]+)"/v.exec(JSON.stringify(id))?.groups?.id ?? '';
    for (const forged of [keep?.custom_id ?? '', remove, remove.replace('R', 'U')]) {
      const answer = await messageOf(ben.forge(forged, shown));
      expect(textOf(answer)).toMatch(/Manage Server/v);
    }
    expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  });
});

describe('two servers', () => {
  let zoe: Person;
  beforeAll(() => {
    zoe = verbatim.playground.personOf({ name: 'Zoe', where: 1, isManager: true });
  });

  test('neither finds, completes, lists or opens what the other has', async () => {
    expect(await said(zoe, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
    expect(await listed(zoe)).toContain('One article');
    expect(await zoe.autocomplete('article show', 'article', 'Dam at')).toEqual([]);
    expect(await zoe.autocomplete('quote', 'words', 'the dam at Mor')).toEqual([]);
    expect(await zoe.autocomplete('who is', 'name', 'Ilse')).toEqual([]);
  });

  test('a forged value or button of one opens nothing in the other', async () => {
    const [choice] = await ada.autocomplete('article show', 'article', 'Dam at');
    const value = String(choice?.value);
    for (const path of ['article show', 'article remove', 'summary']) {
      expect(textOf(await messageOf(zoe.command(path, { article: value })))).toContain('no article called');
    }
    const quote = await messageOf(ada.command('quote', { words: 'the dam at Morva will hold' }));
    const draft = await messageOf(ada.command('article add', { link: `${site.address}/bridge` }));
    const shown = await messageOf(zoe.command('article list'));
    for (const { custom_id: id } of [...buttonsOf(quote), ...buttonsOf(draft)]) {
      const answer = textOf(await messageOf(zoe.forge(id, shown)));
      expect(answer).toContain('gone stale');
    }
    for (const deed of ['R', 'U']) {
      const answer = textOf(await messageOf(zoe.forge(deed + value, shown)));
      expect(answer).toMatch(/gone stale|no longer be undone/v);
    }
    expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  });

  test('in direct messages the library is one’s own', async () => {
    const alone = verbatim.playground.personOf({ name: 'Ida', where: 'direct', isManager: false });
    expect(await listed(alone)).toContain('One article');
    expect(await addFile(alone, 'Mine', dam)).toContain('Kept: ');
    const other = verbatim.playground.personOf({ name: 'Ulf', where: 'direct', isManager: false });
    expect(await listed(other)).toContain('One article');
  });

  test('/library erase leaves nothing of this one, once its name is typed, and all of the other', async () => {
    await addFile(zoe, 'Ours', bridge);
    const ask = async () => {
      const { modal } = await zoe.command('library erase');
      if (modal === undefined) throw new Error('No form opened');
      return modal;
    };
    const wrong = await messageOf(zoe.submit(await ask(), { words: 'Newsroom' }));
    expect(textOf(wrong)).toContain('Nothing was erased');
    expect(await listed(zoe)).toContain('Ours');
    const right = await messageOf(zoe.submit(await ask(), { words: 'Newsroom 2' }));
    expect(textOf(right)).toContain('Everything is erased');
    expect(await listed(zoe)).not.toContain('Ours');
    expect(await said(zoe, 'the bridge stays closed until')).not.toContain('Petra Lind');
    expect(await listed(ada)).toContain('Dam at Morva holds');
  });
});

test('a full library says so, and Keep works once there is room', async () => {
  const small = await startVerbatim({ mostArticles: 2 });
  const { person } = small.playground;
  await addFile(person, 'One', dam);
  const shown = await messageOf(person.command('article add', {}, { file: fileOf('two.txt', 'Two', bridge) }));
  const full = await messageOf(person.press(shown, 'Keep'));
  expect(textOf(full)).toContain('The library is full: it holds 2 articles');
  await removeArticle(person, 'One');
  expect(textOf(await messageOf(person.press(full, 'Keep')))).toContain('Kept: ');
  await small.stop();
});

test('a second process on the same folder ends with one sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-shared-'));
  const first = startProgram({ DATA_DIR: folder });
  await first.firstLine;
  const { code, errors } = await startProgram({ DATA_DIR: folder }).ended;
  expect(code).toBe(1);
  expect(errors.trim().split('\n')).toHaveLength(1);
  expect(errors).not.toContain('    at ');
  first.signal('SIGTERM');
  expect((await first.ended).code).toBe(0);
  rmSync(folder, { recursive: true });
});

test('what was kept is there after a restart, and buttons of before still work', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-restart-'));
  const before = await startVerbatim({ libraryFolder: folder });
  await addFile(before.playground.person, 'Dam', dam);
  const removed = await removeArticle(before.playground.person, 'us-china-rome-meeting');
  await before.stop();
  const after = await startVerbatim({ libraryFolder: folder });
  const { person } = after.playground;
  expect(await said(person, 'the dam at Morva will hold')).toContain('Ilse Brandt');
  const shown = await messageOf(person.command('article list'));
  expect(textOf(shown)).toContain('One article');
  await person.forge(buttonsOf(removed)[0]?.custom_id ?? '', shown);
  expect(await listed(person)).toContain('2 articles');
  await after.stop();
  rmSync(folder, { recursive: true });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../replies/read-reply.ts';
import { messageOf, said } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
beforeAll(async () => {
  verbatim = await startVerbatim();
});
afterAll(() => verbatim.stop());

const nobodyThere = { link: 'http://127.0.0.1:9/news' };
const again = /Try again at <t:\d+:T>\.$/v;

test('adding, exporting and erasing without end: an answer that says when to try again; asking goes on', async () => {
  const { person } = verbatim.playground;
  for (let times = 0; times < 30; times += 1) {
    expect(textOf(await messageOf(person.command('article add', nobodyThere)))).not.toMatch(again);
  }
  expect(textOf(await messageOf(person.command('article add', nobodyThere)))).toMatch(again);
  for (let times = 0; times < 3; times += 1) {
    expect((await messageOf(person.command('article export'))).attachments).toHaveLength(1);
  }
  expect(textOf(await messageOf(person.command('article export')))).toMatch(again);
  for (let times = 0; times < 4; times += 1) {
    const { modal } = await person.command('library erase');
    if (modal === undefined) throw new Error('No form opened');
    const told = textOf(await messageOf(person.submit(modal, { words: 'Newsroom' })));
    expect(told).toMatch(times < 3 ? /^Everything was erased/v : again);
  }
  expect(await said(person, 'open lines of communication')).toContain('¶');
  const other = verbatim.playground.personOf({ name: 'Bo', where: 0, isManager: true });
  expect(textOf(await messageOf(other.command('article export')))).not.toMatch(again);
});

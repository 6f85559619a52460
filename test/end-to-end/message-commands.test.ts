import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { labelsIn, quotedLines, textOf } from '../replies/read-reply.ts';
import { addFile, bridge, dam, isEphemeral, listed, messageOf } from './article-steps.ts';
import { type NewsSite, openNewsSite, pageOf } from './news-site.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let site: NewsSite;
let manager: Person;
let member: Person;
beforeAll(async () => {
  site = await openNewsSite({ '/dam': pageOf('Dam at Morva', dam), '/bridge': pageOf('The bridge', bridge) });
  verbatim = await startVerbatim();
  manager = verbatim.playground.person;
  member = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
  expect(await addFile(manager, 'Dam', dam)).toContain('Saved:');
});
afterAll(async () => {
  await verbatim.stop();
  await site.close();
});

/** Uses a command on a message with this text; expects an answer for the user alone. */
async function use(name: string, text: string, person = member) {
  const message = await messageOf(person.use(name, manager.say(text)));
  expect(isEphemeral(message)).toBe(true);
  return message;
}

const written = 'look: “We have not slept for three nights” <@1> @everyone';

describe('on any message', () => {
  test('Who said this? answers for the user alone, who can share it', async () => {
    const answer = await use('Who said this?', written);
    expect(textOf(answer)).toContain('### Tomas Havel');
    expect(quotedLines(answer)).toEqual([dam[2]]);
    const shared = await messageOf(member.press(answer, 'Share'));
    expect([isEphemeral(shared), shared.mention_everyone]).toEqual([false, false]);
  });

  test('Quote card draws what it quotes', async () => {
    const answer = await use('Quote card', written);
    expect(answer.attachments).toHaveLength(1);
    expect(labelsIn(answer)).toContain('Share');
  });

  test.each(['Who said this?', 'Quote card', 'Check quote'])('%s says so if there is no quote', async name => {
    expect(textOf(await use(name, '<@1>'))).toContain('no quote to check');
  });

  test('Check quote says what it looked for if nothing in the message is in quotation marks', async () => {
    const cheese = 'the moon is made of cheese and elephants';
    expect(textOf(await use('Check quote', cheese))).toContain(`### Not found here\n“${cheese}”\nNo article here has`);
  });

  test.each(['Who said this?', 'Quote card'])('%s survives a hostile message', async name => {
    const hostile = `${'“**`> @everyone <@1> “'.repeat(60)} [x](https://localhost/) ||${'a'.repeat(500)}||`.slice(
      0,
      2000,
    );
    const answer = await use(name, hostile);
    expect([answer.mention_everyone, answer.mentions]).toEqual([false, []]);
  });

  test('Summary of the link reads a page for whoever asked, and keeps nothing', async () => {
    const before = await listed(manager);
    const answer = await use('Summary of the link', `see ${site.address}/bridge.`);
    expect(textOf(answer)).toContain('The bridge');
    expect(quotedLines(answer)).toContain(bridge[0]);
    expect(textOf(answer)).toContain('saved nothing');
    expect(labelsIn(answer)).toEqual([]);
    expect(await listed(manager)).toBe(before);
    expect(
      textOf(await messageOf(manager.command('quote', { words: 'bridge stays closed', private: true }))),
    ).not.toContain(bridge[0]);
  });

  test('of an article of the library, it shows the summary that it has', async () => {
    const draft = await messageOf(manager.use('Add to library', manager.say(`${site.address}/bridge`)));
    await manager.press(draft, 'Keep');
    const answer = await use('Summary of the link', `${site.address}/bridge?utm_source=chat`);
    expect(textOf(answer)).not.toContain('saved nothing');
    expect(labelsIn(answer)).toEqual(['Ask about this article', 'Share']);
  });

  test('without a link, or with one that can’t be read, there is one clear sentence', async () => {
    expect(textOf(await use('Summary of the link', 'no link'))).toContain('no link');
    expect(textOf(await use('Summary of the link', `${site.address}/nowhere`))).toMatch(/page|link/v);
  });

  test('a person reads a few pages in ten minutes', async () => {
    const busy = verbatim.playground.personOf({ name: 'Cy', where: 0, isManager: false });
    const told: string[] = [];
    for (let at = 0; at < 6; at += 1) told.push(textOf(await use('Summary of the link', `${site.address}/dam`, busy)));
    expect(told.filter(text => text.includes('saved nothing'))).toHaveLength(5);
    expect(told.at(-1)).toContain('limit of 5 link summaries');
  });
});

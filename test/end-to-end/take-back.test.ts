import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { idOf, labelsIn, menuIn, textOf } from '../replies/read-reply.ts';
import { messageOf } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let asker: Person;
let member: Person;
let manager: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  asker = verbatim.playground.personOf({ name: 'Grace', where: 0, isManager: false });
  member = verbatim.playground.personOf({ name: 'Bo', where: 0, isManager: false });
  manager = verbatim.playground.personOf({ name: 'Mo', where: 0, isManager: true });
});
afterAll(() => verbatim.stop());

const quote = { words: 'open lines of communication' };

function isThere({ id }: APIMessage): boolean {
  return asker.sees().some(each => each.id === id);
}

test('the person who asked can delete any public answer', async () => {
  for (const [path, options] of [
    ['quote', quote],
    ['who is', { name: 'CNN' }],
    ['summary', {}],
    ['speakers', {}],
    ['card', { words: 'reflecting the gravity of the moment' }],
    ['article list', {}],
  ] as const) {
    const message = await messageOf(asker.command(path, options));
    expect(isThere(message), path).toBe(true);
    expect(await asker.press(message, 'Delete answer')).toMatchObject({ failed: undefined, message: undefined });
    expect(isThere(message), path).toBe(false);
  }
});

test('others are politely told who can, and it stays', async () => {
  const message = await messageOf(asker.command('quote', quote));
  const answer = await member.press(message, 'Delete answer');
  expect(answer.ephemeral).toBe(true);
  expect(textOf(answer.message ?? {})).toContain('Only the person who asked');
  expect(isThere(message)).toBe(true);
});

test('anyone with Manage Messages can delete it', async () => {
  const message = await messageOf(asker.command('quote', quote));
  await manager.press(message, 'Delete answer');
  expect(isThere(message)).toBe(false);
});

test('a page that somebody else turned still belongs to the person who asked', async () => {
  const message = await messageOf(asker.command('quote', quote));
  const turned = await messageOf(member.press(message, 'Next'));
  expect(turned.id).toBe(message.id);
  expect((await member.press(turned, 'Delete answer')).ephemeral).toBe(true);
  await asker.press(turned, 'Delete answer');
  expect(isThere(message)).toBe(false);
});

test('an answer belongs to the person who opened or shared it', async () => {
  const list = await messageOf(asker.command('speakers'));
  const menu = menuIn(list);
  const opened = await messageOf(member.select(list, menu?.custom_id ?? '', [menu?.options[0]?.value ?? '']));
  expect((await asker.press(opened, 'Delete answer')).ephemeral).toBe(true);
  await member.press(opened, 'Delete answer');
  expect(isThere(opened)).toBe(false);
  const mine = await messageOf(asker.command('quote', { ...quote, private: true }));
  expect(labelsIn(mine)).not.toContain('Delete answer');
  const shared = await messageOf(asker.press(mine, 'Share'));
  await asker.press(shared, 'Delete answer');
  expect(isThere(shared)).toBe(false);
});

test('a forged id does nothing: neither under another’s answer nor where no answer offers it', async () => {
  const message = await messageOf(asker.command('quote', quote));
  const mine = await messageOf(member.command('quote', { ...quote, private: true }));
  const own = `T${member.id}`;
  for (const [id, under] of [
    [own, message],
    [own, mine],
    [idOf(message, 'Delete answer'), mine],
    ['T', message],
    ['T1', message],
    [`${own}0000`, message],
  ] as const) {
    const answer = await member.forge(id, under);
    expect(answer.ephemeral, id).toBe(true);
    expect(textOf(answer.message ?? {})).toMatch(/has expired|Only the person who asked/v);
  }
  expect(isThere(message)).toBe(true);
});

test('works in direct messages too', async () => {
  const alone = verbatim.playground.personOf({ name: 'Ada', where: 'direct', isManager: false });
  const message = await messageOf(alone.command('quote', quote));
  await alone.press(message, 'Delete answer');
  expect(alone.sees().some(({ id }) => id === message.id)).toBe(false);
});

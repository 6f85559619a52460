import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { startFeedServer } from '../following/feed-server.ts';
import { rss } from '../following/feeds.ts';
import { startProgram } from './program.ts';

const stateSchema = z.object({
  commands: z.array(z.object({ id: z.string(), name: z.string() })),
  channel: z.object({ id: z.string() }),
  messages: z.array(z.looseObject({ id: z.string(), flags: z.optional(z.number()) })),
});
const buttonId =
  /"label":"Follow"[^\}]*?"custom_id":"(?<first>[^"]+)"|"custom_id":"(?<second>[^"]+)"[^\}]*?"label":"Follow"/v;

/** What the page in a browser does at an address. */
function pageAt(address: string) {
  const state = async () => stateSchema.parse(await (await fetch(`${address}/page/state`)).json());
  const interact = async (body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    expect(await (await fetch(`${address}/page/interactions`, sent)).json()).toEqual({ ok: true });
  };
  const command = async (name: string, subcommand: string, given: Readonly<Record<string, string>>) => {
    const { commands, channel } = await state();
    const options = Object.entries(given).map(([option, value]) =>
      option === 'post-in' || option === 'in'
        ? { type: 7, name: option, value: channel.id }
        : { type: 3, name: option, value },
    );
    const commandId = commands.find(each => each.name === name)?.id;
    await interact({ kind: 'command', commandId, data: { options: [{ type: 1, name: subcommand, options }] } });
  };
  return { state, interact, command };
}

test('in the playground, its feed can be followed and watched, and no other address of this machine', async () => {
  const elsewhere = await startFeedServer();
  elsewhere.play('/feed', { kind: 'send', body: rss([{ guid: '1', title: 'Story' }]) });
  const program = startProgram({ LOG_LEVEL: 'silent' });
  const address = /http:\/\/127\.0\.0\.1:\d+/v.exec(await program.firstLine)?.[0] ?? '';
  const { state, interact, command } = pageAt(address);
  const said = async () => JSON.stringify((await state()).messages);
  await command('feed', 'follow', { url: `${elsewhere.address}/feed` });
  await expect.poll(said, { timeout: 60_000 }).toContain('isn’t on the public internet');
  await command('watch', 'add', { speaker: 'Ines Calder', in: '' });
  await command('feed', 'follow', { url: `${address}/feeds/harbour-post.xml`, 'post-in': '' });
  await expect.poll(said, { timeout: 60_000 }).toContain('Follow this feed?');
  const question = (await state()).messages.at(-1);
  const { first, second } = buttonId.exec(JSON.stringify(question))?.groups ?? {};
  await interact({ kind: 'component', messageId: question?.id, customId: first ?? second, componentType: 2 });
  const posts = async () => (await state()).messages.filter(({ flags = 0 }) => (flags & 64) === 0);
  const count = async (words: string) => (await posts()).filter(each => JSON.stringify(each).includes(words)).length;
  await expect.poll(() => count('Quoted: '), { timeout: 60_000 }).toBe(3);
  await expect.poll(() => count('### Ines Calder'), { timeout: 60_000 }).toBe(2);
  expect(elsewhere.asked).toEqual([]);
  program.signal('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0, errors: '' });
  await elsewhere.close();
}, 120_000);

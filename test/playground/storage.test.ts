import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttachmentBuilder, MessageFlags } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
import { type Bot, startBot } from './bot.ts';

let folder: string;
let bot: Bot;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'playground-'));
  bot = await startBot({ folder });
  bot.onInteraction(interaction => {
    if (interaction.isButton()) return interaction.update('Pressed');
    if (!interaction.isChatInputCommand()) return undefined;
    return interaction.reply({
      content: interaction.options.getString('words', true),
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Next', custom_id: 'next' }] }],
      files: [new AttachmentBuilder(Buffer.from('bytes'), { name: 'card.txt' })],
      ...(interaction.options.getBoolean('private') ? { flags: MessageFlags.Ephemeral } : {}),
    });
  });
});
afterEach(async () => {
  await bot.stop();
  rmSync(folder, { recursive: true });
});

const reports: string[] = [];
async function restart(): Promise<void> {
  await bot.stop();
  reports.length = 0;
  const react = bot;
  bot = await startBot({ folder, report: sentence => reports.push(sentence) });
  bot.onInteraction(interaction => interaction.isButton() && interaction.update('Pressed again'));
  await react.client.destroy();
}

const contents = () => bot.playground.person.sees().map(({ content }) => content);

test('a restart keeps messages, their files and buttons, and forgets ephemeral ones', async () => {
  await bot.playground.person.command('say', { words: 'first' });
  await bot.playground.person.command('say', { words: 'secret', private: true });
  await bot.playground.person.command('say', { words: 'second' });
  const before = bot.playground.person.sees().filter(({ content }) => content !== 'secret');
  await restart();
  expect(bot.playground.person.sees()).toEqual(before);
  const [first] = bot.playground.person.sees();
  if (first === undefined) throw new Error('No message.');
  const { pathname } = new URL(first.attachments[0]?.url ?? '');
  expect(await (await fetch(bot.playground.address + pathname)).text()).toBe('bytes');
  expect(await bot.playground.person.press(first, 'Next')).toMatchObject({ updated: true, failed: undefined });
  expect(contents()).toEqual(['Pressed again', 'second']);
  await restart();
  expect(contents()).toEqual(['Pressed again', 'second']);
  expect(reports).toEqual([]);
});

test('a file that an edit replaced is erased', async () => {
  const replaced = [new AttachmentBuilder(Buffer.from('new bytes'), { name: 'card.txt' })];
  await bot.playground.person.command('say', { words: 'first' });
  bot.onInteraction(interaction => interaction.isButton() && interaction.update({ files: replaced, attachments: [] }));
  const [first] = bot.playground.person.sees();
  if (first === undefined) throw new Error('No message.');
  await bot.playground.person.press(first, 'Next');
  await restart();
  const kept = readdirSync(join(folder, 'files'));
  expect(kept).toEqual(bot.playground.person.sees().flatMap(({ attachments }) => attachments.map(({ id }) => id)));
  expect(readFileSync(join(folder, 'files', kept[0] ?? ''), 'utf8')).toBe('new bytes');
});

test('a restart keeps the registered commands and their ids', async () => {
  const before = await bot.client.application.commands.fetch();
  await bot.stop();
  const playground = await startPlayground({ port: 0, folder });
  const state = await (await fetch(`${playground.address}/page/state`)).json();
  expect(state).toMatchObject({ commands: before.map(({ id, name }) => ({ id, name })) });
  await playground.close();
  bot = await startBot();
});

test('a damaged file is set aside with one sentence, and the rest is there', async () => {
  await bot.playground.person.command('say', { words: 'first' });
  await bot.playground.person.command('say', { words: 'second' });
  const [first = ''] = bot.playground.person.sees().map(({ id }) => `${id}.json`);
  await bot.stop();
  const path = join(folder, 'messages', first);
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 40));
  writeFileSync(join(folder, 'commands.json'), '{"not": "a list"}');
  await restart();
  expect(contents()).toEqual(['second']);
  expect(reports.sort()).toEqual([
    expect.stringContaining('commands.json is damaged'),
    expect.stringContaining(`${first} is damaged`),
  ]);
  expect(readdirSync(join(folder, 'messages'))).toContain(`${first}.broken`);
});

test('an unfinished “thinking” message is not kept', async () => {
  bot.onInteraction(interaction => interaction.isRepliable() && interaction.deferReply());
  const asking = bot.playground.person.command('say', { words: 'x' });
  await expect.poll(() => bot.playground.person.sees().length).toBe(1);
  await restart();
  expect((await asking).failed).toBe('The playground was closed');
  expect(contents()).toEqual([]);
});

test('whatever the bot may send fits the schema of Discord’s messages, so that it can be read back', async () => {
  const media = { url: 'attachment://card.png' };
  const button = { type: 2, style: 1, label: 'Next', custom_id: 'next' } as const;
  const select = {
    type: 3,
    custom_id: 'pick',
    options: [{ label: 'One', value: 'one', description: 'The first' }],
  } as const;
  bot.onInteraction(async interaction => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply({
      flags: MessageFlags.IsComponentsV2,
      files: [new AttachmentBuilder(Buffer.from('bytes'), { name: 'card.png', description: 'A card' })],
      components: [
        {
          type: 17,
          accent_color: 5,
          components: [
            { type: 10, content: '# Title' },
            { type: 14, divider: true },
          ],
        },
        { type: 12, items: [{ media, description: 'A card' }] },
        { type: 13, file: media },
        { type: 1, components: [button] },
        { type: 1, components: [select] },
      ],
    });
    await interaction.followUp('Title');
  });
  await bot.playground.person.command('say', { words: 'x' });
  await expect.poll(() => bot.playground.person.sees().length).toBe(2);
  await fetch(`${bot.playground.address}/page/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"content":"Thanks"}',
  });
  const before = bot.playground.person.sees();
  expect(before).toHaveLength(3);
  await restart();
  expect(reports).toEqual([]);
  expect(bot.playground.person.sees()).toEqual(before);
});

test('with an unusable folder it still starts, without storing anything', async () => {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  const heard: string[] = [];
  const playground = await startPlayground({ port: 0, folder: path, report: sentence => heard.push(sentence) });
  await playground.close();
  expect(heard).toEqual([
    expect.stringMatching(/^The playground can't store its messages, so they are lost when it stops: /v),
  ]);
});

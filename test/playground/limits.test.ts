import { MessageFlags, Routes } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../../playground/world/clock.ts';
import { type Bot, nextInteraction, refusalOf, startBot } from './bot.ts';

const minute = 60_000;

let bot: Bot;
let clock: ManualClock;
beforeAll(async () => {
  clock = manualClock();
  bot = await startBot({ clock });
});
afterAll(() => bot.stop());

async function asked() {
  const arriving = nextInteraction(bot);
  const answered = bot.playground.person.command('say', { words: 'x' });
  const interaction = await arriving;
  if (!interaction.isChatInputCommand()) throw new Error('Not the command.');
  return { interaction, answered };
}

test('an answer just within three seconds is accepted', async () => {
  const { interaction, answered } = await asked();
  clock.pass(2999);
  await interaction.reply('In time');
  expect((await answered).message?.content).toBe('In time');
});

test('an answer after three seconds is refused, and the user is told', async () => {
  const { interaction, answered } = await asked();
  clock.pass(3000);
  expect(await refusalOf(interaction.reply('Late'))).toMatchObject({ status: 404, code: 10062 });
  expect(await answered).toMatchObject({ failed: 'The application did not respond', message: undefined });
});

test('a second acknowledgement is refused', async () => {
  const { interaction, answered } = await asked();
  await interaction.reply('Once');
  await answered;
  const body = { type: 4, data: { content: 'Twice' } };
  const again = bot.client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
    body,
    auth: false,
  });
  expect(await refusalOf(again)).toMatchObject({ status: 400, code: 40060 });
});

test('a wrong token acknowledges nothing', async () => {
  const { interaction, answered } = await asked();
  const body = { type: 4, data: { content: 'Forged' } };
  const forged = bot.client.rest.post(Routes.interactionCallback(interaction.id, 'forged'), { body, auth: false });
  expect(await refusalOf(forged)).toMatchObject({ status: 404, code: 10062 });
  await interaction.reply('Real');
  expect((await answered).message?.content).toBe('Real');
});

test('nothing can be edited or sent before the first answer', async () => {
  const { interaction, answered } = await asked();
  const body = { content: 'Too early' };
  const route = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
  expect(await refusalOf(bot.client.rest.patch(route, { body, auth: false }))).toMatchObject({ code: 10015 });
  await interaction.reply('Now');
  await answered;
});

test('the token lasts 15 minutes', async () => {
  const { interaction, answered } = await asked();
  await interaction.reply('First');
  await answered;
  clock.pass(14 * minute);
  await interaction.editReply('Edited');
  clock.pass(minute);
  expect(await refusalOf(interaction.editReply('Too late'))).toMatchObject({ status: 401, code: 50027 });
  expect(await refusalOf(interaction.followUp('Too late'))).toMatchObject({ status: 401, code: 50027 });
  expect(bot.playground.person.sees().at(-1)?.content).toBe('Edited');
});

test('a deferral without a follow-up ends with its token', async () => {
  const { interaction, answered } = await asked();
  await interaction.deferReply();
  const thinking = bot.playground.person.sees().at(-1);
  expect((thinking?.flags ?? 0) & MessageFlags.Loading).toBe(MessageFlags.Loading);
  clock.pass(15 * minute);
  expect((await answered).failed).toBe('The application did not respond');
  expect(bot.playground.person.sees().some(({ id }) => id === thinking?.id)).toBe(false);
});

test('a deferral is answered by an edit, as private as it was deferred', async () => {
  const { interaction, answered } = await asked();
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  clock.pass(10_000);
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components: [{ type: 10, content: 'Found' }] });
  const { message, ephemeral } = await answered;
  expect(ephemeral).toBe(true);
  expect((message?.flags ?? 0) & MessageFlags.Loading).toBe(0);
  expect(message?.components).toEqual([{ type: 10, id: 1, content: 'Found' }]);
});

test('a follow-up right after a deferral becomes the answer', async () => {
  const { interaction, answered } = await asked();
  await interaction.deferReply();
  const before = bot.playground.person.sees().length;
  await interaction.followUp('The answer');
  expect((await answered).message?.content).toBe('The answer');
  expect(bot.playground.person.sees()).toHaveLength(before);
});

test('the flag for Components V2 cannot be removed', async () => {
  const { interaction, answered } = await asked();
  await interaction.reply({ flags: MessageFlags.IsComponentsV2, components: [{ type: 10, content: 'V2' }] });
  await answered;
  expect(await refusalOf(interaction.editReply({ content: 'Plain' }))).toMatchObject({
    fields: ['content[MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]'],
  });
});

test('an edit makes no public message private', async () => {
  const { interaction, answered } = await asked();
  await interaction.reply('For all');
  await answered;
  const route = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original');
  await bot.client.rest.patch(route, {
    body: { content: 'Still for all', flags: MessageFlags.Ephemeral },
    auth: false,
  });
  expect(bot.playground.person.sees().at(-1)).toMatchObject({ content: 'Still for all', flags: 0 });
});

test('a token reaches only the messages of its interaction', async () => {
  const first = await asked();
  await first.interaction.reply('First');
  const { message } = await first.answered;
  const second = await asked();
  await second.interaction.reply('Second');
  await second.answered;
  const route = Routes.webhookMessage(second.interaction.applicationId, second.interaction.token, message?.id);
  const edit = bot.client.rest.patch(route, { body: { content: 'Taken over' }, auth: false });
  expect(await refusalOf(edit)).toMatchObject({ status: 404, code: 10008 });
  expect(await refusalOf(bot.client.rest.delete(route, { auth: false }))).toMatchObject({ status: 404, code: 10008 });
});

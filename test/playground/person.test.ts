import { ComponentType, Events, type Interaction, MessageFlags } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bot, startBot } from './bot.ts';

let bot: Bot;
let heard: Interaction[] = [];
beforeAll(async () => {
  bot = await startBot({ guilds: 2 });
});
afterAll(() => bot.stop());
beforeEach(() => {
  heard = [];
  answerWith({ content: 'Here' });
});

function answerWith(reply: Parameters<Extract<Interaction<'cached'>, { reply: unknown }>['reply']>[0]): void {
  bot.onInteraction(interaction => {
    heard.push(interaction);
    return interaction.isRepliable() && interaction.reply(reply);
  });
}

describe("what Discord's own client would not send", () => {
  test.each([
    ['a required option left out', {}, 'words: This option is required.'],
    ['text over the greatest length', { words: 'x'.repeat(21) }, 'words: Must be 20 or fewer characters.'],
    ['no text', { words: '' }, 'words: Must be 1 or more characters.'],
    ['what is not among the choices', { words: 'x', length: 'endless' }, 'length: Choose one of the choices.'],
    ['a number over the greatest', { words: 'x', times: 4 }, 'times: Must be 3 or less.'],
    ['half a number', { words: 'x', times: 1.5 }, 'times: Input a valid integer.'],
    ['another type', { words: true }, 'words: Input a valid string.'],
    ['an unknown option', { words: 'x', else: 'y' }, 'else: This option doesn’t exist.'],
  ])('%s', async (_, options, failed) => {
    expect(await bot.playground.person.command('say', options)).toMatchObject({ failed, message: undefined });
    expect(heard).toEqual([]);
  });
  test('a command without its subcommand, or an unknown command', async () => {
    expect((await bot.playground.person.command('who')).failed).toBe('Choose one of the subcommands.');
    expect((await bot.playground.person.command('nothing')).failed).toBe('There is no command /nothing.');
  });
  test('a disabled or unknown button, or a value that a select does not have', async () => {
    const button = { type: ComponentType.Button, style: 1, label: 'Off', custom_id: 'off', disabled: true } as const;
    const select = {
      type: ComponentType.StringSelect,
      custom_id: 'pick',
      options: [{ label: 'One', value: 'one' }],
    } as const;
    const components = [
      { type: ComponentType.ActionRow, components: [button] },
      { type: ComponentType.ActionRow, components: [select] },
    ] as const;
    answerWith({ content: 'x', components });
    const { message } = await bot.playground.person.command('say', { words: 'x' });
    if (message === undefined) throw new Error('No message.');
    heard = [];
    const { person } = bot.playground;
    expect((await person.press(message, 'Off')).failed).toBe('This interaction failed');
    expect((await person.press(message, 'elsewhere')).failed).toBe('This interaction failed');
    expect((await person.select(message, 'pick', ['two'])).failed).toBe('This interaction failed');
    expect((await person.select(message, 'pick', [])).failed).toBe('This interaction failed');
    expect(heard).toEqual([]);
    expect((await person.select(message, 'pick', ['one'])).message?.content).toBe('x');
    expect((await person.forge('elsewhere', message)).message?.content).toBe('x');
    expect(heard.map(interaction => interaction.isMessageComponent() && interaction.customId)).toEqual([
      'pick',
      'elsewhere',
    ]);
  });
});

describe('what the bot receives', () => {
  test('place, user, permissions and options', async () => {
    await bot.playground.person.command('say', { words: 'hello', times: 2, private: true });
    const [interaction] = heard;
    if (!interaction?.isChatInputCommand()) throw new Error('Not the command.');
    expect(interaction.options.getString('words')).toBe('hello');
    expect(interaction.options.getInteger('times')).toBe(2);
    expect(interaction.options.getBoolean('private')).toBe(true);
    expect(interaction.guild?.name).toBe('Newsroom');
    expect(interaction.user.globalName).toBe('Ada');
    expect(interaction.memberPermissions?.has('ManageGuild')).toBe(true);
    expect(interaction.appPermissions.has('SendMessages')).toBe(true);
    expect(interaction.locale).toBe('en-US');
  });
  test('the subcommand', async () => {
    await bot.playground.person.command('who said', { words: 'hello' });
    const [interaction] = heard;
    if (!interaction?.isChatInputCommand()) throw new Error('Not the command.');
    expect(interaction.options.getSubcommand()).toBe('said');
  });
  test('the message that a command is used on', async () => {
    const { message } = await bot.playground.person.command('say', { words: 'x' });
    if (message === undefined) throw new Error('No message.');
    await bot.playground.person.use('Read it', message);
    const interaction = heard.at(-1);
    if (!interaction?.isMessageContextMenuCommand()) throw new Error('Not the command.');
    expect(interaction.targetMessage.content).toBe('Here');
  });
});

describe('who sees what', () => {
  test('only the user who asked sees an ephemeral answer', async () => {
    const grace = bot.playground.personOf({ name: 'Grace', where: 0, isManager: false });
    answerWith({ content: 'Only you', flags: MessageFlags.Ephemeral });
    const { message, ephemeral } = await grace.command('say', { words: 'x' });
    expect(ephemeral).toBe(true);
    expect(grace.sees().at(-1)?.content).toBe('Only you');
    expect(bot.playground.person.sees().map(({ id }) => id)).not.toContain(message?.id);
    if (message === undefined) throw new Error('No message.');
    expect((await bot.playground.person.press(message, 'any')).failed).toBe('This interaction failed');
  });
  test('nobody in another server sees a server’s message', async () => {
    const linus = bot.playground.personOf({ name: 'Linus', where: 1, isManager: true });
    await linus.command('say', { words: 'x' });
    expect(heard[0]?.guild?.name).toBe('Newsroom 2');
    expect(linus.sees()).toHaveLength(1);
    const [message] = linus.sees();
    if (message === undefined) throw new Error('No message.');
    expect(bot.playground.person.sees().map(({ id }) => id)).not.toContain(message.id);
    expect((await bot.playground.person.use('Read it', message)).failed).toMatch(/needs a message/v);
  });
  test('only users with the permission see a command that needs it', async () => {
    const grace = bot.playground.personOf({ name: 'Grace', where: 0, isManager: false });
    expect((await grace.command('manage')).failed).toBe('You don’t have permission to use this command.');
    expect((await bot.playground.person.command('manage')).failed).toBeUndefined();
  });
});

test('a direct message reaches the bot without a server', async () => {
  const { promise, resolve } = Promise.withResolvers<Interaction>();
  bot.client.once(Events.InteractionCreate, resolve);
  const grace = bot.playground.personOf({ name: 'Grace', where: 'direct', isManager: false });
  const asking = grace.command('say', { words: 'x' });
  const interaction = await promise;
  if (!interaction.isChatInputCommand()) throw new Error('Not the command.');
  expect(interaction.inGuild()).toBe(false);
  expect(interaction.user.username).toBe('grace');
  await interaction.reply('Here');
  expect((await asking).message?.content).toBe('Here');
  expect(bot.playground.person.sees().map(({ id }) => id)).not.toContain(grace.sees()[0]?.id);
});

describe('forms', () => {
  const field = (customId: string, more = {}) =>
    ({
      type: ComponentType.Label,
      label: 'Text',
      component: { type: ComponentType.TextInput, style: 2, custom_id: customId, ...more },
    }) as const;
  async function openForm() {
    bot.onInteraction(interaction => {
      if (interaction.isModalSubmit()) return interaction.reply(interaction.fields.getTextInputValue('text'));
      if (!interaction.isChatInputCommand()) return undefined;
      const components = [field('text', { min_length: 2, max_length: 5 }), field('note', { required: false })];
      return interaction.showModal({ custom_id: 'form', title: 'Add', components });
    });
    const { modal, message } = await bot.playground.person.command('say', { words: 'x' });
    if (modal === undefined) throw new Error('No form.');
    return { modal, message };
  }
  test('open instead of a message and are submitted once', async () => {
    const { modal, message } = await openForm();
    expect(message).toBeUndefined();
    expect(modal.modal.title).toBe('Add');
    expect((await bot.playground.person.submit(modal, { text: 'four' })).message?.content).toBe('four');
    expect((await bot.playground.person.submit(modal, { text: 'four' })).failed).toBe('This form is no longer open.');
  });
  test('can’t be submitted with too little or too much', async () => {
    const { modal } = await openForm();
    const submit = async (text: string) => (await bot.playground.person.submit(modal, { text })).failed;
    expect(await submit('')).toBe('Fill in all required fields.');
    expect(await submit('x')).toBe('Must be 2 or more characters.');
    expect(await submit('xxxxxx')).toBe('Must be 5 or fewer characters.');
  });
  test('can’t be submitted by anybody else', async () => {
    const { modal } = await openForm();
    const grace = bot.playground.personOf({ name: 'Grace', where: 0, isManager: true });
    expect((await grace.submit(modal, { text: 'four' })).failed).toBe('This form is no longer open.');
  });
});

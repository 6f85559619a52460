import { Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bot, refusalOf, startBot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

describe('what Discord refuses in commands', () => {
  const register = (...commands: unknown[]) =>
    refusalOf(bot.client.rest.put(Routes.applicationCommands(bot.client.application.id), { body: commands }));
  const slash = (more: object) => ({ name: 'quote', description: 'Quotes', ...more });
  const string = (name: string, more = {}) => ({ type: 3, name, description: 'x', ...more });
  const long = Array.from({ length: 25 }, (_, order) =>
    string(`option${order}`, {
      choices: Array.from({ length: 5 }, (_, at) => ({ name: `${at}${'x'.repeat(70)}`, value: `${at}` })),
    }),
  );
  const cases: Record<string, [unknown, string]> = {
    'a name with capitals': [slash({ name: 'Quote' }), '[0].name[APPLICATION_COMMAND_INVALID_NAME]'],
    'a name with a blank': [slash({ name: 'a quote' }), '[0].name[APPLICATION_COMMAND_INVALID_NAME]'],
    'no description': [{ name: 'quote' }, '[0].description[BASE_TYPE_REQUIRED]'],
    'a description of 101 characters': [
      slash({ description: 'x'.repeat(101) }),
      '[0].description[BASE_TYPE_MAX_LENGTH]',
    ],
    'an option called in capitals': [
      slash({ options: [string('Words')] }),
      '[0].options[0].name[APPLICATION_COMMAND_INVALID_NAME]',
    ],
    'a required option after an optional one': [
      slash({ options: [string('a'), string('b', { required: true })] }),
      '[0].options[1][APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID]',
    ],
    'an option without description': [
      slash({ options: [{ type: 3, name: 'a' }] }),
      '[0].options[0].description[BASE_TYPE_REQUIRED]',
    ],
    'a name with a blank in another language': [
      slash({ name_localizations: { 'zh-TW': '引 述' } }),
      '[0].name_localizations.zh-TW[APPLICATION_COMMAND_INVALID_NAME]',
    ],
    'an option with capitals in another language': [
      slash({ options: [string('a', { name_localizations: { de: 'Wörter' } })] }),
      '[0].options[0].name_localizations.de[APPLICATION_COMMAND_INVALID_NAME]',
    ],
    'two options called the same in another language': [
      slash({
        options: [
          string('a', { name_localizations: { 'zh-TW': '字句' } }),
          string('b', { name_localizations: { 'zh-TW': '字句', 'zh-CN': '词' } }),
        ],
      }),
      '[0].options[1].name[APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS]',
    ],
    'over 8,000 characters in the longest language of each': [
      slash({
        options: Array.from({ length: 25 }, (_, order) =>
          string(`option${order}`, {
            choices: Array.from({ length: 5 }, (__, at) => ({
              name: `${at}`,
              name_localizations: { 'zh-TW': `${at}${'短'.repeat(60)}`, 'zh-CN': `${at}${'长'.repeat(70)}` },
              value: `${at}`,
            })),
          }),
        ),
      }),
      '[0][APPLICATION_COMMAND_TOO_LARGE]',
    ],
    'over 8,000 characters': [slash({ options: long }), '[0][APPLICATION_COMMAND_TOO_LARGE]'],
  };
  test.each(Object.entries(cases))('%s', async (_, [command, field]) => {
    expect(await register(command)).toEqual({ status: 400, code: 50035, fields: [field] });
  });
  test('the same name twice', async () => {
    expect((await register(slash({}), slash({}))).fields).toEqual(['[1][APPLICATION_COMMANDS_DUPLICATE_NAME]']);
  });
  test('the same name twice in another language', async () => {
    const twice = ['ask', 'answer'].map(name => slash({ name, name_localizations: { 'zh-TW': '問答' } }));
    expect((await register(...twice)).fields).toEqual(['[1][APPLICATION_COMMANDS_DUPLICATE_NAME]']);
  });
  test('101 commands, or 16 for messages', async () => {
    const many = Array.from({ length: 101 }, (_, order) => slash({ name: `quote${order}` }));
    expect(await register(...many)).toMatchObject({ status: 400, code: 30032 });
    const forMessages = Array.from({ length: 16 }, (_, order) => ({ name: `Read ${order}`, type: 3 }));
    expect(await register(...forMessages)).toMatchObject({ status: 400, code: 30032 });
  });
  test('a refused list leaves the registered commands as they were', async () => {
    const registered = await bot.client.application.commands.fetch();
    expect(registered.map(({ name }) => name)).toEqual(['say', 'who', 'post', 'manage', 'Read it']);
  });
});

describe('what Discord refuses whatever the body', () => {
  test('a route that the playground does not model, recorded by name', async () => {
    expect(await refusalOf(bot.client.rest.get('/guilds/1/audit-logs'))).toMatchObject({ status: 404, code: 0 });
    expect(bot.playground.refusals.at(-1)).toMatchObject({ route: 'GET /guilds/1/audit-logs', status: 404 });
  });
  test('a call without the token', async () => {
    const call = bot.client.rest.get(Routes.applicationCommands(bot.client.application.id), { auth: false });
    expect(await refusalOf(call)).toMatchObject({ status: 401 });
  });
  test('a body that isn’t JSON', async () => {
    const { apiUrl, token } = bot.playground;
    const headers = { authorization: `Bot ${token}`, 'content-type': 'application/json' };
    const url = `${apiUrl}/v10${Routes.applicationCommands(bot.client.application.id)}`;
    const response = await fetch(url, { method: 'PUT', headers, body: '{' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 50109 });
  });
});

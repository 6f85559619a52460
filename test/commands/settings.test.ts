import { describe, expect, test } from 'vitest';
import { looksLikeWarning, readColour, settings as settingsCommand, writeColour } from '../../src/commands/settings.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import { ACCENTS, isPrivate } from '../../src/replies/reply.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { refusalOf, textOf } from '../replies/read-reply.ts';
import { ask, contextOf, offered } from './ask.ts';

test('a user who may use it without Manage Server can look but not change anything', async () => {
  const manager = await contextOf([]);
  const member = { ...manager, user: { id: '3', mayChange: false } };
  expect(textOf(await ask(member, 'settings'))).toContain('Settings of your library');
  expect(textOf(await ask(member, 'settings', { answers: 'private' }))).toContain('Manage Server');
  expect(await manager.library.choose({})).toEqual(DEFAULT_SETTINGS);
  await ask(manager, 'settings', { answers: 'private', language: 'zh-CN', accent: '#58f' });
  expect(await manager.library.choose({})).toEqual({
    ...DEFAULT_SETTINGS,
    privacy: 'private',
    language: 'zh-CN',
    accent: 0x5588ff,
  });
});

test.each([{ answers: 'all' }, { language: 'en-US' }, { language: '' }, { answers: '__proto__' }])(
  'an unknown choice changes nothing: %o',
  async texts => {
    const context = await contextOf([]);
    const reply = await ask(context, 'settings', { accent: 'red', ...texts });
    if (texts.language !== '') expect(textOf(reply)).toContain('isn’t one of the choices');
    expect((await context.library.choose({})).accent).toBe(texts.language === '' ? 0xed4245 : undefined);
  },
);

test.each(LANGUAGES)('in %s: every suggested colour is accepted, by its value and by its name', async language => {
  const say = sayIn(language);
  const context = { ...(await contextOf([])), say, ownLanguage: language };
  for (const { name, value } of await offered(context, 'settings', 'accent', '')) {
    const [called = ''] = name.split(/ · |[:：]/v);
    const replies = [
      await ask(context, 'settings', { accent: value }),
      await ask(context, 'settings', { accent: called }),
    ];
    for (const reply of replies) {
      expect([isPrivate(reply), refusalOf(reply)]).toEqual([true, undefined]);
      expect(textOf(reply)).toContain(value === 'none' ? say('settings.own-colours') : value);
    }
  }
});

test('a new language is the one of the answer', async () => {
  const context = { ...(await contextOf([])), ownLanguage: 'zh-CN' as const };
  const saved = async (language: string) => textOf(await ask(context, 'settings', { language }));
  expect(await saved('zh-TW')).toContain('繁體中文');
  expect(await saved('own')).toContain(sayIn('zh-CN')('settings.own-language'));
});

test('accepts colours as people write them', () => {
  for (const typed of ['#5865F2', '5865f2', ' #5865f2 ']) expect(readColour(typed)).toBe(0x5865f2);
  expect([readColour('#000'), readColour('fff')]).toEqual([0, 0xffffff]);
  for (const typed of ['', '#', '#12', '#1234', '#1234567', '0x123456', 'rgb(1,2,3)', '#12345g']) {
    expect(readColour(typed), typed).toBeUndefined();
  }
  expect([writeColour(0), writeColour(0x00ff0a)]).toEqual(['#000000', '#00FF0A']);
});

test('tells warning colours from others', () => {
  for (const colour of [ACCENTS.likely, ACCENTS.unclear, 0xe67e22, 0xffa500, 0xffbf00, 0xff8c00])
    expect(looksLikeWarning(colour)).toBe(true);
  for (const colour of [ACCENTS.sure, ACCENTS.article, 0, 0xffffff]) expect(looksLikeWarning(colour)).toBe(false);
});

describe('where mentions are answered', () => {
  const [here, news] = [
    { id: '5', permissions: undefined, kind: 'text' as const, needsTag: false },
    { id: '7', permissions: undefined, kind: 'text' as const, needsTag: false },
  ];

  async function server() {
    const context = await contextOf([]);
    const owner = { kind: 'server', id: '1' } as const;
    const choose = async (mentions: string | undefined, channel?: typeof here, reports?: typeof here) => {
      const texts = mentions === undefined ? {} : { mentions };
      const settings = await context.library.choose({});
      const options = {
        subcommand: undefined,
        texts,
        flags: { 'no-reports': reports !== undefined },
        numbers: {},
        roles: {},
        attachments: {},
        target: undefined,
      };
      const channels = { ...(channel && { channel }), ...(reports && { reports }) };
      const reply = await settingsCommand.run({ ...options, channels }, { ...context, owner, settings });
      return [(await context.library.choose({})).mentions, 'components' in reply ? textOf(reply) : ''];
    };
    return { context, choose };
  }

  test('everywhere, nowhere, or in channels that are chosen one by one', async () => {
    const { choose } = await server();
    expect(await choose('nowhere')).toEqual([[], expect.stringContaining('**not answered**')]);
    expect(await choose('everywhere')).toEqual(['everywhere', expect.stringContaining('**in every channel**')]);
    expect(await choose('some')).toEqual([['5'], expect.stringContaining('only in <#5>')]);
    expect(await choose(undefined, news)).toEqual([['5', '7'], expect.stringContaining('only in <#5> and <#7>')]);
    expect(await choose('some')).toEqual([['5', '7'], expect.anything()]);
    expect(await choose(undefined, here)).toEqual([['7'], expect.stringContaining('only in <#7>')]);
    expect(await choose(undefined, news)).toEqual([[], expect.stringContaining('**not answered**')]);
    expect(await choose('all')).toEqual([[], expect.stringContaining('isn’t one of the choices')]);
  });

  test.each([
    ['nowhere', news, undefined, '`mentions` and `channel` contradict'],
    ['everywhere', news, undefined, '`mentions` and `channel` contradict'],
    [undefined, news, here, '`reports` and `no-reports` contradict'],
  ])('options that contradict each other change nothing: %s, %o, %o', async (mentions, channel, reports, told) => {
    const { choose, context } = await server();
    const before = await context.library.choose({ mentions: ['5'], reports: '5' });
    expect(await choose(mentions, channel, reports)).toEqual([['5'], expect.stringContaining(told)]);
    expect(await context.library.choose({})).toEqual(before);
  });

  test('in each of two channels that are chosen at once', async () => {
    const { context, choose } = await server();
    await Promise.all([choose('some', here), choose('some', news)]);
    expect((await context.library.choose({})).mentions).toEqual(['5', '7']);
  });

  test('is no setting of direct messages', async () => {
    const { context } = await server();
    expect(textOf(await ask(context, 'settings', { mentions: 'nowhere' }))).toContain('Only servers have that setting');
    expect(textOf(await ask(context, 'settings'))).not.toContain('Mentions');
    expect(textOf(await ask({ ...context, owner: { kind: 'server', id: '1' } }, 'settings'))).toContain(
      'Mentions: answered',
    );
  });
});

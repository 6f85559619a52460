import { ButtonStyle, ComponentType, MessageFlags, Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bot, nextInteraction, type Refused, refusalOf, startBot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const v2 = MessageFlags.IsComponentsV2;
const text = (content: string) => ({ type: ComponentType.TextDisplay, content });
const button = (custom_id: string, more = {}) => ({
  type: ComponentType.Button,
  style: ButtonStyle.Primary,
  label: 'Next',
  custom_id,
  ...more,
});
const row = (...components: object[]) => ({ type: ComponentType.ActionRow, components });

/** Returns Discord's reply to a first answer with this body. */
async function answerWith(data: unknown, type = 4): Promise<Refused> {
  const arriving = nextInteraction(bot);
  const answered = bot.playground.person.command('say', { words: 'x' });
  const { id, token } = await arriving;
  const send = (body: unknown) => bot.client.rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  const refused = await refusalOf(send({ type, data }));
  await send({ type: 4, data: { content: 'Sorry.' } });
  await answered;
  return refused;
}

describe('what Discord refuses in a message', () => {
  const cases: Record<string, [unknown, string]> = {
    'a title of 257 characters': [
      { embeds: [{ title: 'x'.repeat(257) }] },
      'data.embeds[0].title[BASE_TYPE_MAX_LENGTH]',
    ],
    'content of 2,001 characters': [{ content: 'x'.repeat(2001) }, 'data.content[BASE_TYPE_MAX_LENGTH]'],
    'content that is no string': [{ content: 5 }, 'data.content[STRING_TYPE_CONVERT]'],
    'V2 with content, even empty': [
      { flags: v2, content: '', components: [text('x')] },
      'data.content[MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]',
    ],
    'V2 with embeds, even none': [
      { flags: v2, embeds: [], components: [text('x')] },
      'data.embeds[MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]',
    ],
    'a V2 component without the flag': [{ components: [text('x')] }, 'data.components[0][UNION_TYPE_CHOICES]'],
    'an unknown component': [{ components: [{ type: 99 }] }, 'data.components[0][UNION_TYPE_CHOICES]'],
    'over 40 components, nested ones counted': [
      { flags: v2, components: [{ type: 17, components: Array.from({ length: 40 }, () => text('x')) }] },
      'data.components[COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED]',
    ],
    'over 4,000 characters of text': [
      { flags: v2, components: [text('x'.repeat(2000)), text('x'.repeat(2001))] },
      'data.components[COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED]',
    ],
    'the same custom_id twice, even on a disabled button': [
      { content: 'x', components: [row(button('page:0'), button('page:0', { disabled: true }))] },
      'data.components[0].components[1].custom_id[COMPONENT_CUSTOM_ID_DUPLICATED]',
    ],
    'a label of 81 characters': [
      { content: 'x', components: [row(button('a', { label: 'x'.repeat(81) }))] },
      'data.components[0].components[0].label[BASE_TYPE_MAX_LENGTH]',
    ],
    'a custom_id of 101 characters': [
      { content: 'x', components: [row(button('x'.repeat(101)))] },
      'data.components[0].components[0].custom_id[BASE_TYPE_MAX_LENGTH]',
    ],
    'a button that leads nowhere': [
      { content: 'x', components: [row({ type: 2, style: ButtonStyle.Primary, label: 'Next' })] },
      'data.components[0].components[0].custom_id[BASE_TYPE_REQUIRED]',
    ],
    'six rows': [
      { content: 'x', components: Array.from({ length: 6 }, (_, order) => row(button(`a${order}`))) },
      'data.components[BASE_TYPE_BAD_LENGTH]',
    ],
    'a select beside a button': [
      {
        content: 'x',
        components: [row(button('a'), { type: 3, custom_id: 'b', options: [{ label: 'x', value: 'x' }] })],
      },
      'data.components[0].components[1][COMPONENT_LAYOUT_WIDTH_EXCEEDED]',
    ],
    'a select with the same value twice': [
      {
        content: 'x',
        components: [
          row({
            type: 3,
            custom_id: 'b',
            options: [
              { label: 'x', value: 'x' },
              { label: 'y', value: 'x' },
            ],
          }),
        ],
      },
      'data.components[0].components[0].options[1].value[SELECT_COMPONENT_OPTION_VALUE_DUPLICATED]',
    ],
    'blank text': [{ flags: v2, components: [text(' \n')] }, 'data.components[0].content[BASE_TYPE_REQUIRED]'],
    'a medium that did not come along': [
      { flags: v2, components: [{ type: 12, items: [{ media: { url: 'attachment://card.png' } }] }] },
      'data.components[0].items[0].media.url[UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND]',
    ],
  };
  test.each(Object.entries(cases))('%s', async (_, [data, field]) => {
    expect(await answerWith(data)).toEqual({ status: 400, code: 50035, fields: [field] });
  });

  const unmodelled: Record<string, [unknown, string]> = {
    'an embed': [{ embeds: [{ title: 'x' }] }, 'data.embeds[NOT_MODELLED]'],
    'a link button': [
      {
        content: 'x',
        components: [row({ type: 2, style: ButtonStyle.Link, label: 'Read', url: 'https://example.org/' })],
      },
      'data.components[0].components[0][NOT_MODELLED]',
    ],
    'a select of another type': [
      { content: 'x', components: [row({ type: ComponentType.UserSelect, custom_id: 'a' })] },
      'data.components[0].components[0][NOT_MODELLED]',
    ],
    'a select for several values': [
      {
        content: 'x',
        components: [
          row({ type: 3, custom_id: 'a', options: ['x', 'y'].map(value => ({ label: value, value })), max_values: 2 }),
        ],
      },
      'data.components[0].components[0][NOT_MODELLED]',
    ],
  };
  test.each(Object.entries(unmodelled))('%s, which the page doesn’t show', async (_, [data, field]) => {
    expect((await answerWith(data)).fields).toContain(field);
  });

  test('an empty message', async () => {
    expect(await answerWith({})).toMatchObject({ status: 400, code: 50006 });
    expect(await answerWith({ content: '  ' })).toMatchObject({ status: 400, code: 50006 });
    expect(await answerWith({ flags: v2, components: [] })).toMatchObject({ status: 400, code: 50006 });
    expect(await answerWith({ components: [row(button('a'))] })).toMatchObject({ status: 400, code: 50006 });
  });

  test('fails with a server error at 3,500 Chinese characters', async () => {
    expect(await answerWith({ flags: v2, components: [text('習'.repeat(3500))] })).toMatchObject({ status: 500 });
  });

  test('a type of answer that doesn’t fit the interaction', async () => {
    const field = 'type[BASE_TYPE_CHOICES]';
    expect(await answerWith({ choices: [] }, 8)).toEqual({ status: 400, code: 50035, fields: [field] });
    expect(await answerWith({ content: 'x' }, 7)).toEqual({ status: 400, code: 50035, fields: [field] });
    expect(await answerWith(undefined, 99)).toEqual({ status: 400, code: 50035, fields: [field] });
  });

  test('a modal with six fields or a long title', async () => {
    const label = (order: number) => ({
      type: ComponentType.Label,
      label: 'x',
      component: { type: ComponentType.TextInput, style: 1, custom_id: `${order}` },
    });
    const modal = (count: number, title: string) => ({
      custom_id: 'form',
      title,
      components: Array.from({ length: count }, (_, order) => label(order)),
    });
    expect((await answerWith(modal(6, 'x'), 9)).fields).toEqual(['data.components[BASE_TYPE_BAD_LENGTH]']);
    expect((await answerWith(modal(1, 'x'.repeat(46)), 9)).fields).toEqual(['data.title[BASE_TYPE_MAX_LENGTH]']);
  });

  test('every refusal is recorded with its route', () => {
    const routes = new Set(bot.playground.refusals.map(({ route }) => route));
    expect([...routes]).toEqual(['POST /interactions/:id/:token/callback']);
    expect(bot.playground.refusals[0]).toMatchObject({ status: 400, code: 50035 });
  });
});

describe('what Discord refuses in suggestions', () => {
  async function completeWith(choices: unknown): Promise<Refused> {
    const arriving = nextInteraction(bot);
    const completed = bot.playground.person.autocomplete('say', 'how', 'x', { words: 'x' });
    const { id, token } = await arriving;
    const send = (body: unknown) => bot.client.rest.post(Routes.interactionCallback(id, token), { body, auth: false });
    const refused = await refusalOf(send({ type: 8, data: { choices } }));
    await send({ type: 8, data: { choices: [] } });
    await completed;
    return refused;
  }
  const choice = (name: string) => ({ name, value: name });
  test('26 choices', async () => {
    const choices = Array.from({ length: 26 }, (_, order) => choice(`${order}`));
    expect((await completeWith(choices)).fields).toEqual(['data.choices[BASE_TYPE_MAX_LENGTH]']);
  });
  test('a choice of 101 characters, or of none', async () => {
    expect((await completeWith([{ name: 'x', value: 'x'.repeat(101) }])).fields[0]).toBe(
      'data.choices[0].value[BASE_TYPE_MAX_LENGTH]',
    );
    expect((await completeWith([choice('x'.repeat(101))])).fields[0]).toBe(
      'data.choices[0].name[BASE_TYPE_MAX_LENGTH]',
    );
    expect((await completeWith([choice('')])).fields[0]).toBe('data.choices[0].name[BASE_TYPE_REQUIRED]');
  });
});

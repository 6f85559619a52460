import { MessageResponseSchema } from 'discord-api-spec/zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actionSchema } from '../../playground/client/actions.ts';
import { isRecord } from '../../playground/json.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';
import { type Bot, nextInteraction, startBot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const keys = fc.constantFrom(
  'type',
  'content',
  'embeds',
  'components',
  'custom_id',
  'label',
  'url',
  'style',
  'items',
  'media',
  'accessory',
  'component',
  'options',
  'value',
  'values',
  'name',
  'description',
  'flags',
  'attachments',
  'id',
  'fields',
  'title',
  'choices',
  'default_member_permissions',
  '__proto__',
  'constructor',
);
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('x'.repeat(5000), 'attachment://a', 'javascript:x', '', ' '),
  fc.integer({ min: -2, max: 40_000 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
/** Bodies with the keys that Discord knows, and values of every type. */
const body = fc.letrec<{ value: unknown; object: unknown; list: unknown }>(tie => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('object'), tie('list')),
  object: fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
  list: fc.array(tie('value'), { maxLength: 6 }),
})).value;

async function send(method: string, path: string, sent: unknown) {
  const headers = { authorization: `Bot ${bot.playground.token}`, 'content-type': 'application/json' };
  const response = await fetch(`${bot.playground.apiUrl}/v10${path}`, { method, headers, body: JSON.stringify(sent) });
  return { status: response.status, text: await response.text() };
}

/** True for a reply that Discord could give: success, a refusal with a code, or its own failure on too much text. */
function isDiscords({ status, text }: { status: number; text: string }): boolean {
  if (status === 200 || status === 204) return true;
  const answer: unknown = JSON.parse(text);
  return (status === 400 || status === 500) && isRecord(answer) && typeof answer.code === 'number';
}

test('any body of a first answer is accepted, or refused with a code', { timeout: 120_000 }, async () => {
  let arriving = nextInteraction(bot);
  let answered = bot.playground.person.command('say', { words: 'x' });
  let { id, token } = await arriving;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(4, 5, 9), body, async (type, data) => {
      const answer = await send('POST', `/interactions/${id}/${token}/callback`, { type, data });
      expect(isDiscords(answer), answer.text).toBe(true);
      if (answer.status >= 400) return;
      const shown = bot.playground.person.sees().at(-1);
      expect(type === 9 || MessageResponseSchema.safeParse(shown).success, JSON.stringify(shown)).toBe(true);
      arriving = nextInteraction(bot);
      answered = bot.playground.person.command('say', { words: 'x' });
      ({ id, token } = await arriving);
    }),
    { numRuns: times(300, 10_000) },
  );
  await send('POST', `/interactions/${id}/${token}/callback`, { type: 4, data: { content: 'Done' } });
  expect((await answered).failed).toBeUndefined();
});

test('any body of an edit is accepted, or refused with a code', async () => {
  const arriving = nextInteraction(bot);
  const answered = bot.playground.person.command('say', { words: 'x' });
  const { id, token, applicationId } = await arriving;
  await send('POST', `/interactions/${id}/${token}/callback`, { type: 4, data: { content: 'x' } });
  await answered;
  await fc.assert(
    fc.asyncProperty(body, async edit => {
      const answer = await send('PATCH', `/webhooks/${applicationId}/${token}/messages/@original`, edit);
      expect(isDiscords(answer), answer.text).toBe(true);
    }),
    { numRuns: times(150, 5000) },
  );
});

test('any list of commands is accepted, or refused with a code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(body, fc.array(body, { maxLength: 3 })), async commands => {
      const answer = await send('PUT', `/applications/${bot.client.application.id}/commands`, commands);
      expect(isDiscords(answer), answer.text).toBe(true);
    }),
    { numRuns: times(150, 5000) },
  );
});

const deedKeys = fc.constantFrom(
  'kind',
  'commandId',
  'data',
  'options',
  'type',
  'name',
  'value',
  'messageId',
  'customId',
  '__proto__',
);
const deed = fc.oneof(
  body,
  fc.dictionary(deedKeys, fc.oneof(body, fc.constantFrom('command', 'component', 'modal', '1')), { maxKeys: 7 }),
);

test('the page refuses any malformed action', async () => {
  await fc.assert(
    fc.asyncProperty(deed, async sent => {
      fc.pre(!actionSchema.safeParse(sent).success);
      const response = await fetch(`${bot.playground.address}/page/interactions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sent),
      });
      expect(response.status).toBe(400);
      await response.body?.cancel();
    }),
    { numRuns: times(150, 5000) },
  );
});

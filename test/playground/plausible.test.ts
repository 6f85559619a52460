import { type APIMessage, MessageFlags, Routes } from 'discord.js';
import { MessageResponseSchema } from 'discord-api-spec/zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';
import { type Bot, nextInteraction, startBot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** Returns values that a builder may leave out, or send as null. */
const maybe = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof(fc.constant(undefined), fc.constant(null), arbitrary);
const words = (maxLength: number) =>
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: maxLength / 10 }).map(text => `a${text}`);
const flag = maybe(fc.boolean());
const file = { name: 'a.png', data: Buffer.from('x') };
const media = fc.constant({ url: 'attachment://a.png' });

const text = fc.record({ type: fc.constant(10), content: words(500) });
const customId = fc.uuid();
const button = fc.record({
  type: fc.constant(2),
  style: fc.integer({ min: 1, max: 4 }),
  label: words(80),
  custom_id: customId,
  disabled: flag,
});
const option = fc.record({ label: words(100), value: fc.uuid(), description: maybe(words(100)), default: flag });
const select = fc.record({
  type: fc.constant(3),
  custom_id: customId,
  placeholder: maybe(words(150)),
  options: fc.array(option, { minLength: 1, maxLength: 5 }),
});
const row = fc.record({
  type: fc.constant(1),
  components: fc.oneof(fc.array(button, { minLength: 1, maxLength: 5 }), fc.tuple(select)),
});
const separator = fc.record({ type: fc.constant(14), divider: flag, spacing: maybe(fc.constantFrom(1, 2)) });
const item = fc.record({ media, description: maybe(words(1024)), spoiler: flag });
const gallery = fc.record({ type: fc.constant(12), items: fc.array(item, { minLength: 1, maxLength: 4 }) });
const shown = fc.record({ type: fc.constant(13), file: media, spoiler: flag });
const inner = fc.oneof(text, row, shown, separator, gallery);
const container = fc.record({
  type: fc.constant(17),
  accent_color: maybe(fc.integer({ min: 0, max: 0xffffff })),
  spoiler: flag,
  components: fc.array(inner, { minLength: 1, maxLength: 3 }),
});
const modern = fc.record({
  flags: fc.constantFrom(MessageFlags.IsComponentsV2, MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral),
  components: fc.array(fc.oneof(inner, container), { minLength: 1, maxLength: 2 }),
});
const legacy = fc.record({
  content: words(2000),
  components: maybe(fc.array(row, { minLength: 1, maxLength: 2 })),
});

async function answeredWith(data: unknown): Promise<APIMessage | undefined> {
  const arriving = nextInteraction(bot);
  const asking = bot.playground.person.command('say', { words: 'x' });
  const { id, token } = await arriving;
  await bot.client.rest.post(Routes.interactionCallback(id, token), {
    body: { type: 4, data },
    files: [file],
    auth: false,
  });
  return (await asking).message;
}

test('whatever is accepted becomes a message in Discord’s format', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(modern, legacy), async body => {
      const shape = MessageResponseSchema.safeParse(await answeredWith(body));
      expect(shape.error?.issues ?? []).toEqual([]);
    }),
    { numRuns: times(100, 3000) },
  );
});

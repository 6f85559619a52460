import { loadImage } from '@napi-rs/canvas';
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { descriptionOf, menuIn, textOf } from '../replies/read-reply.ts';
import { messageOf } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let person: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  person = verbatim.playground.person;
});
afterAll(() => verbatim.stop());

const isEphemeral = (message: APIMessage) => ((message.flags ?? 0) & 64) !== 0;

/** Returns the answer to a choice in the menu below a message. */
async function chosen(message: APIMessage, label: string): Promise<APIMessage> {
  const menu = menuIn(message);
  const value = menu?.options.find(option => option.label === label)?.value ?? `no entry ${label}`;
  return await messageOf(person.select(message, menu?.custom_id ?? '', [value]));
}

test('/speakers answers with a picture, its full description, the same as text, and a menu of speakers', async () => {
  for (const options of [{}, { article: 'us-china-rome-meeting' }]) {
    const message = await messageOf(person.command('speakers', options));
    expect(isEphemeral(message)).toBe(false);
    expect(textOf(message)).toContain('a senior US official');
    expect(descriptionOf(message)).toContain('a senior US official: ');
    const [attachment] = message.attachments;
    const bytes = await (await fetch(attachment?.url ?? '')).arrayBuffer();
    expect((await loadImage(Buffer.from(bytes))).width).toBe(1200);
    const opened = await chosen(message, 'a senior US official');
    expect(opened.id).not.toBe(message.id);
    expect(textOf(opened)).toContain('### a senior US official');
    expect(isEphemeral(opened)).toBe(false);
  }
});

test('what a private menu opens is private too', async () => {
  const message = await messageOf(person.command('speakers', { private: true }));
  expect(isEphemeral(message)).toBe(true);
  expect(isEphemeral(await chosen(message, 'CNN'))).toBe(true);
});

test('an entry that was never offered leads nowhere', async () => {
  const message = await messageOf(person.command('speakers'));
  const custom_id = menuIn(message)?.custom_id ?? '';
  for (const values of [[], ['wtAAxxxxxxAA'], ['../../etc/passwd'], ['']]) {
    const payload = { custom_id, component_type: 3, id: 1, values };
    const answer = await person.send({ type: 3, payload, message });
    expect(answer.ephemeral).toBe(true);
    expect(textOf(answer.message ?? {})).toContain('has expired');
  }
});

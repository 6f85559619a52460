import { loadImage } from '@napi-rs/canvas';
import { type APIMediaGalleryItem, type APIMessage, ComponentType } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { buttonsOf, idOf, textOf } from '../replies/read-reply.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let person: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  person = verbatim.playground.person;
});
afterAll(() => verbatim.stop());

async function asked(path: string, options: Record<string, string | boolean>): Promise<APIMessage> {
  const { message, failed } = await person.command(path, options);
  if (message === undefined) throw new Error(failed ?? 'no message');
  return message;
}

async function pressed(message: APIMessage, label: string): Promise<APIMessage> {
  const { message: next, failed } = await person.press(message, idOf(message, label));
  if (next === undefined) throw new Error(failed ?? 'no message');
  return next;
}

function pictureIn(message: APIMessage): APIMediaGalleryItem | undefined {
  const [container] = message.components ?? [];
  const inside = container?.type === ComponentType.Container ? container.components : [];
  return inside.flatMap(each => (each.type === ComponentType.MediaGallery ? each.items : []))[0];
}

/** Returns width and height of the picture, as downloaded from the message. */
async function sizeOf(message: APIMessage): Promise<readonly [number, number]> {
  const response = await fetch(pictureIn(message)?.media.url ?? '');
  expect(response.headers.get('content-type')).toBe('image/png');
  const { width, height } = await loadImage(Buffer.from(await response.arrayBuffer()));
  return [width, height];
}

const isEphemeral = (message: APIMessage) => ((message.flags ?? 0) & 64) !== 0;
const sure = { words: 'reflecting the gravity of the moment' };

test('/card answers with a picture, its full description and the citation', async () => {
  const answer = await asked('card', sure);
  expect(await sizeOf(answer)).toEqual([1200, 630]);
  expect(pictureIn(answer)?.description).toContain('reflecting the gravity of the moment');
  expect(pictureIn(answer)?.description).toContain('a senior US official');
  expect(textOf(answer)).toContain('¶4');
  expect(isEphemeral(answer)).toBe(false);
});

test('its buttons change its style in place, one picture at a time', async () => {
  const answer = await asked('card', { ...sure, theme: 'night' });
  const square = await pressed(answer, 'Square');
  expect(square.id).toBe(answer.id);
  expect(await sizeOf(square)).toEqual([1080, 1080]);
  const forest = await pressed(square, 'Forest');
  expect(forest.attachments).toHaveLength(1);
  expect(await sizeOf(forest)).toEqual([1080, 1080]);
  // A reader's client shows what it knows under the same URL.
  const [before, after] = [square, forest].map(each => pictureIn(each)?.media.url ?? '');
  expect(after).not.toBe(before);
  expect((await fetch(before ?? '')).status).toBe(404);
  expect(buttonsOf(forest).map(({ label }) => label)).toEqual(['Paper', 'Night', 'Wide']);
});

test('a private one can be shared', async () => {
  const mine = await asked('card', { ...sure, shape: 'square', private: true });
  expect(isEphemeral(mine)).toBe(true);
  const shared = await pressed(mine, 'Share');
  expect(isEphemeral(shared)).toBe(false);
  expect(await sizeOf(shared)).toEqual([1080, 1080]);
});

test('Card under a quote or a /who said answer adds one below', async () => {
  for (const path of ['quote', 'who said']) {
    const quote = await asked(path, sure);
    const card = await pressed(quote, 'Card');
    expect(card.id).not.toBe(quote.id);
    expect(await sizeOf(card)).toEqual([1200, 630]);
  }
  const mine = await pressed(await asked('quote', { ...sure, private: true }), 'Card');
  expect(isEphemeral(mine)).toBe(true);
});

test('an inferred speaker is marked in the description too', async () => {
  const answer = await asked('card', { words: 'it depends on how you define success' });
  expect(pictureIn(answer)?.description).toContain('Speaker inferred: the article says “the official”');
});

test('if the speaker is unclear or there is none, the answer gives the reason', async () => {
  for (const words of ['they don’t share common systems', 'shopping list in China']) {
    const answer = await asked('card', { words });
    expect(isEphemeral(answer)).toBe(true);
    expect(pictureIn(answer)).toBeUndefined();
    expect(textOf(answer)).toMatch(/doesn’t say who|own words/v);
  }
});

test('a code that leads nowhere, or to a wrong speaker, makes no card', async () => {
  const quote = await asked('quote', sure);
  const id = idOf(quote, 'Card');
  for (const forged of [`${id.slice(0, -3)}AAA`, `${id.slice(0, 4)}29${id.slice(6)}`, `${id}AAAAAAA`]) {
    const { message } = await person.forge(forged, quote);
    expect(message && pictureIn(message)).toBeUndefined();
  }
});

import { afterEach, expect, test } from 'vitest';
import { CardDrawer } from '../../src/cards/card-drawer.ts';
import { drawCard } from '../../src/cards/draw-picture.ts';
import { cardOf } from './cards.ts';

const opened: CardDrawer[] = [];
afterEach(() => Promise.all(opened.splice(0).map(drawer => drawer.close())));

function openDrawer(program?: URL, milliseconds?: number): CardDrawer {
  const drawer = new CardDrawer(program, milliseconds);
  opened.push(drawer);
  return drawer;
}

const crashing = new URL('./crashing-drawer.ts', import.meta.url);

test('draws the same picture in another process as in this one', async () => {
  const drawer = openDrawer();
  const cards = [cardOf('Rain.'), cardOf('雨。', { shape: 'square', theme: 'forest' })];
  const pictures = await Promise.all(cards.map(card => drawer.draw(card)));
  expect(pictures.map((picture, at) => picture.equals(drawCard(cards[at] ?? cardOf(''))))).toEqual([true, true]);
});

test('reports an error for a card that crashed two processes, and draws the others', async () => {
  const drawer = openDrawer(crashing);
  const outcomes = await Promise.allSettled(['one', 'crash', 'two'].map(text => drawer.draw(cardOf(text))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { message: 'The drawing process ended with SIGKILL.' } });
  expect((await drawer.draw(cardOf('three'))).toString()).toBe('drawn three');
});

test('gives up a card that takes too long, and draws the others', async () => {
  const drawer = openDrawer(crashing, 2000);
  const outcomes = await Promise.allSettled(['hang', 'one'].map(text => drawer.draw(cardOf(text))));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('closing rejects what is still being drawn', async () => {
  const drawer = openDrawer();
  const drawn = expect(drawer.draw(cardOf('Rain.'))).rejects.toThrow('Drawing has stopped.');
  await Promise.all([drawer.close(), drawn]);
});

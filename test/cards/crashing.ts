/** In place of the process that draws: ends over a card for "crash", and draws nothing but the words. */
import type { Card } from '../../src/cards/card.ts';

process.on('message', ({ number, picture }: { number: number; picture: Card }) => {
  const text = picture.parts[0]?.text ?? '';
  if (text === 'crash') process.kill(process.pid, 'SIGKILL');
  process.send?.({ number, bytes: Buffer.from(`drawn ${text}`) });
});

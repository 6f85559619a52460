/** Stands in for the drawing process: dies over the text "crash"; draws any other as its words. */
import type { Card } from '../../src/cards/card.ts';

process.on('message', (picture: Card) => {
  const text = picture.parts[0]?.text ?? '';
  if (text === 'crash') process.kill(process.pid, 'SIGKILL');
  process.send?.(Buffer.from(`drawn ${text}`));
});

/** The process of a card drawer: takes pictures with their numbers and answers each with its bytes. */
import { drawPicture, type Picture } from './draw-picture.ts';

interface Order {
  readonly number: number;
  readonly picture: Picture;
}

// Its parent decides when it ends: what stops the bot at the terminal reaches this process, too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.on('message', ({ number, picture }: Order) => {
  // A parent that has ended waits for nothing.
  process.send?.({ number, bytes: drawPicture(picture) }, () => undefined);
});

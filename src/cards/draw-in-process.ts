/** The process of a card drawer: takes cards with their numbers and answers each with its picture. */
import type { Card } from './card.ts';
import { drawCard } from './draw.ts';

interface Order {
  readonly number: number;
  readonly card: Card;
}

// Its parent decides when it ends: what stops the bot at the terminal reaches this process, too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.on('message', ({ number, card }: Order) => {
  // A parent that has ended waits for nothing.
  process.send?.({ number, bytes: drawCard(card) }, () => undefined);
});

import { answerView } from './answer.ts';
import { articleView } from './article.ts';
import { cardView } from './card.ts';
import { compareView } from './compare.ts';
import { feedsView, watchesView } from './following.ts';
import { libraryView } from './library.ts';
import { personView } from './person.ts';
import { likeView, quoteView } from './quote.ts';
import { quotesView } from './quotes.ts';
import { speakersView } from './speakers.ts';
import { summaryView } from './summary.ts';
import { timelineView } from './timeline.ts';
import type { Press } from './view.ts';
import { whoSaidView } from './who-said.ts';

/** Every view that a button can show. */
const views: readonly { decode(id: string): Press | undefined }[] = [
  quoteView,
  likeView,
  whoSaidView,
  personView,
  summaryView,
  articleView,
  cardView,
  speakersView,
  compareView,
  timelineView,
  libraryView,
  quotesView,
  feedsView,
  watchesView,
  answerView,
];

/** Returns what a button's `custom_id` or the value of a menu entry asks for; `undefined` if no view wrote it. */
export function decodePress(id: string): Press | undefined {
  for (const view of views) {
    const press = view.decode(id);
    if (press !== undefined) return press;
  }
  return undefined;
}

import { addToLibrary, article } from './article.ts';
import { ask } from './ask.ts';
import { card, quoteCard } from './card.ts';
import { check, checkQuote } from './check.ts';
import type { Command } from './command.ts';
import { compare } from './compare.ts';
import { feed } from './feed.ts';
import { help } from './help.ts';
import { library } from './library.ts';
import { quote } from './quote.ts';
import { random } from './random.ts';
import { settings } from './settings.ts';
import { speakers } from './speakers.ts';
import { linkSummary, summary } from './summary.ts';
import { timeline } from './timeline.ts';
import { watch } from './watch.ts';
import { who, whoSaidThis } from './who.ts';

const answering: readonly Command[] = [
  quote,
  who,
  ask,
  card,
  check,
  speakers,
  compare,
  timeline,
  random,
  summary,
  article,
  library,
  feed,
  watch,
  settings,
  addToLibrary,
  checkQuote,
  whoSaidThis,
  quoteCard,
  linkSummary,
];

/** Every command there is, in the order in which the help names them. */
export const commands: readonly Command[] = [...answering, help(answering)];

import { answering } from './en/answering.ts';
import { answers } from './en/answers.ts';
import { buttons } from './en/buttons.ts';
import { cards } from './en/cards.ts';
import { citation } from './en/citation.ts';
import { lists } from './en/lists.ts';
import { speaker } from './en/speaker.ts';
import { speakers } from './en/speakers.ts';

export const english = {
  ...answering,
  ...answers,
  ...buttons,
  ...cards,
  ...citation,
  ...lists,
  ...speaker,
  ...speakers,
};

import { answering } from './zh-TW/answering.ts';
import { answers } from './zh-TW/answers.ts';
import { buttons } from './zh-TW/buttons.ts';
import { cards } from './zh-TW/cards.ts';
import { citation } from './zh-TW/citation.ts';
import { lists } from './zh-TW/lists.ts';
import { speaker } from './zh-TW/speaker.ts';
import { speakers } from './zh-TW/speakers.ts';

export const traditional = {
  ...answering,
  ...answers,
  ...buttons,
  ...cards,
  ...citation,
  ...lists,
  ...speaker,
  ...speakers,
};

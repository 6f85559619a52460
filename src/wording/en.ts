import { answering } from './en/answering.ts';
import { answers } from './en/answers.ts';
import { buttons } from './en/buttons.ts';
import { cards } from './en/cards.ts';
import { citation } from './en/citation.ts';
import { commands } from './en/commands.ts';
import { help } from './en/help.ts';
import { lists } from './en/lists.ts';
import { searching } from './en/searching.ts';
import { settings } from './en/settings.ts';
import { speaker } from './en/speaker.ts';
import { speakers } from './en/speakers.ts';

export const english = {
  ...answering,
  ...answers,
  ...buttons,
  ...cards,
  ...citation,
  ...commands,
  ...help,
  ...lists,
  ...searching,
  ...settings,
  ...speaker,
  ...speakers,
};

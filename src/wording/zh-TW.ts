import { answering } from './zh-TW/answering.ts';
import { answers } from './zh-TW/answers.ts';
import { buttons } from './zh-TW/buttons.ts';
import { cards } from './zh-TW/cards.ts';
import { citation } from './zh-TW/citation.ts';
import { commands } from './zh-TW/commands.ts';
import { help } from './zh-TW/help.ts';
import { lists } from './zh-TW/lists.ts';
import { searching } from './zh-TW/searching.ts';
import { settings } from './zh-TW/settings.ts';
import { speaker } from './zh-TW/speaker.ts';
import { speakers } from './zh-TW/speakers.ts';

export const traditional = {
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

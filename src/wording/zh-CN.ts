import { answering } from './zh-CN/answering.ts';
import { answers } from './zh-CN/answers.ts';
import { buttons } from './zh-CN/buttons.ts';
import { cards } from './zh-CN/cards.ts';
import { citation } from './zh-CN/citation.ts';
import { commands } from './zh-CN/commands.ts';
import { help } from './zh-CN/help.ts';
import { lists } from './zh-CN/lists.ts';
import { searching } from './zh-CN/searching.ts';
import { settings } from './zh-CN/settings.ts';
import { speaker } from './zh-CN/speaker.ts';
import { speakers } from './zh-CN/speakers.ts';

export const simplified = {
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

import { answering } from './zh-TW/answering.ts';
import { answers } from './zh-TW/answers.ts';
import { articleFiles } from './zh-TW/article-files.ts';
import { articles } from './zh-TW/articles.ts';
import { buttons } from './zh-TW/buttons.ts';
import { cards } from './zh-TW/cards.ts';
import { checks } from './zh-TW/checks.ts';
import { citation } from './zh-TW/citation.ts';
import { commands } from './zh-TW/commands.ts';
import { help } from './zh-TW/help.ts';
import { keeping } from './zh-TW/keeping.ts';
import { lists } from './zh-TW/lists.ts';
import { permitting } from './zh-TW/permitting.ts';
import { reading } from './zh-TW/reading.ts';
import { searching } from './zh-TW/searching.ts';
import { settings } from './zh-TW/settings.ts';
import { speaker } from './zh-TW/speaker.ts';
import { speakers } from './zh-TW/speakers.ts';

export const traditional = {
  ...answering,
  ...answers,
  ...articleFiles,
  ...articles,
  ...buttons,
  ...cards,
  ...checks,
  ...citation,
  ...commands,
  ...help,
  ...keeping,
  ...lists,
  ...permitting,
  ...reading,
  ...searching,
  ...settings,
  ...speaker,
  ...speakers,
};

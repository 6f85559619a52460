import { answering } from './zh-CN/answering.ts';
import { answers } from './zh-CN/answers.ts';
import { articleFiles } from './zh-CN/article-files.ts';
import { articles } from './zh-CN/articles.ts';
import { buttons } from './zh-CN/buttons.ts';
import { cards } from './zh-CN/cards.ts';
import { checks } from './zh-CN/checks.ts';
import { citation } from './zh-CN/citation.ts';
import { commands } from './zh-CN/commands.ts';
import { help } from './zh-CN/help.ts';
import { keeping } from './zh-CN/keeping.ts';
import { lists } from './zh-CN/lists.ts';
import { permitting } from './zh-CN/permitting.ts';
import { reading } from './zh-CN/reading.ts';
import { searching } from './zh-CN/searching.ts';
import { settings } from './zh-CN/settings.ts';
import { speaker } from './zh-CN/speaker.ts';
import { speakers } from './zh-CN/speakers.ts';

export const simplified = {
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

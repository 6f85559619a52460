import { answering } from './en/answering.ts';
import { answers } from './en/answers.ts';
import { articleFiles } from './en/article-files.ts';
import { articles } from './en/articles.ts';
import { buttons } from './en/buttons.ts';
import { cards } from './en/cards.ts';
import { checks } from './en/checks.ts';
import { citation } from './en/citation.ts';
import { commands } from './en/commands.ts';
import { help } from './en/help.ts';
import { keeping } from './en/keeping.ts';
import { lists } from './en/lists.ts';
import { permitting } from './en/permitting.ts';
import { reading } from './en/reading.ts';
import { searching } from './en/searching.ts';
import { settings } from './en/settings.ts';
import { speaker } from './en/speaker.ts';
import { speakers } from './en/speakers.ts';

export const english = {
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

import { answering } from './en/answering.ts';
import { articleFiles } from './en/article-files.ts';
import { articles } from './en/articles.ts';
import { buttons } from './en/buttons.ts';
import { checks } from './en/checks.ts';
import { citation } from './en/citation.ts';
import { keeping } from './en/keeping.ts';
import { permitting } from './en/permitting.ts';
import { reading } from './en/reading.ts';
import { speaker } from './en/speaker.ts';

export const english = {
  ...answering,
  ...articleFiles,
  ...articles,
  ...buttons,
  ...checks,
  ...citation,
  ...keeping,
  ...permitting,
  ...reading,
  ...speaker,
};

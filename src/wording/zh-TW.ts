import { answering } from './zh-TW/answering.ts';
import { articleFiles } from './zh-TW/article-files.ts';
import { articles } from './zh-TW/articles.ts';
import { buttons } from './zh-TW/buttons.ts';
import { checks } from './zh-TW/checks.ts';
import { citation } from './zh-TW/citation.ts';
import { keeping } from './zh-TW/keeping.ts';
import { permitting } from './zh-TW/permitting.ts';
import { reading } from './zh-TW/reading.ts';
import { speaker } from './zh-TW/speaker.ts';

export const traditional = {
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

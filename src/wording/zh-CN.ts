import { answering } from './zh-CN/answering.ts';
import { articleFiles } from './zh-CN/article-files.ts';
import { articles } from './zh-CN/articles.ts';
import { buttons } from './zh-CN/buttons.ts';
import { checks } from './zh-CN/checks.ts';
import { citation } from './zh-CN/citation.ts';
import { keeping } from './zh-CN/keeping.ts';
import { permitting } from './zh-CN/permitting.ts';
import { reading } from './zh-CN/reading.ts';
import { speaker } from './zh-CN/speaker.ts';

export const simplified = {
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

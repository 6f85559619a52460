import { answering } from './zh-TW/answering.ts';
import { articleFiles } from './zh-TW/article-files.ts';
import { articles } from './zh-TW/articles.ts';
import { checks } from './zh-TW/checks.ts';
import { keeping } from './zh-TW/keeping.ts';
import { permitting } from './zh-TW/permitting.ts';
import { reading } from './zh-TW/reading.ts';

export const traditional = {
  ...answering,
  ...articleFiles,
  ...articles,
  ...checks,
  ...keeping,
  ...permitting,
  ...reading,
};

import { answering } from './zh-CN/answering.ts';
import { articleFiles } from './zh-CN/article-files.ts';
import { articles } from './zh-CN/articles.ts';
import { checks } from './zh-CN/checks.ts';
import { keeping } from './zh-CN/keeping.ts';
import { permitting } from './zh-CN/permitting.ts';
import { reading } from './zh-CN/reading.ts';

export const simplified = {
  ...answering,
  ...articleFiles,
  ...articles,
  ...checks,
  ...keeping,
  ...permitting,
  ...reading,
};

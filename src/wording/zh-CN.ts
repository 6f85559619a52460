import { answering } from './zh-CN/answering.ts';
import { articleFiles } from './zh-CN/article-files.ts';
import { keeping } from './zh-CN/keeping.ts';
import { reading } from './zh-CN/reading.ts';

export const simplified = {
  ...answering,
  ...articleFiles,
  ...keeping,
  ...reading,
};

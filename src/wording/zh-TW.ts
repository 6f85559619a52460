import { answering } from './zh-TW/answering.ts';
import { articleFiles } from './zh-TW/article-files.ts';
import { keeping } from './zh-TW/keeping.ts';
import { reading } from './zh-TW/reading.ts';

export const traditional = {
  ...answering,
  ...articleFiles,
  ...keeping,
  ...reading,
};

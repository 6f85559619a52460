import { answering } from './en/answering.ts';
import { articleFiles } from './en/article-files.ts';
import { keeping } from './en/keeping.ts';
import { reading } from './en/reading.ts';

export const english = {
  ...answering,
  ...articleFiles,
  ...keeping,
  ...reading,
};

import { answering } from './en/answering.ts';
import { articleFiles } from './en/article-files.ts';
import { articles } from './en/articles.ts';
import { checks } from './en/checks.ts';
import { keeping } from './en/keeping.ts';
import { permitting } from './en/permitting.ts';
import { reading } from './en/reading.ts';

export const english = {
  ...answering,
  ...articleFiles,
  ...articles,
  ...checks,
  ...keeping,
  ...permitting,
  ...reading,
};

import { wordSet } from '../../news/lexicon/word-lists.ts';
/** Words that open a question. */
export const questionWords = wordSet('who what when where why how which whose whom did does do has have is was were');

/** Words of a question that ask, and needn't be in the article: "what did … say about". */
export const askingWords = wordSet(
  'who what when where why how which whose whom did does do has have is was were say says said saying tell told about',
);

import type { Metadata } from '../../src/news/article.ts';

/** Nothing is known but a description. */
export const UNKNOWN_METADATA: Metadata = {
  title: 'An article',
  titleIsDescriptive: true,
  outlet: undefined,
  byline: undefined,
  published: undefined,
  url: undefined,
};

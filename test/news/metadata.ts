import type { Metadata } from '../../src/news/article.ts';

/** Metadata with nothing but a descriptive title. */
export const UNKNOWN_METADATA: Metadata = {
  title: 'An article',
  titleIsDescriptive: true,
  outlet: undefined,
  byline: undefined,
  published: undefined,
  url: undefined,
};

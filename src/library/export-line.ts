import type { Metadata } from '../news/article.ts';

/**
 * An article as one line of JSON, without a line end. Half a character and NUL are written as escapes, so that the text
 * comes back as it is.
 */
export function toLine({
  title,
  titleIsDescriptive,
  outlet,
  byline,
  published,
  url,
  text,
}: Metadata & { readonly text: string }): string {
  const description = titleIsDescriptive ? { titleIsDescriptive } : {};
  return JSON.stringify({ title, ...description, outlet, byline, published, url, text });
}

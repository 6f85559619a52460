import type { Metadata } from '../news/article.ts';

/** Returns an article as one line of JSON, without the line end. Lone surrogates and NUL are escaped. */
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

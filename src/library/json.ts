import { safeParse, type ZodMiniType } from 'zod/mini';
import type { Metadata } from '../news/article.ts';

/** Parses JSON of this shape; `undefined` if it is anything else. */
export function parseJson<Shape>(shape: ZodMiniType<Shape>, json: string): Shape | undefined {
  try {
    return safeParse(shape, JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

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

import { safeParse, type ZodMiniType } from 'zod/mini';
import { type Metadata, metadataOf } from '../../news/article.ts';

/** Parses JSON of this shape; `undefined` if it is anything else. */
export function parseJson<Shape>(shape: ZodMiniType<Shape>, json: string): Shape | undefined {
  try {
    return safeParse(shape, JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** Returns an article as one line of JSON, without the line end. Lone surrogates and NUL are escaped. */
export function toLine({ text, ...rest }: Metadata & { readonly text: string }): string {
  const { title, titleIsDescriptive, ...others } = metadataOf(rest);
  return JSON.stringify({ title, ...(titleIsDescriptive ? { titleIsDescriptive } : {}), ...others, text });
}

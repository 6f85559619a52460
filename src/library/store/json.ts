import { number, optional, prefault, safeParse, string, type ZodMiniType } from 'zod/mini';
import { type Metadata, metadataOf } from '../../news/article.ts';
import type { DecidedSpan } from './disputes.ts';

/** Parses JSON of this shape; `undefined` if it is anything else. */
export function parseJson<Shape>(shape: ZodMiniType<Shape>, json: string): Shape | undefined {
  try {
    return safeParse(shape, JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** Makes the shape of a key that may be missing. It isn't optional in the inferred type, but may be `undefined`. */
export function orUndefined<Shape extends ZodMiniType>(shape: Shape) {
  return prefault(optional(shape), undefined);
}

export const OPTIONAL_TEXT = orUndefined(string());
export const OPTIONAL_NUMBER = orUndefined(number());

/**
 * Returns an article as one line of JSON, without the line end. Lone surrogates and NUL are escaped. Places in the text
 * are in UTF-16 units.
 */
export function toLine(
  { text, ...rest }: Metadata & { readonly text: string },
  decided: readonly DecidedSpan[] = [],
): string {
  const { title, titleIsDescriptive, ...others } = metadataOf(rest);
  const decisions = decided.map(({ content, speaker }) => ({
    content: [content.start, content.end],
    speaker: speaker === undefined ? null : [speaker.start, speaker.end],
  }));
  const told = { ...(titleIsDescriptive ? { titleIsDescriptive } : {}), ...others };
  return JSON.stringify({ title, ...told, text, ...(decisions.length === 0 ? {} : { decisions }) });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a field of anything; `undefined` if it has none of that name. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

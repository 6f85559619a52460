import { safeParse, type ZodMiniType } from 'zod/mini';

/** Parses JSON of this shape; `undefined` if it is anything else. */
export function parseJson<Shape>(shape: ZodMiniType<Shape>, json: string): Shape | undefined {
  try {
    return safeParse(shape, JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

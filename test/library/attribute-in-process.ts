import { attribute } from '../../src/attribution/attribute.ts';
import type { Derives } from '../../src/library/attributor.ts';
import { derivationOf } from '../../src/library/store/derived.ts';
import { toArticle } from '../../src/news/article.ts';

/**
 * Attributes articles in this process, for tests that don't need another one: starting one takes longer than most
 * tests.
 */
export const attributeHere: Derives = {
  derive: async (_owner, { id, text, updated: _, ...metadata }, { disputes } = {}) =>
    derivationOf(await attribute(toArticle(id, metadata, text)), disputes),
  close: () => Promise.resolve(),
};

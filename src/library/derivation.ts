import { type AttributedArticle, attributionVersion } from '../attribution/attribution.ts';
import { indexArticle, indexVersion } from '../indexing/index-article.ts';
import { writeDerived } from './derived.ts';
import type { Derivation, Versions } from './store.ts';

/** Of the code that runs now. */
export const versions: Versions = { attribution: attributionVersion, index: indexVersion };

/** What an article is stored with, made by the code that runs now. Its attributions were made by `attribution`. */
export function derivationOf(from: AttributedArticle, attribution = versions.attribution): Derivation {
  return { derived: writeDerived(from), indexed: indexArticle(from), madeBy: { ...versions, attribution } };
}

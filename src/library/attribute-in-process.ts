import { attributeForLibrary } from '../attribution/attribute.ts';
import { toArticle } from '../news/article.ts';
import { answerParent } from '../workers.ts';
import type { DeriveRequest } from './attributor.ts';
import { decodeDerived, derivationOf } from './store/derived.ts';

answerParent(async ({ text, derived, disputes, isUnattributed }: DeriveRequest) => {
  if (derived !== undefined) return derivationOf(decodeDerived(text, derived), disputes);
  const { id, text: words, updated, ...metadata } = text;
  const article = toArticle(id, metadata, words);
  const from =
    isUnattributed === true ? { article, attributions: [], speakers: [] } : await attributeForLibrary(article);
  return derivationOf(from, disputes);
});

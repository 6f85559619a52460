import { attribute } from '../attribution/attribute.ts';
import { toArticle } from '../news/article.ts';
import { answerParent } from '../workers.ts';
import type { DeriveRequest } from './attributor.ts';
import { decodeDerived, derivationOf } from './store/derived.ts';

answerParent(async ({ text, derived, isUnattributed }: DeriveRequest) => {
  if (derived !== undefined) return derivationOf(decodeDerived(text, derived));
  const { id, text: words, updated, ...metadata } = text;
  const article = toArticle(id, metadata, words);
  return derivationOf(isUnattributed === true ? { article, attributions: [], speakers: [] } : await attribute(article));
});

import { attribute } from '../attribution/attribute.ts';
import { toArticle } from '../news/article.ts';
import { answerParent } from '../workers.ts';
import type { DeriveRequest } from './attributor.ts';
import { decodeDerived, derivationOf } from './store/derived.ts';

answerParent(({ text, derived }: DeriveRequest) => {
  if (derived !== undefined) return derivationOf(decodeDerived(text, derived));
  const { id, text: words, updated, ...metadata } = text;
  return derivationOf(attribute(toArticle(id, metadata, words)));
});

import { attribute } from '../attribution/attribute.ts';
import { toArticle } from '../news/article.ts';
import { answerParent } from '../workers.ts';
import { type ArticleText, derivationOf } from './store/derived.ts';

answerParent(({ id, text, updated, ...masthead }: ArticleText) =>
  derivationOf(attribute(toArticle(id, masthead, text))),
);

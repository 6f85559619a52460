import { attribute } from '../attribution/attribute.ts';
import { toArticle } from '../news/article.ts';
import { answerParent } from '../workers.ts';
import { derivationOf, type Text } from './store/derived.ts';

answerParent(({ id, text, updated, ...masthead }: Text) => derivationOf(attribute(toArticle(id, masthead, text))));

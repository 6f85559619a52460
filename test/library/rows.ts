import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { type ArticleText, derivationOf } from '../../src/library/store/derived.ts';
import { type Keys, keysOf } from '../../src/library/store/keys.ts';
import type { NewArticleRow } from '../../src/library/store/store.ts';
import type { Article, Metadata } from '../../src/news/article.ts';
import { buildArticle } from '../search/build-article.ts';

/** Returns an article's row as a store takes it. */
export function rowOf(from: AttributedArticle, keys: Keys = keysOf(from.article, from.article.text)): NewArticleRow {
  return { text: textOf(from.article), keys, ...derivationOf(from) };
}

function textOf({ paragraphs, ...text }: Article): ArticleText {
  return text;
}

/** A paragraph in which somebody says something, in parts. */
export interface Line {
  readonly who: string;
  readonly says: string;
  readonly named?: boolean;
  readonly kind?: 'person' | 'group' | 'organisation';
  readonly role?: string;
}

/** Returns an article of such paragraphs: `“Rain fell,” said Ann Lee.`, and of narration. */
export function buildNews(
  id: string,
  lines: readonly (Line | string)[],
  metadata: Partial<Metadata> = {},
): AttributedArticle {
  const text = lines.map(line => (typeof line === 'string' ? line : `“${line.says},” said ${shown(line)}.`)).join('\n');
  const spoken = lines.flatMap((line, at) => (typeof line === 'string' ? [] : [{ ...line, paragraph: at + 1 }]));
  const people = [...new Map(spoken.map(line => [line.who, line])).values()];
  const built = buildArticle(
    id,
    text,
    people.map(line => ({ ...line, id: line.who, name: line.who })),
    spoken.map(line => ({
      paragraph: line.paragraph,
      content: [`${line.says},`],
      source: line.who,
      cue: 'said',
      speaker: line.who,
    })),
  );
  return { ...built, article: { ...built.article, ...metadata } };
}

function shown({ who, role }: Line): string {
  return role === undefined ? who : `${role} ${who}`;
}

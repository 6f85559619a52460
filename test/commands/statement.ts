import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { buildArticle } from '../search/build-article.ts';

/** Returns an article in which somebody says one thing. */
export function saidBy(name: string, content: string, published: string | undefined): AttributedArticle {
  const built = buildArticle(
    `${name} ${content}`,
    `“${content}” said ${name}, who came by train.`,
    [{ id: 'speaker', name }],
    [{ paragraph: 1, content: [content], source: name, cue: 'said', speaker: 'speaker' }],
  );
  return { ...built, article: { ...built.article, published } };
}

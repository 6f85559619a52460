/** Makes up questions in articles' own words. People's, which are reworded, teach that shared words mean little. */
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { Paragraph } from '../../src/news/article.ts';
import { contains, slice } from '../../src/news/span.ts';
import { EMPTY_WORDS } from '../../src/words/lexicon/common-words.ts';

/** Number of questions for a library, and the share without an answer. */
const OWN = 200;
const UNANSWERED = 1 / 3;

interface OwnQuestion {
  readonly q: string;
  readonly kind: 'own';
  /** The paragraph it was made from. */
  readonly rel: readonly [readonly [article: string, paragraph: number]];
  /** Whether that is to be left out. */
  readonly isLeftOut: boolean;
}

const ASKS_FACT = ['What', 'When', 'Where', 'How many', 'How much', 'Why', 'Is', 'Was', 'Did', 'Will', 'Has', 'Who'];

function oneOf<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

/** Some words of a text that say something, in its order. */
function someWords(text: string, most: number, random: () => number): string {
  const words = [...new Set(text.match(/\p{L}[\p{L}\p{N}\-’']{3,}|\p{N}+/gv))].filter(
    word => !EMPTY_WORDS.has(word.toLowerCase()),
  );
  const kept = words.map(word => ({ word, key: random() })).sort((one, other) => one.key - other.key);
  const chosen = new Set(kept.slice(0, most).map(({ word }) => word));
  return words.filter(word => chosen.has(word)).join(' ');
}

/** A question that a paragraph answers, in its own words. */
function ownQuestion({ article, attributions }: AttributedArticle, at: Paragraph, random: () => number): string {
  const said = attributions.filter(
    each => each.speaker !== undefined && contains(at, each.content[0]) && !each.doubtful,
  );
  const chosen = random() < 0.6 ? oneOf(said, random) : undefined;
  if (chosen?.speaker === undefined) {
    const sentence = oneOf(at.sentences, random) ?? at;
    return `${oneOf(ASKS_FACT, random)} ${someWords(slice(article.text, sentence), 2 + Math.floor(random() * 3), random)}?`;
  }
  const content = slice(article.text, chosen.content[0]);
  const name = slice(article.text, chosen.speaker.name);
  const kind = random();
  if (kind < 0.35) {
    const words = content.split(/\s+/v);
    const start = Math.floor(random() * Math.max(1, words.length - 4));
    return `Who said ${words.slice(start, start + 3 + Math.floor(random() * 4)).join(' ')}?`;
  }
  const topic = someWords(content, 1 + Math.floor(random() * 2), random);
  return kind < 0.75 ? `What did ${name} say about ${topic}?` : `Did ${name} say ${someWords(content, 4, random)}?`;
}

/** Makes up questions from random paragraphs. The first of them are for the library without that paragraph. */
export function ownQuestions(articles: readonly AttributedArticle[], random: () => number): OwnQuestion[] {
  const paragraphs = articles.flatMap(from => from.article.paragraphs.map(paragraph => ({ from, paragraph })));
  const long = paragraphs.filter(({ paragraph: { start, end } }) => end - start > 60);
  return Array.from({ length: OWN }, (_, at) => {
    const { from, paragraph } = oneOf(long, random) ?? paragraphs[0] ?? fail();
    const q = ownQuestion(from, paragraph, random);
    return { q, kind: 'own', rel: [[from.article.id, paragraph.number]], isLeftOut: at < OWN * UNANSWERED };
  });
}

function fail(): never {
  throw new Error('The library is empty.');
}

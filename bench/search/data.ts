import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { wordsOf } from '../../src/words/words.ts';
import { randomFrom } from '../made-up-news.ts';

/** An article, as in a line of the file. */
export interface PlainArticle {
  readonly title: string;
  readonly text: string;
}

const articleSeed = 4;
const paragraphsEach = 15;
const shortestSentence = 8;
const longestSentence = 26;
/** Words taken together from a real sentence. */
const longestPiece = 3;

/** Reads the articles of a `.jsonl` or `.jsonl.gz` file. */
export async function readArticles(path: string): Promise<PlainArticle[]> {
  const file = createReadStream(path);
  const lines = createInterface({ input: path.endsWith('.gz') ? file.pipe(createGunzip()) : file });
  const articles: PlainArticle[] = [];
  for await (const line of lines) {
    if (line === '') continue;
    const { title, text }: PlainArticle = JSON.parse(line);
    articles.push({ title, text });
  }
  return articles;
}

/** Generates articles from short pieces of real sentences, so that every word keeps its frequency. */
export function* makeLike(articles: readonly PlainArticle[], paragraphs: number): Generator<PlainArticle> {
  const random = randomFrom(articleSeed);
  const below = (end: number) => Math.floor(random() * end);
  // Scripts without spaces have no words to take.
  const words = articles.flatMap(({ text }) => text.split(/\s+/v)).filter(word => word !== '' && word.length < 30);
  const sentence = () => {
    const length = shortestSentence + below(longestSentence - shortestSentence);
    const taken: string[] = [];
    while (taken.length < length) {
      const at = below(words.length);
      taken.push(...words.slice(at, at + 1 + below(longestPiece)));
    }
    return taken.join(' ');
  };
  for (let made = 0; made < paragraphs; made += paragraphsEach) {
    const count = Math.min(paragraphsEach, paragraphs - made);
    yield { title: `Made up ${made}`, text: Array.from({ length: count }, sentence).join('\n\n') };
  }
}

/** Words to search for. Any of the paragraphs in `right`, counted from 1, is a right answer. */
export interface Question {
  readonly kind: string;
  readonly words: string;
  readonly right: readonly (readonly [title: string, paragraph: number])[];
}

interface QuestionLine {
  readonly kind: string;
  readonly q: string;
  readonly rel: Question['right'];
}

const questionSeed = 9;
const phrases = 100;
/** Number of the commonest words that phrases are made from. */
const commonWords = 150;
const phraseLength = 5;
export const commonKind = 'common words alone';

/** Reads a JSON list of `{kind, q, rel: [[title, paragraph], …]}`. */
export function readQuestions(path: string): Question[] {
  const lines: readonly QuestionLine[] = JSON.parse(readFileSync(path, 'utf8'));
  return lines.map(({ kind, q, rel }) => ({ kind, words: q, right: rel }));
}

/** Returns phrases of the articles that consist only of the commonest words; they are right wherever they appear. */
export function commonPhrases(articles: readonly PlainArticle[]): Question[] {
  const paragraphs = articles.flatMap(({ title, text }) =>
    text.split(/\n+/v).map((paragraph, at) => ({ place: [title, at + 1] as const, terms: termsOf(paragraph) })),
  );
  const common = commonest(paragraphs.map(({ terms }) => terms));
  const places = new Map<string, (readonly [string, number])[]>();
  for (const { place, terms } of paragraphs) {
    for (let at = 0; at + phraseLength <= terms.length; at += 1) {
      const phrase = terms.slice(at, at + phraseLength);
      if (!phrase.every(term => common.has(term))) continue;
      const words = phrase.join(' ');
      places.set(words, [...(places.get(words) ?? []), place]);
    }
  }
  return pick([...places], phrases).map(([words, right]) => ({ kind: commonKind, words, right }));
}

function termsOf(paragraph: string): string[] {
  return wordsOf(paragraph).map(({ term }) => term);
}

function commonest(paragraphs: readonly (readonly string[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const term of paragraphs.flatMap(terms => [...new Set(terms)])) counts.set(term, (counts.get(term) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return new Set(sorted.slice(0, commonWords).map(([term]) => term));
}

function pick<Item>(from: readonly Item[], count: number): Item[] {
  const random = randomFrom(questionSeed);
  return from
    .map(item => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .slice(0, count)
    .map(({ item }) => item);
}

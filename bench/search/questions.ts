import { readFileSync } from 'node:fs';
import { wordsOf } from '../../src/indexing/words.ts';
import { randomFrom } from '../random.ts';
import type { PlainArticle } from './articles.ts';

/** Words to look for, and where they are to be found: any of these paragraphs, counted from 1, is right. */
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

const seed = 9;
const phrases = 100;
/** As many of the commonest words make phrases of nothing else. */
const commonWords = 150;
const phraseLength = 5;
export const commonKind = 'common words alone';

/** A JSON list of `{kind, q, rel: [[title, paragraph], …]}`. */
export function readQuestions(path: string): Question[] {
  const lines: readonly QuestionLine[] = JSON.parse(readFileSync(path, 'utf8'));
  return lines.map(({ kind, q, rel }) => ({ kind, words: q, right: rel }));
}

/** Phrases that stand in the articles and hold the commonest words alone; right is wherever they stand. */
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
  const random = randomFrom(seed);
  return from
    .map(item => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .slice(0, count)
    .map(({ item }) => item);
}

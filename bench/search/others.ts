import { Index } from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { foldPhrase } from '../../src/words/words.ts';
import type { PlainArticle, Question } from './data.ts';
import { type Answer, askAll, printScores } from './score.ts';

const mostAnswers = 10;
/** fuse.js scans every paragraph for every question: with 100,000, one takes ten seconds. */
const mostForFuse = 5_000;
const mostAskedOfFuse = 10;

interface Paragraph extends Answer {
  readonly id: number;
  readonly text: string;
}

type Searcher = (words: string) => readonly Answer[];

/** Runs the questions with other search libraries, each set up for misspelt words as its documentation advises. */
export async function compareOthers(articles: readonly PlainArticle[], questions: readonly Question[]): Promise<void> {
  const paragraphs = paragraphsOf(articles);
  const few = paragraphs.slice(0, mostForFuse);
  const some = [...Map.groupBy(askable(few, questions), ({ kind }) => kind).values()];
  await compare(
    'fuse.js',
    few,
    some.flatMap(each => each.slice(0, mostAskedOfFuse)),
    useFuse,
  );
  await compare('MiniSearch', paragraphs, askable(paragraphs, questions), useMiniSearch);
  await compare('FlexSearch', paragraphs, askable(paragraphs, questions), useFlexSearch);
}

/** Returns the questions whose answer is among the paragraphs. */
function askable(paragraphs: readonly Paragraph[], questions: readonly Question[]): Question[] {
  const places = new Set(paragraphs.map(({ title, paragraph }) => `${paragraph} ${title}`));
  return questions.filter(({ right }) => right.some(([title, paragraph]) => places.has(`${paragraph} ${title}`)));
}

async function compare(
  name: string,
  paragraphs: readonly Paragraph[],
  questions: readonly Question[],
  use: (paragraphs: readonly Paragraph[]) => Searcher,
): Promise<void> {
  const before = process.memoryUsage().heapUsed;
  const search = use(paragraphs);
  const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const size = `${paragraphs.length.toLocaleString('en')} excerpts, ${megabytes.toFixed(0)} MB`;
  printScores(`${name} alone (${size})`, await askAll(questions, search));
}

function useFuse(paragraphs: readonly Paragraph[]): Searcher {
  const fuse = new Fuse(paragraphs, { keys: ['text'], ignoreLocation: true, useTokenSearch: true, threshold: 0.4 });
  return words => fuse.search(words, { limit: mostAnswers }).map(({ item }) => item);
}

function useMiniSearch(paragraphs: readonly Paragraph[]): Searcher {
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  index.addAll(paragraphs.map(({ id, text }) => ({ id, text })));
  return words => index.search(words, { fuzzy: 0.2 }).flatMap(({ id }) => paragraphs[Number(id)] ?? []);
}

function useFlexSearch(paragraphs: readonly Paragraph[]): Searcher {
  const index = new Index({ tokenize: 'forward', encoder: 'LatinBalance', context: true });
  for (const { id, text } of paragraphs) index.add(id, text);
  return words => {
    const found = index.search(words, { limit: mostAnswers, suggest: true });
    return found.flatMap(id => paragraphs[Number(id)] ?? []);
  };
}

function paragraphsOf(articles: readonly PlainArticle[]): Paragraph[] {
  const all = articles.flatMap(({ title, text }) =>
    text.split(/\n+/v).map((paragraph, at) => ({ title, paragraph: at + 1, text: paragraph })),
  );
  return all.map((each, id) => ({ ...each, id, holds: words => ` ${foldPhrase(each.text)} `.includes(` ${words} `) }));
}

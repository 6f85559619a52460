/**
 * `node training/ask/features.ts DATA WORK NAME…`: writes WORK/NAME.features.json, the features of the 20 paragraphs
 * nearest to each question of DATA/questions-NAME.jsonl in DATA/library-NAME.jsonl, by the product's own code; and
 * WORK/NAME.own.features.json, those of questions in the articles' own words, made up here. Vectors are kept in WORK.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomFrom } from '../../bench/made-up-news.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { unitsOf } from '../../src/indexing/units.ts';
import { Encoder } from '../../src/meaning/encoder.ts';
import { type Candidate, featuresOf, type Rarity } from '../../src/meaning/features.ts';
import { cosine, dimensions } from '../../src/meaning/model.ts';
import { passagesOf } from '../../src/meaning/passages.ts';
import { parseQuestion } from '../../src/meaning/question.ts';
import { rarity } from '../../src/meaning/rank.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { ownQuestions } from './own-questions.ts';

const CANDIDATES = 20;

interface Asked {
  readonly q: string;
  readonly kind: string;
  readonly rel: readonly (readonly [string, number])[];
  /** Whether the paragraphs that answer are left out of the library. */
  readonly isLeftOut?: boolean;
}

/** An article with the vectors of its paragraphs. */
interface Encoded {
  readonly from: AttributedArticle;
  readonly vectors: Int8Array;
}

const [data = '', work = '', ...names] = process.argv.slice(2);
mkdirSync(work, { recursive: true });
const encoder = new Encoder();

function linesOf<Line>(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(line => line !== '').map((line): Line => JSON.parse(line));
}

async function cached(file: string, make: () => Promise<Int8Array>): Promise<Int8Array> {
  if (!existsSync(file)) writeFileSync(file, await make());
  return new Int8Array(readFileSync(file));
}

async function vectorsOf(questions: readonly Asked[]): Promise<Int8Array> {
  const made = await Promise.all(questions.map(({ q }) => encoder.encodeQuestion('training', q)));
  return Int8Array.from(made.flatMap(each => [...each]));
}

function cosinesOf({ from, vectors }: Encoded, question: Int8Array): number[] {
  return from.article.paragraphs.map((_, index) =>
    cosine(question, vectors.subarray(index * dimensions, (index + 1) * dimensions)),
  );
}

function candidatesOf(library: readonly Encoded[], question: Int8Array): Candidate[] {
  return library.flatMap((article): Candidate[] => {
    const cosines = cosinesOf(article, question);
    return cosines.map((each, index) => ({ from: article.from, index, cosine: each, cosines }));
  });
}

function raritiesIn(library: readonly Encoded[]): Rarity {
  const units = library.flatMap(({ from }) => unitsOf(from));
  const counts = new Map<string, number>();
  for (const { words } of units) {
    for (const term of new Set(words.map(word => word.term))) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return term => rarity(counts.get(term) ?? 0, units.length);
}

function featuresIn(
  library: readonly Encoded[],
  rarityOf: Rarity,
  { q, kind, rel, isLeftOut = false }: Asked,
  vector: Int8Array,
) {
  const isRight = ({ from, index }: Candidate) =>
    rel.some(([id, number]) => id === from.article.id && number === index + 1);
  const all = candidatesOf(library, vector).filter(each => !(isLeftOut && isRight(each)));
  const nearest = all.sort((one, other) => other.cosine - one.cosine).slice(0, CANDIDATES);
  const right = nearest.map(isRight);
  return {
    q,
    kind,
    answerable: rel.length > 0 && !isLeftOut,
    right,
    features: featuresOf(parseQuestion(q), nearest, rarityOf),
  };
}

for (const [number, name] of names.entries()) {
  const lines = linesOf<{ id: string; title?: string; text: string }>(`${data}/library-${name}.jsonl`);
  const articles = await Promise.all(
    lines.map(({ id, title = '', text }) => attribute(toArticle(id, { ...UNKNOWN_METADATA, title }, text))),
  );
  const questions = linesOf<Asked>(`${data}/questions-${name}.jsonl`);
  const passages = articles.flatMap(passagesOf);
  const vectors = await cached(`${work}/${name}.passages`, () => encoder.encodePassages(name, passages));
  const asked = await cached(`${work}/${name}.questions`, () => vectorsOf(questions));
  let start = 0;
  const library = articles.map((from): Encoded => {
    const end = start + from.article.paragraphs.length * dimensions;
    const own = vectors.subarray(start, end);
    start = end;
    return { from, vectors: own };
  });
  const featuresFor = (questions: readonly Asked[], vectors: Int8Array) =>
    questions.map((question, at) =>
      featuresIn(library, rarityOf, question, vectors.subarray(at * dimensions, (at + 1) * dimensions)),
    );
  const rarityOf = raritiesIn(library);
  const own = ownQuestions(articles, randomFrom(number + 1));
  const ownVectors = await cached(`${work}/${name}.own`, () => vectorsOf(own));
  writeFileSync(`${work}/${name}.features.json`, JSON.stringify(featuresFor(questions, asked)));
  writeFileSync(`${work}/${name}.own.features.json`, JSON.stringify(featuresFor(own, ownVectors)));
  console.log(name, passages.length);
}
await encoder.close();

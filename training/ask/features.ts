/**
 * `node training/ask/features.ts DATA WORK NAME…`: writes WORK/NAME.features.json, the features of the 20 paragraphs
 * nearest to each question of DATA/questions-NAME.jsonl in DATA/library-NAME.jsonl, by the product's own code. Vectors
 * are kept in WORK.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { unitsOf } from '../../src/indexing/units.ts';
import { Encoder } from '../../src/meaning/encoder.ts';
import { type Candidate, featuresOf } from '../../src/meaning/features.ts';
import { cosine, dimensions } from '../../src/meaning/model.ts';
import { passagesOf } from '../../src/meaning/passages.ts';
import { parseQuestion } from '../../src/meaning/question.ts';
import { rarity } from '../../src/meaning/rank.ts';
import { toArticle, unknownMetadata } from '../../src/news/article.ts';

const CANDIDATES = 20;

interface Asked {
  readonly q: string;
  readonly kind: string;
  readonly rel: readonly (readonly [string, number])[];
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

function candidatesOf(articles: readonly AttributedArticle[], question: Int8Array, vectors: Int8Array): Candidate[] {
  let start = 0;
  return articles.flatMap((from): Candidate[] => {
    const cosines = from.article.paragraphs.map((_, index) => {
      const first = (start + index) * dimensions;
      return cosine(question, vectors.subarray(first, first + dimensions));
    });
    start += cosines.length;
    return cosines.map((each, index) => ({ from, index, cosine: each, cosines }));
  });
}

for (const name of names) {
  const lines = linesOf<{ id: string; title?: string; text: string }>(`${data}/library-${name}.jsonl`);
  const articles = await Promise.all(
    lines.map(({ id, title = '', text }) => attribute(toArticle(id, { ...unknownMetadata, title }, text))),
  );
  const questions = linesOf<Asked>(`${data}/questions-${name}.jsonl`);
  const passages = articles.flatMap(passagesOf);
  const vectors = await cached(`${work}/${name}.passages`, () => encoder.encodePassages(name, passages));
  const asked = await cached(`${work}/${name}.questions`, async () => {
    const made = await Promise.all(questions.map(({ q }) => encoder.encodeQuestion(name, q)));
    return Int8Array.from(made.flatMap(each => [...each]));
  });
  const units = articles.flatMap(unitsOf);
  const counts = new Map<string, number>();
  for (const { words } of units) {
    for (const term of new Set(words.map(word => word.term))) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const rarityOf = (term: string) => rarity(counts.get(term) ?? 0, units.length);
  const dumped = questions.map(({ q, kind, rel }, at) => {
    const vector = asked.subarray(at * dimensions, (at + 1) * dimensions);
    const all = candidatesOf(articles, vector, vectors).sort((one, other) => other.cosine - one.cosine);
    const nearest = all.slice(0, CANDIDATES);
    const right = nearest.map(({ from, index }) =>
      rel.some(([id, number]) => id === from.article.id && number === index + 1),
    );
    return { q, kind, answerable: rel.length > 0, right, features: featuresOf(parseQuestion(q), nearest, rarityOf) };
  });
  writeFileSync(`${work}/${name}.features.json`, JSON.stringify(dumped));
  console.log(name, passages.length);
}
await encoder.close();

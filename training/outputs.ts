/**
 * `node training/outputs.ts [EXPECTED.json]`: prints what both networks make of the seed article on this processor, or
 * how far that is from what another one printed. See "Processors" in README.md.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { passagesOf } from '../src/answering/networks/passages.ts';
import { attribute } from '../src/attribution/attribute.ts';
import { loadSeeds } from '../src/library/seeds.ts';
import { encodeDerived } from '../src/library/store/derived.ts';
import { loadRuntime, ON_ONE_THREAD } from '../src/onnx-runtime.ts';
import { wordPieces } from '../src/pieces/word-pieces.ts';

interface Outputs {
  readonly derived: string;
  readonly vectors: readonly (readonly number[])[];
}

const VECTORS = 10;
const SCORE = /"score":(?<score>[\d.]+)/gv;

async function outputs(): Promise<Outputs> {
  const [seed] = loadSeeds(fileURLToPath(new URL('../seeds', import.meta.url))).articles;
  if (seed === undefined) throw new Error('There is no seed article.');
  const attributed = await attribute(seed);
  const { InferenceSession, Tensor } = await loadRuntime();
  const graph = fileURLToPath(new URL('../src/answering/networks/encoder.onnx', import.meta.url));
  const session = await InferenceSession.create(graph, { ...ON_ONE_THREAD, graphOptimizationLevel: 'basic' });
  const vectors: number[][] = [];
  for (const passage of passagesOf(attributed).slice(0, VECTORS)) {
    const ids = wordPieces(`passage: ${passage}`, 128);
    const { vector } = await session.run({ ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [ids.length]) });
    if (!(vector?.data instanceof Float32Array)) throw new Error('encoder.onnx has no vector of floats.');
    vectors.push([...vector.data]);
  }
  return { derived: encodeDerived(attributed), vectors };
}

function scoresIn(derived: string): number[] {
  return [...derived.matchAll(SCORE)].map(({ groups }) => Number(groups?.score));
}

function furthest(some: readonly number[], others: readonly number[]): number {
  return Math.max(...some.map((each, at) => Math.abs(each - (others[at] ?? 0))));
}

const now = await outputs();
const [expected] = process.argv.slice(2);
if (expected === undefined) console.log(JSON.stringify(now));
else {
  const then: Outputs = JSON.parse(readFileSync(expected, 'utf8'));
  const withoutScores = (derived: string) => derived.replaceAll(SCORE, '');
  console.log(`Same reports and speakers: ${withoutScores(now.derived) === withoutScores(then.derived)}`);
  console.log(`Scores are at most ${furthest(scoresIn(now.derived), scoresIn(then.derived)).toFixed(4)} apart.`);
  const apart = now.vectors.map((vector, at) => furthest(vector, then.vectors[at] ?? []));
  console.log(`Components of vectors are at most ${Math.max(...apart).toFixed(5)} apart.`);
}

import { fileURLToPath } from 'node:url';
import { loadRuntime, ON_ONE_THREAD } from '../../onnx-runtime.ts';
import { END, piecesOf, placedPiecesOf, START, wordPieces } from '../../pieces/word-pieces.ts';
import { answerParent } from '../../workers.ts';
import type { EncodeRequest, Judgement } from './encoder.ts';
import { DIMENSIONS, quantised } from './model.ts';

/** Prefix and maximum length used in training. */
const KINDS = {
  question: { prefix: 'query: ', most: 48 },
  passage: { prefix: 'passage: ', most: 128 },
} as const;

/** In pieces, with the marker that ends each, as in training. */
const MOST_JUDGED = { question: 32, passage: 128 } as const;
/** Answers that are longer aren't marked. */
const MOST_OF_ANSWER = 24;

const { InferenceSession, Tensor } = await loadRuntime();
// training/ask/export.py has fused the graphs.
const options = { ...ON_ONE_THREAD, graphOptimizationLevel: 'basic' } as const;
const load = (name: string) => InferenceSession.create(fileURLToPath(new URL(name, import.meta.url)), options);
const encoder = await load('./encoder.onnx');
let judge: ReturnType<typeof load> | undefined;
/** Loads the judge for the first question, since most processes only encode passages. */
const loadJudge = () => (judge ??= load('./judge.onnx'));

function whole(values: readonly number[]) {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);
}

function floatsIn(output: { readonly data: unknown } | undefined): Float32Array {
  if (!(output?.data instanceof Float32Array)) throw new TypeError('A network has other outputs than expected.');
  return output.data;
}

/**
 * Returns the vector of one text. In a batch, it would depend on the others: they share one scale when numbers are rounded
 * to 8 bits, and shorter ones are padded.
 */
async function encode(pieces: readonly number[]): Promise<Int8Array> {
  const { vector } = await encoder.run({ ids: whole(pieces) });
  return quantised(floatsIn(vector));
}

async function judgePassage(question: readonly number[], passage: string): Promise<Judgement> {
  const placed = placedPiecesOf(passage).slice(0, MOST_JUDGED.passage - 1);
  const ids = [START, ...question, ...placed.map(({ id }) => id), END];
  const types = ids.map((_, at) => (at > question.length ? 1 : 0));
  const { answers, starts, ends } = await (await loadJudge()).run({ ids: whole(ids), types: whole(types) });
  const from = question.length + 1;
  const best = bestSpan(logOddsIn(floatsIn(starts), from), logOddsIn(floatsIn(ends), from), placed.length);
  const [first, last] = [placed[best.first], placed[best.last]];
  const words = { start: first?.start ?? 0, end: last?.end ?? 0 };
  return { logit: floatsIn(answers)[0] ?? 0, words, odds: Math.exp(best.score) };
}

/** Returns the log softmax of what belongs to the passage. */
function logOddsIn(logits: Float32Array, from: number): Float32Array {
  const own = logits.subarray(from);
  const highest = own.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  const total = Math.log(own.reduce((sum, each) => sum + Math.exp(each - highest), 0)) + highest;
  return own.map(each => each - total);
}

/** Returns the likeliest first and last piece, and the log probability of both. */
function bestSpan(starts: Float32Array, ends: Float32Array, pieces: number) {
  let best = { first: 0, last: 0, score: Number.NEGATIVE_INFINITY };
  for (let first = 0; first < pieces; first += 1) {
    for (let last = first; last < Math.min(pieces, first + MOST_OF_ANSWER); last += 1) {
      const score = (starts[first] ?? 0) + (ends[last] ?? 0);
      if (score > best.score) best = { first, last, score };
    }
  }
  return best;
}

answerParent(async (request: EncodeRequest) => {
  if (request.kind === 'judge') {
    const question = [...piecesOf(request.question).slice(0, MOST_JUDGED.question - 1), END];
    const judgements: Judgement[] = [];
    for (const text of request.texts) judgements.push(await judgePassage(question, text));
    return judgements;
  }
  const { kind, texts } = request;
  const vectors = new Int8Array(texts.length * DIMENSIONS);
  const { prefix, most } = KINDS[kind];
  for (const [at, text] of texts.entries()) vectors.set(await encode(wordPieces(prefix + text, most)), at * DIMENSIONS);
  // While the bot looks up what is nearest to the question.
  if (kind === 'question') setImmediate(() => loadJudge().catch(() => undefined));
  return vectors;
});

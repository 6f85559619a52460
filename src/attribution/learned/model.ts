import { readFileSync } from 'node:fs';
import { decode, type Verdict } from './decoder.ts';
import type { Features } from './features.ts';
import { loadNetwork, type Network, type Rows, read } from './network.ts';
import type { Chain } from './tags.ts';
import { readWeights } from './weights.ts';

/** The learned model: networks whose answers are averaged, and their vocabularies. */
export interface Model {
  readonly networks: readonly [Network, ...Network[]];
  readonly chain: Chain;
  readonly shared: ReadonlyMap<string, number>;
  readonly own: ReadonlyMap<string, number>;
}

/** Reads the weights that ship with the bot. `plain`: without WebAssembly, with the same results. */
export function loadModel(plain = false): Model {
  const weights = readWeights(readFileSync(new URL('weights.bin', import.meta.url)));
  const { members, sharedWords, ownWords } = weights.header;
  const [first = loadNetwork(weights, 0, plain), ...others] = Array.from({ length: members }, (_, member) =>
    loadNetwork(weights, member, plain),
  );
  const networks = [first, ...others];
  const mean = (part: keyof Chain): Float32Array => average(networks.map(network => network.decoder[part]));
  return {
    networks: [first, ...others],
    chain: { transitions: mean('transitions'), starts: mean('starts'), ends: mean('ends') },
    shared: rowsOf(sharedWords),
    own: rowsOf(ownWords),
  };
}

/** Row 0 stands for every unknown word. */
function rowsOf(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(words.map((word, index) => [word, index + 1]));
}

function rowOf(rows: ReadonlyMap<string, number>, word: string): number {
  const found = rows.get(word);
  if (found !== undefined) return found;
  const hyphen = word.lastIndexOf('-');
  return hyphen < 0 ? 0 : (rows.get(word.slice(hyphen + 1)) ?? 0);
}

function average(lists: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0)] = lists;
  if (lists.length === 1) return first;
  return first.map((_, index) => lists.reduce((sum, list) => sum + (list[index] ?? 0), 0) / lists.length);
}

/** Reads a stretch of text; gives the odds of none, speech and other for each token to be a cue. */
export function readCues(model: Model, features: Features): readonly Float32Array[] {
  const rows: Rows = {
    steps: features.tokens.length,
    shared: features.words.map(word => rowOf(model.shared, word)),
    own: features.words.map(word => rowOf(model.own, word)),
    suffixes: features.suffixes,
    shapes: features.shapes,
    quoting: features.quoting,
  };
  const readings = model.networks.map(network => read(network, rows));
  return features.tokens.map((_, step) => average(readings.map(reading => reading[step] ?? new Float32Array(3))));
}

/** Asks what the tokens round a cue of the stretch last read are to it. */
export function askCue(model: Model, head: number, from: number, to: number): Verdict {
  const verdicts = model.networks.map(network =>
    decode(network.arithmetic, network.decoder, network.reading.exact, head, from, to),
  );
  const [first = { emissions: [], odds: new Float32Array(3) }] = verdicts;
  return {
    emissions: first.emissions.map((_, step) =>
      average(verdicts.map(one => one.emissions[step] ?? new Float32Array(4))),
    ),
    odds: average(verdicts.map(one => one.odds)),
  };
}

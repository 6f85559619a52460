/** Decides whom a source means, and how sure that is, from what the rules say of everybody nearby. */
import { readFileSync } from 'node:fs';
import type { Span } from '../../news/span.ts';
import type { WeighedReport } from '../attribution.ts';
import { type Features, type Option, optionsFor } from './options.ts';
import { parseDescription } from './sources.ts';
import { addUnnamed, type Decision, isNamed, type Party, type Story } from './story.ts';

/** Learned by `training/link/weigh.py`. */
interface Weights {
  readonly features: readonly string[];
  /** A layer of hidden units, a row each: a weight for each feature, then a constant. */
  readonly hidden: readonly (readonly number[])[];
  /** A weight for each feature, then for each hidden unit. */
  readonly score: readonly number[];
  /** How much each piece of evidence says about a choice being right. */
  readonly sure: Readonly<Record<string, number>>;
}

const WEIGHTS: Weights = JSON.parse(readFileSync(new URL('linker.json', import.meta.url), 'utf8'));
const PLACES = new Map(WEIGHTS.features.map((name, at) => [name, at]));

/** Least probabilities at which a speaker is certain. `npm run score` prints what others would cost. */
interface Thresholds {
  /** Of somebody with the name that the source gives. */
  readonly named: number;
  /** Of anybody else of whom the rules are certain. */
  readonly kept: number;
  /** Of whom they aren't. */
  readonly found: number;
}

/** Chosen from the table that `training/link/weigh.py` prints, with the marked articles of the tests in view. */
const THRESHOLDS: Thresholds = { named: 0.5, kept: 0.6, found: 0.9 };
/** Rules that settle who it is exactly. A name in running text doesn't: "Mum" and "STUDY" look like one. */
const EXACT = new Set(['several names', 'initials', 'named by the layout']);
/** Rules of whose decisions a low probability says little. Set by hand. */
const STEADY = new Set(['refers to the only one', 'refers back to the only one']);
/** Rules by which the words leave open who is meant. */
const OPEN = new Set([
  'one of several',
  'name that several bear',
  'other than one of several',
  'whoever asks',
  'one of those who may be asked',
  'initials',
  'it names nobody',
  'follows a question',
  'pronoun after somebody without a name',
  'pronoun for one who may not be meant',
]);
/** Probabilities are clipped to this and its complement before their log-odds are taken. The weights depend on it. */
const MOST = 0.9995;

/** Returns whom a source most likely means, given what the rules decided. */
export function chooseSpeaker(
  story: Story,
  report: WeighedReport,
  decision: Decision,
  { named, kept, found }: Thresholds = THRESHOLDS,
): Decision {
  const isOpen = decision.certainty === 'unclear';
  const isLabel = decision.rule === 'name' && report.rule !== 'learned';
  if ((isOpen ? OPEN : EXACT).has(decision.rule) || isLabel) return decision;
  const options = optionsFor(story, report, decision);
  // Nobody to be mistaken for.
  if (!options.some(({ party }) => party !== undefined && party !== 'itself' && party !== decision.candidate))
    return decision;
  const odds = softmax(options.map(({ features }) => scoreOf(features)));
  const at = odds.indexOf(Math.max(...odds));
  const likeliest = options[at];
  if (likeliest === undefined) return decision;
  const probability = likelihoodOf(likeliest, odds[at] ?? 0, Math.max(0, ...odds.filter((_, other) => other !== at)));
  const isSame = likeliest.party === decision.candidate;
  if (likeliest.party !== undefined && probability >= found && (isOpen || !isSame))
    return decided(story, report, decision, likeliest);
  const isSteady = STEADY.has(decision.rule) || likeliest.features['form indefinite'] === 1;
  const least = decision.rule === 'name' ? named : kept;
  const isKept = isSteady || (isSame ? probability >= least : probability < least);
  return isKept ? decision : { ...decision, certainty: 'unclear' };
}

function decided(story: Story, { source }: WeighedReport, decision: Decision, { party }: Option): Decision {
  const { candidate, rule } = decision;
  if (party === candidate) return { candidate, certainty: 'inferred', rule };
  if (source !== undefined) forget(story, source, candidate);
  if (party !== 'itself' || source === undefined)
    return { candidate: party === 'itself' ? undefined : party, certainty: 'inferred', rule: 'likeliest' };
  const description = parseDescription(story.article.text, source);
  return { candidate: addUnnamed(story, source, description, false), certainty: 'stated', rule: 'likeliest' };
}

/** Takes back what the rules noted of an unnamed party that a source doesn’t mean. */
function forget({ byHead }: Story, source: Span, party: Party | undefined): void {
  if (party === undefined || isNamed(party) || party.mentions.at(-1) !== source) return;
  party.mentions.pop();
  const { head } = party.description;
  if (party.mentions.length === 0)
    byHead.set(
      head,
      (byHead.get(head) ?? []).filter(other => other !== party),
    );
}

function scoreOf(features: Features): number {
  const known = Object.entries(features).flatMap(([name, value]) => {
    const at = PLACES.get(name);
    return at === undefined || value === 0 ? [] : [[at, value] as const];
  });
  const sum = (weights: readonly number[]) =>
    known.reduce((total, [at, value]) => total + (weights[at] ?? 0) * value, 0);
  const size = WEIGHTS.features.length;
  const hidden = WEIGHTS.hidden.map(row => Math.max(0, sum(row) + (row[size] ?? 0)));
  return hidden.reduce((total, value, at) => total + value * (WEIGHTS.score[size + at] ?? 0), sum(WEIGHTS.score));
}

function softmax(scores: readonly number[]): readonly number[] {
  const highest = Math.max(...scores);
  const powers = scores.map(score => Math.exp(score - highest));
  const whole = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / whole);
}

/** Returns the probability that somebody said these words and that a choice is who. */
function likelihoodOf({ features }: Option, first: number, second: number): number {
  const evidence: Features = {
    ...features,
    always: 1,
    best: logOdds(first),
    margin: logOdds(first / (first + second)),
  };
  const sum = Object.entries(WEIGHTS.sure).reduce((total, [name, weight]) => total + weight * (evidence[name] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

function logOdds(share: number): number {
  const kept = Math.min(MOST, Math.max(1 - MOST, share));
  return Math.log(kept / (1 - kept));
}

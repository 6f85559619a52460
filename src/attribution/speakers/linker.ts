/** Decides whom a source means, and how sure that is, from the features of everybody nearby. */
import { readFileSync } from 'node:fs';
import type { WeighedReport } from '../attribution.ts';
import { flag, logOdds, probabilityOf, regress, softmax } from '../odds.ts';
import { ONLY_ONE_BEFORE } from './decide.ts';
import { type Features, type Option, optionsFor } from './options.ts';
import { parseDescription } from './sources.ts';
import { addMention, addUnnamed, type Decision, isNamed, NEAR, type Story } from './story.ts';
import { doubtAbout } from './subjects.ts';

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
  /** Of somebody of whom the rules are certain. */
  readonly kept: number;
  /** Of anybody else, if the source is a description. */
  readonly described: number;
  /** Of anybody else. */
  readonly found: number;
}

/** Chosen by cross-validation over articles that the pointer didn’t learn from, with dev in view. */
const THRESHOLDS: Thresholds = { kept: 0.5, described: 0.75, found: 0.7 };
/** From here, somebody is shown as possible where the rules have nobody. */
const POSSIBLE = 0.6;
/** Rules that settle who it is exactly. A name in running text doesn't: "Mum" and "STUDY" look like one. */
const EXACT = new Set([
  'several names',
  'initials',
  'named by the layout',
  'owner of the words',
  'subject of the words',
  'one of two',
]);
/** Rules by which the words leave open who is meant. */
const OPEN = new Set([
  'one of several',
  'refers to one of several',
  'refers back to one of several',
  'name that several bear',
  'two who may be named',
  'it names nobody',
  'whoever asks',
  'initials',
  'one of two',
  'subject of the words',
]);
/** Probabilities are clipped to this and its complement before their log-odds are taken. The weights depend on it. */
const MOST = 0.9995;
/** The least share of the pointer that counts. The weights depend on it. */
const LEAST_SHARE = 1e-4;

/** Returns whom a source most likely means, given what the rules decided. */
export function chooseSpeaker(
  story: Story,
  report: WeighedReport,
  decision: Decision,
  thresholds: Thresholds = THRESHOLDS,
): Decision {
  const isOpen = decision.certainty === 'unclear';
  const isSettled = isOpen ? OPEN.has(decision.rule) : EXACT.has(decision.rule) || report.rule !== 'learned';
  if (isSettled) return decision;
  const options = optionsFor(story, report, decision);
  const { likeliest, probability } = weigh(options);
  const { party, features } = likeliest;
  if (features.disagrees === 1) return isOpen ? { ...decision, candidate: undefined } : decision;
  const doubt = party === 'itself' ? undefined : doubtAbout(story, report, party);
  if (doubt !== undefined) return doubt;
  const isSame = !isOpen && party === decision.candidate;
  const { kept, described, found } = thresholds;
  const least = features.described === 1 ? described : found;
  const isSure = probability >= (isSame ? kept : least);
  if (party !== undefined && isSure && !isDoubted(story, party, decision))
    return isSame ? decision : decideOn(story, report, decision, likeliest);
  if (!isOpen && !isSame && probability < kept) return decision;
  const isNobody = decision.candidate === undefined || decision.rule === ONLY_ONE_BEFORE;
  const isPossible = isNobody && probability >= POSSIBLE;
  const { candidate } = isPossible ? decideOn(story, report, decision, likeliest) : decision;
  return { candidate, certainty: 'unclear', rule: decision.rule };
}

/**
 * Whether it was unclear before that somebody without a name is who a source means, or a person would replace the body that
 * the rules chose: "AWB" isn't its chairman.
 */
function isDoubted({ past }: Story, party: Option['party'], { candidate }: Decision): boolean {
  const doubted = party === 'itself' ? candidate : party;
  if (doubted === undefined) return false;
  if (isNamed(doubted)) {
    const isAcronym = candidate?.kind === 'organisation' && isNamed(candidate) && candidate.longest.isCapitals;
    return doubted.kind === 'person' && isAcronym;
  }
  return past.slice(-NEAR).some(one => one.candidate === doubted && one.certainty === 'unclear');
}

/** Returns the likeliest option, and how likely it is that somebody said these words and that it is who. */
function weigh(options: readonly [Option, ...Option[]]): { readonly likeliest: Option; readonly probability: number } {
  const odds = softmax(options.map(({ features }) => scoreOf(features)));
  const at = odds.indexOf(Math.max(...odds));
  const likeliest = options[at] ?? options[0];
  const shares = options.map(({ features }) => pointedShareOf(features));
  const first = ranked(odds, at);
  const share = ranked(shares, at);
  const evidence: Features = {
    ...likeliest.features,
    always: 1,
    best: logOdds(first.own, MOST),
    margin: logOdds(first.ofBoth, MOST),
    share: logOdds(share.own, MOST),
    shareMargin: logOdds(share.ofBoth, MOST),
    isMost: flag(shares.indexOf(Math.max(...shares)) === at),
  };
  return { likeliest, probability: regress(WEIGHTS.sure, evidence) };
}

/** A number among others, and its part of it and the greatest other one together. */
function ranked(numbers: readonly number[], at: number): { readonly own: number; readonly ofBoth: number } {
  const own = numbers[at] ?? 0;
  const second = Math.max(0, ...numbers.filter((_, other) => other !== at));
  return { own, ofBoth: own / (own + second) };
}

/** How much of what the pointer points at an option has. The weights depend on it. */
function pointedShareOf({ pointed, itselfPointed, nobodyPointed }: Features): number {
  const shareOf = (odds: number | undefined) => (odds === undefined ? 0 : probabilityOf(odds));
  return Math.max(LEAST_SHARE, shareOf(pointed) + shareOf(itselfPointed) + shareOf(nobodyPointed) / 2);
}

/** Returns the decision that a source means an option. */
function decideOn(story: Story, report: WeighedReport, decision: Decision, { party, features }: Option): Decision {
  const phrase = report.source ?? report.content[0];
  if (party === 'itself') {
    const description = parseDescription(story.article.text, phrase);
    return { candidate: addUnnamed(story, phrase, description), certainty: 'stated', rule: 'likeliest' };
  }
  if (party === decision.candidate) return { ...decision, certainty: 'inferred' };
  if (party !== undefined && !isNamed(party) && features.described === 1) addMention(party, phrase);
  return { candidate: party, certainty: 'inferred', rule: 'likeliest' };
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

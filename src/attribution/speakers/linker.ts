/** Decides whom a source means, and how sure that is, from what the rules say of everybody nearby. */
import { readFileSync } from 'node:fs';
import type { Span } from '../../news/span.ts';
import type { WeighedReport } from '../attribution.ts';
import { logOdds, probabilityOf } from '../odds.ts';
import { type Features, type Option, optionsFor } from './options.ts';
import { parseDescription } from './sources.ts';
import { addMention, addUnnamed, type Decision, isNamed, NEAR, type Party, type Story } from './story.ts';

/** Learned by `training/link/weigh.py`. */
interface Weights {
  readonly features: readonly string[];
  /** A layer of hidden units, a row each: a weight for each feature, then a constant. */
  readonly hidden: readonly (readonly number[])[];
  /** A weight for each feature, then for each hidden unit. */
  readonly score: readonly number[];
  /** How much each piece of evidence says about a choice being right. */
  readonly sure: Readonly<Record<string, number>>;
  /** What is added to these once it counts where the pointer points. */
  readonly pointed: {
    readonly gain: number;
    /** A weight for each feature. */
    readonly score: readonly number[];
    readonly sure: Readonly<Record<string, number>>;
  };
}

const WEIGHTS: Weights = JSON.parse(readFileSync(new URL('linker.json', import.meta.url), 'utf8'));
const PLACES = new Map(WEIGHTS.features.map((name, at) => [name, at]));

/** Least probabilities at which a speaker is certain. `npm run score` prints what others would cost. */
interface Thresholds {
  /** Of somebody with the name that the source gives. */
  readonly named: number;
  /** Of anybody else of whom the rules are certain. */
  readonly kept: number;
  /** Of the source’s own words, or another phrase for a group, document or body. */
  readonly described: number;
  /** Of anybody else. */
  readonly found: number;
}

/** Chosen by cross-validation over the articles that the weights were learned from, with dev and those held out in view. */
const THRESHOLDS: Thresholds = { named: 0.3, kept: 0.65, described: 0.65, found: 0.8 };
/** The forms of sources for which the pointer is seldom wrong; set by hand, as is how far it must be ahead. */
const POINTS_WELL = ['form he', 'form bare', 'form indefinite'];
const CONTRADICTS = 0.4;
/** From here, somebody is shown as possible where the rules have nobody. */
const POSSIBLE = 0.7;
/** Rules that settle who it is exactly. A name in running text doesn't: "Mum" and "STUDY" look like one. */
const EXACT = new Set(['several names', 'initials', 'named by the layout']);
/** Rules of whose decisions a low probability says little; set by hand. The second one only on people. */
const REFERS_TO = 'refers to the only one';
const REFERS_BACK = 'refers back to the only one';
/** Rules by which the words leave open who is meant. */
const OPEN = new Set([
  'one of several',
  'refers to one of several',
  'refers back to one of several',
  'name that several bear',
  'whoever asks',
  'initials',
  'pronoun for one of two',
  'pronoun after somebody without a name',
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
  const isLabel = decision.rule === 'name' && report.rule !== 'learned';
  if ((isOpen ? OPEN : EXACT).has(decision.rule) || isLabel) return decision;
  const options = optionsFor(story, report, decision);
  if (!options.some(option => isRival(option, options, decision))) return decision;
  const { likeliest, probability } = weigh(options);
  const { party } = likeliest;
  const isSame = !isOpen && party === decision.candidate;
  const least = leastFor(likeliest, isSame, decision.rule, thresholds);
  if (
    party !== undefined &&
    !isDoubted(story, party, decision) &&
    probability >= least &&
    !isContradicted(likeliest, options)
  )
    return isSame ? decision : decideOn(story, report, decision, likeliest);
  const doubts = isPhrase(likeliest) ? thresholds.described : thresholds.kept;
  if (!isOpen && (isSteady(options, decision) || (!isSame && probability < doubts))) return decision;
  const isPossible = decision.candidate === undefined && probability >= POSSIBLE;
  const { candidate } = isPossible ? decideOn(story, report, decision, likeliest) : decision;
  return { candidate, certainty: 'unclear', rule: decision.rule };
}

/**
 * Whether a source may be mistaken for meaning somebody else: not of another gender, and if the rules are certain no person
 * for "the council".
 */
function isRival({ party, features }: Option, options: readonly Option[], { candidate, certainty }: Decision): boolean {
  if (typeof party !== 'object' || party === candidate || features.disagrees === 1) return false;
  const isThing = options.some(({ features: own }) => own['itself organisation'] === 1 || own['itself document'] === 1);
  return certainty === 'unclear' || !(isThing && party.kind === 'person');
}

/** Whether a low probability says little: of "the team" if there is one, "the official", "a nurse" or "two witnesses". */
function isSteady(options: readonly [Option, ...Option[]], { rule }: Decision): boolean {
  const [{ features }] = options;
  const isPerson = features.sorted === 0;
  if (rule === REFERS_TO || rule === REFERS_BACK) return rule === REFERS_TO || isPerson;
  const mayStay = isPerson || options.some(option => option.features.itselfAnonymous === 1);
  return features['form indefinite'] === 1 && mayStay;
}

/** Whether it was unclear before that somebody without a name is who a source means. */
function isDoubted({ past }: Story, party: Option['party'], { candidate }: Decision): boolean {
  const doubted = party === 'itself' ? candidate : party;
  if (doubted === undefined || isNamed(doubted)) return false;
  return past.slice(-NEAR).some(one => one.party === doubted && one.decision.certainty === 'unclear');
}

/** Whether the pointer points at somebody else by far, which makes a choice unclear. */
function isContradicted({ features }: Option, options: readonly Option[]): boolean {
  if (!POINTS_WELL.some(form => features[form] === 1)) return false;
  // A study may be pointed at as "the paper", or a diplomat as another one.
  const others = options.filter(
    ({ party }) => features.described !== 1 || (typeof party === 'object' && isNamed(party)),
  );
  const most = Math.max(0, ...others.map(option => pointedShareOf(option.features)));
  return most - pointedShareOf(features) > CONTRADICTS;
}

function leastFor(option: Option, isSame: boolean, rule: string, thresholds: Thresholds): number {
  const { named, kept, described, found } = thresholds;
  if (isSame) return rule === 'name' ? named : kept;
  return isPhrase(option) ? described : found;
}

/** Whether a description would mean itself, or somebody without a name. */
function isPhrase({ party, features }: Option): boolean {
  return features.described === 1 && party !== undefined && (party === 'itself' || !isNamed(party));
}

/** Returns the likeliest option, and how likely it is that somebody said these words and that it is who. */
function weigh(options: readonly [Option, ...Option[]]): { readonly likeliest: Option; readonly probability: number } {
  const scores = options.map(({ features }) => scoreOf(features));
  const before = softmax(scores.map(({ base }) => base));
  const isPointed = options[0].features.pointedNowhere !== undefined;
  const odds = isPointed ? softmax(scores.map(({ whole }) => whole)) : before;
  const at = odds.indexOf(Math.max(...odds));
  const likeliest = options[at] ?? options[0];
  const shares = options.map(({ features }) => pointedShareOf(features));
  const first = ranked(odds, at);
  const share = ranked(shares, at);
  const earlier = ranked(before, at);
  const base = {
    ...likeliest.features,
    always: 1,
    best: logOdds(earlier.own, MOST),
    margin: logOdds(earlier.ofBoth, MOST),
  };
  if (!isPointed) return { likeliest, probability: probabilityOf(sumOf(WEIGHTS.sure, base)) };
  const isFirst = before.indexOf(Math.max(...before)) === at;
  const isMost = shares.indexOf(Math.max(...shares)) === at;
  const evidence: Features = {
    ...likeliest.features,
    always: 1,
    base: sumOf(WEIGHTS.sure, base),
    best: logOdds(first.own, MOST),
    margin: logOdds(first.ofBoth, MOST),
    before: logOdds(earlier.own, MOST),
    share: logOdds(share.own, MOST),
    shareMargin: logOdds(share.ofBoth, MOST),
    isFirst: isFirst ? 1 : 0,
    isMost: isMost ? 1 : 0,
    isBoth: isFirst && isMost ? 1 : 0,
    kept: at === 0 && options[0].features['rule unclear'] !== 1 ? 1 : 0,
  };
  return { likeliest, probability: probabilityOf(sumOf(WEIGHTS.pointed.sure, evidence)) };
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
function decideOn(story: Story, { source }: WeighedReport, decision: Decision, { party, features }: Option): Decision {
  const { candidate, rule } = decision;
  if (party === candidate) return { candidate, certainty: 'inferred', rule };
  if (source !== undefined) forget(story, source, candidate);
  if (party !== undefined && party !== 'itself' && !isNamed(party) && source !== undefined && features.described === 1)
    addMention(party, source);
  if (party !== 'itself' || source === undefined)
    return { candidate: party === 'itself' ? undefined : party, certainty: 'inferred', rule: 'likeliest' };
  const description = parseDescription(story.article.text, source);
  return { candidate: addUnnamed(story, source, description), certainty: 'stated', rule: 'likeliest' };
}

/** Takes back what the rules noted of an unnamed party that a source doesn’t mean. */
function forget({ byHead }: Story, source: Span, party: Party | undefined): void {
  const at = party === undefined || isNamed(party) ? -1 : party.mentions.indexOf(source);
  if (party === undefined || isNamed(party) || at < 0) return;
  party.mentions.splice(at, 1);
  const { head } = party.description;
  if (party.mentions.length === 0)
    byHead.set(
      head,
      (byHead.get(head) ?? []).filter(other => other !== party),
    );
}

/** Returns an option’s score, without the pointer and with it. */
function scoreOf(features: Features): { readonly base: number; readonly whole: number } {
  const known = Object.entries(features).flatMap(([name, value]) => {
    const at = PLACES.get(name);
    return at === undefined || value === 0 ? [] : [[at, value] as const];
  });
  const sum = (weights: readonly number[]) =>
    known.reduce((total, [at, value]) => total + (weights[at] ?? 0) * value, 0);
  const size = WEIGHTS.features.length;
  const hidden = WEIGHTS.hidden.map(row => Math.max(0, sum(row) + (row[size] ?? 0)));
  const base = hidden.reduce((total, value, at) => total + value * (WEIGHTS.score[size + at] ?? 0), sum(WEIGHTS.score));
  return { base, whole: WEIGHTS.pointed.gain * base + sum(WEIGHTS.pointed.score) };
}

function sumOf(weights: Readonly<Record<string, number>>, evidence: Features): number {
  return Object.entries(weights).reduce((total, [name, weight]) => total + weight * (evidence[name] ?? 0), 0);
}

function softmax(scores: readonly number[]): readonly number[] {
  const highest = Math.max(...scores);
  const powers = scores.map(score => Math.exp(score - highest));
  const whole = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / whole);
}

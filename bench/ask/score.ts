import type { Degree } from '../../src/answering/judge.ts';

/** A paragraph: an article's id, and its number from 1. */
export type Place = readonly [id: string, paragraph: number];

export interface Question {
  readonly q: string;
  readonly kind: string;
  /** Those that answer; none if nothing does. */
  readonly rel: readonly Place[];
}

/** What came of a question. */
export interface Outcome {
  readonly question: Question;
  /** The candidates by meaning, best first. */
  readonly ranked: readonly Place[];
  /** How likely it is that one of them answers, and that the first does. */
  readonly confidence: number;
  readonly certainty: number;
  readonly degree: Degree;
  /** The paragraphs of the answer, best first; several lists if several people may be meant. */
  readonly shown: readonly (readonly Place[])[];
  readonly milliseconds: number;
}

function share(some: readonly unknown[], of: readonly unknown[]): string {
  return of.length === 0 ? '–' : `${(some.length / of.length).toFixed(2)} (${some.length} of ${of.length})`;
}

function isRight({ rel }: Question, places: readonly Place[]): boolean {
  return places.some(([id, number]) => rel.some(each => each[0] === id && each[1] === number));
}

/** True if one of the best `most` candidates answers. */
function isRanked({ question, ranked }: Outcome, most: number): boolean {
  return isRight(question, ranked.slice(0, most));
}

/** True if one of the first `most` paragraphs that were shown answers. */
function isShown({ question, shown }: Outcome, most: number): boolean {
  return shown.some(places => isRight(question, places.slice(0, most)));
}

/** Returns the chance that of an answerable question and another one the former has the greater confidence. */
function areaUnderCurve(answerable: readonly Outcome[], others: readonly Outcome[]): number {
  const above = answerable.flatMap(one =>
    others.map(other => (one.confidence > other.confidence ? 1 : one.confidence === other.confidence ? 0.5 : 0)),
  );
  return above.reduce<number>((sum, each) => sum + each, 0) / above.length;
}

/** Returns the value below which this share of values is. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

function print(what: string, figure: string): void {
  console.log(`${what.padEnd(62)}${figure}`);
}

/** Prints how good the answers are, and how good the ranking is by itself. */
export function printScores(outcomes: readonly Outcome[]): void {
  const answerable = outcomes.filter(({ question }) => question.rel.length > 0);
  const others = outcomes.filter(({ question }) => question.rel.length === 0);
  console.log('\nAnswers');
  printAnswers(answerable, others);
  console.log('\nRanking by meaning, whatever the degree');
  printRanking(answerable, others);
}

function printAnswers(answerable: readonly Outcome[], others: readonly Outcome[]): void {
  const of = (some: readonly Outcome[], degree: Degree) => some.filter(each => each.degree === degree);
  const first = (some: readonly Outcome[]) => some.filter(each => isShown(each, 1));
  print('right paragraph first, of the answerable', share(first(answerable), answerable));
  print(
    'right paragraph among three',
    share(
      answerable.filter(each => isShown(each, 3)),
      answerable,
    ),
  );
  const sure = of(answerable, 'sure');
  print('sure, of the answerable', share(sure, answerable));
  print('right first, of these', share(first(sure), sure));
  print(
    'right paragraph shown, of these',
    share(
      sure.filter(each => isShown(each, 3)),
      sure,
    ),
  );
  print('answerable refused', share(of(answerable, 'nothing'), answerable));
  print('unanswerable that got a sure answer', share(of(others, 'sure'), others));
  const refused = of(others, 'nothing').length + of(others, 'unsure').length / 2;
  print('unanswerable refused (unsure counts half)', `${(refused / others.length).toFixed(2)} of ${others.length}`);
}

function printRanking(answerable: readonly Outcome[], others: readonly Outcome[]): void {
  const first = (some: readonly Outcome[]) => some.filter(each => isRanked(each, 1));
  print('right paragraph first, of the answerable', share(first(answerable), answerable));
  for (const most of [3, 10]) {
    const among = answerable.filter(each => isRanked(each, most));
    print(`right paragraph among ${most}`, share(among, answerable));
  }
  for (const [kind, some] of Map.groupBy(answerable, ({ question }) => question.kind)) {
    print(`right first: ${kind}`, share(first(some), some));
  }
  print('AUC, answerable against unanswerable', areaUnderCurve(answerable, others).toFixed(3));
  const wrongly = quantile(
    answerable.map(({ confidence }) => confidence),
    0.1,
  );
  const below = others.filter(({ confidence }) => confidence < wrongly);
  print('unanswerable refused if 10 % of the answerable were', share(below, others));
  const least = quantile(
    others.map(({ certainty }) => certainty),
    0.9,
  );
  const above = answerable.filter(({ certainty }) => certainty >= least);
  print('sure if 10 % of the unanswerable were, of the answerable', share(above, answerable));
  print('right first, of these', share(first(above), above));
}

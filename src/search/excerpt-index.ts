import type { AttributedArticle } from '../attribution/attribution.ts';
import { align } from './align.ts';
import { Postings } from './postings.ts';
import { type Asked, hitsOf } from './query.ts';
import { type Unit, unitsOf } from '../indexing/units.ts';
import type { Vocabulary } from './vocabulary.ts';
import { weighWord } from './weight.ts';

/** An inverted index in memory, which grows by an article at a time: term -> units, and each unit's terms in order. */
export interface ExcerptIndex {
  readonly vocabulary: Vocabulary;
  /** The units of one article, or of all, in the order in which they came. */
  units(article: string | undefined): Iterable<Unit>;
  /** How much a word tells: the logarithm of how few excerpts hold it, with what English in general knows of it. */
  readonly weigh: (term: string, frequency: number) => number;
  /** The best units, of one article or of all, for which `allowed` is true, the best first. */
  rank(query: readonly Asked[], article: string | undefined, allowed: (unit: Unit) => boolean): readonly Ranked[];
}

export interface Ranked {
  readonly unit: Unit;
  /** 0 to 1. */
  readonly score: number;
}

/** Rare words first bring in units until so many are in hand; the common words only add to those. */
const mostTouched = 3_000;
/** So many of them are laid along the query word by word. More costs time and finds nothing (measured). */
const mostAligned = 80;
/** Of the score; the rest is for having the words at all. */
const orderShare = 0.4;

/** Adding costs what the article costs, however many there are. */
export class GrowingIndex implements ExcerptIndex {
  readonly #postings = new Postings();
  readonly #units: Unit[] = [];
  readonly #isThere: (from: AttributedArticle) => boolean;

  readonly weigh = (term: string, frequency: number) => weighWord(term, frequency, this.#units.length);

  /** `isThere` is false for articles that are gone: their units stay, out of sight, until the library is opened again. */
  constructor(isThere: (from: AttributedArticle) => boolean) {
    this.#isThere = isThere;
  }

  get vocabulary(): Vocabulary {
    return this.#postings.vocabulary;
  }

  /** Linear in the text. */
  add(from: AttributedArticle): void {
    for (const { unit, words } of unitsOf(from)) {
      this.#units.push(unit);
      this.#postings.add(words.map(({ term }) => term));
    }
  }

  *units(article: string | undefined): Iterable<Unit> {
    for (const unit of this.#units) if (this.#isShown(unit, article)) yield unit;
  }

  rank(query: readonly Asked[], article: string | undefined, allowed: (unit: Unit) => boolean): readonly Ranked[] {
    const wanted = (at: number) => {
      const unit = this.#units[at];
      return unit !== undefined && this.#isShown(unit, article) && allowed(unit);
    };
    const candidates = gather(query, this.#postings, wanted);
    return rankUnits(query, candidates, this.#postings).flatMap(({ at, score }) => {
      const unit = this.#units[at];
      return unit === undefined ? [] : [{ unit, score }];
    });
  }

  #isShown({ from }: Unit, article: string | undefined): boolean {
    return (article === undefined || article === from.article.id) && this.#isThere(from);
  }
}

/** Units that hold some of the query's words, with the weight of those: the heaviest first, at most `mostAligned`. */
function gather(query: readonly Asked[], postings: Postings, wanted: (unit: number) => boolean): number[] {
  const weights = new Map<number, number>();
  const distinct = new Map(query.map(asked => [asked.term, asked]));
  const rarestFirst = [...distinct.values()].sort((one, other) => other.weight - one.weight);
  for (const asked of rarestFirst) {
    const full = weights.size >= mostTouched;
    const gained = gainOf(asked, postings, full ? unit => weights.has(unit) : wanted);
    for (const [unit, gain] of gained) weights.set(unit, (weights.get(unit) ?? 0) + gain);
  }
  return [...weights]
    .sort(([one, weight], [other, otherWeight]) => otherWeight - weight || one - other)
    .slice(0, mostAligned)
    .map(([unit]) => unit);
}

function gainOf(
  { weight, alternatives }: Asked,
  postings: Postings,
  wanted: (unit: number) => boolean,
): Map<number, number> {
  const gained = new Map<number, number>();
  for (const [id, likeness] of alternatives) {
    for (const unit of postings.holders(id)) {
      if (wanted(unit)) gained.set(unit, Math.max(gained.get(unit) ?? 0, weight * likeness));
    }
  }
  return gained;
}

function rankUnits(
  query: readonly Asked[],
  candidates: readonly number[],
  postings: Postings,
): { at: number; score: number }[] {
  const hits = hitsOf(query);
  const weights = query.map(asked => asked.weight);
  const ranked = candidates.map(at => {
    const { cover, order } = align(
      weights,
      Array.from(postings.termsOf(at), id => hits.get(id)),
    );
    return { at, score: (1 - orderShare) * cover + orderShare * order };
  });
  return ranked.sort((one, other) => other.score - one.score || one.at - other.at);
}

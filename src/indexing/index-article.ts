import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import type { Span } from '../news/span.ts';
import { foldPhrase, termsOf } from '../words/words.ts';
import { type ArticleSpeaker, type PersonName, peopleOf } from './people.ts';
import { unitsOf } from './units.ts';

/**
 * Version of the code that prepares articles for the index. Increase it with every change to its output: libraries then
 * index again.
 */
export const INDEX_VERSION = 2;

/** A unit that is found as one; all numbers refer to its article. */
export interface IndexedUnit {
  /** Indices into the article's lists. */
  readonly paragraph: number;
  readonly attribution: number | undefined;
  readonly speaker: number | undefined;
  readonly span: Span;
  /** Folded, in text order. */
  readonly terms: readonly string[];
}

/** One name of something, folded and split into terms. */
export interface IndexedName {
  readonly terms: readonly string[];
  /** Ties between equal matches go to the greater weight; 1 for a proper name. */
  readonly weight: number;
}

export type IndexedSpeaker = ArticleSpeaker<IndexedName>;

/**
 * Everything a full-text index needs to know about an article. Made again when `INDEX_VERSION` or the article changes.
 */
export interface IndexedArticle {
  readonly units: readonly IndexedUnit[];
  readonly speakers: readonly IndexedSpeaker[];
  /** Title, id, outlet and author. */
  readonly titles: readonly IndexedName[];
  /** Folded, words joined by one space; `undefined` if unknown. */
  readonly outlet: string | undefined;
}

/** Prepares an article for the index. Time is linear. */
export function indexArticle(from: AttributedArticle): IndexedArticle {
  const { id, title, outlet, byline } = from.article;
  const paragraphs = placesOf(from.article.paragraphs);
  const attributions = placesOf<Attribution | undefined>(from.attributions);
  const speakers = placesOf<Speaker | undefined>(from.speakers);
  return {
    units: unitsOf(from).map(({ unit, words }) => ({
      paragraph: paragraphs.get(unit.paragraph) ?? 0,
      attribution: attributions.get(unit.attribution),
      speaker: speakers.get(unit.attribution?.speaker),
      span: unit.span,
      terms: words.map(({ term }) => term),
    })),
    speakers: peopleOf(from).map(person => ({ ...person, names: namesOf(person.names) })),
    titles: namesOf([
      { text: title, weight: 1 },
      { text: id, weight: 1 },
      { text: outlet ?? '', weight: 0.9 },
      { text: byline ?? '', weight: 0.9 },
    ]),
    outlet: outlet === undefined ? undefined : foldPhrase(outlet) || undefined,
  };
}

/** Each spelling once, with its greatest weight. */
function namesOf(names: readonly PersonName[]): IndexedName[] {
  const bySpelling = new Map<string, IndexedName>();
  for (const { text, weight } of names) {
    const terms = termsOf(text);
    const spelling = terms.join(' ');
    const known = bySpelling.get(spelling);
    if (terms.length > 0 && weight > (known?.weight ?? 0)) bySpelling.set(spelling, { terms, weight });
  }
  return [...bySpelling.values()];
}

function placesOf<Item>(items: readonly Item[]): ReadonlyMap<Item, number> {
  return new Map(items.map((item, at) => [item, at]));
}

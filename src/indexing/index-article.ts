import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { speakersOf, tallySpeakers } from '../attribution/tallies.ts';
import type { Span } from '../news/span.ts';
import { foldPhrase, termsOf } from '../words/words.ts';
import { type ArticleSpeaker, type PersonName, peopleOf } from './people.ts';
import { statementStories } from './stories.ts';
import { unitsOf } from './units.ts';

/**
 * Version of the code that prepares articles for the index. Increase it with every change to its output: libraries then
 * index again.
 */
export const INDEX_VERSION = 6;

/** A unit that is found as one, once for each of its speakers; all numbers refer to its article. */
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

/** Something that a speaker says; `attribution` and `speaker` are indices into the article's lists. */
interface IndexedStatement {
  readonly attribution: number;
  readonly speaker: number;
  /** The same wherever it is printed word for word; `undefined` if it has too few words. */
  readonly story: string | undefined;
  /** As `/speakers` counts it: clearly theirs alone, perhaps somebody else's, or not at all. */
  readonly counted: 'clear' | 'uncertain' | undefined;
}

export type IndexedSpeaker = ArticleSpeaker<IndexedName>;

/**
 * Everything a full-text index needs to know about an article. Made again when `INDEX_VERSION` or the article changes.
 */
export interface IndexedArticle {
  readonly units: readonly IndexedUnit[];
  readonly speakers: readonly IndexedSpeaker[];
  readonly statements: readonly IndexedStatement[];
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
    units: unitsOf(from).flatMap(({ unit, words }) =>
      speakersOf(from, unit.attribution).map(speaker => ({
        paragraph: paragraphs.get(unit.paragraph) ?? 0,
        attribution: attributions.get(unit.attribution),
        speaker: speakers.get(speaker),
        span: unit.span,
        terms: words.map(({ term }) => term),
      })),
    ),
    speakers: peopleOf(from).map(person => ({ ...person, names: namesOf(person.names) })),
    statements: statementsOf(from),
    titles: namesOf([
      { text: title, weight: 1 },
      { text: id, weight: 1 },
      { text: outlet ?? '', weight: 0.9 },
      { text: byline ?? '', weight: 0.9 },
    ]),
    outlet: outlet === undefined ? undefined : foldPhrase(outlet) || undefined,
  };
}

function statementsOf(from: AttributedArticle): IndexedStatement[] {
  const stories = statementStories(from);
  const tallies = [...tallySpeakers(from)].flatMap(([speaker, tally]) => (speaker === undefined ? [] : [tally]));
  const clear = new Set(tallies.flatMap(tally => tally.clear));
  const uncertain = new Set(tallies.flatMap(tally => tally.uncertain));
  const places = placesOf<Speaker | undefined>(from.speakers);
  return from.attributions.flatMap((each, attribution) =>
    speakersOf(from, each).flatMap(who => {
      const speaker = places.get(who);
      if (speaker === undefined) return [];
      const certainty = clear.has(each) ? 'clear' : uncertain.has(each) ? 'uncertain' : undefined;
      const counted = who === each.speaker ? certainty : undefined;
      return [{ attribution, speaker, story: stories.get(each), counted } as const];
    }),
  );
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

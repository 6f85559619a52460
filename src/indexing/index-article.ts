import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import type { Span } from '../news/span.ts';
import { type PersonName, peopleOf } from './people.ts';
import { unitsOf } from './units.ts';
import { foldPhrase, termsOf } from './words.ts';

/** Of the code that makes what is indexed out of an article. Count it up with every change: libraries then index anew. */
export const indexVersion = 1;

/** What is found as one, as numbers into its article. */
export interface IndexedUnit {
  /** Places in the article's lists. */
  readonly paragraph: number;
  readonly attribution: number | undefined;
  readonly speaker: number | undefined;
  readonly span: Span;
  /** Folded, in the text's order. */
  readonly terms: readonly string[];
}

/** One way to name something, folded and cut into terms. */
export interface IndexedName {
  readonly terms: readonly string[];
  /** Of two equally good matches the one by the weightier name wins; 1 for a name proper. */
  readonly weight: number;
}

/** Somebody in the article. */
export interface IndexedSpeaker {
  /** The place in the article's list. */
  readonly place: number;
  /** The name as the article writes it. */
  readonly shown: string;
  /** How many attributions are theirs. */
  readonly said: number;
  /**
   * What makes them one with somebody in another article: a named person's full name, a name in Chinese, a named
   * organisation. None: they are nobody else's equal, whatever the words.
   */
  readonly keys: readonly string[];
  readonly names: readonly IndexedName[];
}

/** All that a full-text index must know of an article. Derived: made again when `indexVersion` or the article changes. */
export interface IndexedArticle {
  readonly units: readonly IndexedUnit[];
  readonly speakers: readonly IndexedSpeaker[];
  /** Title, id, outlet and author. */
  readonly titles: readonly IndexedName[];
  /** Folded, words joined by one space; `undefined`: not known. */
  readonly outlet: string | undefined;
}

/** Linear in the text. */
export function indexArticle(from: AttributedArticle): IndexedArticle {
  const { id, title, outlet, byline } = from.article;
  const paragraphs = placesOf(from.article.paragraphs);
  const attributions = placesOf<Attribution>(from.attributions);
  const speakers = placesOf<Speaker>(from.speakers);
  const place = <Item>(places: ReadonlyMap<Item, number>, item: Item | undefined) =>
    item === undefined ? undefined : places.get(item);
  return {
    units: unitsOf(from).map(({ unit, words }) => ({
      paragraph: paragraphs.get(unit.paragraph) ?? 0,
      attribution: place(attributions, unit.attribution),
      speaker: place(speakers, unit.attribution?.speaker),
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

/** Each spelling once, with the greatest of its weights. */
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

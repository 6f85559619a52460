import type { IndexedArticle } from '../indexing/index-article.ts';
import { misspellingsOf } from '../indexing/spellings.ts';
import type {
  Field,
  Filter,
  Misspelling,
  SpeakerFilter,
  Term,
  TermQuery,
  UnitRow,
} from '../library/store/library-index.ts';
import type { TextIndex } from '../library/store/text-index.ts';

/** What an article's index takes from the library: how rare words are. */
export interface LibraryWords {
  /** Number of units in the library. */
  readonly size: number;
  /** The words that will be looked up, as far as the library has them. */
  readonly terms: readonly Term[];
}

type Unit = UnitRow & { readonly speaker: number | undefined };

/** The full-text index of one article that isn't in its library yet. It has no names, so speakers are rows. */
export class ArticleIndex implements TextIndex {
  readonly #article: string;
  readonly #library: LibraryWords;
  /** Words of the article, with how many units have them; numbers from 1. */
  readonly #terms: ReadonlyMap<string, Term>;
  readonly #units: readonly Unit[];

  constructor(article: string, { units }: IndexedArticle, library: LibraryWords) {
    this.#article = article;
    this.#library = library;
    const terms = new Map<string, Term>();
    for (const term of units.flatMap(unit => [...new Set(unit.terms)])) {
      const { number, frequency } = terms.get(term) ?? { number: terms.size + 1, frequency: 0 };
      terms.set(term, { number, term, frequency: frequency + 1 });
    }
    this.#terms = terms;
    this.#units = units.map((unit, at) => ({
      ...unit,
      number: at + 1,
      article,
      terms: Uint32Array.from(unit.terms, term => terms.get(term)?.number ?? 0),
    }));
  }

  size(): Promise<number> {
    return Promise.resolve(this.#library.size + this.#units.length);
  }

  terms(_field: Field, asked: readonly string[], bare: readonly string[]): Promise<readonly Term[]> {
    const forms = new Set(asked);
    const bareForms = new Set(bare);
    const isAsked = ({ term }: Term) => forms.has(term) || bareForms.has(term.replaceAll("'", ''));
    const inLibrary = new Map(this.#library.terms.filter(isAsked).map(each => [each.term, each]));
    const own = [...this.#terms.values()].filter(isAsked);
    // Numbers that no unit of the article has.
    const others = [...inLibrary.values()].filter(({ term }) => !this.#terms.has(term));
    return Promise.resolve([
      ...own.map(each => ({ ...each, frequency: each.frequency + (inLibrary.get(each.term)?.frequency ?? 0) })),
      ...others.map(each => ({ ...each, number: each.number + this.#terms.size })),
    ]);
  }

  termsWithPrefix(_field: Field, prefix: string, limit: number): Promise<readonly Term[]> {
    const found = [...this.#terms.values()].filter(({ term }) => term.startsWith(prefix));
    return Promise.resolve(found.sort((one, other) => other.frequency - one.frequency).slice(0, limit));
  }

  misspellings(_field: Field, asked: readonly string[], limit: number): Promise<readonly (readonly Misspelling[])[]> {
    return Promise.resolve(asked.map(word => misspellingsOf(word, this.#terms.values(), limit)));
  }

  matchingUnits({ all, phrase }: TermQuery, filter: Filter, limit: number): Promise<readonly number[]> {
    const isMatch = ({ terms }: UnitRow) =>
      phrase
        ? terms.some((_, at) => all.every((group, more) => group.includes(terms[at + more] ?? 0)))
        : all.every(group => terms.some(term => group.includes(term)));
    const found = this.#units.filter(unit => this.#isBy(unit, filter.speakers) && isMatch(unit));
    return Promise.resolve(found.slice(0, limit).map(({ number }) => number));
  }

  units(numbers: readonly number[], { speakers }: Filter): Promise<readonly UnitRow[]> {
    const wanted = new Set(numbers);
    return Promise.resolve(this.#units.filter(unit => wanted.has(unit.number) && this.#isBy(unit, speakers)));
  }

  newestQuotes({ speakers }: Filter, limit: number): Promise<readonly UnitRow[]> {
    const quotes = this.#units.filter(unit => unit.attribution !== undefined && this.#isBy(unit, speakers));
    return Promise.resolve(quotes.slice(0, limit));
  }

  #isBy({ speaker }: Unit, speakers: SpeakerFilter | undefined): boolean {
    return speakers?.rows.some(row => row.article === this.#article && row.place === speaker) ?? true;
  }
}

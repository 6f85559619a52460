import Fuse from 'fuse.js';
import { align } from './align.ts';
import { type AskedForms, compareForms, compareLoosely, compareSpelling, likeness, readForms } from './likeness.ts';
import type { Closeness } from './passage.ts';
import { Postings } from './postings.ts';
import { weighWord } from './weight.ts';
import { wordsOf } from '../indexing/words.ts';

/** One way to name something: a speaker's alias, an article's title. */
export interface Name<Bearer> {
  readonly text: string;
  readonly bearer: Bearer;
  /** Of two equally good matches the one by the weightier name wins; 1 for a name proper. */
  readonly weight: number;
}

export interface NameMatch<Bearer> {
  readonly bearer: Bearer;
  readonly closeness: Closeness;
  /** 0 to 1; 1 only where all of a name is typed, and no more. */
  readonly score: number;
}

export interface Names<Bearer> {
  /** Who may be meant, the best first. With `open`, the last word may be unfinished. */
  find(typed: string, open: boolean): readonly NameMatch<Bearer>[];
}

/** A spelling shared by any number of bearers, folded. */
interface Form<Bearer> {
  readonly terms: readonly string[];
  readonly names: Name<Bearer>[];
}

/** fuse.js looks through so many in about a millisecond; beyond, it is asked only where no name shares a word. */
const mostForms = 600;
const mostCompared = 200;
const mostFound = 100;
const fuseOptions = { threshold: 0.4, ignoreLocation: true, useTokenSearch: true, includeScore: true };
/** How much of the weight of what was typed must be in a name that is meant. */
const matchCover = 0.84;
const nearCover = 0.4;

/**
 * Names, more of which may come at any time. fuse.js finds what is alike letter by letter; which of those is meant is then
 * decided by words, since for fuse.js "US officials" is as good in "a senior US official" as by itself.
 */
export class GrowingNames<Bearer> implements Names<Bearer> {
  readonly #forms: Form<Bearer>[] = [];
  readonly #byFolded = new Map<string, Form<Bearer>>();
  readonly #words = new Postings();
  readonly #fuse = new Fuse<string>([], fuseOptions);
  readonly #isThere: (bearer: Bearer) => boolean;

  /** `isThere` is false for bearers that are gone: their names stay, but find nothing. */
  constructor(isThere: (bearer: Bearer) => boolean) {
    this.#isThere = isThere;
  }

  add(names: readonly Name<Bearer>[]): void {
    for (const name of names) this.#formOf(name)?.names.push(name);
  }

  find(typed: string, open: boolean): readonly NameMatch<Bearer>[] {
    const terms = wordsOf(typed.slice(0, 400))
      .slice(0, 16)
      .map(word => word.term);
    if (terms.length === 0) return [];
    const shared = sharing(terms, this.#words, open).slice(0, mostCompared);
    const unlike = this.#forms.length > mostForms && shared.length > 0;
    const alike = unlike ? [] : this.#fuse.search(terms.join(' '), { limit: mostCompared });
    const places = [...new Set([...shared, ...alike.map(({ refIndex }) => refIndex)])];
    const forms = places.flatMap(at => this.#forms[at] ?? []);
    return rank(terms, forms, open, this.#isThere);
  }

  #formOf({ text }: Name<Bearer>): Form<Bearer> | undefined {
    const terms = wordsOf(text).map(word => word.term);
    const folded = terms.join(' ');
    const known = this.#byFolded.get(folded);
    if (known !== undefined || terms.length === 0) return known;
    const form = { terms, names: [] };
    this.#byFolded.set(folded, form);
    this.#forms.push(form);
    this.#words.add(terms);
    this.#fuse.add(folded);
    return form;
  }
}

/** The forms that share a word with what was typed, misspelt or unfinished ones too: most shared weight first. */
function sharing(terms: readonly string[], words: Postings, open: boolean): number[] {
  const { vocabulary } = words;
  const weights = new Map<number, number>();
  for (const [at, term] of terms.entries()) {
    const exact = vocabulary.find(term);
    const misspelt = vocabulary.misspellings(term, 12).map(({ id }) => id);
    const begun = open && at === terms.length - 1 ? vocabulary.startingWith(term, 40) : [];
    const ids = new Set([...(exact === undefined ? [] : [exact]), ...misspelt, ...begun]);
    const held = new Set([...ids].flatMap(id => words.holders(id)));
    for (const form of held) weights.set(form, (weights.get(form) ?? 0) + weighWord(term, 0, 0));
  }
  return [...weights].sort(([, one], [, other]) => other - one).map(([form]) => form);
}

function rank<Bearer>(
  terms: readonly string[],
  forms: readonly Form<Bearer>[],
  open: boolean,
  isThere: (bearer: Bearer) => boolean,
): NameMatch<Bearer>[] {
  const best = new Map<Bearer, NameMatch<Bearer>>();
  const asked = terms.map(readForms);
  for (const form of forms) {
    const { cover, score } = compare(asked, form.terms, open);
    if (cover < nearCover) continue;
    const closeness = cover >= matchCover ? 'match' : 'near';
    for (const { bearer, weight } of form.names) {
      if (!isThere(bearer)) continue;
      const known = best.get(bearer);
      if (known === undefined || score * weight > known.score)
        best.set(bearer, { bearer, closeness, score: score * weight });
    }
  }
  return [...best.values()].sort((one, other) => other.score - one.score).slice(0, mostFound);
}

/** How much of what was typed is in the name, and how much of the name was typed. */
function compare(
  asked: readonly AskedForms[],
  name: readonly string[],
  open: boolean,
): { cover: number; score: number } {
  const weights = asked.map(({ term }) => weighWord(term, 0, 0));
  const rows = name.map(term =>
    asked.flatMap((word, at) => {
      const last = open && at === asked.length - 1 && term.startsWith(word.term) ? likeness.begun : 0;
      const sure = Math.max(last, compareSign(word, term), compareSpelling(word, term), compareLoosely(word, term));
      return sure > 0 ? [{ asked: at, likeness: sure }] : [];
    }),
  );
  const { cover, order } = align(weights, rows);
  const worth = (kept: (at: number) => boolean) =>
    name.reduce((sum, term, at) => sum + (kept(at) ? weighWord(term, 0, 0) : 0), 0);
  const told = worth(at => (rows[at] ?? []).length > 0) / worth(() => true);
  return { cover, score: (0.6 * cover + 0.4 * order) * (0.6 + 0.4 * told) };
}

/** The last sign of a row stands alone, and is met by any pair that it begins. */
function compareSign(asked: AskedForms, found: string): number {
  const lone = /^\p{sc=Han}$/v.test(asked.term) && found.startsWith(asked.term);
  return lone ? likeness.begun : compareForms(asked, found);
}

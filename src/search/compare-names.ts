import { wordsOf } from '../indexing/words.ts';
import { align, type Hit } from './align.ts';
import { commonWords } from './lexicon/common-words.ts';
import { type AskedForms, compareForms, compareLoosely, compareSpelling, likeness, readForms } from './likeness.ts';
import { weighWord } from './weight.ts';

/** How much of the weight of what was typed must be in a name that is meant. */
export const matchCover = 0.84;
/** Words in so many of a thousand sentences are in anybody's description. */
const everyday = 200;

/** A name as somebody typed it, to be compared with many. */
export interface TypedName {
  readonly terms: readonly string[];
  /** How much of what was typed is in a name, and how much of that name was typed. */
  readonly match: (name: readonly string[]) => { readonly cover: number; readonly score: number };
}

/** Of long ones the beginning. With `open`, the last word may be unfinished. */
export function readName(typed: string, open: boolean): TypedName {
  const asked = wordsOf(typed.slice(0, 400))
    .slice(0, 16)
    .map(({ term }) => readForms(term));
  const weights = asked.map(({ term }) => weighWord(term, 0, 0));
  // Names and titles share many words, and comparing two costs more than all else.
  const known = new Map<string, readonly Hit[]>();
  const hitsOf = (term: string) => {
    const hits = known.get(term) ?? compare(asked, term, open);
    known.set(term, hits);
    return hits;
  };
  return {
    terms: asked.map(({ term }) => term),
    match: name => {
      const rows = name.map(hitsOf);
      if (!open && hasOnlyEveryday(name, rows)) return { cover: 0, score: 0 };
      const { cover, order } = align(weights, rows);
      const worth = (kept: (at: number) => boolean) =>
        name.reduce((sum, term, at) => sum + (kept(at) ? weighWord(term, 0, 0) : 0), 0);
      const told = worth(at => (rows[at] ?? []).length > 0) / worth(() => true);
      return { cover, score: (0.6 * cover + 0.4 * order) * (0.6 + 0.4 * told) };
    },
  };
}

/** Whether of a name that has other words nothing was typed but its “the” or “a”: that names nobody. */
function hasOnlyEveryday(name: readonly string[], rows: readonly (readonly Hit[])[]): boolean {
  const telling = name.flatMap((term, at) => ((commonWords.get(term) ?? 0) < everyday ? [rows[at] ?? []] : []));
  return telling.length > 0 && telling.every(hits => hits.length === 0);
}

function compare(asked: readonly AskedForms[], term: string, open: boolean): Hit[] {
  return asked.flatMap((word, at) => {
    const last = open && at === asked.length - 1 && term.startsWith(word.term) ? likeness.begun : 0;
    const sure = Math.max(last, compareSign(word, term), compareSpelling(word, term), compareLoosely(word, term));
    return sure > 0 ? [{ asked: at, likeness: sure }] : [];
  });
}

/** The last sign of a row stands alone, and is met by any pair that it begins. */
function compareSign(asked: AskedForms, found: string): number {
  const lone = /^\p{sc=Han}$/v.test(asked.term) && found.startsWith(asked.term);
  return lone ? likeness.begun : compareForms(asked, found);
}

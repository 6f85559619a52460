import { countEdits, editsAllowed } from '../indexing/edits.ts';
import { endings } from './lexicon/endings.ts';

/** How surely a text's word is the one asked for, by how the two differ. */
export const likeness = {
  exact: 1,
  /** "dont" and "don't". */
  apostrophe: 0.98,
  /** "China" and "China's". */
  possessive: 0.96,
  /** The beginning of a word that is still being typed; a lone Chinese sign. */
  begun: 0.9,
  /** "drone" and "drones". */
  inflected: 0.85,
  edited: 0.85,
  editedTwice: 0.7,
  /** One edit more than a misspelling is allowed: good for a question only. */
  guessed: 0.5,
} as const;

/** The word without a possessive ending. */
export function ownerOf(word: string): string {
  return word.endsWith("'s") ? word.slice(0, -2) : word;
}

/** Other forms of a word of four letters or more: "drone" and "drones". Shorter ones are too easily other words. */
export function formsOf(word: string): string[] {
  if (word.length < 4) return [];
  const stems = [word, ...endings.filter(ending => word.endsWith(ending)).map(ending => word.slice(0, -ending.length))];
  const long = stems.filter(stem => stem.length >= 4);
  return long.flatMap(stem => [stem, ...endings.map(ending => stem + ending)]).filter(form => form !== word);
}

/** A word that is asked for, with its other forms at hand to be compared with many. */
export interface AskedForms {
  readonly term: string;
  readonly bare: string;
  readonly owner: string;
  readonly forms: ReadonlySet<string>;
}

export function readForms(term: string): AskedForms {
  const owner = ownerOf(term);
  return { term, bare: term.replaceAll("'", ''), owner, forms: new Set(formsOf(owner)) };
}

/** The same word, with or without its apostrophe or ending; 0 for another word. Misspellings are another matter. */
export function compareForms(asked: AskedForms, found: string): number {
  if (asked.term === found) return likeness.exact;
  if (asked.forms.has(found)) return likeness.inflected;
  if (!found.includes("'") && asked.bare === asked.term) return 0;
  if (asked.bare === found.replaceAll("'", '')) return likeness.apostrophe;
  return asked.owner === ownerOf(found) ? likeness.possessive : 0;
}

/** A name heard rather than read, "Solivan": one edit more than a misspelling, but the same first letter. */
export function compareLoosely({ term: asked }: AskedForms, found: string): number {
  const allowed = editsAllowed(asked) + 1;
  if (asked.length < 5 || asked[0] !== found[0]) return 0;
  return countEdits(asked, found, allowed) <= allowed ? likeness.guessed : 0;
}

/** The same word or a misspelling of it; 0 for another word. */
export function compareSpelling(asked: AskedForms, found: string): number {
  const same = compareForms(asked, found);
  const allowed = editsAllowed(asked.term);
  if (same > 0 || allowed === 0) return same;
  const edits = countEdits(asked.term, found, allowed);
  if (edits > allowed) return 0;
  return edits === 1 ? likeness.edited : likeness.editedTwice;
}

import { type Span, slice } from './span.ts';

const SPACES = /\s+/gv;
const LAST_PIECE = /\s\S*$/v;
/** Half a character too, where the cut went through one. */
const TRAILING_MARKS = /[\p{P}\p{Cs}\s]+$/v;

/** Longest description made of an article's first words, in UTF-16 units. */
const LONGEST_DESCRIPTION = 60;

/** The words that a paragraph opens with: they describe an article that has no headline. */
export function firstWords(text: string, paragraph: Span): string {
  const plain = slice(text, paragraph)
    .slice(0, 4 * LONGEST_DESCRIPTION)
    .replace(SPACES, ' ');
  const cut = plain.slice(0, LONGEST_DESCRIPTION);
  const whole = plain.length > cut.length ? cut.replace(LAST_PIECE, '') : cut;
  return `${whole.replace(TRAILING_MARKS, '')}…`;
}

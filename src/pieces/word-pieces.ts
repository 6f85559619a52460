import { readFileSync } from 'node:fs';

const [PAD, MASK] = [0, 103];
/** Any piece that the vocabulary lacks; the markers before a text and after each of its parts. */
export const [UNKNOWN, START, END] = [100, 101, 102];
/** The markers of the vocabulary, which stay whole in any text. */
const MARKERS = new Map([
  ['[PAD]', PAD],
  ['[UNK]', UNKNOWN],
  ['[CLS]', START],
  ['[SEP]', END],
  ['[MASK]', MASK],
]);
const MARKER = /(?<marker>\[(?:PAD|UNK|CLS|SEP|MASK)\])/v;

/** In UTF-16 units. The encoder reads far less of a text. */
const MOST_OF_TEXT = 20_000;
/** In characters. Longer words are unknown. */
const LONGEST_WORD = 100;

const INVISIBLE = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]--[\t\n\r]]/gv;
const ACCENT = /\p{Mn}/gv;
const IDEOGRAPH =
  /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/v
    .source;
const PUNCTUATION = String.raw`[\p{P}$+<=>^\x60\|~]`;
const WORD = new RegExp(`${IDEOGRAPH}|${PUNCTUATION}|(?:(?!${IDEOGRAPH}|${PUNCTUATION})\\P{White_Space})+`, 'gv');

let vocabulary: ReadonlyMap<string, number> | undefined;

function loadVocabulary(): ReadonlyMap<string, number> {
  const lines = readFileSync(new URL('./vocabulary.txt', import.meta.url), 'utf8').split('\n');
  return new Map(lines.slice(0, -1).map((piece, id) => [piece, id]));
}

/** Returns the ids of the pieces of one folded word. */
function piecesOfWord(letters: string): number[] {
  vocabulary ??= loadVocabulary();
  const characters = [...letters];
  if (characters.length > LONGEST_WORD) return [UNKNOWN];
  const pieces: number[] = [];
  for (let start = 0; start < characters.length; ) {
    let end = characters.length;
    let id: number | undefined;
    for (; end > start; end -= 1) {
      id = vocabulary.get((start > 0 ? '##' : '') + characters.slice(start, end).join(''));
      if (id !== undefined) break;
    }
    if (id === undefined) return [UNKNOWN];
    pieces.push(id);
    start = end;
  }
  return pieces;
}

function fold(text: string): string {
  const bare = text.replace(INVISIBLE, '').normalize('NFD').replace(ACCENT, '');
  // Letter by letter: the small sigma has another form at the end of a word.
  return [...bare].map(letter => letter.toLowerCase()).join('');
}

/** Returns the ids of a text's word pieces, as BERT's uncased tokenizer does. Markers count as ordinary text. */
export function piecesOf(text: string): number[] {
  return [...fold(text).matchAll(WORD)].flatMap(([letters]) => piecesOfWord(letters));
}

/**
 * Returns the ids of a text's word pieces, as BERT's uncased tokenizer does, between those of [CLS] and [SEP]; at most
 * `most` with these two.
 */
export function wordPieces(text: string, most: number): number[] {
  const pieces: number[] = [START];
  for (const part of text.slice(0, MOST_OF_TEXT).split(MARKER)) {
    const id = MARKERS.get(part);
    if (id === undefined) pieces.push(...piecesOf(part));
    else pieces.push(id);
  }
  return [...pieces.slice(0, most - 1), END];
}

/** A word piece, and where in the text its word is, in UTF-16 units. */
interface PlacedPiece {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** Returns the pieces of `piecesOf` with their words. */
export function placedPiecesOf(text: string): PlacedPiece[] {
  const words = text.slice(0, MOST_OF_TEXT).matchAll(WORD);
  return [...words].flatMap(({ 0: letters, index: start }) =>
    piecesOf(letters).map(id => ({ id, start, end: start + letters.length })),
  );
}

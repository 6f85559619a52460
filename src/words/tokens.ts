import type { Span } from '../news/span.ts';

/**
 * A word, number or mark, as attribution reads a text. `text` is cut from the article. The network's weights depend on
 * how tokens are cut: any change requires retraining. Search and checks use `wordsOf`.
 */
export interface Token extends Span {
  readonly text: string;
}

/** Abbreviations that keep their point. `No.` is one only before a number, which the pattern handles. */
const SHORTENED = [
  'Mr|Mrs|Ms|Mx|Messrs|Dr|Drs|Prof|Rev|Fr|Hon|Sen|Sens|Rep|Reps|Gov|Govs|Pres|Atty|Amb|Supt|Insp|Det|Cllr',
  'Gen|Lt|Col|Maj|Sgt|Cpl|Pvt|Capt|Cmdr|Adm|Brig|Jr|Sr|Bros|Inc|Corp|Co|Ltd|Dept|Univ|Assn|Ave|Blvd|Rd|St|Mt|Ft',
  'Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri',
  'Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo',
  'vs|etc|approx|est|al|cf|ca|viz',
].join('|');

const APOSTROPHE = "['’ʼ]";

/** One token, more specific alternatives first. Each alternative is linear. */
const TOKEN = new RegExp(
  [
    '(?<address>(?:https?://|www\\.)[^\\s<>"“”]+|[\\p{L}\\p{N}._+\\-]{1,64}@[\\p{L}\\p{N}\\-]+\\.[\\p{L}\\p{N}.\\-]*\\p{L}|[@#][\\p{L}\\p{N}_]+)',
    '(?<initials>(?:\\p{L}\\.){2,}|\\p{Lu}\\.(?=\\s*\\p{Lu}))',
    `(?<shortened>(?:${SHORTENED})\\.(?![\\p{L}\\p{N}])|Nos?\\.(?=\\s?\\p{N}))`,
    '(?<number>\\p{N}+(?:[.,:\\/]\\p{N}+)*(?:st|nd|rd|th|s|k|m|bn|am|pm)?(?![\\p{L}\\p{N}]))',
    '(?<ideograph>[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}])',
    `(?<word>[\\p{L}\\p{M}\\p{N}]+(?:(?:${APOSTROPHE}|[\\-‐‑&]|\\.(?=(?:com|org|net|gov|edu|co|uk)\\b))[\\p{L}\\p{M}\\p{N}]+)*)`,
    "(?<punctuation>\\.{2,}|-{2,}|``|''|\\S)",
  ].join('|'),
  'vy',
);

/** Clitics that are tokens of their own: `’s`, `n’t`, `’re`. */
const CLITIC = new RegExp(`(?<clitic>n${APOSTROPHE}t|${APOSTROPHE}(?:s|re|ve|ll|d|m))$`, 'iv');

const SPACE = /\s*/vy;

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function splitClitic(token: Token): readonly Token[] {
  const clitic = token.text.length > 40 ? undefined : CLITIC.exec(token.text)?.groups?.clitic;
  if (clitic === undefined || clitic.length === token.text.length) return [token];
  const cut = token.text.length - clitic.length;
  return [
    { start: token.start, end: token.start + cut, text: token.text.slice(0, cut) },
    { start: token.start + cut, end: token.end, text: clitic },
  ];
}

/**
 * Returns the words, numbers and punctuation of a text, in order. `’s` and `n’t` are separate tokens, hyphenated words
 * and `1,234.5` stay whole, `U.S.` and `Sen.` keep their point, and Chinese is split by character. Depends only on the
 * text; time is linear.
 */
export function tokenize(text: string, within: Span = { start: 0, end: text.length }): readonly Token[] {
  const piece = text.slice(within.start, within.end);
  const tokens: Token[] = [];
  let at = skipSpace(piece, 0);
  while (at < piece.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(piece);
    const length = found?.[0].length ?? 1;
    const start = within.start + at;
    const token = { start, end: start + length, text: piece.slice(at, at + length) };
    if (found?.groups?.word === undefined) tokens.push(token);
    if (found?.groups?.word !== undefined) tokens.push(...splitClitic(token));
    at = skipSpace(piece, at + length);
  }
  return tokens;
}

import { pairQuotations } from '../news/quotations.ts';
import { type Span, slice } from '../news/span.ts';
import { SAYING } from './lexicon/saying.ts';
import { creditedAfter, creditedBefore, isBareName } from './read-credit.ts';

/** What a message quotes, and whom it credits. */
export interface Quote {
  /** As written, without quotation marks and markup. */
  readonly words: string;
  /** The name next to it; `undefined` for none, or for "he". */
  readonly credited: string | undefined;
  /** What a signature after the words says, if no name can be read in it. */
  readonly unread?: string | undefined;
  /** True if it's not in quotation marks, so that it may contain a remark. */
  readonly isUnmarked?: boolean;
  /** The whole message, if it is more than the words and the name: an article may have all of it. */
  readonly asWritten?: Quote | undefined;
  /** Remarks that were left out, since no article has them. */
  readonly remarks?: readonly string[];
}

/** The quotes of a message, in order. */
export interface Quotes {
  readonly quotes: readonly Quote[];
  /** How many more the message has. */
  readonly left: number;
}

/** Mentions, custom emoji, timestamps, commands. */
const REFERENCE = /<(?:@(?:!|&)?|#|a?:\w{1,32}:|t:|id:|\/)[^<>\n]{0,100}>/gv;
/** Calls at the start or end of a line; elsewhere they are words. */
const CALL = /^(?:[ \t]*@(?:everyone|here)(?![\p{L}\p{N}]))+|(?:[ \t]+@(?:everyone|here))+[ \t]*$/gmv;
const MASKED_LINK = /\[(?<shown>[^\[\]\n]{1,400})\]\(<?https?:\/\/[^\s\(\)<>]{1,1000}>?\)/giv;
const BARE_LINK = /<?https?:\/\/[^\s<>"“”]{1,1000}>?/giv;
const FENCE = /```(?:\w{0,20}\n)?/gv;
const CODE = /`(?<inside>[^`\n]{1,1000})`/gv;
const STRONG_MARKER = /\*+|~~|\|\||__/gv;
const UNDERSCORE = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gv;
const LINE_MARKER = /^[ \t]*(?:#{1,3}|-#|[*\-](?=[ \t]+["“„«‘「『]))[ \t]+/gmv;
const ESCAPED_SIGN = /\\(?<sign>[^\p{L}\p{N}\s])/gv;

/** Private-use characters replace escaped ones, so that those aren't taken for markup. */
const HIDDEN = 0xe000;

/** Hints where a word may break, which pages have and articles read from them don't. */
const UNSEEN = /[\xAD\u200B\u2060\uFEFF]/gv;

/** Strips Discord's markup: formatting, mentions, links, emoji; but not the marks of quoted lines. */
function plainText(message: string): string {
  return message
    .toWellFormed()
    .replaceAll(UNSEEN, '')
    .replaceAll(/[\ue000-\ue07f]/gv, '')
    .replaceAll(ESCAPED_SIGN, (whole, sign: string) => {
      const point = sign.codePointAt(0) ?? 0;
      return point < 0x80 ? String.fromCodePoint(HIDDEN + point) : whole;
    })
    .replaceAll(FENCE, '')
    .replaceAll(CODE, '$<inside>')
    .replaceAll(REFERENCE, ' ')
    .replaceAll(CALL, ' ')
    .replaceAll(MASKED_LINK, '$<shown>')
    .replaceAll(BARE_LINK, ' ')
    .replaceAll(LINE_MARKER, '')
    .replaceAll(STRONG_MARKER, '')
    .replaceAll(UNDERSCORE, '')
    .replaceAll(/[\ue000-\ue07f]/gv, sign => String.fromCodePoint((sign.codePointAt(0) ?? HIDDEN) - HIDDEN));
}

const MOST = 5;
/** In a block quote, fewer words in quotation marks are part of what it says. */
const LEAST_TOLD = 3;
/** In UTF-16 units: Discord's longest message. */
const LONGEST_MESSAGE = 4_000;

const QUOTED_LINE = /^>[ \t](?<words>.*)$/v;
const REST_IS_QUOTED = /^>>>[ \t]?/v;
const LETTERS = /[\p{L}\p{N}]/v;
const TWO_HAN = /\p{sc=Han}[^\p{sc=Han}]*\p{sc=Han}/v;
const FIRST_WORD = /(?<=^[\s,，]*)\p{L}+/v;
const CONJUNCTION = /^[\s,]*(?:and|but|while|then|before|after)\s/iv;
const SIGNATURE = /^\s*(?:[—–―~]|-{1,3}(?=\s|\p{Lu}))/v;
const CLOSING_SIGNATURE =
  /(?:^|[.!?…"”’»」』\)\]]\s+|\n\s*)[—–―]\s*(?<name>[^\n—–―]{2,100})$|\n\s*-{1,3}\s*(?<lined>[^\n]{2,100})$/v;

/** "… go - Jake Sullivan, 2021" or 「…去 — 習近平」 with nothing after it. */
const LAST_DASH =
  /(?:\s+|(?<=[。！？]))[\-–—~]{1,3}\s*(?<name>\p{Lu}[\p{L}.'’\-]*(?:\s\p{L}[\p{L}.'’\-]*){0,5}|[\p{sc=Han}·]{2,8})(?:,?\s\d{4})?\s*$/v;

/** Consecutive lines of a message that are all quoted, or all not. */
interface Part {
  readonly quoted: boolean;
  readonly text: string;
}

/**
 * Returns at most five quotes of a message, in any quotation marks or in quoted lines; if there are none, all of it.
 * Takes any text.
 */
export function readQuotes(message: string): Quotes {
  const parts = partsOf(message.slice(0, LONGEST_MESSAGE));
  const found = parts.flatMap((part, at): readonly Quote[] => {
    if (!part.quoted) return quotesInMarks(part.text);
    return quotesOfBlock(part.text, parts[at - 1]?.text ?? '', parts[at + 1]?.text ?? '');
  });
  const quoted = withoutSingleWords(found.filter(({ words }) => LETTERS.test(words)));
  const text = parts.map(part => part.text).join('\n');
  const quotes = quoted.length > 0 ? withWhole(quoted, text) : wholeOf(text);
  return { quotes: quotes.slice(0, MOST), left: Math.max(quotes.length - MOST, 0) };
}

function partsOf(message: string): Part[] {
  const parts: { quoted: boolean; lines: string[] }[] = [];
  let rest = false;
  for (const line of message.split(/\r\n|[\n\r\u2028\u2029]/v)) {
    rest ||= REST_IS_QUOTED.test(line);
    const words = QUOTED_LINE.exec(line)?.groups?.words ?? (rest ? line.replace(REST_IS_QUOTED, '') : undefined);
    const last = parts.at(-1);
    if (last?.quoted === (words !== undefined)) last.lines.push(words ?? line);
    else parts.push({ quoted: words !== undefined, lines: [words ?? line] });
  }
  const read = parts.map(({ quoted, lines }) => ({ quoted, text: plainText(lines.join('\n')) }));
  return read.filter(({ text }) => text.trim() !== '');
}

/** A single word in quotation marks is rarely a quote: it only counts if nothing else is quoted. */
function withoutSingleWords(quotes: readonly Quote[]): readonly Quote[] {
  const longer = quotes.filter(({ words }) => isSeveralWords(words));
  return longer.length > 0 ? longer : quotes;
}

/** Adds the whole message to its only quote, unless that is credited: it may be a quotation within somebody's words. */
function withWhole(quotes: readonly Quote[], text: string): readonly Quote[] {
  const [only, ...others] = quotes;
  const isPart = only?.credited === undefined && LETTERS.test(text.replace(only?.words ?? '', ''));
  if (only === undefined || others.length > 0 || !isPart) return quotes;
  return [{ ...only, asWritten: { words: text.trim(), credited: undefined } }];
}

/** True for at least two words, or two Chinese characters. */
export function isSeveralWords(words: string): boolean {
  // Splits first: a single pattern would take quadratic time on runs of blanks.
  return words.split(/\s+/v).filter(word => LETTERS.test(word)).length > 1 || TWO_HAN.test(words);
}

function quotesInMarks(text: string): Quote[] {
  const outer = pairQuotations(text, [{ start: 0, end: text.length }]).filter(({ depth }) => depth === 0);
  return joinInterrupted(text, outer).map(({ whole, words }) => {
    const before = text.slice(outer.findLast(({ end }) => end <= whole.start)?.end ?? 0, whole.start);
    const after = text.slice(whole.end, outer.find(({ start }) => start >= whole.end)?.start ?? text.length);
    const signed = signatureOf(words);
    const credited = signed.credited ?? creditedBeside(text, before, after, whole);
    return { words: signed.words, credited, ...(credited === undefined && unreadIn(after)) };
  });
}

/** In words; more are a remark. */
const LONGEST_UNREAD = 3;

/** Returns what stands where a name would, if no name can be read in it: "— one poster". */
function unreadIn(after: string): Pick<Quote, 'unread'> {
  const [line = ''] = after.split('\n');
  const unread = line.replace(/^[\s—–―~\-]+/v, '').trim();
  const isShort = SIGNATURE.test(line) && LETTERS.test(unread) && unread.split(/\s+/v).length <= LONGEST_UNREAD;
  return isShort ? { unread } : {};
}

/** Reads a name on the same line, on the next one after a dash, or on the one before if it ends with a colon. */
function creditedBeside(text: string, before: string, after: string, whole: Span): string | undefined {
  const isLast = text.slice(whole.end + after.length).trim() === '';
  const [sameLine = '', nextLine = '', ...more] = after.split(/\n+/v);
  // "- Lee: “…”" on the next line is about that quotation.
  const isSigned = sameLine.trim() === '' && SIGNATURE.test(nextLine) && (isLast || more.length > 0);
  const following = isSigned ? nextLine : sameLine;
  if (SIGNATURE.test(following)) return creditedAfter(following);
  const near = before.trimEnd().split('\n').at(-1) ?? '';
  const name = near.replace(/[\s\-–—]+$/v, '').trim();
  const isBeside = !/\n\s*$/v.test(before) || /[:：]\s*$/v.test(before);
  const leading = isBeside ? (creditedBefore(near) ?? (isBareName(name) ? name : undefined)) : undefined;
  // "Ferry talks: “We go,” says Lee": the label is no name.
  const told = SAYING.has(FIRST_WORD.exec(following)?.[0].toLowerCase() ?? '') ? creditedAfter(following) : undefined;
  if (leading !== undefined) return (told ?? leading) || undefined;
  return CONJUNCTION.test(following) && !isLast ? undefined : creditedAfter(following);
}

/** Joins “We will go,” she said, “and soon” into one quote with an ellipsis. */
function joinInterrupted(
  text: string,
  quotations: readonly { readonly start: number; readonly end: number; readonly inner: Span }[],
) {
  const joined: { whole: Span; words: string }[] = [];
  for (const { start, end, inner } of quotations) {
    const last = joined.at(-1);
    const words = slice(text, inner);
    const between = last === undefined ? '' : text.slice(last.whole.end, start);
    const interrupted =
      last !== undefined &&
      /[,，]$/v.test(last.words) &&
      /^[^.!?\n]{3,80},?\s*$/v.test(between) &&
      creditedOrPronoun(between);
    if (interrupted) joined[joined.length - 1] = { whole: last.whole, words: `${last.words} … ${words}` };
    else joined.push({ whole: { start, end }, words });
  }
  return joined;
}

function creditedOrPronoun(between: string): boolean {
  return creditedAfter(between) !== undefined || /^[\s,]*(?:he|she|they)\s+\p{L}+/iv.test(between);
}

/** Reads quoted lines: the words themselves, or a sentence of news around words in quotation marks. */
function quotesOfBlock(text: string, before: string, after: string): Quote[] {
  const inMarks = quotesInMarks(text);
  const signed = signatureOf(text);
  const outside = inMarks
    .reduce((left, { words }) => left.replace(words, ''), signed.words)
    .replaceAll(/["“”„«»‘’「」『』\s]/gv, '');
  const [firstAfter = ''] = after.trim().split('\n');
  const beside =
    signed.credited ??
    (SIGNATURE.test(firstAfter) ? creditedAfter(firstAfter) : undefined) ??
    creditedBefore(before.trimEnd().split('\n').at(-1) ?? '') ??
    creditedAfter(firstAfter);
  const isSigned = signed.credited !== undefined || (SIGNATURE.test(firstAfter) && beside !== undefined);
  const told = inMarks.some(
    ({ words, credited }) => credited !== undefined && words.split(/\s+/v).length >= LEAST_TOLD,
  );
  const isAround = outside.length > 2 && (isSigned || !told);
  return inMarks.length === 0 || isAround
    ? [beside ? { words: signed.words, credited: beside } : withoutLabel({ words: signed.words, credited: undefined })]
    : inMarks.map(({ words, credited }) => ({ words, credited: credited ?? (beside || undefined) }));
}

/** Splits off a signature such as "— Lee". */
function signatureOf(text: string): Quote {
  const whole = text.trim();
  const found = CLOSING_SIGNATURE.exec(whole);
  const name = found?.groups?.name ?? found?.groups?.lined;
  if (found === null || name === undefined) return { words: whole, credited: undefined };
  const credited = creditedAfter(`— ${name}`);
  const words = whole.slice(0, whole.length - name.length).replace(/[\s\-—–―]+$/v, '');
  return credited === undefined || words === '' ? { words: whole, credited: undefined } : { words, credited };
}

/** Reads a message that quotes nothing: all of it, without the name it begins or ends with. */
function wholeOf(text: string): readonly Quote[] {
  const asWritten = { words: text.replace(/^[\s:：,，]+/v, '').trimEnd(), credited: undefined, isUnmarked: true };
  const { words, credited } = signatureOf(asWritten.words.replace(LAST_DASH, '\n— $<name>'));
  if (!LETTERS.test(words)) return [];
  return [credited === undefined ? withoutLabel(asWritten) : { words, credited, isUnmarked: true, asWritten }];
}

const LABELLED = /^(?<name>[^:：\n]{2,80})[:：]\s*(?<words>\S[\s\S]*)$/v;

/** Takes a name before a colon off the words: "Lee: we will go". */
function withoutLabel(asWritten: Quote): Quote {
  const { name, words } = LABELLED.exec(asWritten.words)?.groups ?? {};
  const credited = name === undefined ? undefined : creditedBefore(`${name}:`);
  return credited && words !== undefined ? { ...asWritten, words, credited, asWritten } : asWritten;
}

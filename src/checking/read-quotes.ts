import { pairQuotations } from '../news/quotations.ts';
import { lengthOf, type Span, slice } from '../news/span.ts';
import { saying } from './lexicon/saying.ts';
import { creditedAfter, creditedBefore } from './read-credit.ts';
import type { CheckResult } from './verdict.ts';

/** What somebody says was said, and by whom. */
export interface Quote {
  /** As they wrote it, without quotation marks and markup. */
  readonly words: string;
  /** The name that stands beside it; `undefined`: none, or "he". */
  readonly credited: string | undefined;
  /** It stands in no quotation marks: what is set off from it may be chatter. */
  readonly isUnmarked?: boolean;
  /** What of an unmarked message was left out, for no article has it. */
  readonly chatter?: readonly string[];
}

/** The claims of a message, in its order. */
export interface Quotes {
  readonly quotes: readonly Quote[];
  /** How many more it holds than are read. */
  readonly left: number;
}

/** What stands for something else than its letters: mentions, custom emoji, timestamps, commands. */
const reference = /<(?:@(?:!|&)?|#|a?:\w{1,32}:|t:|id:|\/)[^<>\n]{0,100}>/gv;
/** Whom a line calls before or behind its words; among them it is a word that somebody put there. */
const call = /^(?:[ \t]*@(?:everyone|here)(?![\p{L}\p{N}]))+|(?:[ \t]+@(?:everyone|here))+[ \t]*$/gmv;
const maskedLink = /\[(?<shown>[^\[\]\n]{1,400})\]\(<?https?:\/\/[^\s\(\)<>]{1,1000}>?\)/giv;
const bareLink = /<?https?:\/\/[^\s<>"“”]{1,1000}>?/giv;
const fence = /```(?:\w{0,20}\n)?/gv;
const code = /`(?<inside>[^`\n]{1,1000})`/gv;
const strongMarker = /\*+|~~|\|\||__/gv;
const underscore = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gv;
const lineMarker = /^[ \t]*(?:#{1,3}|-#|[*\-](?=[ \t]+["“„«‘「『]))[ \t]+/gmv;
const escapedSign = /\\(?<sign>[^\p{L}\p{N}\s])/gv;

/** Where an escaped sign was, so that it is not taken for a marker: a private-use sign for each of ASCII's marks. */
const hidden = 0xe000;

/** The words of a message without Discord's markup: formatting, mentions, links, emoji. Quoted lines are not its concern. */
function plainText(message: string): string {
  return message
    .toWellFormed()
    .replaceAll(/[\ue000-\ue07f]/gv, '')
    .replaceAll(escapedSign, (whole, sign: string) => {
      const point = sign.codePointAt(0) ?? 0;
      return point < 0x80 ? String.fromCodePoint(hidden + point) : whole;
    })
    .replaceAll(fence, '')
    .replaceAll(code, '$<inside>')
    .replaceAll(reference, ' ')
    .replaceAll(call, ' ')
    .replaceAll(maskedLink, '$<shown>')
    .replaceAll(bareLink, ' ')
    .replaceAll(lineMarker, '')
    .replaceAll(strongMarker, '')
    .replaceAll(underscore, '')
    .replaceAll(/[\ue000-\ue07f]/gv, sign => String.fromCodePoint((sign.codePointAt(0) ?? hidden) - hidden));
}

const most = 5;
/** Fewer words in quotation marks within a quoted block are part of what it says. */
const leastTold = 3;
/** In UTF-16 units: Discord's longest message. */
const longestMessage = 4_000;

const quotedLine = /^>[ \t](?<words>.*)$/v;
const restIsQuoted = /^>>>[ \t]?/v;
const letters = /[\p{L}\p{N}]/v;
const twoHan = /\p{sc=Han}[^\p{sc=Han}]*\p{sc=Han}/v;
const conjunction = /^[\s,]*(?:and|but|while|then|before|after)\s/iv;
const signature = /^\s*(?:[—–―~]|-{1,3}(?=\s|\p{Lu}))/v;
const closingSignature =
  /(?:^|[.!?…"”’»」』\)\]]\s+|\n\s*)[—–―]\s*(?<name>[^\n—–―]{2,100})$|\n\s*-{1,3}\s*(?<lined>[^\n]{2,100})$/v;

/** "… go - Jake Sullivan" where nothing but the name follows. */
const lastDash = /\s+[\-–—]{1,3}\s*(?<name>\p{Lu}[\p{L}.'’\-]*(?:\s\p{L}[\p{L}.'’\-]*){0,5})\s*$/v;

/** A run of a message's lines that are all quoted, or all not. */
interface Part {
  readonly quoted: boolean;
  readonly text: string;
}

/**
 * What a message quotes: what stands in quotation marks of any make or in quoted lines, else all of it; at most five.
 * Any text may be given.
 */
export function readQuotes(message: string): Quotes {
  const parts = partsOf(message.slice(0, longestMessage));
  const found = parts.flatMap((part, at): readonly Quote[] => {
    if (!part.quoted) return claimsInMarks(part.text);
    return claimsOfBlock(part.text, parts[at - 1]?.text ?? '', parts[at + 1]?.text ?? '');
  });
  const quoted = withoutLone(found.filter(({ words }) => letters.test(words)));
  const claims = quoted.length > 0 ? quoted : wholeOf(parts.map(({ text }) => text).join('\n'));
  return { quotes: claims.slice(0, most), left: Math.max(claims.length - most, 0) };
}

function partsOf(message: string): Part[] {
  const parts: { quoted: boolean; lines: string[] }[] = [];
  let rest = false;
  for (const line of message.split(/\r\n|[\n\r\u2028\u2029]/v)) {
    rest ||= restIsQuoted.test(line);
    const words = quotedLine.exec(line)?.groups?.words ?? (rest ? line.replace(restIsQuoted, '') : undefined);
    const last = parts.at(-1);
    if (last?.quoted === (words !== undefined)) last.lines.push(words ?? line);
    else parts.push({ quoted: words !== undefined, lines: [words ?? line] });
  }
  const read = parts.map(({ quoted, lines }) => ({ quoted, text: plainText(lines.join('\n')) }));
  return read.filter(({ text }) => text.trim() !== '');
}

/** A lone word in quotation marks is rarely a quotation: it counts only where there is no other. */
function withoutLone(claims: readonly Quote[]): readonly Quote[] {
  const longer = claims.filter(({ words }) => isSeveral(words));
  return longer.length > 0 ? longer : claims;
}

/** Split, since one pattern for it would try each run of blanks from each of its ends. */
function isSeveral(words: string): boolean {
  return words.split(/\s+/v).filter(word => letters.test(word)).length > 1 || twoHan.test(words);
}

function claimsInMarks(text: string): Quote[] {
  const outer = pairQuotations(text, [{ start: 0, end: text.length }]).filter(({ depth }) => depth === 0);
  return joinInterrupted(text, outer).map(({ whole, words }) => {
    const before = text.slice(outer.findLast(({ end }) => end <= whole.start)?.end ?? 0, whole.start);
    const after = text.slice(whole.end, outer.find(({ start }) => start >= whole.end)?.start ?? text.length);
    const signed = signatureOf(words);
    return { words: signed.words, credited: signed.credited ?? creditedBeside(text, before, after, whole) };
  });
}

/** Beside means on the same line, or on the next one behind a dash, or on the one before that ends with a colon. */
function creditedBeside(text: string, before: string, after: string, whole: Span): string | undefined {
  const [sameLine = '', nextLine = ''] = after.split(/\n+/v);
  const following = sameLine.trim() === '' && signature.test(nextLine) ? nextLine : sameLine;
  if (signature.test(following)) return creditedAfter(following);
  const near = before.trimEnd().split('\n').at(-1) ?? '';
  const isBeside = !/\n\s*$/v.test(before) || /[:：]\s*$/v.test(before);
  const leading = isBeside ? creditedBefore(near) : undefined;
  if (leading !== undefined) return leading || undefined;
  const leadsOn = conjunction.test(following) && text.slice(whole.end + after.length).trim() !== '';
  return leadsOn ? undefined : creditedAfter(following);
}

/** “We will go,” she said, “and soon”: one quotation whose break is an ellipsis to whoever compares. */
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
    if (interrupted)
      joined[joined.length - 1] = {
        whole: { start: last.whole.start, end: last.whole.end },
        words: `${last.words} … ${words}`,
      };
    else joined.push({ whole: { start, end }, words });
  }
  return joined;
}

function creditedOrPronoun(between: string): boolean {
  return creditedAfter(between) !== undefined || /^[\s,]*(?:he|she|they)\s+\p{L}+/iv.test(between);
}

/** Quoted lines hold the words themselves, or a sentence of news around words in quotation marks. */
function claimsOfBlock(text: string, before: string, after: string): Quote[] {
  const inMarks = claimsInMarks(text);
  const signed = signatureOf(text);
  const outside = inMarks
    .reduce((left, { words }) => left.replace(words, ''), signed.words)
    .replaceAll(/["“”„«»‘’「」『』\s]/gv, '');
  const [firstAfter = ''] = after.trim().split('\n');
  const beside =
    signed.credited ??
    (signature.test(firstAfter) ? creditedAfter(firstAfter) : undefined) ??
    creditedBefore(before.trimEnd().split('\n').at(-1) ?? '') ??
    creditedAfter(firstAfter);
  const isSigned = signed.credited !== undefined || (signature.test(firstAfter) && beside !== undefined);
  if (isSigned && outside.length > 2) return [{ words: signed.words, credited: beside || undefined }];
  const told = inMarks.some(({ words, credited }) => credited !== undefined && words.split(/\s+/v).length >= leastTold);
  if (inMarks.length > 0 && (outside.length < 3 || told)) {
    return inMarks.map(({ words, credited }) => ({ words, credited: credited ?? (beside || undefined) }));
  }
  return [{ words: signed.words, credited: beside || undefined }];
}

/** Words that end with "— Lee", without that. */
function signatureOf(text: string): Quote {
  const whole = text.trim();
  const found = closingSignature.exec(whole);
  const name = found?.groups?.name ?? found?.groups?.lined;
  if (found === null || name === undefined) return { words: whole, credited: undefined };
  const credited = creditedAfter(`— ${name}`);
  const words = whole.slice(0, whole.length - name.length).replace(/[\s\-—–―]+$/v, '');
  return credited === undefined || words === '' ? { words: whole, credited: undefined } : { words, credited };
}

/** A message without any quotation: all of it, without the name that it begins or ends with. */
function wholeOf(text: string): readonly Quote[] {
  const { words, credited } = signatureOf(text.replace(lastDash, '\n— $<name>').replace(/^[\s:：,，]+/v, ''));
  if (!letters.test(words)) return [];
  const unmarked = true;
  if (credited !== undefined) return [{ words, credited, isUnmarked: unmarked }];
  const colon = /^(?<name>[^:：\n]{2,80})[:：]\s*(?<rest>\S[\s\S]*)$/v.exec(words)?.groups;
  const named = (colon?.name === undefined ? undefined : creditedBefore(`${colon.name}:`)) || undefined;
  return [{ words: named === undefined ? words : (colon?.rest ?? words), credited: named, isUnmarked: unmarked }];
}

/** What is longer is hardly chatter. In words. */
const mostWords = 8;
/** Fewer words stand somewhere in any library: they tell nothing by themselves. */
const leastTelling = 3;

const label = /^(?<left>[^:：\n]{1,80})[:：]\s*(?<words>\S.*)$/sv;
const firstLine = /^(?<left>[^\n]{1,80})\n\s*(?<words>\S.*)$/sv;
const lastLine = /^(?<words>.*\S)\s*\n\s*(?<left>[^\n]{1,80})$/sv;
const lastClause = /^(?<words>.*\S)\s*[,，]\s*(?<left>[^,，\n]{3,80})$/sv;

/** A claim without a part of it that is set off, and that part. */
interface Without {
  readonly claim: Quote;
  readonly left: string;
  /** Which end of the words the part stood at; a credit is no part of what was said wherever it stands. */
  readonly end: 'start' | 'end' | 'credit';
}

/** An unmarked claim without what is set off before or behind it by a colon, a line of its own, or as who said it. */
export const leaving: readonly ((claim: Quote) => Without | undefined)[] = [
  withoutCredit,
  claim => without(claim, label, 'start'),
  claim => without(claim, firstLine, 'start'),
  claim => without(claim, lastLine, 'end'),
];

function without(claim: Quote, setOff: RegExp, end: Without['end']): Without | undefined {
  const { words, left } = setOff.exec(claim.words)?.groups ?? {};
  if (words === undefined || left === undefined || countOf(left) > mostWords || countOf(left) >= countOf(words))
    return undefined;
  return { claim: { ...claim, words, chatter: [...(claim.chatter ?? []), left] }, left, end };
}

/** "…, says Sullivan", "…, Sullivan said". */
function withoutCredit(claim: Quote): Without | undefined {
  const found = without(claim, lastClause, 'credit');
  if (found === undefined || !wordsIn(found.left).some(word => saying.has(word))) return undefined;
  const credited = creditedAfter(found.left);
  if (credited === undefined) return undefined;
  return { ...found, claim: { ...found.claim, credited: claim.credited ?? credited } };
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gv) ?? [];
}

function countOf(text: string): number {
  return text.split(/\s+/v).filter(word => word !== '').length;
}

/** Whether a part may stand somewhere by itself. */
export function mayHavePlace(left: string): boolean {
  return countOf(left) >= leastTelling;
}

/** How much of an article a finding shares, in UTF-16 units. */
export function sharedIn(finding: CheckResult): number {
  if (finding.verdict === 'not found') return 0;
  return lengthOf(finding.places.flatMap(place => place.matches));
}

/** Whether what was found begins, or ends, where a sentence or a quotation of the article does: nothing of it was left out. */
export function isWholeAt(end: Without['end'], finding: CheckResult): boolean {
  if (finding.verdict === 'not found') return false;
  if (end === 'credit') return true;
  const [first, last] = [finding.places[0], finding.places.at(-1)];
  const { text } = (end === 'start' ? first : (last ?? first)).from.article;
  if (end === 'start')
    return /(?:^|\n|[.!?。！？…][\s"”’」]*|["“‘「«])\s*$/v.test(text.slice(0, first.matches[0]?.start));
  return /^\s*(?:$|\n|[.!?。！？…,，;；]|["”’」»])/v.test(text.slice(last?.matches.at(-1)?.end));
}

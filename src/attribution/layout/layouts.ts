import type { Article, Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { contains, slice } from '../../news/span.ts';
import { tokenize } from '../../news/tokens.ts';
import type { Report } from '../attribution.ts';
import { type Item, itemsOf, spanned, takeWhile } from '../grammar/items.ts';
import { isCapital, isFiniteForm, isWord, verbForms } from '../grammar/words.ts';
import { HEADINGS, LABELS, LINKS, PICTURES } from '../lexicon/labels.ts';
import type { Frame } from '../lexicon/reporting.ts';
import { findIntroduced } from './introduced.ts';
import { type Quotations, type SettledParagraph, settle, wholeQuotation, withoutReports } from './settled.ts';
import { findInterview, findTranscript } from './transcripts.ts';

const SIGNATURE = /^\s*[\-\u2013\u2014\u2015]{1,2}\s*(?<name>(?:[Tt]he\s)?[\p{Lu}@][^"“”]{0,89}[^"“”\-\u2013\u2014])$/v;
const HANDLE = /@\p{L}/v;
/** What follows the name: `, 3 May, 14:05`, ` May 3, 2020`. */
const CLOSING = /(?:,?\s(?:\d{1,2}\s\p{Lu}|\p{Lu}\p{L}+\s\d{1,2},\s\d).*|[\s.,;:\-]+)$/v;

/**
 * Reports settled by layout alone, by paragraph number: transcripts and interviews, quotations signed with a dash or
 * introduced by a colon, pull quotes, the headline. What belongs to the page gets no report.
 */
export function findLayoutReports(article: Article, quotations: Quotations): ReadonlyMap<number, readonly Report[]> {
  const { text, paragraphs } = article;
  const furniture = findFurniture(article, quotations);
  const isFree = ({ number }: Paragraph): boolean => !furniture.has(number);
  const page = paragraphs.filter(paragraph => !isFree(paragraph)).map(withoutReports);
  const transcript = findTranscript(article, quotations, isFree);
  const spoken = transcript.length > 0 ? transcript : findInterview(article, quotations);
  const introduced = spoken.length > 0 ? [] : findIntroduced(article, quotations);
  const signed = paragraphs.flatMap((paragraph, index) =>
    signedOf(text, paragraph, paragraphs[index + 1], quotations.get(paragraph.number) ?? []),
  );
  const headline = findHeadline(article, quotations.get(1) ?? []);
  const headed = headline === undefined ? [] : [{ paragraph: 1, reports: [headline] }];
  const settled = [...findPullQuotes(article, quotations), ...headed, ...introduced, ...spoken, ...signed, ...page];
  return new Map(settled.map(({ paragraph, reports }) => [paragraph, reports]));
}

/** `“We won.” — Lee` on one line or two, and a post over `— Ann Lee (@annlee) May 3, 2020`. */
function signedOf(
  text: string,
  paragraph: Paragraph,
  next: Paragraph | undefined,
  quotations: readonly Quotation[],
): readonly SettledParagraph[] {
  const [first, ...others] = quotations.filter(quotation => quotation.depth === 0);
  const isQuoted = first?.start === paragraph.start && others.length === 0;
  const after = { start: isQuoted ? first.end : paragraph.end, end: paragraph.end };
  const place = after.start < after.end ? after : next;
  if (place === undefined || place.end - place.start > 110) return [];
  const words = slice(text, place);
  const name = SIGNATURE.exec(words)?.groups?.name;
  if (name === undefined || !(isQuoted || HANDLE.test(words))) return [];
  const start = place.end - name.length;
  const length = name.length - (CLOSING.exec(name)?.[0].length ?? 0);
  const content = isQuoted ? first.inner : { start: paragraph.start, end: paragraph.end };
  const source = { start, end: start + length };
  const report = settle([paragraph], [content], { source, rule: 'signed with a dash' });
  return place === next ? [...report, withoutReports(next)] : report;
}

const ENDS_CLAUSE = /[.!?…,:;]$/v;
/** Shortest and longest pull quote, in UTF-16 units, and how many are looked up. */
const SHORTEST_PULL_QUOTE = 15;
const LONGEST_PULL_QUOTE = 250;
const MOST_PULL_QUOTES = 20;

/** Finds paragraphs that only repeat words quoted elsewhere, with or without quotation marks. They have no source. */
function findPullQuotes({ text, paragraphs }: Article, quotations: Quotations): readonly SettledParagraph[] {
  const all = [...quotations.values()].flat();
  const candidates = paragraphs.flatMap(paragraph => {
    const { start, end, number } = paragraph;
    if (end - start < SHORTEST_PULL_QUOTE || end - start > LONGEST_PULL_QUOTE) return [];
    const whole = wholeQuotation(text, paragraph, quotations);
    if (whole === undefined && (number === 1 || quotations.has(number) || ENDS_CLAUSE.test(slice(text, paragraph))))
      return [];
    return [{ paragraph, content: whole?.inner ?? { start, end } }];
  });
  return candidates.slice(0, MOST_PULL_QUOTES).flatMap(({ paragraph, content }): readonly SettledParagraph[] => {
    const words = slice(text, content).replace(ENDS_CLAUSE, '');
    const before = text.indexOf(words);
    const at = before === content.start ? text.indexOf(words, content.end) : before;
    const place = { start: at, end: at + words.length };
    const isQuoted =
      at >= 0 &&
      words.includes(' ') &&
      all.some(quotation => contains(quotation, place) && !contains(paragraph, quotation));
    return isQuoted ? settle([paragraph], [content], { repeats: place, rule: 'pull quote' }) : [];
  });
}

/** `Read more:`. */
const LABEL = /^[\[\(]?(?<label>\p{L}+(?: [^\s:]+){0,3}) ?:/v;
/** `Sources: The Ledger, “Bridge falls”; …`. */
const SOURCES = /^Sources?: [^;]*[“"„«‘;]/v;
/** `14:05`, `2.15pm`, `10:32 BST`, `7 p.m.:`. */
const TIME_ALONE = /^\d{1,2}(?:[.:h]\d{2}(?:\s?[apAP]\.?[mM]\.?)?|\s?[apAP]\.?[mM]\.?)(?:\s\p{Lu}{2,4})?:?$/v;
/** `The Ledger: “Bridge will be rebuilt”`. */
const HEADLINE_ELSEWHERE = /^[^"“„«‘:]{2,60}: ?["“„«‘].*["”“»’]$/v;
const ENDS_SENTENCE = /[.!?…:]["”“»’]?$/v;
const ABOUT = /^About (?:the )?\p{Lu}/v;
const LONGEST_HEADING = 60;
/** Maximum number of paragraphs in a list of headlines, and under "About Lee & Sons". */
const MOST_HEADLINES = 12;
const MOST_ABOUT = 3;

/** Returns the numbers of paragraphs that belong to the page rather than the article. */
function findFurniture(article: Article, quotations: Quotations): ReadonlySet<number> {
  const { text, paragraphs } = article;
  const found = new Set<number>();
  for (const [index, paragraph] of paragraphs.entries()) {
    const words = slice(text, paragraph);
    if (isFurniture(words)) found.add(paragraph.number);
    if (words.length > LONGEST_HEADING || ENDS_SENTENCE.test(words)) continue;
    const after = paragraphs.slice(index + 1, index + 1 + MOST_HEADLINES);
    const listed = headlinesIn(article, after, HEADINGS.has(words.toLowerCase()));
    const about = ABOUT.test(words) ? selfDescription(text, after, quotations) : [];
    const under = [...listed, ...about];
    for (const { number } of under.length > 0 ? [paragraph, ...under] : []) found.add(number);
  }
  return found;
}

/** "Read more: …", a time, a list of sources. */
function isFurniture(words: string): boolean {
  if ((words.length < 20 && TIME_ALONE.test(words)) || SOURCES.test(words.slice(0, 200))) return true;
  const label = LABEL.exec(words.slice(0, 60))?.groups?.label;
  return label !== undefined && LINKS.has(label.toLowerCase());
}

/** Returns headlines of other articles under "Related", or at least two at the article’s end under any heading. */
function headlinesIn(
  { text, paragraphs }: Article,
  after: readonly Paragraph[],
  isKnown: boolean,
): readonly Paragraph[] {
  const list = takeWhile(after, paragraph => {
    const words = slice(text, paragraph);
    return !ENDS_SENTENCE.test(words) && (isKnown || HEADLINE_ELSEWHERE.test(words.slice(0, 200)));
  });
  const isLast = list.at(-1)?.number === paragraphs.length;
  return isKnown || (list.length > 1 && isLast) ? list : [];
}

/** Returns a company's description of itself under "About Lee & Sons", up to the next heading or quotation. */
function selfDescription(text: string, after: readonly Paragraph[], quotations: Quotations): readonly Paragraph[] {
  return takeWhile(
    after.slice(0, MOST_ABOUT),
    paragraph => !quotations.has(paragraph.number) && ENDS_SENTENCE.test(slice(text, paragraph)),
  );
}

const LONGEST_HEADLINE = 30;
const LONGEST_NAME = 4;
/** Minimum number of words for a headline's content; fewer are a label. */
const SHORTEST_HEADLINE = 3;
/** A shorter text has a note as its first line, not a headline. */
const FEWEST_PARAGRAPHS = 3;

/** Maximum distance between a name and its verb, in UTF-16 units; also the number of mentions considered. */
const BESIDE = 40;
const MOST_MENTIONS = 100;
const REPORTING: ReadonlySet<Frame> = new Set(['clause', 'addressee']);
const ALL_CAPITALS = /^[\p{Lu}\p{N}\p{P} ]+$/v;

/**
 * Reads "Lee: Bridge Will Be Rebuilt" above an article in which Lee is quoted, or at least named if the whole content
 * is in quotation marks. "Paris: …" and "Ann Lee: A Life in Pictures" are other things. 43 of the 46 it finds in the
 * training articles are right.
 */
function findHeadline(article: Article, quotations: readonly Quotation[]): Report | undefined {
  const [headline] = article.paragraphs;
  if (headline === undefined || article.paragraphs.length < FEWEST_PARAGRAPHS) return undefined;
  const items = itemsOf(article.text, headline, quotations);
  const isWithin = (start: number) => items.some(item => item.start < start && start < item.end);
  if (!headline.sentences.slice(1).every(({ start }) => isWithin(start))) return undefined;
  const parts = cutAtColon(items);
  if (parts === undefined) return undefined;
  const { name, said } = parts;
  const quoted = said.length === 1 && said[0]?.quotation !== undefined;
  if (!namesSomebody(name)) return undefined;
  const last = name.at(-1)?.text ?? '';
  const isMeant = quoted ? article.text.indexOf(last, headline.end) > 0 : speaks(article.text, last, headline.end);
  return isMeant ? reportOf(said, name) : undefined;
}

function reportOf(said: readonly Item[], name: readonly Item[]): Report | undefined {
  const [content, source] = [spanned(said), spanned(name)];
  if (content === undefined || source === undefined) return undefined;
  const common = { cue: undefined, source, rule: 'headline' };
  const only = said.length === 1 ? said[0]?.quotation : undefined;
  if (only !== undefined) return { type: 'direct', content: [only.inner], ...common };
  const isMixed = said.some(item => item.quotation !== undefined);
  return { type: isMixed ? 'mixed' : 'indirect', content: [content], ...common };
}

function cutAtColon(items: readonly Item[]): Record<'name' | 'said', readonly Item[]> | undefined {
  const colon = items.findIndex(item => item.text === ':');
  const end = items.at(-1)?.quotation === undefined && !isWord(items.at(-1)) ? items.length - 1 : items.length;
  const said = items.slice(colon + 1, end);
  if (colon < 1 || colon > LONGEST_NAME || end > LONGEST_HEADLINE || items.at(-1)?.text === '?') return undefined;
  if (said.length < SHORTEST_HEADLINE && said.every(item => item.quotation === undefined)) return undefined;
  return { name: items.slice(0, colon), said };
}

function namesSomebody(name: readonly Item[]): boolean {
  const first = name[0]?.lower ?? '';
  const isShouted = name.length > 1 && name.every(item => ALL_CAPITALS.test(item.text));
  return name.every(isCapital) && !isShouted && !LABELS.has(first) && !PICTURES.has(first);
}

/** Whether a reporting verb appears next to the name anywhere in the article: "Lee said", "said Ms. Lee". */
function speaks(text: string, name: string, from: number): boolean {
  let at = text.indexOf(name, from);
  for (let seen = 0; at >= 0 && seen < MOST_MENTIONS; seen += 1) {
    const after = tokenize(text, { start: at + name.length, end: Math.min(text.length, at + name.length + BESIDE) });
    const before = tokenize(text, { start: Math.max(from, at - BESIDE), end: at });
    if ([...before.slice(-2), ...after.slice(0, 3)].some(token => reports(token.text.toLowerCase()))) return true;
    at = text.indexOf(name, at + name.length);
  }
  return false;
}

function reports(lower: string): boolean {
  return verbForms(lower).some(form => isFiniteForm(form) && form.particle === undefined && REPORTING.has(form.frame));
}

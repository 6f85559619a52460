import type { Article, Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { contains, type Span, slice } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { type Item, itemsOf, spanned, takeWhile } from '../grammar/items.ts';
import { isFiniteForm, looksFinite, verbForms, wordStrings } from '../grammar/words.ts';
import {
  ADVERBS,
  AUXILIARIES,
  CONJUNCTIONS,
  DETERMINERS,
  PREPOSITIONS,
  SUBJECT_PRONOUNS,
  SUBORDINATORS,
} from '../lexicon/grammar.ts';
import { HEADINGS, LABELS, LINKS, PICTURES } from '../lexicon/labels.ts';
import type { Frame } from '../lexicon/reporting.ts';
import {
  isInFirstPerson,
  type Quotations,
  type SettledParagraph,
  settle,
  wholeQuotation,
  withoutReports,
} from './settled.ts';
import { findInterview, findTranscript } from './transcripts.ts';

const SIGNATURE = /^\s*[\-\u2013\u2014\u2015]{1,2}\s*(?<name>(?:[Tt]he\s)?[\p{Lu}@][^"“”]{0,89}[^"“”\-\u2013\u2014])$/v;
const HANDLE = /@\p{L}/v;
/** What follows the name: `, 3 May, 14:05`, ` May 3, 2020`. */
const CLOSING = /(?:,?\s(?:\d{1,2}\s\p{Lu}|\p{Lu}\p{L}+\s\d{1,2},\s\d).*|[\s.,;:\-]+)$/v;

/**
 * Returns the reports settled by layout alone, by paragraph number: transcripts and interviews, quotations signed with
 * a dash or introduced by a colon, pull quotes, the headline. Page furniture gets none.
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

/** `“We won.” — Lee` on one line or two, and a post above `— Ann Lee (@annlee) May 3, 2020`. */
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

/** `Ann Lee: Bridge Will Be Rebuilt`. */
const HEADLINE =
  /^(?<name>[\p{Lu}\p{Script=Han}][\p{L}\p{M}.’'\-]*(?: \p{Lu}[\p{L}\p{M}.’'\-]*){0,3})(?<![’']s) ?: ?(?<said>\S.*?)[.!…;,]?$/v;
/** Least and greatest number of words of a headline's content that isn't a quotation; fewer are a label. */
const SHORTEST_HEADLINE = 3;
const LONGEST_HEADLINE = 30;
/** In a shorter text, the first line is a note, not a headline. */
const FEWEST_PARAGRAPHS = 3;

/** Maximum distance between a name and its verb, in UTF-16 units, and maximum number of mentions searched. */
const BESIDE = 40;
const MOST_MENTIONS = 100;
const REPORTING: ReadonlySet<Frame> = new Set(['clause', 'addressee']);
const ALL_CAPITALS = /^[\p{Lu}\p{N}\p{P} ]+$/v;

/**
 * Reads "Lee: Bridge Will Be Rebuilt" above an article in which Lee is quoted, or at least named if the whole content
 * is in quotation marks. "Paris: …" and "Ann Lee: A Life in Pictures" quote nobody. 43 of the 46 it finds in the
 * training articles are right.
 */
function findHeadline({ text, paragraphs }: Article, quotations: readonly Quotation[]): Report | undefined {
  const [headline] = paragraphs;
  if (headline === undefined || paragraphs.length < FEWEST_PARAGRAPHS) return undefined;
  const { name = '', said = '' } = HEADLINE.exec(slice(text, headline))?.groups ?? {};
  if (!namesSomebody(name)) return undefined;
  const outer = quotations.filter(({ depth }) => depth === 0);
  const isQuoted = (at: number) => outer.some(({ start, end }) => start < at && at < end);
  if (!headline.sentences.slice(1).every(({ start }) => isQuoted(start))) return undefined;
  const source = { start: headline.start, end: headline.start + name.length };
  const start = text.indexOf(said, source.end);
  const content = { start, end: start + said.length };
  const common = { cue: undefined, source, rule: 'headline' };
  const last = name.split(' ').at(-1) ?? name;
  const only = outer.find(quotation => quotation.start === start && quotation.end === content.end);
  if (only !== undefined)
    return text.indexOf(last, headline.end) > 0 ? { type: 'direct', content: [only.inner], ...common } : undefined;
  const length = wordStrings(said).length;
  const isLabel = length < SHORTEST_HEADLINE || length > LONGEST_HEADLINE || said.endsWith('?');
  if (isLabel || !isSaidToSpeak(text, last, headline.end)) return undefined;
  return { type: outer.length > 0 ? 'mixed' : 'indirect', content: [content], ...common };
}

function namesSomebody(name: string): boolean {
  const [first = '', ...others] = name.split(' ');
  const isShouted = others.length > 0 && ALL_CAPITALS.test(name);
  const lower = first.toLowerCase();
  return name !== '' && !isShouted && !LABELS.has(lower) && !PICTURES.has(lower);
}

/** Whether a reporting verb appears next to the name anywhere in the article: "Lee said", "said Ms. Lee". */
function isSaidToSpeak(text: string, name: string, from: number): boolean {
  let at = text.indexOf(name, from);
  for (let seen = 0; at >= 0 && seen < MOST_MENTIONS; seen += 1) {
    const after = itemsOf(text, { start: at + name.length, end: Math.min(text.length, at + name.length + BESIDE) });
    const before = itemsOf(text, { start: Math.max(from, at - BESIDE), end: at });
    if ([...before.slice(-2), ...after.slice(0, 3)].some(({ lower }) => reports(lower))) return true;
    at = text.indexOf(name, at + name.length);
  }
  return false;
}

function reports(lower: string): boolean {
  return verbForms(lower).some(form => isFiniteForm(form) && form.particle === undefined && REPORTING.has(form.frame));
}

/** Maximum number of paragraphs in a quoted letter or speech. */
const LONGEST_BLOCK = 12;
/** How far before the colon the verb may be, and how long the source may be, in tokens. */
const COLON_REACH = 14;
const LONGEST_SOURCE = 16;
/** Maximum length of the sentence that ends in the colon, in UTF-16 units. */
const LONGEST_SENTENCE = 600;
const CLOSES = /^(?:(?:Statement|Letter|Message|Speech) )?ends\.?$/iv;
const DOCUMENT = /^.*\b(?:statement|letter|message|speech|post)(?= (?:in full|as follows):$)/v;
/** Words that are common in a reporter's prose and rare in a letter. */
const REPORTED = /\b(?:said|says|told)\b/v;
/** Words that only the reporter uses: "He told us on Tuesday". */
const TOLD_US = /\b(?:told|tells|asked) (?:us|me|our)\b/v;
const SPEAKING: ReadonlySet<Frame> = new Set(['clause', 'addressee', 'quotation']);
const NOBODY = /^(?:here|it|there|this)$/v;
const CLAUSE = /^(?:who|which|writing|speaking)$/v;

type Introduction = Pick<Report, 'source' | 'cue' | 'rule'>;

/**
 * Finds letters, statements and speeches introduced by a colon at the end of the paragraph before: "Lee wrote:".
 * Quotation marks show where they end. Without these, only those in the first person are found, and only if nothing
 * else in the article is: otherwise it isn't clear where they end.
 */
function findIntroduced({ text, paragraphs }: Article, quotations: Quotations): readonly SettledParagraph[] {
  const isFirst = paragraphs.map(paragraph => isInFirstPerson(text, paragraph, quotations));
  const quoted: SettledParagraph[] = [];
  const unquoted: SettledParagraph[] = [];
  for (const paragraph of paragraphs) {
    if (text[paragraph.end - 1] !== ':') continue;
    const introduction = parseIntroduction(text, paragraph);
    if (introduction === undefined) continue;
    const after = paragraphs.slice(paragraph.number, paragraph.number + LONGEST_BLOCK);
    const speech = speechIn(text, after, quotations);
    quoted.push(...settle(after, speech, introduction));
    if (speech.length > 0) continue;
    const block = letterIn(text, after, quotations, isFirst);
    unquoted.push(...settle(block, block, introduction));
  }
  const inLetters = new Set(unquoted.map(({ paragraph }) => paragraph));
  const isElsewhere = paragraphs.some(
    paragraph =>
      isFirst[paragraph.number - 1] === true &&
      !inLetters.has(paragraph.number) &&
      !TOLD_US.test(slice(text, paragraph)),
  );
  return isElsewhere ? quoted : [...quoted, ...unquoted];
}

/** Returns the pieces of a speech in quotation marks, one per paragraph. */
function speechIn(text: string, paragraphs: readonly Paragraph[], quotations: Quotations): readonly Span[] {
  const speech: Span[] = [];
  for (const paragraph of paragraphs) {
    const quotation = wholeQuotation(text, paragraph, quotations);
    if (quotation !== undefined) speech.push(quotation.inner);
    if (quotation?.continues !== true) break;
  }
  return speech;
}

/** Returns the paragraphs that open without a quotation, up to the last in the first person or "Statement ends." */
function letterIn(
  text: string,
  paragraphs: readonly Paragraph[],
  quotations: Quotations,
  isFirst: readonly boolean[],
): readonly Paragraph[] {
  const speaks = ({ number }: Paragraph): boolean => isFirst[number - 1] === true;
  const letter = takeWhile(paragraphs, paragraph => {
    const words = slice(text, paragraph);
    const opens = quotations.get(paragraph.number)?.[0]?.start === paragraph.start;
    const isReported = TOLD_US.test(words) || (REPORTED.test(words) && !speaks(paragraph));
    return !(opens || isReported || words.endsWith(':') || CLOSES.test(words));
  });
  const closing = paragraphs[letter.length];
  if (closing !== undefined && CLOSES.test(slice(text, closing))) return letter;
  const last = letter.findLastIndex(speaks);
  return letter.slice(0, last + 1);
}

/** Parses who speaks after a colon: "In a letter, Ann Lee, the mayor, wrote:", "Lee’s statement in full:". */
function parseIntroduction(text: string, { sentences, end }: Paragraph): Introduction | undefined {
  const start = sentences.at(-1)?.start ?? end;
  if (end - start > LONGEST_SENTENCE) return undefined;
  const rule = 'introduced by a colon';
  const document = DOCUMENT.exec(text.slice(start, end))?.[0];
  if (document !== undefined) return { source: { start, end: start + document.length }, cue: undefined, rule };
  const tokens = itemsOf(text, { start, end: end - 1 });
  const at = lastIn(tokens, speaks) ?? lastIn(tokens, ({ lower }) => looksFinite(lower) || lower === 'reads');
  const cue = tokens[at ?? -1];
  if (at === undefined || cue === undefined || AUXILIARIES.has(cue.lower)) return undefined;
  const source = spanned(subjectBefore(tokens, at));
  return source && { source, cue: { start: cue.start, end: cue.end }, rule };
}

function speaks({ lower }: Item): boolean {
  return verbForms(lower).some(form => isFiniteForm(form) && SPEAKING.has(form.frame));
}

function lastIn(tokens: readonly Item[], test: (token: Item) => boolean): number | undefined {
  const at = tokens.findLastIndex((token, index) => index >= tokens.length - COLON_REACH && test(token));
  return at < 0 ? undefined : at;
}

/** Returns the subject of the verb at an index: "Ann Lee, the mayor" of "Ann Lee, the mayor, also wrote". */
function subjectBefore(tokens: readonly Item[], verb: number): readonly Item[] {
  let to = verb;
  const isBetween = (lower = '') => ADVERBS.has(lower) || AUXILIARIES.has(lower);
  while (isBetween(tokens[to - 1]?.lower)) to -= 1;
  const isApposed = tokens[to - 1]?.text === ',';
  if (isApposed) to -= 1;
  const commas = tokens.flatMap((token, index) => (token.text === ',' && index < to ? [index] : []));
  const starts = [0, ...commas.map(index => index + 1)].filter(
    index => index < to && !opensAdverbial(tokens[index]?.lower ?? ''),
  );
  // "In her diary the nurse wrote:"
  const [first = tokens.findLastIndex((token, index) => index < to && opensPhrase(token))] = starts;
  if (first < 0) return [];
  const nearest = tokens.slice(isApposed ? first : (starts.at(-1) ?? first), to);
  const foremost = tokens.slice(first, commas.find(at => at > first) ?? to);
  return [nearest, foremost].map(withoutClauses).find(isSource) ?? [];
}

function opensPhrase({ lower }: Item): boolean {
  return DETERMINERS.has(lower) || SUBJECT_PRONOUNS.has(lower);
}

function opensAdverbial(lower: string): boolean {
  return PREPOSITIONS.has(lower) || SUBORDINATORS.has(lower) || lower.endsWith('ing');
}

/** Cuts off "But" and "This is what" before a name, and ", who was there" after it. */
function withoutClauses(phrase: readonly Item[]): readonly Item[] {
  const from = phrase.findLastIndex(({ lower }, index) => lower === 'what' || (index === 0 && CONJUNCTIONS.has(lower)));
  const clause = phrase.findIndex(token => CLAUSE.test(token.text));
  return phrase.slice(from + 1, clause > from ? clause - 1 : undefined);
}

function isSource(phrase: readonly Item[]): boolean {
  const isClause = phrase.some(({ lower }) => looksFinite(lower) || SUBORDINATORS.has(lower));
  return phrase.length > 0 && phrase.length <= LONGEST_SOURCE && !isClause && !NOBODY.test(phrase[0]?.lower ?? '');
}

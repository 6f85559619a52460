import type { Article, Paragraph } from '../../news/article.ts';
import { type Span, slice } from '../../news/span.ts';
import { type Token, tokenize } from '../../words/tokens.ts';
import type { Report } from '../attribution.ts';
import { spanned, takeWhile } from '../grammar/items.ts';
import { isFiniteForm, looksFinite, verbForms } from '../grammar/words.ts';
import {
  adverbs,
  auxiliaries,
  conjunctions,
  determiners,
  prepositions,
  subjectPronouns,
  subordinators,
} from '../lexicon/grammar.ts';
import type { Frame } from '../lexicon/reporting.ts';
import { isInFirstPerson, type Quotations, type Settled, settledBy, wholeQuotation } from './settled.ts';

/** Maximum number of paragraphs in a quoted letter or speech. */
const LONGEST_BLOCK = 12;
/** How far before the colon the verb may be, and how long the source may be, in tokens. */
const REACH = 14;
const LONGEST_SOURCE = 16;
/** Maximum length of the sentence that ends in the colon, in UTF-16 units. */
const LONGEST_SENTENCE = 600;
const CLOSES = /^(?:(?:Statement|Letter|Message|Speech) )?ends\.?$/iv;
const DOCUMENT = /^.*\b(?:statement|letter|message|speech|post)(?= (?:in full|as follows):$)/v;
/** What a reporter's prose has and a letter rarely does. */
const REPORTED = /\b(?:said|says|told)\b/v;
/** What only the reporter says: "He told us on Tuesday". */
const TOLD_US = /\b(?:told|tells|asked) (?:us|me|our)\b/v;
const SPEAKING: ReadonlySet<Frame> = new Set(['clause', 'addressee', 'quotation']);
const NOBODY = /^(?:here|it|there|this)$/v;
const CLAUSE = /^(?:who|which|writing|speaking)$/v;

type Introduction = Pick<Report, 'source' | 'cue' | 'rule'>;

/**
 * Letters, statements and speeches introduced by a colon at the end of the paragraph before: "Lee wrote:". In quotation
 * marks they end with them. Without marks, only those in the first person are found, and only if nothing else in the
 * article is: otherwise their end isn't sure.
 */
export function findIntroduced({ text, paragraphs }: Article, quotations: Quotations): readonly Settled[] {
  const isFirst = paragraphs.map(paragraph => isInFirstPerson(text, paragraph, quotations));
  const quoted: Settled[] = [];
  const unmarked: Settled[] = [];
  for (const paragraph of paragraphs) {
    if (text[paragraph.end - 1] !== ':') continue;
    const introduction = readIntroduction(text, paragraph);
    if (introduction === undefined) continue;
    const after = paragraphs.slice(paragraph.number, paragraph.number + LONGEST_BLOCK);
    const speech = speechIn(text, after, quotations);
    quoted.push(...settledBy(after, speech, introduction));
    if (speech.length > 0) continue;
    const block = letterIn(text, after, quotations, isFirst);
    unmarked.push(...settledBy(block, block, introduction));
  }
  const inLetters = new Set(unmarked.map(({ paragraph }) => paragraph));
  const isElsewhere = paragraphs.some(
    paragraph =>
      isFirst[paragraph.number - 1] === true &&
      !inLetters.has(paragraph.number) &&
      !TOLD_US.test(slice(text, paragraph)),
  );
  return isElsewhere ? quoted : [...quoted, ...unmarked];
}

/** The pieces of a speech in quotation marks, one a paragraph. */
function speechIn(text: string, paragraphs: readonly Paragraph[], quotations: Quotations): readonly Span[] {
  const speech: Span[] = [];
  for (const paragraph of paragraphs) {
    const quotation = wholeQuotation(text, paragraph, quotations);
    if (quotation !== undefined) speech.push(quotation.inner);
    if (quotation?.continues !== true) break;
  }
  return speech;
}

/** The paragraphs without marks up to the last one in the first person, or up to "Statement ends." */
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

/** Who speaks after a colon: "In a letter, Ann Lee, the mayor, wrote:", "Lee’s statement in full:". */
function readIntroduction(text: string, { sentences, end }: Paragraph): Introduction | undefined {
  const start = sentences.at(-1)?.start ?? end;
  if (end - start > LONGEST_SENTENCE) return undefined;
  const rule = 'introduced by a colon';
  const document = DOCUMENT.exec(text.slice(start, end))?.[0];
  if (document !== undefined) return { source: { start, end: start + document.length }, cue: undefined, rule };
  const tokens = tokenize(text, { start, end: end - 1 });
  const at = lastIn(tokens, speaks) ?? lastIn(tokens, token => looksFinite(lowerOf(token)) || token.text === 'reads');
  const cue = tokens[at ?? -1];
  if (at === undefined || cue === undefined || auxiliaries.has(lowerOf(cue))) return undefined;
  const source = spanned(subjectBefore(tokens, at));
  return source && { source, cue: { start: cue.start, end: cue.end }, rule };
}

function speaks(token: Token): boolean {
  return verbForms(lowerOf(token)).some(form => isFiniteForm(form) && SPEAKING.has(form.frame));
}

function lastIn(tokens: readonly Token[], test: (token: Token) => boolean): number | undefined {
  const at = tokens.findLastIndex((token, index) => index >= tokens.length - REACH && test(token));
  return at < 0 ? undefined : at;
}

function lowerOf(token: Token | undefined): string {
  return token?.text.toLowerCase().replace("'", '’') ?? '';
}

/** The subject of the verb at an index: "Ann Lee, the mayor, also". */
function subjectBefore(tokens: readonly Token[], verb: number): readonly Token[] {
  let to = verb;
  while (to > 0 && (adverbs.has(lowerOf(tokens[to - 1])) || auxiliaries.has(lowerOf(tokens[to - 1])))) to -= 1;
  const isApposed = tokens[to - 1]?.text === ',';
  if (isApposed) to -= 1;
  const commas = tokens.flatMap((token, index) => (token.text === ',' && index < to ? [index] : []));
  const starts = [0, ...commas.map(index => index + 1)].filter(index => index < to && !opensAdverbial(tokens[index]));
  // "In her diary the nurse wrote:"
  const [first = tokens.findLastIndex((token, index) => index < to && opensPhrase(token))] = starts;
  if (first < 0) return [];
  const nearest = tokens.slice(isApposed ? first : (starts.at(-1) ?? first), to);
  const foremost = tokens.slice(first, commas.find(at => at > first) ?? to);
  return [nearest, foremost].map(withoutClauses).find(isSource) ?? [];
}

function opensPhrase(token: Token): boolean {
  return determiners.has(lowerOf(token)) || subjectPronouns.has(lowerOf(token));
}

function opensAdverbial(token: Token | undefined): boolean {
  const lower = lowerOf(token);
  return prepositions.has(lower) || subordinators.has(lower) || lower.endsWith('ing');
}

/** Cuts off "But" and "This is what" before a name, and ", who was there" after it. */
function withoutClauses(phrase: readonly Token[]): readonly Token[] {
  const from = phrase.findLastIndex(
    (token, index) => token.text === 'what' || (index === 0 && conjunctions.has(lowerOf(token))),
  );
  const clause = phrase.findIndex(token => CLAUSE.test(token.text));
  return phrase.slice(from + 1, clause > from ? clause - 1 : undefined);
}

function isSource(phrase: readonly Token[]): boolean {
  const isClause = phrase.some(token => looksFinite(lowerOf(token)) || subordinators.has(lowerOf(token)));
  return phrase.length > 0 && phrase.length <= LONGEST_SOURCE && !isClause && !NOBODY.test(lowerOf(phrase[0]));
}

import type { Article, Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { type Span, slice } from '../../news/span.ts';
import { takeWhile } from '../grammar/items.ts';
import { TIMES } from '../lexicon/grammar.ts';
import { LABELS } from '../lexicon/labels.ts';
import { NATIONALITIES, PLACES } from '../lexicon/places.ts';
import { isInFirstPerson, type Quotations, type SettledParagraph, settle } from './settled.ts';

/** `Lee: We will rebuild.` */
interface Turn {
  readonly paragraph: Paragraph;
  readonly source: Span;
  readonly content: Span;
}

/** `LEE: …`, `Mary Lee: …` or `LEE (Ind): …`, with or without a stray quotation mark in front of each turn. */
const TURN =
  /^["“]?(?<name>[QA](?=[.:])|\p{Lu}[\p{L}\p{M}.'’\-]*(?: [\p{Lu}\(][\p{L}\p{M}.'’\-\(\)]*){0,4}(?: \([^\(\):]{1,60}\))?(?=:))[.:]\s+(?=\S)/v;
const FIRST_WORD = /^\p{L}+/v;
/** Words that speakers use and lists don't. */
const SPOKEN = /\b(?:I|[Ww]e|[Yy]ou|me|us|[Mm]y|[Oo]ur|[Yy]our|[Yy]es|[Nn]o)\b|\?/v;
/** A turn belongs to a transcript if another one is at most this many paragraphs away. */
const NEAR = 4;
/** Minimum share of turns that sound spoken, in a transcript. Set by hand, as are the other limits here. */
const SPOKEN_SHARE = 0.25;
/** How much of a turn is searched for spoken words, in UTF-16 units. */
const LISTENED_TO = 300;
/** `(CROSSTALK.)`, `[Laughs]`. */
const STAGE_DIRECTION = /^["“]?[\(\[]/v;
const REPORTED = /\b(?:said|says)\b/v;

/** Finds the turns of a transcript, each with the paragraphs that continue it. */
export function findTranscript(
  article: Article,
  quotations: Quotations,
  isFree: (paragraph: Paragraph) => boolean,
): readonly SettledParagraph[] {
  const { text, paragraphs } = article;
  const turns = findTurns(text, paragraphs.filter(isFree), quotations);
  const speakers = new Set(turns.map(({ source }) => slice(text, source).toLowerCase()));
  return turns.flatMap((turn, index): readonly SettledParagraph[] => {
    const label = slice(text, turn.source);
    const named = /^(?:A|Answer)$/v.test(label) ? findInterviewee(article, turns[0]?.paragraph.number ?? 0) : undefined;
    const next = turns[index + 1]?.paragraph.number ?? turn.paragraph.number + 1;
    const between =
      speakers.size === 2
        ? paragraphs.slice(turn.paragraph.number, Math.min(next - 1, turn.paragraph.number + NEAR))
        : [];
    const rest = takeWhile(between, paragraph => continues(text, paragraph, quotations));
    return settle([turn.paragraph, ...rest], [turn.content, ...rest], {
      source: turn.source,
      named,
      rule: 'transcript',
    });
  });
}

/** Whether a paragraph between two turns belongs to the first: no stage direction, and no prose about what was said. */
function continues(text: string, paragraph: Paragraph, quotations: Quotations): boolean {
  const words = slice(text, paragraph);
  return !STAGE_DIRECTION.test(words) && (!REPORTED.test(words) || isInFirstPerson(text, paragraph, quotations));
}

/** Finds the turns of transcripts. Lists look like them: "Monday: Rain", "Pros: It is cheap", "Lee: 45 votes". */
function findTurns(text: string, paragraphs: readonly Paragraph[], quotations: Quotations): readonly Turn[] {
  const turns = paragraphs.flatMap(paragraph => turnOf(text, paragraph, quotations.get(paragraph.number) ?? []));
  const isNear = (turn: Turn | undefined, other: Turn): boolean =>
    turn !== undefined && Math.abs(turn.paragraph.number - other.paragraph.number) <= NEAR;
  const near = turns.filter((turn, index) => isNear(turns[index - 1], turn) || isNear(turns[index + 1], turn));
  const spoken = near.filter(({ content: { start, end } }) =>
    SPOKEN.test(text.slice(start, Math.min(end, start + LISTENED_TO))),
  );
  return spoken.length >= SPOKEN_SHARE * near.length ? near : [];
}

function turnOf(text: string, paragraph: Paragraph, quotations: readonly Quotation[]): readonly Turn[] {
  const found = TURN.exec(text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + 120)));
  const name = found?.groups?.name;
  if (found === null || name === undefined || isNobody(name)) return [];
  const start = paragraph.start + found[0].indexOf(name);
  const from = paragraph.start + found[0].length;
  const quoted = quotations.find(quotation => quotation.start === from && quotation.end >= paragraph.end - 1);
  const around = quotations.find(quotation => quotation.start === paragraph.start && quotation.inner.end > from);
  const content = quoted?.inner ?? { start: from, end: around?.inner.end ?? paragraph.end };
  return [{ paragraph, source: { start, end: start + name.length }, content }];
}

/** "Analysis: …", "Monday: …", "Brazil: …". */
function isNobody(name: string): boolean {
  const lower = name.toLowerCase();
  const first = FIRST_WORD.exec(lower)?.[0] ?? '';
  return LABELS.has(first) || [TIMES, PLACES, NATIONALITIES].some(list => list.has(lower));
}

const WORD = "\\p{Lu}(?:\\.|[\\p{L}\\p{M}'’\\-]+)";
const NAME = `${WORD}(?: (?:(?:de|der|van|von|den|da|del|al|bin) )*${WORD}){1,4}`;
/** "Ann Lee has built", "The builder Ann Lee, 52, has built", but not "Ann Lee met". */
const FIRST_NAME = new RegExp(
  `^(?:(?:The|An?) (?:\\p{Ll}[\\p{L}\\-]+ ){1,4})?(?<name>${NAME})(?=,? \\p{Ll}|,? \\d| \\()(?!,? (?:met|meets|spoke|speaks|talked|talks|sat|interviewed|asks|asked)\\b)`,
  'v',
);

/**
 * Finds whom an interview’s introduction begins with, which may be below a headline: "Ann Lee has built bridges for years. We
 * met in Ostby."
 */
function findInterviewee({ text, paragraphs }: Article, before: number): Span | undefined {
  for (const { start, end } of paragraphs.slice(0, Math.min(before - 1, 5))) {
    if (/[\p{L}\p{N}]/v.test(text[end - 1] ?? '')) continue;
    const found = FIRST_NAME.exec(text.slice(start, Math.min(end, start + 120)));
    const to = start + (found?.[0].length ?? 0);
    if (found !== null) return { start: to - (found.groups?.name ?? '').length, end: to };
  }
  return undefined;
}

/** Words that address somebody: "You left the council." */
const ADDRESS = /\b(?:[Yy]ou|[Yy]ours?|[Yy]ou[’'](?:re|ve))\b/v;
/** Maximum length of a question, in UTF-16 units. */
const LONGEST_QUESTION = 220;
const FEWEST_QUESTIONS = 3;
/** Minimum share of answers that say "I". */
const SPOKEN_ANSWERS = 0.6;
/** "He didn’t reply, but shrugged." */
const ABOUT_SOMEBODY = /^(?:He|She|They)\b|^["“‘„«\(\[]/v;

/**
 * Finds the answers of an interview whose questions aren't labelled, because they were bold on the page. They have no
 * source. Questions aren't settled.
 */
export function findInterview(article: Article, quotations: Quotations): readonly SettledParagraph[] {
  const { text, paragraphs } = article;
  const isFirst = (paragraph: Paragraph): boolean => isInFirstPerson(text, paragraph, quotations);
  const questions: Paragraph[] = [];
  for (const paragraph of paragraphs) {
    const { start, end, number } = paragraph;
    if (end - start > LONGEST_QUESTION || quotations.has(number) || isFirst(paragraph)) continue;
    const words = text.slice(start, end);
    const mayAsk = ADDRESS.test(words) && questions.at(-1)?.number !== number - 1;
    if (words.endsWith('?') || mayAsk) questions.push(paragraph);
  }
  const answers = questions.map(({ number }, index) => {
    const next = questions[index + 1];
    const until = Math.min((next?.number ?? Number.POSITIVE_INFINITY) - 1, number + NEAR);
    return takeWhile(
      paragraphs.slice(number, until),
      answer => isFirst(answer) || (next !== undefined && !ABOUT_SOMEBODY.test(slice(text, answer))),
    );
  });
  const given = answers.filter(([first]) => first !== undefined);
  const spoken = given.filter(answer => answer.some(isFirst));
  const asked = questions.filter(({ end }) => text[end - 1] === '?').length;
  if (asked < FEWEST_QUESTIONS || spoken.length < FEWEST_QUESTIONS || spoken.length < SPOKEN_ANSWERS * questions.length)
    return [];
  const named = findInterviewee(article, questions[0]?.number ?? 0);
  return given.flatMap(answer => settle(answer, answer, { named, rule: 'interview' }));
}

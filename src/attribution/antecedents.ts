import { contains, overlaps, type Span } from '../news/span.ts';
import type { Report } from './attribution.ts';
import { type Decision, firstFrom, isNamed, NEAR, type Party, paragraphAt, type Story } from './story.ts';
import { type Stranger, strangerIn } from './strangers.ts';

/** A subject stands this near to its sentence's start, in UTF-16 units. */
const SUBJECT_REACH = 80;

/** How many sentences back the subject of a "he" may lie. */
const SENTENCES_BACK = 6;

const JOINS = /^,? (?:and|or)\b/v;

const ASKS = /\bask(?:s|ed|ing)?\b/iv;

/** Whose subject nobody named is: "A neighbour of Lee’s fell." */
const SOMEBODY_ELSE = /^[“"‘«]?(?:an?|another|one|some|two|three|his|her|their|no|every|each)\s/iv;

const PRONOUN = /^(?:\P{L}{0,3}(?:and|but|then|later|instead|yet|so|still),?\s)?\P{L}{0,2}(he|she|it|they)\b/iv;

/** Where a report begins: its content or its source, whichever is first. */
function startOf(report: Report): number {
  return Math.min(report.content[0].start, report.source?.start ?? report.content[0].start);
}

/** Whoever is named in a stretch of text, each once; what the report itself quotes is passed over. */
export function partiesBetween(story: Story, report: Report, stretch: Span): readonly Party[] {
  const found = new Set<Party>();
  const to = firstFrom(story.mentions, stretch.end);
  for (let at = to - 1; at >= 0 && to - at < NEAR; at -= 1) {
    const mention = story.mentions[at];
    if (mention === undefined || mention.start < stretch.start) break;
    if (report.type === 'direct' && report.content.some(span => contains(span, mention))) continue;
    const bearers = story.meant.get(mention) ?? [];
    const [only] = bearers;
    if (bearers.length === 1 && only !== undefined) found.add(only);
  }
  for (const { party } of story.past.slice(-8)) {
    const last = party?.mentions.at(-1);
    if (party !== undefined && !isNamed(party) && last !== undefined && contains(stretch, last)) found.add(party);
  }
  return [...found];
}

/** The speaker of the report before, when no sentence stands between. */
export function adjacentDecision(story: Story, report: Report): Decision | undefined {
  const previous = story.past.at(-1);
  if (previous === undefined) return undefined;
  const { content, source } = previous.report;
  const { paragraphs } = story.article;
  const end = Math.max(...[...content.slice(-NEAR), source ?? content[0]].map(span => span.end));
  const from = paragraphAt(story.article, end);
  const to = paragraphAt(story.article, startOf(report));
  if (to - from > 1) return undefined;
  const rest = holdsSentence(paragraphs[from]?.sentences ?? [], {
    start: end,
    end: from === to ? startOf(report) : Number.POSITIVE_INFINITY,
  });
  const lead = from !== to && holdsSentence(paragraphs[to]?.sentences ?? [], { start: 0, end: startOf(report) });
  return rest || lead ? undefined : previous.decision;
}

/** Whoever asked something in the paragraph before: not the one who answers. */
export function askerBefore(story: Story, report: Report): Party | undefined {
  const { report: previous, party } = story.past.at(-1) ?? {};
  const { text } = story.article;
  if (previous?.cue === undefined || !ASKS.test(text.slice(previous.cue.start, previous.cue.end))) return undefined;
  const isBefore = paragraphAt(story.article, previous.cue.start) + 1 === paragraphAt(story.article, startOf(report));
  return isBefore ? party : undefined;
}

function holdsSentence(sentences: readonly Span[], stretch: Span): boolean {
  const next = sentences[firstFrom(sentences, stretch.start)];
  return next !== undefined && next.end <= stretch.end;
}

/** Whoever may be the subject before a pronoun. */
interface Subjects {
  /** Several where they are joined. */
  readonly parties: readonly Party[];
  /** One without a name, who is not known to have said anything. */
  readonly stranger: Stranger | undefined;
}

const NOBODY: Subjects = { parties: [], stranger: undefined };

/**
 * Who stands first in the report's own sentence before it, or in the sentence before: most often its subject; two, where
 * they are joined. A sentence that itself begins with the pronoun hands on to the one before it.
 */
export function subjectsBefore(story: Story, report: Report, pronoun: string): Subjects {
  const start = startOf(report);
  let paragraph = paragraphAt(story.article, start);
  let sentences = story.article.paragraphs[paragraph]?.sentences ?? [];
  let at = firstFrom(sentences, start + 1) - 1;
  for (let back = 0; back < SENTENCES_BACK; back += 1) {
    if (at < 0) {
      paragraph -= 1;
      sentences = story.article.paragraphs[paragraph]?.sentences ?? [];
      at = sentences.length - 1;
    }
    const sentence = sentences[at];
    if (sentence === undefined) return NOBODY;
    const until = Math.min(sentence.end, start);
    const words = story.article.text.slice(sentence.start, Math.min(until, sentence.start + SUBJECT_REACH));
    const isSaid = isQuoted(story, sentence);
    const found = isSaid ? NOBODY : subjectsOf(story, { start: sentence.start, end: until }, words);
    if (found.parties.length > 0 || found.stranger !== undefined) return found;
    const handsOn = PRONOUN.exec(words)?.[1]?.toLowerCase() === pronoun;
    if (back > 0 && !handsOn && !isSaid) return NOBODY;
    at -= 1;
  }
  return NOBODY;
}

function subjectsOf(story: Story, sentence: Span, words: string): Subjects {
  const parties = leading(story, sentence, words);
  const stranger = parties.length > 0 ? undefined : strangerIn(story, sentence);
  if (stranger === undefined) return { parties, stranger };
  const known = story.past.slice(-NEAR).find(({ party }) => party?.mentions.some(each => overlaps(each, stranger)));
  if (known?.decision.certainty === 'unclear') return { parties, stranger: { ...stranger, party: known.party } };
  if (known?.party !== undefined) return { parties: [known.party], stranger: undefined };
  return hasSpokenSince(story, stranger) ? NOBODY : { parties, stranger };
}

/** Whether somebody is known to have said something behind a place: who is then the nearer one. */
function hasSpokenSince(story: Story, { end }: Span): boolean {
  const last = story.past.at(-1);
  return last !== undefined && last.decision.certainty !== 'unclear' && last.report.content[0].start > end;
}

/** Whether a sentence stands in what somebody before was quoted to say. */
function isQuoted(story: Story, sentence: Span): boolean {
  return story.past
    .slice(-4)
    .some(
      ({ report }) =>
        report.type === 'direct' &&
        report.content.some(span => sentence.start >= span.start - 1 && sentence.start < span.end),
    );
}

function leading(story: Story, sentence: Span, words: string): readonly Party[] {
  if (SOMEBODY_ELSE.test(words) || PRONOUN.test(words)) return [];
  const from = firstFrom(story.mentions, sentence.start);
  for (let at = from; at < from + 4; at += 1) {
    const mention = story.mentions[at];
    if (mention === undefined || mention.start > sentence.start + SUBJECT_REACH || mention.end > sentence.end)
      return [];
    if (/^(?:’|'|’s|'s)/v.test(story.article.text.slice(mention.end, mention.end + 2))) return [];
    const bearers = story.meant.get(mention) ?? [];
    if (bearers.length > 1) return [];
    if (bearers[0]?.kind === 'person') return [bearers[0], ...joined(story, at)];
  }
  return [];
}

/** "Lee and Mr. Cho met": the other subject. */
export function joined(story: Story, at: number): readonly Party[] {
  const [mention, next] = story.mentions.slice(at, at + 2);
  if (mention === undefined || next === undefined || next.start - mention.end > 40) return [];
  return JOINS.test(story.article.text.slice(mention.end, next.start)) ? (story.meant.get(next) ?? []) : [];
}

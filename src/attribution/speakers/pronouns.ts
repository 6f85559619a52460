import { contains, overlaps, type Span } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { isSingularPerson, type Stranger, strangerIn } from './descriptions.ts';
import { GENDERS, type Gender, mayAgree } from './names.ts';
import { parseDescription } from './sources.ts';
import {
  addUnnamed,
  type Decision,
  firstFrom,
  inferred,
  isNamed,
  NEAR,
  onlyReferent,
  type Party,
  paragraphAt,
  type Story,
} from './story.ts';

/** Maximum distance of a subject from the start of its sentence, in UTF-16 units. */
const SUBJECT_REACH = 80;

/** How many sentences back the subject of a "he" may be. */
const SENTENCES_BACK = 6;
const JOINS = /^,? (?:and|or)\b/v;
const ASKS = /\bask(?:s|ed|ing)?\b/iv;

/** Before a name that belongs to the subject or is joined with it: "A neighbour of Ann Lee fell", "His sister and Ann Lee". */
const SOMEBODY_ELSE =
  /^[“"‘«]?(?:an?|another|one|some|two|three|his|her|their|no|every|each)\s(?:[\p{L}\-]+\s){1,4}(?:of|to|for|with|and|who\s\p{L}+)\s(?:\p{L}+\s){0,2}$/iv;

const PRONOUN = /^(?:\P{L}{0,3}(?:and|but|then|later|instead|yet|so|still),?\s)?\P{L}{0,2}(he|she|it|they)\b/iv;

/** Start of a report: its content or source, whichever comes first. */
export function startOf(report: Report): number {
  return Math.min(report.content[0].start, report.source?.start ?? report.content[0].start);
}

/** Everyone named in a stretch of text, each once. Skips what the report itself quotes. */
function partiesBetween(story: Story, report: Report, stretch: Span): readonly Party[] {
  const { mentions, referents, past } = story;
  const to = firstFrom(mentions, stretch.end);
  const from = Math.max(firstFrom(mentions, stretch.start), to - NEAR);
  const quoted = report.type === 'direct' ? report.content : [];
  const outside = mentions.slice(from, to).filter(mention => !quoted.some(span => contains(span, mention)));
  const named = outside.toReversed().flatMap(mention => onlyReferent(referents, mention) ?? []);
  const unnamed = past.slice(-8).flatMap(({ party }) => {
    const last = party?.mentions.at(-1);
    return party !== undefined && !isNamed(party) && last !== undefined && contains(stretch, last) ? [party] : [];
  });
  return [...new Set<Party>([...named, ...unnamed])];
}

/** The speaker of the previous report, if no sentence comes between. */
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

/** Returns whoever asked a question in the previous paragraph, since they aren't the one who answers. */
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

/** Possible antecedents of a pronoun. */
interface Subjects {
  /** More than one if joined by "and". */
  readonly parties: readonly Party[];
  /** An unnamed person who hasn't been quoted so far. */
  readonly stranger: Stranger | undefined;
}

const NOBODY: Subjects = { parties: [], stranger: undefined };

/**
 * The first party in the same sentence, or in the sentence before: usually its subject; two if joined by "and". A
 * sentence that itself starts with the pronoun refers back to the one before it.
 */
function subjectsBefore(story: Story, report: Report, pronoun: string): Subjects {
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

/** Whether somebody was quoted after this position, which makes them nearer. */
function hasSpokenSince(story: Story, { end }: Span): boolean {
  const last = story.past.at(-1);
  return last !== undefined && last.decision.certainty !== 'unclear' && last.report.content[0].start > end;
}

/** Whether a sentence is part of an earlier quotation. */
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
  if (PRONOUN.test(words)) return [];
  const from = firstFrom(story.mentions, sentence.start);
  for (let at = from; at < from + 4; at += 1) {
    const mention = story.mentions[at];
    if (mention === undefined || mention.start > sentence.start + SUBJECT_REACH || mention.end > sentence.end)
      return [];
    const before = story.article.text.slice(sentence.start, mention.start);
    if (isOwner(story, mention) || SOMEBODY_ELSE.test(before)) return [];
    const bearers = story.referents.get(mention) ?? [];
    if (bearers.length > 1) return [];
    if (bearers[0]?.kind === 'person') return [bearers[0], ...joined(story, at)];
  }
  return [];
}

/** "Lee and Mr. Cho met": the other subject. */
function joined(story: Story, at: number): readonly Party[] {
  const [mention, next] = story.mentions.slice(at, at + 2);
  if (mention === undefined || next === undefined || next.start - mention.end > 40) return [];
  return JOINS.test(story.article.text.slice(mention.end, next.start)) ? (story.referents.get(next) ?? []) : [];
}

const UNKNOWN: Decision = { candidate: undefined, certainty: 'unclear', rule: 'pronoun' };

/** "It was announced": by whom, it doesn't say. */
const NOBODY_SAYS = /^it (?:is|was|has been|had been) (?!\p{L}+ing\b)/iv;

/** Resolves a pronoun (step 2 in docs/attribution.md). */
export function resolvePronoun(story: Story, report: Report, pronoun: string): Decision {
  const gender = GENDERS.get(pronoun);
  if (gender !== undefined) return resolvePerson(story, report, gender);
  if (pronoun === 'who') return resolveRelative(story, report);
  const { start } = report.source ?? report.content[0];
  if (NOBODY_SAYS.test(story.article.text.slice(start, start + 40))) return { ...UNKNOWN, rule: 'it names nobody' };
  const adjacent = adjacentDecision(story, report);
  const previous = adjacent?.candidate;
  const fits =
    (pronoun === 'they' && previous !== undefined && previous.kind !== 'person') ||
    (pronoun === 'it' && (previous?.kind === 'organisation' || previous?.kind === 'document'));
  if (adjacent !== undefined && fits) return inferred(adjacent, 'pronoun for the speaker before');
  return UNKNOWN;
}

function resolvePerson(story: Story, report: Report, gender: Gender): Decision {
  const source = report.source ?? report.content[0];
  const fits = (party: Party | undefined): party is Party => party?.kind === 'person' && mayAgree(party.gender, gender);
  const at = paragraphAt(story.article, source.start);
  const paragraph = story.article.paragraphs[at];
  const here = partiesBetween(story, report, { start: paragraph?.start ?? 0, end: source.start }).filter(fits);
  const before = story.article.paragraphs[at - 1] ?? paragraph;
  const near = partiesBetween(story, report, { start: before?.start ?? 0, end: source.start }).filter(fits);
  const adjacent = adjacentDecision(story, report);
  const { parties: subjects, stranger } = subjectsBefore(story, report, gender === 'male' ? 'he' : 'she');
  const asker = askerBefore(story, report);
  const hints = [...new Set([adjacent?.candidate, ...subjects].filter(fits))].filter(party => party !== asker);
  const besides = stranger && afterStranger(story, stranger, gender, [...hints, ...near]);
  if (besides !== undefined) return besides;
  const [hint] = hints;
  const only = here.length === 1 ? here[0] : undefined;
  const isGuess = adjacent?.certainty === 'unclear' && subjects.length === 0;
  /** A party of unknown gender is skipped once a nearby one has the right gender. */
  const isOutdone = (party: Party) =>
    party.gender === undefined && near.some(other => other !== party && other.gender === gender);
  const sure = (party: Party, rule: string): Decision => ({
    candidate: party,
    certainty: isOutdone(party) || (isGuess && party === hint) ? 'unclear' : 'inferred',
    rule,
  });
  if (hints.length > 1 || (hint !== undefined && here.length > 0 && !here.includes(hint)))
    return { candidate: hint, certainty: 'unclear', rule: 'pronoun for one of two' };
  if (only !== undefined && hint === undefined && (only.gender === undefined || isOnlyOwner(story, only, at)))
    return { candidate: only, certainty: 'unclear', rule: 'pronoun for one who may not be meant' };
  if (only !== undefined) return sure(only, 'pronoun for the only one in the paragraph');
  if (hint !== undefined) return sure(hint, 'pronoun for the subject before');
  const last = lastSpeaker(story, report, gender);
  if (last === undefined || near.some(party => party !== last)) return onlyNear(near);
  return sure(last, 'pronoun for the last speaker');
}

function onlyNear([only, another]: readonly Party[]): Decision {
  if (only === undefined || another !== undefined) return UNKNOWN;
  return { candidate: only, certainty: 'unclear', rule: 'pronoun for the only one near' };
}

/** Maximum number of paragraphs between a "he" and the last words of the speaker it means. */
const SPOKEN_BACK = 3;

/** Returns the last speaker if the pronoun has their gender and nobody else it fits has been named since. */
function lastSpeaker(story: Story, report: Report, gender: Gender): Party | undefined {
  const { report: previous, party, decision } = story.past.at(-1) ?? {};
  if (previous === undefined || party?.kind !== 'person' || decision?.certainty === 'unclear') return undefined;
  const [{ start }] = previous.content;
  const isNear = paragraphAt(story.article, startOf(report)) - paragraphAt(story.article, start) <= SPOKEN_BACK;
  if (!isNear || party.gender !== gender) return undefined;
  const isOther = (other: Party) => other !== party && other.kind === 'person' && mayAgree(other.gender, gender);
  return partiesBetween(story, report, { start, end: startOf(report) }).some(isOther) ? undefined : party;
}

/** "Another shopkeeper was more hopeful. “…,” he said": not the previous speaker, if it may be the new person. */
function afterStranger(
  story: Story,
  stranger: Stranger,
  gender: Gender,
  others: readonly Party[],
): Decision | undefined {
  const description = parseDescription(story.article.text, stranger);
  if (!mayAgree(description.gender, gender)) return undefined;
  const { party, start, end } = stranger;
  const isLikely = stranger.isOther || (others.length === 0 && isSingularPerson(description.head));
  return {
    candidate: party ?? (isLikely ? addUnnamed(story, { start, end }, { ...description, kind: 'person' }) : undefined),
    certainty: 'unclear',
    rule: 'pronoun after somebody without a name',
  };
}

/** "The senator dismissed Lee’s actions. He said": Lee is only an owner and does nothing in this paragraph. */
function isOnlyOwner(story: Story, party: Party, paragraph: number): boolean {
  const { start = 0, end = 0 } = story.article.paragraphs[paragraph] ?? {};
  const from = firstFrom(party.mentions, start);
  const here = party.mentions.slice(from, from + NEAR).filter(mention => mention.start < end);
  return here.every(mention => isOwner(story, mention));
}

/** "Lee’s", "James’". */
function isOwner({ article }: Story, { end }: Span): boolean {
  return /^[’']/v.test(article.text.slice(end, end + 1));
}

/** "Lee, who says …": the only party named right before. */
function resolveRelative(story: Story, report: Report): Decision {
  const start = report.source?.start ?? 0;
  const at = firstFrom(story.mentions, start) - 1;
  const mention = story.mentions[at];
  if (mention === undefined || joined(story, at - 1).length > 0) return UNKNOWN;
  const { text } = story.article;
  const ends = [mention.end, mention.role?.end ?? mention.end, (mention.bracketed?.end ?? mention.end - 1) + 1];
  if (!ends.some(end => end < start && /^\)?,?\s$/v.test(text.slice(end, start).slice(0, 4)))) return UNKNOWN;
  const bearers = (story.referents.get(mention) ?? []).filter(named => named.kind === 'person');
  if (bearers.length !== 1) return UNKNOWN;
  return { candidate: bearers[0], certainty: 'inferred', rule: '“who” after a name' };
}

/** Finds out whether "he" may mean somebody else, since the sentence before isn’t clearly about the one it seems to mean. */

import { contains, overlaps, type Span, slice } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { wordStrings } from '../grammar/words.ts';
import { DETERMINERS, OPENERS, PREPOSITIONS, SUBORDINATORS, TIMES } from '../lexicon/grammar.ts';
import { GROUP_HEADS } from '../lexicon/people.ts';
import { DISTINGUISHING_WORDS } from '../lexicon/strangers.ts';
import { joinsNames } from './collectives.ts';
import { unnamedIn } from './descriptions.ts';
import type { Mention } from './mentions.ts';
import { GENDERS, type Gender, isRoleWord, isSingularPerson, mayAgree, mayBePerson, mayBeSomebody } from './names.ts';
import { parseDescription } from './sources.ts';
import {
  addUnnamed,
  askerBefore,
  type Decision,
  firstFrom,
  isMentionOf,
  isNamed,
  mentionsIn,
  type Party,
  paragraphAt,
  type Story,
  startOf,
  unclear,
} from './story.ts';

/** Maximum distance of a subject from the start of its sentence, in UTF-16 units. */
const SUBJECT_REACH = 80;
/** How many sentences back the subject of a "he" may be. */
const SENTENCES_BACK = 6;
/** Before a name that belongs to the subject or is joined with it: "A neighbour of Ann Lee fell", "His sister and Ann Lee". */
const SOMEBODY_ELSE =
  /^[“"‘«]?(?:an?|another|one|some|two|three|his|her|their|no|every|each)\s(?:[\p{L}\-]+\s){1,4}(?:of|to|for|with|and|who\s\p{L}+)\s(?:\p{L}+\s){0,2}$/iv;
/** Before the name of somebody who did something to the subject: "Asked by Ann Lee, he left". */
const LED_BY =
  /^\P{L}{0,2}(?!according)[\p{L}\-]+(?:ed|en|ing|ght|old)\s(?:\p{Ll}+\s){0,2}(?:by|with|to|from)\s(?:[\p{L}.]+\s){0,3}$/iv;
const PRONOUN = /^(?:\P{L}{0,3}(?:and|but|then|later|instead|yet|so|still),?\s)?\P{L}{0,2}(he|she|it|they)\b/iv;

/** What a sentence is about. */
interface Subjects {
  /** Those named first: more than one if joined by "and". */
  readonly named: readonly Party[];
  /** Somebody without a name. */
  readonly stranger: Stranger | undefined;
  /** Whoever is named only as the owner of something, or beside the one it is about. */
  readonly beside: readonly Party[];
}

const NOBODY: Subjects = { named: [], stranger: undefined, beside: [] };

/** The decision that somebody else may be meant than it seems, perhaps a candidate. */
function doubt(candidate?: Party): Decision {
  return unclear('may mean somebody else', candidate);
}

/** Returns whom a "he", or a quotation without a source, may mean, if something speaks against a party, or nobody. */
export function doubtAbout(story: Story, report: Report, party: Party | undefined): Decision | undefined {
  const { source, rule } = report;
  const gender = source && GENDERS.get(slice(story.article.text, source).toLowerCase());
  if (source !== undefined && gender === undefined) return undefined;
  if (party !== undefined && isNamedByI(story, report, party)) return doubt();
  if (rule === 'quotation alone') return doubtAlone(story, report, party);
  return gender && doubtOf(story, report, gender, party);
}

function doubtOf(story: Story, report: Report, gender: Gender, party: Party | undefined): Decision | undefined {
  if (party !== undefined && askerBefore(story, report) === party && hasAsked(story)) return doubt(party);
  if (followsOneOfSeveral(story, report)) return doubt();
  const same = sameBefore(story, report);
  if (same?.certainty === 'unclear') return doubt(same.candidate);
  const { named, stranger, beside } = subjectsBefore(story, report, gender);
  const isAmong = (parties: readonly Party[]) => party !== undefined && parties.includes(party);
  const fitting = named.filter(one => mayAgree(one.gender, gender));
  if (isAmong(beside) || (isAmong(named) && fitting.length > 1)) return doubt(fitting[0] ?? party);
  const here = peopleBefore(story, report).filter(one => one === party || !beside.includes(one));
  if (party !== undefined && isNamed(party) && !here.includes(party) && here.some(one => mayAgree(one.gender, gender)))
    return doubt(fitting[0] ?? party);
  if (stranger === undefined || isAmong(named) || hasSpokenSince(story, stranger)) return undefined;
  const description = parseDescription(story.article.text, stranger);
  const unnamed = addUnnamed(story, stranger, { ...description, kind: 'person' });
  if (party === unnamed || !mayAgree(unnamed.gender, gender)) return undefined;
  return doubt(stranger.isOther || story.spoken.has(unnamed) ? unnamed : undefined);
}

/** Whether the report before is a question, and not what somebody asked for: "asked him to leave". */
function hasAsked({ article: { text }, past }: Story): boolean {
  const words =
    past
      .at(-1)
      ?.report.content.map(span => slice(text, span))
      .join(' ') ?? '';
  return /\?|^(?:how|if|what|when|where|whether|which|who|whom|why)\b/iv.test(words);
}

/** Returns the people whom the paragraph of a report names so far. */
function peopleBefore({ article, mentions, referents }: Story, report: Report): readonly Party[] {
  const end = startOf(report);
  const start = article.paragraphs[paragraphAt(article, end)]?.start ?? end;
  const named = mentionsIn(mentions, { start, end }).flatMap(mention => referents.get(mention) ?? []);
  return named.filter(({ kind }) => kind === 'person');
}

/** Whether somebody was quoted after this position, which makes them nearer. */
function hasSpokenSince({ past }: Story, { end }: Span): boolean {
  const last = past.at(-1);
  return last !== undefined && last.certainty !== 'unclear' && last.report.content[0].start > end;
}

/** Whether the previous words are from "the younger Lee" or "Lee or Cho". */
function followsOneOfSeveral({ article, past }: Story, report: Report): boolean {
  const last = past.at(-1);
  if (last?.rule !== 'one of several') return false;
  return paragraphAt(article, startOf(report)) - paragraphAt(article, startOf(last.report)) < 2;
}

/** Returns who the same "he" was in the report before, if that is in the same paragraph and nobody has been named since. */
function sameBefore({ article, mentions, past }: Story, report: Report): Decision | undefined {
  const { source } = report;
  const last = past.at(-1);
  const before = last?.report.source;
  if (source === undefined || before === undefined) return undefined;
  const [one, other] = [before, source].map(span => slice(article.text, span).toLowerCase());
  const between = { start: before.end, end: startOf(report) };
  const isHere = paragraphAt(article, before.start) === paragraphAt(article, source.start);
  return one === other && isHere && mentionsIn(mentions, between).length === 0 ? last : undefined;
}

const FIRST_PERSON = /\b(?:I|me|my)\b/v;
const ABOUT_ONESELF = /\b(?:I am|I[’']m|name|call(?:ed)?)\b/v;

/** Whether “I” names a party, so that it is somebody else: “I signed whatever Lee gave me.” */
function isNamedByI({ article }: Story, { type, content }: Report, party: Party): boolean {
  const naming = content.filter(span => isMentionOf(span, party));
  const words = naming.map(span => slice(article.text, span)).join(' ');
  return type !== 'indirect' && FIRST_PERSON.test(words) && !ABOUT_ONESELF.test(words);
}

/** Returns a doubt if a quotation has no source, and the rest of its paragraph names others but not the party. */
function doubtAlone(story: Story, { content: [words] }: Report, party: Party | undefined): Decision | undefined {
  const paragraph = story.article.paragraphs[paragraphAt(story.article, words.start)] ?? words;
  const near = mentionsIn(story.mentions, paragraph).filter(one => one.kind !== 'place' && !contains(words, one));
  const named = near.flatMap(mention => story.referents.get(mention) ?? []);
  if (near.length === 0 || named.some(one => one === party)) return undefined;
  return doubt(named.find(({ kind }) => kind === 'person'));
}

/** What the sentence of a pronoun is about, or the one before. One that starts with the pronoun refers back further. */
function subjectsBefore(story: Story, report: Report, gender: Gender): Subjects {
  const start = startOf(report);
  const until = firstFrom(story.sentences, start + 1);
  const sentences = story.sentences.slice(Math.max(0, until - SENTENCES_BACK), until).toReversed();
  for (const [back, sentence] of sentences.entries()) {
    const { start: from, end } = sentence;
    const words = story.article.text.slice(from, Math.min(end, start, from + SUBJECT_REACH));
    const said = quotedIn(story, sentence);
    const found = said ?? subjectsOf(story, { start: from, end: Math.min(end, start) }, words);
    if (found.named.length + found.beside.length > 0 || found.stranger !== undefined) return found;
    const handsOn = GENDERS.get(PRONOUN.exec(words)?.[1]?.toLowerCase() ?? '') === gender;
    if (back > 0 && !handsOn && said === undefined) return NOBODY;
  }
  return NOBODY;
}

function subjectsOf(story: Story, sentence: Span, words: string): Subjects {
  const { named, beside, stranger } = leading(story, sentence, words);
  return { named, beside, stranger: named.length > 0 ? undefined : (stranger ?? strangerIn(story, sentence)) };
}

/** Returns whom a sentence of an earlier quotation is about: its speaker, if the sentence names them, or nobody. */
function quotedIn({ past }: Story, sentence: Span): Subjects | undefined {
  const isIn = ({ start, end }: Span) => sentence.start >= start - 1 && sentence.start < end;
  const quoted = past.slice(-4).find(({ report: { type, content } }) => type === 'direct' && content.some(isIn));
  if (quoted === undefined) return undefined;
  const { report, candidate, certainty } = quoted;
  const isHere = report.source !== undefined && overlaps(sentence, report.source) && certainty === 'stated';
  return { ...NOBODY, named: isHere && candidate !== undefined && isNamed(candidate) ? [candidate] : [] };
}

/** The first people named in a sentence. */
function leading(story: Story, sentence: Span, words: string): Subjects {
  if (PRONOUN.test(words)) return NOBODY;
  const from = firstFrom(story.mentions, sentence.start);
  for (let at = from; at < from + 4; at += 1) {
    const mention = story.mentions[at];
    if (mention === undefined || mention.start > sentence.start + SUBJECT_REACH || mention.end > sentence.end)
      return NOBODY;
    const before = story.article.text.slice(sentence.start, mention.start);
    const bearers = story.referents.get(mention) ?? [];
    const introduced = introducedAt(story, at);
    // "Hale’s mayor, Ann Lee, said", but not "Asked by Hale’s mayor, Ann Lee, he"
    if (introduced.length > 0 && !hasPreposition(before)) continue;
    const beside = [...bearers, ...introduced];
    if (isOwner(story, mention) || SOMEBODY_ELSE.test(before) || LED_BY.test(before)) return { ...NOBODY, beside };
    if (bearers.length > 1) return NOBODY;
    if (bearers.length === 0 && followsRole(mention, before))
      return { ...NOBODY, stranger: { ...mention, isOther: true } };
    if (bearers[0]?.kind === 'person') return { ...NOBODY, named: [bearers[0], ...joined(story, at)] };
  }
  return NOBODY;
}

/** Returns who is introduced by a role that begins with a name: "Ann Lee" at the start of "Hale’s mayor, Ann Lee". */
function introducedAt(story: Story, at: number): readonly Party[] {
  const [owner, next] = story.mentions.slice(at, at + 2);
  if (owner === undefined || next?.role === undefined) return [];
  return isOwner(story, owner) && contains(next.role, owner) ? (story.referents.get(next) ?? []) : [];
}

/** "Lee’s", "James’". */
function isOwner({ article }: Story, { end }: Span): boolean {
  return /[’']/v.test(article.text[end] ?? '');
}

function hasPreposition(before: string): boolean {
  return wordStrings(before.toLowerCase().replace(/according to $/v, '')).some(word => PREPOSITIONS.has(word));
}

/** "Professor of physics Rod Cross", whom only the role makes a person; but not "The minister in New Delhi" or "the Hawks". */
function followsRole(mention: Mention, before: string): boolean {
  return mayBeSomebody(mention) && before.toLowerCase().split(' ').some(isRoleWord);
}

/** "Lee and Mr. Cho met": the other subject. */
function joined(story: Story, at: number): readonly Party[] {
  const [mention, next] = story.mentions.slice(at, at + 2);
  if (mention === undefined || next === undefined || next.start - mention.end > 40) return [];
  return joinsNames(story.article.text.slice(mention.end, next.start)) ? (story.referents.get(next) ?? []) : [];
}

/** An unnamed person who is the subject of a sentence, and may be the "he" of the next. */
interface Stranger extends Span {
  /** Distinguished from an earlier one: "another shopkeeper". */
  readonly isOther: boolean;
}

/** Returns the unnamed subject of a sentence: "Another shopkeeper was hopeful". */
function strangerIn({ article: { text } }: Story, { start, end }: Span): Stranger | undefined {
  const words = text.slice(start, Math.min(end, start + SUBJECT_REACH));
  const phrase = unnamedIn(words).find(found => opensSubject(words.slice(0, found.start)));
  const after = words.slice(phrase?.end);
  // "Another shopkeeper’s plan"
  if (phrase === undefined || /^[’']/v.test(after)) return undefined;
  const parts = slice(words, phrase).toLowerCase().split(' ');
  const isOther = parts.slice(0, 2).some(part => DISTINGUISHING_WORDS.has(part));
  if (parts[0] === 'the' && !isOther) return undefined;
  const isBare = (isOther || parts[0] === 'one') && parts.slice(1).every(part => DISTINGUISHING_WORDS.has(part));
  if (isBare && after.startsWith(' of') && !areSeveral(after)) return undefined;
  const count = isBare ? parts.length : partsToPerson(parts);
  const length = parts.slice(0, count).join(' ').length;
  return count === 0 ? undefined : { start: start + phrase.start, end: start + phrase.start + length, isOther };
}

/** Whether a subject comes next: after "But" or "At the quay,". */
function opensSubject(before: string): boolean {
  const [first] = wordStrings(before.toLowerCase()).filter(word => !OPENERS.has(word));
  if (first === undefined) return true;
  return before.endsWith(', ') && (PREPOSITIONS.has(first) || SUBORDINATORS.has(first));
}

/** How many words of a phrase there are to the noun for a person: two of "a woman walking", none of "a student union". */
function partsToPerson(parts: readonly string[]): number {
  const isPerson = (part: string) => mayBePerson(part) && !TIMES.has(part);
  const mayFollow = (part: string | undefined) => part === undefined || /(?:[^s]s|ly|ing)$/v.test(part);
  return parts.findIndex((part, at) => at > 0 && isPerson(part) && mayFollow(parts[at + 1])) + 1;
}

/** "of the dockers", "of his colleagues". */
function areSeveral(after: string): boolean {
  const words = wordStrings(after.toLowerCase()).slice(1, 4);
  const isPlural = (word: string) => word.endsWith('s') && isSingularPerson(word.slice(0, -1));
  return words.some(word => !DETERMINERS.has(word) && (GROUP_HEADS.has(word) || isPlural(word)));
}

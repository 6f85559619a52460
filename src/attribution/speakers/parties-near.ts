/** Who is near a source, and may be whom it means. */
import { extent, overlaps, type Span, slice } from '../../news/span.ts';
import type { Report, WeighedReport } from '../attribution.ts';
import { NATIONALITIES } from '../lexicon/places.ts';
import { PAIR } from './collectives.ts';
import { ONLY_ONE_BEFORE } from './decide.ts';
import { ageIn, isBesideHolder, saysOther } from './descriptions.ts';
import type { NamedParty } from './named-speakers.ts';
import { GENDERS, type Gender, mayBePerson } from './names.ts';
import { type Pointed, pointedBy } from './pointed.ts';
import { classifySource, type Description, type SourceForm } from './sources.ts';
import {
  agesOf,
  askerBefore,
  collectiveIn,
  type Decision,
  firstFrom,
  isMentionOf,
  isNamed,
  mentionsIn,
  NEAR,
  type Party,
  paragraphAt,
  type Story,
  startOf,
  type UnnamedParty,
} from './story.ts';

/** How many mentions before and after a source are considered. */
const BEFORE = 48;
const AFTER = 16;
/** How many earlier reports are considered. */
export const REPORTS = 10;
/** How many groups, documents or bodies before and after a source are considered. */
const COLLECTIVES = 6;
/** "its letter", "Lee’s report". */
export const OWNED = /^(?:his|her|its|their)\b|[’']s\b/iv;
/** Phrases that introduce somebody new: "a witness", "another witness", "the other witness". */
const INTRODUCES = /^(?:an?|another|one|the other)\s/iv;

/** Between a cue and the name of whoever is spoken to: "told Sergeant Lee". */
const TO_WHOM = /^\s(?:\p{L}+\.?\s){0,3}$/v;

type Form = 'he' | 'they' | 'it' | 'first' | 'other' | 'name' | 'definite' | 'indefinite' | 'bare' | 'none';

const FORMS: Readonly<Record<string, Form>> = {
  they: 'they',
  them: 'they',
  it: 'it',
  i: 'first',
  we: 'first',
  me: 'first',
  us: 'first',
};

/** A source, as far as all options share it. */
export interface Asked {
  readonly story: Story;
  readonly report: WeighedReport;
  readonly decision: Decision;
  /** The source, or the content if there is none. */
  readonly anchor: Span;
  readonly form: Form;
  readonly gender: Gender | undefined;
  readonly description: Description | undefined;
  readonly paragraph: number;
  readonly sentence: Span;
  readonly before: Span | undefined;
  /** The speaker of the previous report, if no sentence comes between. */
  readonly adjacent: Party | undefined;
  /** Whoever asked a question just before. */
  readonly asker: Party | undefined;
  readonly pointed: Pointed;
  /** The sort of a group, document or body that a description names. */
  readonly sort: string | undefined;
  /** Collectives of that sort, other than the source’s own. */
  readonly rivals: readonly UnnamedParty[];
}

const NO_SORT = { sort: undefined, rivals: [] };

/** Returns what all options for a source share. */
export function ask(story: Story, report: WeighedReport, decision: Decision): Asked {
  const { source, content } = report;
  const anchor = source ?? content[0];
  const paragraph = paragraphAt(story.article, anchor.start);
  const { sentences = [] } = story.article.paragraphs[paragraph] ?? {};
  const at = firstFrom(sentences, startOf(report) + 1) - 1;
  const sentence = sentences[at] ?? anchor;
  const before = sentences[at - 1];
  const adjacent = adjacentSpeaker(story, report);
  const asker = askerBefore(story, report);
  const pointed = pointedBy(story, report);
  const form = formOf(source && classifySource(story.article.text, source, mentionsIn(story.mentions, source)));
  const sorts = form.description === undefined ? NO_SORT : sorted(story, anchor, form.description);
  return { story, report, decision, anchor, paragraph, sentence, before, adjacent, asker, pointed, ...form, ...sorts };
}

/** The speaker of the previous report, if no sentence comes between. */
function adjacentSpeaker({ past, sentences }: Story, report: Report): Party | undefined {
  const previous = past.at(-1);
  if (previous === undefined) return undefined;
  const { content, source } = previous.report;
  const { end } = extent([...content.slice(-NEAR), source]);
  const next = sentences[firstFrom(sentences, end)];
  return next !== undefined && next.end <= startOf(report) ? undefined : previous.candidate;
}

function formOf(source: SourceForm | undefined): Pick<Asked, 'form' | 'gender' | 'description'> {
  if (source === undefined) return { form: 'none', gender: undefined, description: undefined };
  if (source.form === 'name') return { form: 'name', gender: source.mention.gender, description: undefined };
  if (source.form === 'pronoun') {
    const gender = GENDERS.get(source.pronoun);
    const form = gender === undefined ? (FORMS[source.pronoun] ?? 'other') : 'he';
    return { form, gender, description: undefined };
  }
  const { definite, indefinite, gender } = source.description;
  return { form: definite ? 'definite' : indefinite ? 'indefinite' : 'bare', gender, description: source.description };
}

function sorted(story: Story, anchor: Span, { head, kind, sort }: Description): Pick<Asked, 'sort' | 'rivals'> {
  if (kind === 'person' && mayBePerson(head)) return NO_SORT;
  const own = collectiveIn(story, anchor, sort);
  // One more on either side, since the source’s own is among them.
  const fitting = [sort, ...(kind === 'group' && sort !== PAIR ? [PAIR] : [])]
    .flatMap(each => around(story.bySort.get(each) ?? [], anchor, COLLECTIVES + 1))
    .filter(one => one !== own)
    .toSorted((one, other) => one.start - other.start);
  return { sort, rivals: around(fitting, anchor, COLLECTIVES) };
}

/** Returns the last ones before a source and the first ones after it. */
function around(collectives: readonly UnnamedParty[], { start }: Span, count: number): readonly UnnamedParty[] {
  const from = firstFrom(collectives, start);
  return collectives.slice(Math.max(0, from - count), from + count);
}

/**
 * Everybody named near a source or quoted before it, first the one the rules chose, unless that is only the source's own
 * words, which introduce nobody. A description alone never means an unnamed person but by the rules.
 */
export function partiesNear(asked: Asked): readonly Party[] {
  const { story, pointed, anchor, decision, description, sort, rivals, form, paragraph } = asked;
  const introducesNobody = decision.rule === ONLY_ONE_BEFORE;
  const found = new Set<Party>(decision.candidate === undefined || introducesNobody ? [] : [decision.candidate]);
  const mayBe = (party: Party) =>
    description === undefined || isNamed(party) || (party.kind !== 'person' && party.sort === sort);
  for (const { candidate } of story.past.slice(-REPORTS)) if (candidate && mayBe(candidate)) found.add(candidate);
  const from = firstFrom(story.mentions, anchor.start);
  for (const mention of story.mentions.slice(Math.max(0, from - BEFORE), from + AFTER))
    for (const bearer of story.referents.get(mention) ?? []) found.add(bearer);
  for (const one of form === 'they' || form === 'it' ? collectivesAbove(story, anchor, paragraph) : rivals)
    found.add(one);
  for (const party of pointed.parties) found.add(party);
  for (const party of somebodyElse(asked)) found.delete(party);
  if (description === undefined) return [...found];
  const phrase = slice(story.article.text, anchor);
  // "A witness" isn’t an unnamed person from elsewhere, nor "a study" the institute; "the institute’s study" may be.
  const isNew = INTRODUCES.test(phrase);
  const isDocument = description.kind === 'document' && !OWNED.test(phrase);
  const age = ageIn(phrase);
  const isOther = (party: Party) =>
    isNamed(party)
      ? isBesideHolder(story, party, description) || hasOtherAge(story, party, age)
      : differInNation(party, description);
  // "Lee’s office" isn't Lee.
  const isOut = (party: Party) =>
    isMentionOf(anchor, party) || isOther(party) || (isNamed(party) ? isDocument : isNew && party.kind === 'person');
  return [...found].filter(party => party === decision.candidate || !isOut(party));
}

/** Returns those whom a source’s own words exclude, unless the rules chose them: for "the other", whoever spoke last. */
function somebodyElse({ story, report, decision }: Asked): readonly Party[] {
  const isOther = report.source !== undefined && saysOther(slice(story.article.text, report.source));
  const last = isOther ? story.past.at(-1)?.candidate : undefined;
  return [...addressees(story, report), ...(last === undefined ? [] : [last])].filter(
    party => party !== decision.candidate,
  );
}

/** Returns to whom a source speaks: Lee in "he told Lee". */
function addressees({ article, mentions, referents }: Story, { source, cue, content }: Report): readonly Party[] {
  if (source === undefined || cue === undefined || source.start > cue.start) return [];
  const next = mentions[firstFrom(mentions, cue.end)];
  if (next === undefined || content.some(span => overlaps(span, next))) return [];
  return TO_WHOM.test(article.text.slice(cue.end, next.start)) ? (referents.get(next) ?? []) : [];
}

/** "The 34-year-old" isn't Ann Lee, 69. */
function hasOtherAge({ article }: Story, party: NamedParty, age: string | undefined): boolean {
  const ages = age === undefined ? [] : agesOf(article.text, party);
  return ages.length > 0 && !ages.some(one => one === age);
}

/** "The US official" isn’t "a Chinese official". */
function differInNation(one: Description, other: Description): boolean {
  const [nations = [], others = []] = [one, other].map(({ words }) => words.filter(word => NATIONALITIES.has(word)));
  return nations.length > 0 && others.length > 0 && !nations.some(word => others.includes(word));
}

/** Groups, documents and bodies in the paragraph of a pronoun or the one above. */
function collectivesAbove({ article, collectives }: Story, anchor: Span, paragraph: number): readonly Party[] {
  const start = article.paragraphs[paragraph - 1]?.start ?? 0;
  const from = firstFrom(collectives, anchor.start);
  return collectives
    .slice(Math.max(0, from - NEAR), from)
    .filter(({ mentions }) => mentions.some(mention => mention.start >= start && mention.end <= anchor.start));
}

/** Whether a party is who the source’s own words introduce. */
export function isItself({ story, anchor, sort = '' }: Asked, party: Party | 'itself' | undefined): boolean {
  if (party === 'itself') return true;
  if (party === undefined || isNamed(party)) return false;
  const isOnlyHere = party.mentions.length === 1 && party.start === anchor.start;
  return isOnlyHere || party === collectiveIn(story, anchor, sort);
}

/** Whom a source may mean, and what speaks for each: the input of the learned linker. */
import { contains, overlaps, type Span, slice } from '../../news/span.ts';
import type { WeighedReport } from '../attribution.ts';
import { BODY_NOUNS } from '../lexicon/organisations.ts';
import { flag } from '../odds.ts';
import { PAIR, TWO } from './collectives.ts';
import { isAnonymous, saysOther } from './descriptions.ts';
import type { NamedParty } from './named-speakers.ts';
import { isFirstName, mayAgree, mayBePerson } from './names.ts';
import { type Asked, ask, isItself, OWNED, partiesNear, REPORTS } from './parties-near.ts';
import { pointedFeatures } from './pointed.ts';
import { type Description, lowerWords, sortOf } from './sources.ts';
import {
  byLastNamed,
  collectiveIn,
  type Decision,
  firstFrom,
  fullestOf,
  isNamed,
  lastBefore,
  type Party,
  paragraphAt,
  rolesOf,
  type Story,
  type UnnamedParty,
  wordCount,
} from './story.ts';

/** By name: a share, a logarithm or a flag, 1 or 0. Those that are left out are 0. */
export type Features = Readonly<Record<string, number>>;

/** Somebody whom a source may mean: a party, the source’s own words as somebody new, or nobody the article names. */
export interface Option {
  readonly party: Party | 'itself' | undefined;
  readonly features: Features;
}

/** How far from a mention the words of a description are searched, in UTF-16 units. */
const AROUND = 90;
/** A subject starts at most this far into its sentence, in UTF-16 units. */
const LEAD = 40;
/** The length of a brief, in UTF-16 units. */
const BRIEF = 200;

/** Returns whom a source may mean. The first option is what the rules decided, unless `partiesNear` leaves that out. */
export function optionsFor(story: Story, report: WeighedReport, decision: Decision): readonly [Option, ...Option[]] {
  const asked = ask(story, report, decision);
  const parties = partiesNear(asked);
  const pointed = pointedFeatures(
    asked,
    parties.filter(party => !isItself(asked, party)),
  );
  const shared = common(asked);
  const fitting = parties.filter(party => fits(asked, party));
  const near = fitting.filter(party => isJustAbove(asked, party));
  const ranks = ranksOf(asked, parties);
  const own = (party: Option['party']): Features => {
    if (party === undefined) return { nobody: 1 };
    if (party === 'itself') return itself(asked);
    return {
      ...partyFeatures(asked, party, ranks.get(party) ?? 0),
      ...among('fits', fitting, party),
      ...(asked.form === 'he' ? among('fitsNear', near, party) : {}),
    };
  };
  const optionOf = (party: Option['party']): Option => {
    const meant = isItself(asked, party) ? 'itself' : party;
    return { party, features: { ...shared, ...own(meant), ...pointed(meant), ...ruled(asked, party) } };
  };
  const mayBeNew = asked.description !== undefined && !isItself(asked, decision.candidate);
  const [first, ...others] = [...parties, undefined, ...(mayBeNew ? (['itself'] as const) : [])];
  return [optionOf(first), ...others.map(optionOf)];
}

/**
 * Whether a party may be "he", or the article says of it all that a description says, or names a body of that kind: "Halden
 * Foods" for "company".
 */
function fits({ story, form, gender, description }: Asked, party: Party): boolean {
  if (form === 'he') return party.kind === 'person' && mayAgree(party.gender, gender);
  if (description === undefined) return false;
  const words = isNamed(party) ? party.longest.words : party.words;
  const roles = isNamed(party) ? rolesOf(story.article.text, party).flat() : [];
  const said = new Set([...words, ...roles]);
  return description.words.every(word => said.has(word) || (word === description.head && isOfKind(party, word)));
}

function isOfKind(party: Party, head: string): boolean {
  return isNamed(party) && party.longest.words.some(word => BODY_NOUNS.get(head)?.has(word));
}

/** Whether a party is named in the paragraph of a source or the one above. */
function isJustAbove({ story, anchor, paragraph }: Asked, { mentions }: Party): boolean {
  const last = lastBefore<Span>(mentions, anchor.start);
  return last !== undefined && paragraph - paragraphAt(story.article, last.start) <= 1;
}

/** Says whether a party is among these, and how many they are. */
function among(name: string, some: readonly Party[], party: Party): Features {
  const isOne = some.includes(party);
  return {
    [name]: flag(isOne),
    [`${name}Alone`]: flag(isOne && some.length === 1),
    [`${name}Rivals`]: isOne ? Math.log(some.length) : 0,
    [`${name}Others`]: flag(!isOne && some.length > 0),
  };
}

/** How many people have been named since a party last was. */
function ranksOf({ anchor }: Asked, parties: readonly Party[]): ReadonlyMap<Party, number> {
  const people = parties.filter(({ kind }) => kind === 'person');
  return new Map(byLastNamed(people, anchor.start).map((party, rank) => [party, rank]));
}

function common({ story, report, form, anchor, gender, paragraph, description, sort }: Asked): Features {
  return {
    [`form ${form}`]: 1,
    female: flag(gender === 'female'),
    report: Math.log(report.score / (1.001 - report.score)),
    doubtful: flag(report.doubtful),
    direct: flag(report.type === 'direct'),
    noCue: flag(report.cue === undefined),
    learned: flag(report.rule === 'learned'),
    nested: flag(story.tellers.has(report)),
    people: Math.log1p(story.people),
    bodies: Math.log1p(story.bodies),
    opening: flag(paragraph < 2),
    length: Math.log1p(story.article.text.length / BRIEF),
    described: flag(description !== undefined),
    sorted: flag(sort !== undefined),
    words: form === 'none' ? 0 : Math.log(wordCount(story.article.text, anchor)),
  };
}

/** What the rules say of a party. */
function ruled({ decision, form }: Asked, party: Option['party']): Features {
  if (party === 'itself') return {};
  if (party !== decision.candidate) return { contradicts: flag(decision.candidate !== undefined) };
  return {
    rule: 1,
    [`rule ${decision.certainty}`]: 1,
    [`rule for ${form}`]: 1,
    [`rule ${decision.rule}`]: 1,
    [`rule ${decision.rule}, ${form}`]: 1,
  };
}

function itself({ story, anchor, description, sort, rivals }: Asked): Features {
  const { article } = story;
  const phrase = slice(article.text, anchor);
  const { head = '', kind } = description ?? {};
  const length = wordCount(article.text, anchor);
  return {
    itself: 1,
    [`itself ${kind}`]: 1,
    [`itself ${sort}`]: 1,
    itselfFull: flag(collectiveIn(story, anchor, sort ?? '') !== undefined),
    itselfAmong: Math.log1p(rivals.length),
    itselfAlone: flag(sort !== undefined && rivals.length === 0),
    itselfFirst: flag(rivals.every(({ mentions: [first] }) => first === undefined || first.start > anchor.start)),
    itselfFullest: flag(rivals.every(one => wordCount(article.text, fullestOf(one)) <= length)),
    itselfShared: flag(rivals.some(one => one.head === head)),
    itselfNames: flag(/\s\p{Lu}/v.test(phrase)),
    itselfAnonymous: flag(isAnonymous(head)),
    itselfPerson: flag(mayBePerson(head)),
    itselfBare: flag(description?.words.length === 1),
    itselfOwned: flag(OWNED.test(phrase)),
    itselfOther: flag(saysOther(phrase)),
  };
}

function partyFeatures(asked: Asked, party: Party, rank: number): Features {
  const { story, anchor, form, gender, report, sentence, before, paragraph } = asked;
  const { text } = story.article;
  const named = isNamed(party);
  const at = firstFrom(party.mentions, anchor.start);
  const near: readonly Span[] = party.mentions.slice(Math.max(0, at - 6), at + 3);
  const last = party.mentions[at - 1];
  const apart = last === undefined ? 9 : paragraph - paragraphAt(story.article, last.start);
  const back = story.past.slice(-REPORTS).toReversed();
  const previous = back[0];
  const spoken = back.findIndex(one => one.candidate === party);
  const isIn = (span: Span | undefined) => span !== undefined && near.some(mention => overlaps(span, mention));
  const leads = (span: Span | undefined) =>
    span !== undefined &&
    near.some(({ start }) => start >= span.start && start <= Math.min(span.start + LEAD, anchor.start));
  const start = story.article.paragraphs[paragraph]?.start ?? 0;
  const firstHere = story.mentions[firstFrom(story.mentions, start)];
  const isFirstHere =
    firstHere !== undefined &&
    firstHere.start < anchor.start &&
    (story.referents.get(firstHere) ?? []).some(one => one === party);
  const plural = party.kind === 'group';
  const wantsPlural = asked.description?.kind === 'group' || form === 'they';
  return {
    [`is ${named ? 'named ' : ''}${party.kind}`]: 1,
    [`${form} is ${named ? 'named ' : ''}${party.kind}`]: 1,
    agrees: flag(gender !== undefined && party.gender === gender),
    disagrees: flag(gender !== undefined && party.gender !== undefined && party.gender !== gender),
    unknownGender: flag(gender !== undefined && party.gender === undefined),
    wrongNumber: flag(form !== 'name' && plural !== wantsPlural),
    here: flag(apart === 0),
    above: flag(apart === 1),
    twoAbove: flag(apart === 2),
    apart: Math.log1p(apart),
    onlyLater: flag(last === undefined),
    inSentence: flag(near.some(mention => contains(sentence, mention) && mention.end <= anchor.start)),
    inSentenceBefore: flag(isIn(before)),
    leads: flag(leads(sentence)),
    leadsBefore: flag(leads(before)),
    firstHere: flag(isFirstHere),
    owns: flag(last !== undefined && /^[’']s?(?!\p{L}{2})/v.test(text.slice(last.end, last.end + 4))),
    rank0: flag(rank === 0),
    rank1: flag(rank === 1),
    rank: Math.log1p(rank),
    mentions: Math.log1p(party.mentions.length),
    earlier: Math.log1p(at),
    inContent: flag(report.content.some(span => near.some(mention => contains(span, mention)))),
    inSource: flag(report.source !== undefined && near.some(mention => overlaps(anchor, mention))),
    spokeLast: flag(spoken === 0),
    spokeLastInform: flag(spoken === 0 && form === 'none'),
    spokeBefore: flag(spoken === 1),
    spoke: Math.log1p(back.filter(one => one.candidate === party).length),
    spokeLastHere: flag(
      spoken === 0 &&
        previous !== undefined &&
        paragraphAt(story.article, previous.report.content[0].start) === paragraph,
    ),
    adjacent: flag(asked.adjacent === party),
    asker: flag(asked.asker === party),
    teller: flag(story.tellers.get(report)?.candidate === party),
    [`teller ${form}`]: flag(story.tellers.get(report)?.candidate === party),
    lastUnclear: flag(spoken === 0 && previous?.certainty === 'unclear'),
    ...(named ? nameFeatures(party) : { full: Math.log(wordCount(text, fullestOf(party))) }),
    ...(asked.description === undefined ? {} : describedFeatures(asked, asked.description, party, near)),
  };
}

/** How much a name looks like one. */
function nameFeatures(party: NamedParty): Features {
  const { longest, mentions, gender } = party;
  return {
    nameWords: longest.words.length,
    oneWord: flag(longest.words.length === 1),
    firstName: flag(isFirstName(longest.words[0] ?? '')),
    capitals: flag(longest.isCapitals),
    unknownKind: flag(longest.kind === 'unknown'),
    short: flag(longest.end - longest.start <= 3),
    once: flag(mentions.length === 1),
    afterThe: flag(longest.follows === 'the'),
    hasRole: flag(party.role !== undefined),
    hasGender: flag(gender !== undefined),
  };
}

/** How well a description fits a party: by its roles, and by the words around its mentions. */
function describedFeatures(asked: Asked, { head, words }: Description, party: Party, near: readonly Span[]): Features {
  const { text } = asked.story.article;
  const first = party.mentions[0];
  const places = [...new Set([first, ...near])].filter(span => span !== undefined);
  const around = places
    .map(({ start, end }) => text.slice(Math.max(0, start - AROUND), end + AROUND).toLowerCase())
    .join(' ');
  const tellers = words.filter(word => /^[\p{L}\p{N}]/v.test(word));
  const own = new Set(places.flatMap(span => lowerWords(text, span)));
  const isNear = (word: string) => around.includes(/^\d+/v.exec(word)?.[0] ?? word);
  const share = (fits: (word: string) => boolean) =>
    tellers.length === 0 ? 0 : tellers.filter(fits).length / tellers.length;
  const roles = isNamed(party) ? (asked.story.roles.get(party) ?? []) : party.words;
  return {
    roleFits: flag(roles.includes(head)),
    roleShare: share(word => roles.includes(word)),
    [`roleFits ${asked.form}`]: flag(roles.includes(head)),
    headNear: flag(isNear(head)),
    wordsNear: share(isNear),
    allNear: flag(share(isNear) === 1),
    ownWords: share(word => own.has(word)),
    sameHead: flag(!isNamed(party) && party.head === head),
    bodyFits: flag(isOfKind(party, head)),
    ...(isNamed(party) ? {} : sortFeatures(asked, party)),
  };
}

/** How well a group, document or body fits a description. */
function sortFeatures({ story, anchor, sort, rivals }: Asked, party: UnnamedParty): Features {
  const { text } = story.article;
  const rival = rivals.find(one => one === party);
  const isTwo = TWO.test(slice(text, anchor));
  return {
    sameSort: flag([party.sort, sortOf(party.head), undefined].includes(sort)),
    pair: flag(rival?.sort === PAIR),
    pairForTwo: flag(rival?.sort === PAIR && isTwo),
    noPairForTwo: flag(rival?.sort !== PAIR && isTwo),
    led: flag(rival !== undefined && rival.head === ''),
    firstRival: flag(rival !== undefined && rival === rivals[0]),
    onlyRival: flag(rival !== undefined && rivals.length === 1),
    among: Math.log1p(rivals.length),
    fuller: flag(wordCount(text, fullestOf(party)) > wordCount(text, anchor)),
    fullestRival: flag(
      rival !== undefined && rivals.every(one => wordCount(text, fullestOf(one)) <= wordCount(text, fullestOf(rival))),
    ),
  };
}

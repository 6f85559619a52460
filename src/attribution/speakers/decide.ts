/** Decides whom a source means by rules: the linker takes this as evidence, except where the rules are final. */
import { type Span, slice } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { BODY_HEADS } from '../lexicon/organisations.ts';
import { DEMONYM, NATIONALITIES } from '../lexicon/places.ts';
import { groupReferents, joinsNames, opensRole, SEVERAL_PEOPLE } from './collectives.ts';
import {
  ageIn,
  answerer,
  MAY_BE_NAMED,
  namedReferents,
  resolveUnnamed,
  saysOther,
  unnamedIn,
  unnamedReferents,
} from './descriptions.ts';
import type { Mention } from './mentions.ts';
import { calledByInitials, isLabel, type NamedParty } from './named-speakers.ts';
import { isRoleWord, mayAgree, mayBePerson } from './names.ts';
import { classifySource, type Description, mayNameOwner, parseDescription, TEAM } from './sources.ts';
import {
  addMention,
  addUnnamed,
  byLastNamed,
  type Decision,
  firstFrom,
  inferred,
  isNamed,
  lastBefore,
  lastOverlapping,
  mentionsIn,
  NEAR,
  onlyReferent,
  type Party,
  paragraphAt,
  type Story,
  type UnnamedParty,
  unclear,
} from './story.ts';

/** Makes a decision unclear if the article may name whoever is meant. */
export function doubtOpen(decision: Decision): Decision {
  return decision.rule === MAY_BE_NAMED ? { ...decision, certainty: 'unclear' } : decision;
}

export const NAMES_NOBODY = 'it names nobody';

/** Returns whom the rules take a report to be from, and how certain they are. */
export function decide(story: Story, report: Report): Decision {
  const { source, named } = report;
  const name = named && lastOverlapping(story.mentions, named);
  if (name !== undefined) return inferred(resolveName(story, name), 'named by the layout');
  if (namesNobody(story.article.text, report)) return unclear(NAMES_NOBODY);
  if (source === undefined) return unclear('no source');
  if (isLabel(story.article.text, source)) {
    const called = calledByInitials(story.all, story.article.text, source);
    const certainty = called.length === 1 ? 'stated' : 'unclear';
    if (called.length > 0) return { candidate: byLastNamed(called, source.start)[0], certainty, rule: 'initials' };
  }
  const answer = answerer(story, report);
  if (answer !== undefined) return answer;
  const owner = ownerOfWords(story.article.text, source);
  if (owner !== undefined) return inferred(doubtOpen(ofSource(story, owner)), 'owner of the words');
  return subjectOfWords(story, report, source) ?? ofSource(story, source);
}

const SUBJECT_OF_WORDS = 'subject of the words';

/**
 * Decides whom "it" means if its words come first. At the start of a paragraph, "Marl Foods will close a shop, it said" is
 * from Marl Foods, or unclear if another body spoke before.
 */
function subjectOfWords(story: Story, { type, content: [words] }: Report, source: Span): Decision | undefined {
  const { text, paragraphs } = story.article;
  if (type !== 'indirect' || slice(text, source) !== 'it' || words.start > source.start) return undefined;
  const isAtStart = paragraphs[paragraphAt(story.article, words.start)]?.start === words.start;
  const body = isAtStart ? bodyAtStart(story, words) : undefined;
  if (body === undefined) return undefined;
  const decision = inferred(doubtOpen(ofSource(story, body)), SUBJECT_OF_WORDS);
  const isAlone = story.past
    .slice(-NEAR)
    .every(({ candidate }) => candidate === decision.candidate || candidate?.kind === 'person');
  return isAlone ? decision : unclear(SUBJECT_OF_WORDS);
}

/** "Marl Foods", "the city council" */
function bodyAtStart({ article: { text }, mentions }: Story, words: Span): Span | undefined {
  const [first] = mentionsIn(mentions, words);
  if (first !== undefined && /^(?:the\s)?$/iv.test(text.slice(words.start, first.start))) {
    const isOwner = /^[’']/v.test(text.slice(first.end));
    const isBody = !isOwner && first.kind !== 'person' && first.kind !== 'place';
    return isBody ? { start: words.start, end: first.end } : undefined;
  }
  const [the = '', ...next] = slice(text, words).split(/[ ,]/v, 3);
  const head = next.findIndex(word => BODY_HEADS.has(word));
  if (the.toLowerCase() !== 'the' || head < 0) return undefined;
  return { start: words.start, end: words.start + [the, ...next.slice(0, head + 1)].join(' ').length };
}

/** "It was announced", "it has since been claimed": it doesn't say by whom. */
const IMPERSONAL =
  /\bit\s(?:(?:has|had)(?:\s\p{L}+ly|\ssince|\salso)?\sbeen|is|was)(?:\s\p{L}+ly|\ssince|\salso)?\s(?!\p{L}+ing\b)\p{L}+$/iv;
/** "Lee was told that", "the court heard that": it doesn't say by whom. */
const TOLD =
  /\b(?:(?:am|is|are|was|were|been|being|be|get|gets|got)(?:\s\p{L}+ly)?\s(?:told|asked|warned|informed|advised|reminded|assured|notified|instructed|ordered|urged)|hear[ds]?)$/iv;
const TOLD_ALONE = /^(?:told|asked|warned|informed|advised|reminded|assured|notified|urged)$/iv;
/** "falsely" of "a leaflet that falsely said". */
const ADVERB = /^(?!family)\p{Ll}{4,}ly$/v;
/** How far before the last word of a cue "it" or "was" may be, in UTF-16 units. */
const BEFORE_CUE = 40;

/** "Asked whether she would resign, Lee laughed", "Lee, told that it was shut, laughed". */
function isToldAlone(text: string, { source, cue, content }: Report): boolean {
  if (cue === undefined || !TOLD_ALONE.test(slice(text, cue))) return false;
  if (/^\p{Lu}/v.test(slice(text, cue))) return !text.startsWith(' by ', cue.end);
  const { end } = content.at(-1) ?? content[0];
  return (
    source !== undefined && text.slice(source.end, cue.start) === ', ' && /^, \p{Ll}/v.test(text.slice(end, end + 3))
  );
}

/** Whether the words leave out who said something, although a source may be found in them: "It was announced". */
function namesNobody(text: string, report: Report): boolean {
  const { source, cue } = report;
  if (cue === undefined) return false;
  if (isToldAlone(text, report)) return true;
  const until = text.slice(Math.max(0, cue.start - BEFORE_CUE), cue.end);
  if (source !== undefined && source.end <= cue.start && TOLD.test(until)) return true;
  const words = source === undefined ? 'it' : slice(text, source);
  return ADVERB.test(words) || (words.toLowerCase() === 'it' && IMPERSONAL.test(until));
}

/** "Lee and Cho both" */
const BOTH = /\sboth$/v;

/** Resolves the words of a source: a group, a pronoun, a name or a description. */
function ofSource(story: Story, { start, end }: Span): Decision {
  const source = { start, end: end - (BOTH.exec(story.article.text.slice(start, end))?.[0].length ?? 0) };
  const { text } = story.article;
  const group = story.collectiveAt.get(source.end);
  const isAll = group?.mentions.some(({ start, end }) => end === source.end && start >= source.start);
  const together = isAll && group?.head === '' ? group : undefined;
  const settled: Decision = { candidate: together, certainty: 'stated', rule: 'several names' };
  if (together?.sort === TEAM) return settled;
  const all = mentionsIn(story.mentions, source);
  const within = all.filter((one, at) => !opensRole(text, one, all.slice(at + 1, at + 3)));
  const form = classifySource(text, source, within);
  if (form.form === 'pronoun') return unclear('pronoun');
  if (form.form === 'description') return resolveDescription(story, source, form.description);
  const { mention } = form;
  const before = text.slice(source.start, mention.start);
  if (together !== undefined) return mayNameOwner(before, 'group') ? { ...settled, ...OPEN } : settled;
  if (COUPLE.test(before) || namesSeveral(story, mention, within))
    return resolveUnnamed(story, source, SEVERAL_PEOPLE, 'several names');
  if (AGE_BEFORE.test(before)) return unclear('one of several');
  const decision = calledSo(story, source, mention) ?? resolveName(story, mention);
  const [first = mention] = decision.candidate?.mentions ?? [];
  const isOpen = isOneOf(text, source, mention) || (first.start < source.start && mayNameOwner(before, 'person'));
  return isOpen ? { ...decision, ...OPEN } : decision;
}

/** It may be one of several. */
const OPEN = { certainty: 'unclear', rule: 'one of several' } as const;

/** Before a name: "Mr and Mrs Lee". */
const COUPLE = /^(?:Mr|Mrs|Ms|Dr|Sir|Lord)\.? and (?:Mr|Mrs|Ms|Dr|Lady)\.?\s$/v;
const JOINS_BEFORE = /(?:^both\b|^neither\b|\b(?:and|or|nor)\s$|&\s$)/iv;
const JOINS_AFTER =
  /(?:^|,)\s(?:and|or|nor|&)\s(?:(?<office>\p{Lu}\p{L}+)(?= (?:of|for)\b)|\p{Lu}|(?:the|an?|his|her|their|two|three|other|some|several)\b)/v;
/** ", nurse Bo Cho and cook Tom Ruiz", but not ", mayor of Westport and head of the board". */
const LISTS_AFTER =
  /^,(?:\s(?!(?:at|for|from|in|of|to|who|whose|with)\b)\p{Ll}+){0,2}(?:\s\p{Lu}[\p{L}.'’\-]*)+,?\s(?:and|or|nor|&)\s/v;

/** "the younger Lee": one of several with that name. */
const AGE_BEFORE = /^the (?:younger|older|elder|senior|junior)\s$/iv;

/** "Lee or Cho", "the mayor and Lee", "Lee and two officials": it isn't sure who of several. */
function isOneOf(text: string, source: Span, { start, end }: Span): boolean {
  const after = text.slice(end, source.end);
  const before = text.slice(source.start, start);
  const joined = JOINS_AFTER.exec(after);
  // ", and Chairman of the board" is what the same person is, too.
  const isJoined = joined !== null && !isRoleWord((joined.groups?.office ?? '').toLowerCase());
  return JOINS_BEFORE.test(before) || isJoined || LISTS_AFTER.test(after);
}

const WORDS =
  /^(?:his|her|its|their|.+(?=[’']))(?=(?:[’']s?)? (?:[\p{Ll}\-]+ )?(?:statement|letter|e-?mail|tweet|post|message|memo|note|speech|announcement|testimony|remarks|findings|reply|response)$)/iv;

/** "Lee" of "Lee’s statement", "its" of "its letter". */
function ownerOfWords(text: string, source: Span): Span | undefined {
  const [owner] = WORDS.exec(text.slice(source.start, source.end)) ?? [];
  return owner === undefined ? undefined : { start: source.start, end: source.start + owner.length };
}

/** ", Bo Cho and Tom Ruiz". */
const LISTED = /^(?:,(?:\s\p{Lu}[\p{L}.'’\-]*)+)+,?\sand(?:\s\p{Lu}[\p{L}.'’\-]*)+$/v;

/** "Lee and Cho", "Lee, Cho and Ruiz": several at once form a group. */
function namesSeveral(story: Story, first: Mention, within: readonly Mention[]): boolean {
  const next = within[within.indexOf(first) + 1];
  if (next === undefined || next.kind === 'place') return false;
  const { text } = story.article;
  return LISTED.test(text.slice(first.end, within.at(-1)?.end)) || joinsNames(text.slice(first.end, next.start));
}

const SHARED = 'name that several bear';
/** Before a name: "Lee’s wife, ", "His daughter, the novelist ". */
const KINSHIP =
  /(?:\b[Hh]is|\b[Hh]er|\b[Tt]heir|[’']s?) (?:\p{Ll}+ )?(?:wife|husband|widow|widower|son|daughter|mother|father|brother|sister),?(?: [\p{Ll}\-]+){0,3} $/v;
/** How far before a name to look for that, in UTF-16 units. */
const KINSHIP_REACH = 60;

/** Whether somebody is introduced as another person's relative. A bare surname then means that person. */
function isKin({ article }: Story, { longest: { start } }: NamedParty): boolean {
  return KINSHIP.test(article.text.slice(Math.max(0, start - KINSHIP_REACH), start));
}

function resolveName(story: Story, mention: Mention): Decision {
  const bearers = story.referents.get(mention) ?? [];
  const [only] = bearers;
  // "Lee said …", and only then "Lee’s wife, Ann Lee".
  const isOther = mention.words.length === 1 && only && only.longest.start > mention.start && isKin(story, only);
  if (bearers.length === 1) return isOther ? unclear(SHARED) : { candidate: only, certainty: 'stated', rule: 'name' };
  const earlier = bearers.filter(named => (named.mentions[0]?.start ?? Number.POSITIVE_INFINITY) < mention.start);
  const [first] = earlier;
  if (earlier.length === 1) return { candidate: first, certainty: 'inferred', rule: 'name that one bore before' };
  const isNear = (named: NamedParty, paragraphs: number) => {
    const last = lastBefore(named.mentions, mention.start);
    return last !== undefined && mention.paragraph - last.paragraph <= paragraphs;
  };
  const [recent, another] = earlier.filter(named => isNear(named, 3));
  // A daughter is called by her first name, unless she has just been named.
  if (recent !== undefined && another === undefined && isNear(recent, isKin(story, recent) ? 0 : 1))
    return { candidate: recent, certainty: 'inferred', rule: 'name that one near bears' };
  return unclear(SHARED, byLastNamed(earlier, mention.start)[0]);
}

/** "Lee, the secretary": the only one of several Lees whom the article calls so. */
function calledSo(story: Story, source: Span, mention: Mention): Decision | undefined {
  const bearers = story.referents.get(mention) ?? [];
  const start = mention.end + ', '.length;
  if (bearers.length < 2 || !/^, the /v.test(story.article.text.slice(mention.end, source.end))) return undefined;
  const role = { start, end: source.end };
  const holders = namedReferents(story, role, parseDescription(story.article.text, role));
  const [only, another] = bearers.filter(one => holders.includes(one));
  return only && !another ? { candidate: only, certainty: 'inferred', rule: 'name and role' } : undefined;
}

/** "The former", "the latter": of the only two people whom the paragraph names so far. */
function oneOfTwo(story: Story, source: Span): Decision | undefined {
  const [, which] = /^the (former|latter)$/iv.exec(slice(story.article.text, source)) ?? [];
  if (which === undefined) return undefined;
  const start = story.article.paragraphs[paragraphAt(story.article, source.start)]?.start ?? source.start;
  const named = mentionsIn(story.mentions, { start, end: source.start }).flatMap(
    mention => onlyReferent(story.referents, mention) ?? [],
  );
  const people = [...new Set(named.filter(({ kind }) => kind === 'person'))];
  const candidate = people.length === 2 ? people[which.toLowerCase() === 'former' ? 0 : 1] : undefined;
  return { candidate, certainty: candidate === undefined ? 'unclear' : 'inferred', rule: 'one of two' };
}

function resolveDescription(story: Story, source: Span, description: Description): Decision {
  const either = oneOfTwo(story, source);
  if (either !== undefined) return either;
  const aged = calledByAge(story, source, description);
  if (aged !== undefined) return aged;
  const groups = groupReferents(story, source, description);
  if (groups.length > 0) return oneOf(groups, source, 'refers');
  if (!description.definite) return resolveUnnamed(story, source, description, 'description');
  // "The other shopkeeper" isn't the one already quoted, and among several not the last one.
  const isOther = description.kind === 'person' && saysOther(slice(story.article.text, source));
  const named = namedReferents(story, source, description);
  const unnamed = unnamedReferents(story, source, description);
  const hasRivals = isOther || named.length > 0 || unnamed.some(({ definite }) => !definite);
  const before = hasRivals ? undefined : calledBefore(story, source);
  if (before !== undefined) return before;
  const quoted = [...named, ...unnamed.filter(party => story.spoken.has(party))];
  const fitting = quoted.length > 0 ? quoted : unnamed;
  const [only] = fitting;
  if (only === undefined || (isOther && fitting.length === 1))
    return isOnlyOrigin(slice(story.article.text, source)) && isAfterOne(story, source, description)
      ? unclear(ONLY_ONE_BEFORE, addUnnamed(story, source, description))
      : resolveUnnamed(story, source, description, 'description');
  if (isOther) return unclear('other than one of several');
  if (fitting.length === 1 && !isNamed(only)) {
    addMention(only, source);
    if (isOpen(story, only)) return unclear(MAY_BE_NAMED, only);
  }
  return oneOf(fitting, source, 'refers back');
}

/** Returns whom the same words surely meant before, if that is somebody named. */
function calledBefore({ article, past }: Story, source: Span): Decision | undefined {
  const words = slice(article.text, source).toLowerCase();
  const same = past
    .slice(-NEAR)
    .findLast(({ report }) => report.source && slice(article.text, report.source).toLowerCase() === words);
  const isMeant = same?.candidate !== undefined && isNamed(same.candidate) && same.certainty !== 'unclear';
  return isMeant ? inferred(same, 'called so before') : undefined;
}

/** "The 69-year-old": whoever is named with that age. */
function calledByAge({ article, byAge }: Story, source: Span, { gender }: Description): Decision | undefined {
  const age = ageIn(slice(article.text, source)) ?? '';
  const aged = (byAge.get(age) ?? []).filter(one => mayAgree(one.gender, gender));
  return aged.length === 0 ? undefined : oneOf(aged, source, 'refers by age');
}

/** The rule for a phrase that introduces nobody, where one person alone may be meant. */
export const ONLY_ONE_BEFORE = 'only one named before';
const AGE = /^the \p{N}+-year-old$/iv;
const ORIGIN = /^[Tt]he (?<name>\p{Lu}\p{L}+)$/v;
/** "The French" may be a people. */
const PEOPLE = /(?:[cs]h|ese|iss)$/v;
/** How far back that person may be named: in paragraphs, and in UTF-16 units. */
const ABOVE = 2;
const REACH = 1000;

/** Whether a phrase only tells somebody's age or origin: "the 47-year-old", "the Swede". */
function isOnlyOrigin(phrase: string): boolean {
  const name = ORIGIN.exec(phrase)?.groups?.name?.toLowerCase() ?? '';
  return (NATIONALITIES.has(name) && !PEOPLE.test(name)) || DEMONYM.test(name) || AGE.test(phrase);
}

/**
 * Whether one person alone who may be meant is named shortly before a source, and nobody else is there without a name: "The
 * driver was fined, Ann Lee said" tells of two.
 */
function isAfterOne({ article, mentions, referents }: Story, { start }: Span, { gender }: Description): boolean {
  const above = article.paragraphs[paragraphAt(article, start) - ABOVE]?.start ?? 0;
  const from = Math.max(above, start - REACH);
  const until = firstFrom(mentions, start);
  const near = mentions.slice(Math.max(0, until - NEAR), until).filter(mention => mention.start >= from);
  const people = near.flatMap(mention => referents.get(mention) ?? []).filter(({ kind }) => kind === 'person');
  const [only, another] = new Set(people.filter(person => mayAgree(person.gender, gender)));
  if (only === undefined || another !== undefined) return false;
  const before = article.text.slice(from, start);
  const named = (only.mentions[0]?.start ?? start) - from;
  return !unnamedIn(before).some(phrase => {
    const { definite, head } = parseDescription(before, phrase);
    return (!definite || phrase.start < named) && mayBePerson(head);
  });
}

/** Whether it was unclear who was meant when a party was first quoted. */
function isOpen({ past }: Story, { mentions: [first] }: UnnamedParty): boolean {
  return past
    .slice(-NEAR)
    .some(
      ({ report: { source }, certainty, rule }) =>
        source !== undefined && source.start === first?.start && certainty === 'unclear' && rule === MAY_BE_NAMED,
    );
}

/** The only one a phrase may mean, or unclear. */
function oneOf(parties: readonly Party[], { start }: Span, rule: string): Decision {
  const isOnly = parties.length === 1;
  return {
    candidate: byLastNamed(parties, start)[0],
    certainty: isOnly ? 'inferred' : 'unclear',
    rule: isOnly ? `${rule} to the only one` : `${rule} to one of several`,
  };
}

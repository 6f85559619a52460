import { wordSet } from '../../news/lexicon/word-lists.ts';
import { type Span, slice } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { takeWhile } from '../grammar/items.ts';
import { looksFinite } from '../grammar/words.ts';
import { AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBORDINATORS } from '../lexicon/grammar.ts';
import { BODY_HEADS, BODY_NOUNS } from '../lexicon/organisations.ts';
import { NATIONALITIES } from '../lexicon/places.ts';
import { ANONYMOUS_NOUNS, DISTINGUISHING_WORDS } from '../lexicon/strangers.ts';
import { TWO } from './collectives.ts';
import type { NamedParty } from './named-speakers.ts';
import { isRoleWord, isSingularPerson, mayAgree, mayBePerson, mayBeSomebody } from './names.ts';
import { type Description, parseDescription, sortOf } from './sources.ts';
import {
  addUnnamed,
  CHAIRS,
  type Decision,
  firstFrom,
  isNamed,
  NEAR,
  paragraphAt,
  rolesOf,
  type Story,
  toUnnamed,
  type UnnamedParty,
  unclear,
  unnamedBefore,
} from './story.ts';

/** In a role: the deputy mayor isn't the mayor. In a description, also "the new mayor". */
export const CHANGES_ROLE = wordSet(
  'former acting next previous deputy vice late assistant shadow junior lieutenant prime',
);
const CHANGES_WHO: ReadonlySet<string> = new Set([...CHANGES_ROLE, 'new', 'other']);

/** The judge in a transcript. */
const BENCH = 'THE COURT';
const JUDGES = ['judge', 'justice', 'magistrate'];

/** Returns the named speakers to whom "the minister", "the transport secretary" or "the agency" may refer. */
export function namedReferents(story: Story, source: Span, description: Description): readonly NamedParty[] {
  const { text } = story.article;
  if (slice(text, source) === BENCH) return [...new Set(JUDGES.flatMap(role => story.byRole.get(role) ?? []))];
  const { head, kind } = description;
  const modifiers = description.words.filter(word => word !== head && /^\p{L}/v.test(word));
  const isEarlier = (named: NamedParty) => (named.mentions[0]?.start ?? source.start) < source.start;
  if (kind === 'organisation') {
    const isCalled = ({ longest: { words } }: NamedParty) => modifiers.every(word => words.includes(word));
    const byWord = (story.byOrganisationWord.get(head) ?? []).filter(isEarlier).filter(isCalled);
    if (byWord.length > 0) return byWord;
    const ofKind = [...(BODY_NOUNS.get(head) ?? [])].flatMap(word => story.byOrganisationWord.get(word) ?? []);
    return modifiers.length > 0 ? [] : [...new Set(ofKind)].filter(isEarlier);
  }
  const held = story.byRole.get(head) ?? (CHAIRS.has(head) ? story.byRole.get('chair') : undefined) ?? [];
  const fitting = held.filter(({ gender }) => mayAgree(gender, description.gender));
  const holders = fitting.filter(
    named => !(isBesideHolder(story, named, description) || leadsAnother(story, named, modifiers)),
  );
  const exact = holders.filter(named => modifiers.every(word => rolesOf(text, named).flat().includes(word)));
  const changes = modifiers.some(word => CHANGES_WHO.has(word));
  if (changes && exact.length === 0 && modifiers[0] === 'former')
    return (story.byRole.get('predecessor') ?? []).filter(isEarlier);
  const [earlier, exactEarlier] = [holders.filter(isEarlier), exact.filter(isEarlier)];
  // First "the transport secretary", named only later.
  if (changes || (earlier.length === 0 && modifiers.length > 0)) return exact;
  return exactEarlier.length === 1 ? exactEarlier : earlier;
}

/** Whether the body whose leader is described is another one than somebody's: "the party’s leader" is no union leader. */
function leadsAnother({ article }: Story, named: NamedParty, modifiers: readonly string[]): boolean {
  const sortsIn = (words: readonly string[]) =>
    words.flatMap(word => (BODY_HEADS.has(word) && word !== 'team' ? [sortOf(word)] : []));
  const [sorts, others] = [sortsIn(modifiers), sortsIn(rolesOf(article.text, named).flat())];
  return sorts.length > 0 && others.length > 0 && !sorts.some(sort => others.includes(sort));
}

/** Whether somebody's role is only beside the one described: a deputy mayor's, a spokeswoman's "for the mayor". */
export function isBesideHolder({ article }: Story, named: NamedParty, { head, words }: Description): boolean {
  const isSame = (word: string) => word === head || (CHAIRS.has(head) && CHAIRS.has(word));
  const alike = rolesOf(article.text, named).filter(role => role.some(isSame));
  const isBeside = (role: readonly string[]) => {
    const at = role.findLastIndex(isSame);
    const before = role.slice(role.lastIndexOf('and', at) + 1, at);
    const hangs = before.slice(before.findIndex(isRoleWord)).some(word => PREPOSITIONS.has(word));
    return hangs || role[at + 1] === '’s' || before.some(word => CHANGES_ROLE.has(word) && !words.includes(word));
  };
  return alike.length > 0 && alike.every(isBeside);
}

const AGED = /^the (?<age>\p{N}+)-year-old(?: \p{L}+)?$/iv;

/** Returns the age that tells whom a phrase means, in digits: "the 69-year-old". */
export function ageIn(phrase: string): string | undefined {
  return AGED.exec(phrase)?.groups?.age;
}

/** Returns those without a name to whom "the official" may refer; "the US official" isn't "a Chinese official". */
export function unnamedReferents(story: Story, source: Span, { head, words }: Description): readonly UnnamedParty[] {
  const fits = ({ words: known, fullest }: UnnamedParty) =>
    (known.length === 1 || words.every(word => known.includes(word))) &&
    !known.some(word => CHANGES_ROLE.has(word) && !words.includes(word)) &&
    fullest.end <= source.start;
  return unnamedBefore(story, head, source.start).filter(fits);
}

/** "a diplomat from", "his wife said", "the other shrugged", "the hospital’s insurer": nouns without a name. */
const OPENERS = "(?:[Tt]he )?\\p{Ll}+[’']s|[Tt]he|[Aa]n?|[Aa]nother|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y";
const UNNAMED = new RegExp(`\\b(?<opener>${OPENERS})(?=(?<words>(?: [\\p{L}\\-]+){1,5}))`, 'gv');
/** "her book", "the second witness": they introduce nobody. */
const REFERS_BACK = /^(?:his|her|its|their|our|my|the \p{L}+)(?: |$)/iv;

/** Returns people and things that an article mentions without a name, by head: "a diplomat", "a new report". */
export function findUnnamed(text: string): Map<string, UnnamedParty[]> {
  const spans = unnamedIn(text).filter(span => !REFERS_BACK.test(slice(text, span)));
  const found = spans.map(span => toUnnamed(parseDescription(text, span), span));
  return Map.groupBy(found, ({ head }) => head);
}

/** Returns the phrases for somebody or something without a name. */
export function unnamedIn(text: string): readonly Span[] {
  return [...text.matchAll(UNNAMED)].map(({ index, groups: { opener = '', words = '' } = {} }) => {
    const noun = [opener, ...takeWhile(words.trim().split(' '), word => isPartOfNoun(word.toLowerCase()))].join(' ');
    return { start: index, end: index + noun.length };
  });
}

function isPartOfNoun(word: string): boolean {
  if (DISTINGUISHING_WORDS.has(word)) return true;
  const others = [DETERMINERS, PREPOSITIONS, SUBORDINATORS, CONJUNCTIONS, AUXILIARIES];
  return !others.some(words => words.has(word)) && !looksFinite(word);
}

const ASKED = 'the one who is asked';
const TURN = /\btranscript\b/v;

/** Resolves "A." in a transcript to the witness or the only person named before the first question. "Q." stays unresolved. */
export function answerer(story: Story, report: Report): Decision | undefined {
  const { source } = report;
  if (source === undefined || !TURN.test(report.rule)) return undefined;
  const label = story.article.text.slice(source.start, source.end);
  if (/^(?:Q|Question)$/iv.test(label)) return unclear('whoever asks');
  if (!/^(?:A|Answer)$/v.test(label)) return undefined;
  const [witness, another] = story.byRole.get('witness') ?? [];
  if (witness !== undefined && another === undefined) return { candidate: witness, certainty: 'inferred', rule: ASKED };
  const first = story.past.slice(0, NEAR).find(one => TURN.test(one.report.rule))?.report.source ?? source;
  const introduced = story.mentions.slice(0, Math.min(NEAR, firstFrom(story.mentions, first.start)));
  const people = new Set(introduced.flatMap(mention => story.referents.get(mention) ?? []).filter(isPerson));
  const [candidate] = people;
  // "Ann Lee met Quorra Aab": Lee may be the interviewer, and Aab a person, too.
  const isAlone = people.size === 1 && !introduced.some(one => mayBeSomebody(one) && !story.referents.has(one));
  return isAlone ? { candidate, certainty: 'inferred', rule: ASKED } : unclear('one of those who may be asked');
}

const isPerson = ({ kind }: NamedParty) => kind === 'person';

/** The rule for a phrase whose speaker the article may name. */
export const MAY_BE_NAMED = 'description that may be named';

/**
 * A source without a name as a speaker of its own. It is open if the article may name it: unclear beats a phrase that
 * could have been a name.
 */
export function resolveUnnamed(story: Story, source: Span, description: Description, rule: string): Decision {
  const { head, definite, kind } = description;
  const phrase = slice(story.article.text, source);
  const isLabel = story.article.text[source.end] === ':';
  // "A study in the journal Alpine Biology" needs no other name.
  const isTitled = kind === 'document' && /\s\p{Lu}/v.test(phrase);
  const staysUnnamed = isLabel || isTitled || isAnonymous(head) || (definite && !mayBePerson(head));
  const next = staysUnnamed ? undefined : namedNext(story, source);
  const isNext = next !== undefined && isSingularPerson(head);
  const isOpen = next !== undefined || CUT_OFF.test(phrase) || mayBeNamed(story, phrase, description);
  const candidate = addUnnamed(story, source, description);
  // They may be two of those whom the article names.
  if (story.people > 1 && TWO.test(phrase)) return unclear('two who may be named', candidate);
  return {
    candidate: isNext ? next : candidate,
    certainty: isNext ? 'unclear' : 'stated',
    rule: isOpen ? MAY_BE_NAMED : rule,
  };
}

/** "the other shopkeeper", "a second official". */
export function saysOther(phrase: string): boolean {
  const [, second = ''] = phrase.toLowerCase().split(/\s+/v);
  return DISTINGUISHING_WORDS.has(second);
}

/** "officials", "a witness": they often stay without a name. */
export function isAnonymous(head: string): boolean {
  return [head, head.replace(/s$/v, ''), head.replace(/es$/v, '')].some(noun => ANONYMOUS_NOUNS.has(noun));
}

/** Maximum number of paragraphs before which "researchers" or "a local farmer" introduce somebody. */
const LEAD_PARAGRAPHS = 4;

/** Maximum number of paragraphs until the name follows. */
const NAMED_WITHIN = 8;

/** "…, researchers say": the person named next, if nobody was quoted by name so far. */
function namedNext({ article, mentions, referents, past }: Story, source: Span): NamedParty | undefined {
  const at = paragraphAt(article, source.start);
  if (at >= LEAD_PARAGRAPHS) return undefined;
  if (
    past.slice(0, NEAR).some(({ candidate, certainty }) => certainty !== 'unclear' && candidate && isNamed(candidate))
  )
    return undefined;
  const from = firstFrom(mentions, source.end);
  return mentions
    .slice(from, from + NEAR)
    .filter(mention => mention.paragraph <= at + NAMED_WITHIN)
    .flatMap(mention => referents.get(mention)?.[0] ?? [])
    .find(named => named.kind === 'person' && (named.mentions[0]?.start ?? 0) > source.start);
}

/** "more", "160", "scientists who": the network cut off what says who they are. */
const CUT_OFF =
  /^(?:\p{N}+|more|these|those|this|that|which|an?|the|many|others?)$|\s(?:who|which|that|he|she|it|they)$/iv;

/** "the judge", "his lawyer": a bare noun for somebody the article may name elsewhere. */
function mayBeNamed({ people, bodies }: Story, phrase: string, { definite, head, kind }: Description): boolean {
  if (BODY_NOUNS.has(head)) return bodies > 0;
  if (definite && NATIONALITIES.has(head)) return people > 0;
  // "MODERATOR", "Counsel"
  const isRoleAlone = phrase.toLowerCase() === head && isSingularPerson(head);
  if (!(REFERS.test(phrase) || isRoleAlone)) return false;
  return (kind === 'organisation' ? bodies : people) > 0;
}

/** "the judge", "his lawyer", "both men", "the two ministers", "one of them". */
const REFERS =
  /^(?:(?:the|this|that|these|those) [\p{L}\p{N}\-]+$|(?:his|her|its|their)\b|(?:both|the (?:two|pair|couple|duo|other))\b|\p{L}+ of (?:them|us|those|whom)\b)/iv;

import { type Span, slice } from '../../news/span.ts';
import { type Token, tokenize } from '../../words/tokens.ts';
import type { Report } from '../attribution.ts';
import { takeWhile } from '../grammar/items.ts';
import { looksFinite } from '../grammar/words.ts';
import { AUXILIARIES, CONJUNCTIONS, DETERMINERS, OPENERS, PREPOSITIONS, SUBORDINATORS } from '../lexicon/grammar.ts';
import { BODY_NOUNS } from '../lexicon/organisations.ts';
import { GROUP_HEADS, PERSON_HEADS } from '../lexicon/people.ts';
import { NATIONALITIES } from '../lexicon/places.ts';
import { ANONYMOUS_NOUNS, DISTINGUISHING_WORDS, STRANGER_NOUNS, STRANGER_OPENERS } from '../lexicon/strangers.ts';
import type { NamedParty } from './named-speakers.ts';
import { mayAgree } from './names.ts';
import { type Description, parseDescription } from './sources.ts';
import {
  addUnnamed,
  CHAIRS,
  type Decision,
  firstFrom,
  isNamed,
  NEAR,
  type Party,
  paragraphAt,
  type Story,
  type UnnamedParty,
} from './story.ts';

/** How many of a person's mentions are searched for their roles. */
const FEW = 8;
const CHANGES_WHO = new Set(['former', 'ex-', 'acting', 'new', 'next', 'previous', 'deputy', 'vice', 'other', 'late']);

/** The judge in a transcript. */
const BENCH = 'THE COURT';
const JUDGES = ['judge', 'justice', 'magistrate'];

/** Returns the named speakers to whom "the minister", "the transport secretary" or "the agency" may refer. */
export function namedReferents(story: Story, source: Span, description: Description): readonly NamedParty[] {
  if (slice(story.article.text, source) === BENCH)
    return [...new Set(JUDGES.flatMap(role => story.byRole.get(role) ?? []))];
  const { head, kind } = description;
  const modifiers = description.words.filter(word => word !== head && /^\p{L}/v.test(word));
  const isEarlier = (named: NamedParty) => (named.mentions[0]?.start ?? source.start) < source.start;
  if (kind === 'organisation') {
    const isCalled = ({ longest: { words } }: NamedParty) => modifiers.every(word => words.includes(word));
    const byWord = (story.byOrganisationWord.get(head) ?? []).filter(isEarlier).filter(isCalled);
    if (byWord.length > 0) return byWord;
    return modifiers.length > 0 ? [] : ofKind(story, head).filter(isEarlier);
  }
  const held = story.byRole.get(head) ?? (CHAIRS.has(head) ? story.byRole.get('chair') : undefined) ?? [];
  const holders = held.filter(({ gender }) => mayAgree(gender, description.gender));
  const exact = holders.filter(named => modifiers.every(word => roleHas(story, named, word)));
  const changes = modifiers.some(word => CHANGES_WHO.has(word));
  const earlier = holders.filter(isEarlier);
  if (changes && exact.length === 0 && modifiers[0] === 'former')
    return (story.byRole.get('predecessor') ?? []).filter(isEarlier);
  if (changes) return exact;
  // First "the transport secretary", named only later.
  if (earlier.length === 0) return modifiers.length > 0 ? exact : [];
  const exactEarlier = exact.filter(isEarlier);
  return modifiers.length > 0 && exactEarlier.length === 1 ? exactEarlier : earlier;
}

function ofKind(story: Story, head: string): readonly NamedParty[] {
  const words = [...(BODY_NOUNS.get(head) ?? [])];
  return [...new Set(words.flatMap(word => story.byOrganisationWord.get(word) ?? []))];
}

function roleHas(story: Story, named: NamedParty, word: string): boolean {
  return named.mentions
    .slice(0, FEW)
    .some(
      ({ role }) =>
        role !== undefined && tokenize(story.article.text, role).some(token => token.text.toLowerCase() === word),
    );
}

/** Returns the unnamed speakers to whom "the official" may refer; "the US official" isn't "a Chinese official". */
export function unnamedReferents(
  byHead: ReadonlyMap<string, readonly UnnamedParty[]>,
  source: Span,
  { head, kind, words }: Description,
): readonly UnnamedParty[] {
  const fits = ({ description: other, mentions: [first] }: UnnamedParty) =>
    other.kind === kind &&
    (other.words.length === 1 || words.every(word => other.words.includes(word))) &&
    (first === undefined || first.end <= source.start);
  return (byHead.get(head) ?? []).slice(-NEAR).filter(fits);
}

const INTRODUCES = /\b(?:[Aa]n?|[Aa]nother|[Oo]ne|(?:[Tt]he )?\p{Ll}+[’']s)(?: [\p{L}\-]+){1,5}/gv;

/** Before a name: "a diplomat, Ann Lee". */
const NAMED_NEXT = /^,?(?: (?:named|called))? \p{Lu}/v;

/** Returns people and things that an article mentions without a name, by head: "a diplomat", "a new report". */
export function findUnnamed(text: string): ReadonlyMap<string, readonly UnnamedParty[]> {
  const found = [...text.matchAll(INTRODUCES)].flatMap(({ 0: phrase, index }): readonly UnnamedParty[] => {
    const [first = '', ...words] = phrase.split(' ');
    const noun = [first, ...takeWhile(words, word => isPartOfNoun(word.toLowerCase()))].join(' ');
    const end = index + noun.length;
    const span = { start: index, end };
    const description = parseDescription(text, span);
    if (NAMED_NEXT.test(text.slice(end, end + 9))) return [];
    return [{ kind: description.kind, description, gender: description.gender, mentions: [span] }];
  });
  return Map.groupBy(found, ({ description }) => description.head);
}

function isPartOfNoun(word: string): boolean {
  const isOther = DETERMINERS.has(word) || PREPOSITIONS.has(word) || SUBORDINATORS.has(word) || CONJUNCTIONS.has(word);
  return !(isOther || isVerb(word));
}

const ASKED = 'the one who is asked';

/** Resolves "A." in a transcript to the witness or the only person named before the first question. "Q." stays unresolved. */
export function answerer(story: Story, report: Report): Decision | undefined {
  const { source } = report;
  if (source === undefined || !/\btranscript\b/v.test(report.rule)) return undefined;
  const label = story.article.text.slice(source.start, source.end);
  if (/^(?:Q|Question)$/v.test(label)) return { candidate: undefined, certainty: 'unclear', rule: 'whoever asks' };
  if (!/^(?:A|Answer)$/v.test(label)) return undefined;
  const [witness, another] = story.byRole.get('witness') ?? [];
  if (witness !== undefined && another === undefined) return { candidate: witness, certainty: 'inferred', rule: ASKED };
  const introduced = story.mentions.slice(
    0,
    Math.min(NEAR, firstFrom(story.mentions, story.firstTurn ?? source.start)),
  );
  const named = introduced.flatMap(mention => story.referents.get(mention) ?? []);
  const people = new Set(named.filter(({ kind }) => kind === 'person'));
  const [candidate] = people;
  return people.size === 1
    ? { candidate, certainty: 'inferred', rule: ASKED }
    : { candidate, certainty: 'unclear', rule: 'one of those who may be asked' };
}

/** An unnamed person who is the subject of a sentence, and may be the "he" of the next. */
export interface Stranger extends Span {
  /** Distinguished from an earlier one: "another shopkeeper". */
  readonly isOther: boolean;
  /** The party they have been resolved to so far. */
  readonly party: Party | undefined;
}

/** Maximum number of words before the head of a subject. */
const LONGEST_SUBJECT = 6;
/** How far into a sentence its subject may start, after "At the quay,", in UTF-16 units. */
const LONGEST_LEAD = 60;
const OPEN_MARK = /^[“"‘«]$/v;
/** "welder", "cyclist": it may be a person, which is enough to doubt whom "he" means. */
const LIKE_PERSON = /\p{L}{3}(?:er|ist|ian|man|woman|person|mate)$/v;
/** The first words of a sentence, in lower case, with their positions. */
interface Words {
  readonly tokens: readonly Token[];
  readonly lower: readonly string[];
}

/** Returns the unnamed subject of a sentence: "Another shopkeeper was hopeful". */
export function strangerIn(story: Story, sentence: Span): Stranger | undefined {
  const tokens = tokenize(story.article.text, sentence);
  const words = { tokens, lower: tokens.map(token => token.text.toLowerCase()) };
  const from = subjectFrom(words);
  const first = words.lower[from] ?? '';
  const second = words.lower[from + 1] ?? '';
  const isOther = DISTINGUISHING_WORDS.has(first) || DISTINGUISHING_WORDS.has(second);
  if (!(STRANGER_OPENERS.has(first) || (first === 'the' && DISTINGUISHING_WORDS.has(second)))) return undefined;
  const head = headFrom(words, from, isOther);
  const [start, end] = [tokens[from]?.start, tokens[head ?? -1]?.end];
  if (head === undefined || start === undefined || end === undefined) return undefined;
  return { start, end, isOther, party: undefined };
}

/** Past "But" and "At the quay,". */
function subjectFrom({ tokens, lower }: Words): number {
  let from = 0;
  while (OPEN_MARK.test(lower[from] ?? '') || OPENERS.has(lower[from] ?? '') || lower[from] === ',') {
    if (DISTINGUISHING_WORDS.has(lower[from] ?? '')) break;
    from += 1;
  }
  if (!(PREPOSITIONS.has(lower[from] ?? '') || SUBORDINATORS.has(lower[from] ?? ''))) return from;
  const comma = lower.indexOf(',', from);
  const lead = (tokens[comma]?.start ?? Number.POSITIVE_INFINITY) - (tokens[from]?.start ?? 0);
  return lead <= LONGEST_LEAD ? comma + 1 : from;
}

/** Index of the noun for a person that ends the phrase, or of "another" or "one" used alone. */
function headFrom({ lower }: Words, from: number, isOther: boolean): number | undefined {
  const bare = from + (DISTINGUISHING_WORDS.has(lower[from + 1] ?? '') ? 1 : 0);
  const mayBeBare = isOther || lower[from] === 'one';
  if (mayBeBare && lower[bare + 1] === 'of') return ofSeveral(lower, bare + 2) ? bare : undefined;
  if (mayBeBare && isVerb(lower[bare + 1] ?? '')) return bare;
  for (let at = from + 1; at <= from + LONGEST_SUBJECT; at += 1) {
    const word = lower[at] ?? '';
    if (!/^[\p{L}\-]+$/v.test(word) || isVerb(word) || PREPOSITIONS.has(word) || CONJUNCTIONS.has(word))
      return undefined;
    if (mayBePerson(word) && endsPhrase(lower[at + 1])) return at;
  }
  return undefined;
}

/** "of the dockers", "of his colleagues". */
function ofSeveral(lower: readonly string[], from: number): boolean {
  return lower
    .slice(from, from + 3)
    .some(
      word =>
        (GROUP_HEADS.has(word) && !DETERMINERS.has(word)) ||
        (word.endsWith('s') && isSingularPerson(word.slice(0, -1))),
    );
}

/** "docker", "witness". */
export function isSingularPerson(word: string): boolean {
  return PERSON_HEADS.has(word) || STRANGER_NOUNS.has(word);
}

/** "docker", "zoologist", "Norwegian". */
export function mayBePerson(word: string): boolean {
  return isSingularPerson(word) || LIKE_PERSON.test(word) || NATIONALITIES.has(word);
}

function isVerb(word: string): boolean {
  return looksFinite(word) || AUXILIARIES.has(word);
}

/** What may follow a subject: a verb, "in the hall", "who"; not "’s" or another noun. */
function endsPhrase(next: string | undefined): boolean {
  if (next === undefined || isVerb(next) || PREPOSITIONS.has(next) || SUBORDINATORS.has(next)) return true;
  if (/^[,.;:\u2014\u2013\(\)]/v.test(next) || next === 'and' || next === 'but') return true;
  return /(?:[^s]s|ly|ing)$/v.test(next) && /^\p{L}/v.test(next);
}

/** The rule for a phrase whose speaker the article may name. */
export const MAY_BE_NAMED = 'description that may be named';

/**
 * A source without a name as a speaker of its own. It is open if the article may name it: unclear beats a phrase that
 * could have been a name.
 */
export function resolveUnnamed(story: Story, source: Span, description: Description, rule: string): Decision {
  const { head } = description;
  const staysUnnamed = mayStayUnnamed(description) || isTitled(story, source, description);
  const next = staysUnnamed ? undefined : namedNext(story, source);
  const isNext = next !== undefined && isSingularPerson(head);
  const isOpen =
    next !== undefined || CUT_OFF.test(slice(story.article.text, source)) || mayBeNamed(story, source, description);
  const candidate = addUnnamed(story, source, description);
  return {
    candidate: isNext ? next : candidate,
    certainty: isNext ? 'unclear' : 'stated',
    rule: isOpen ? MAY_BE_NAMED : rule,
  };
}

/** "police", "officials", "a witness": they often stay without a name. */
function mayStayUnnamed({ head, definite }: Description): boolean {
  return head === 'police' || isAnonymous(head) || (definite && !mayBePerson(head));
}

/** "officials", "a witness". */
export function isAnonymous(head: string): boolean {
  return [head, head.replace(/s$/v, ''), head.replace(/es$/v, '')].some(noun => ANONYMOUS_NOUNS.has(noun));
}

/** "A study in the journal Alpine Biology" needs no other name. */
function isTitled({ article }: Story, source: Span, { kind }: Description): boolean {
  return kind === 'document' && /\s\p{Lu}/v.test(article.text.slice(source.start, source.end));
}

/** Maximum number of paragraphs before which "researchers" or "a local farmer" introduce somebody. */
const LEAD_PARAGRAPHS = 4;

/** Maximum number of paragraphs until the name follows. */
const NAMED_WITHIN = 8;

/** "…, researchers say": the person named next, if nobody was quoted by name so far. */
function namedNext({ article, mentions, referents, past }: Story, source: Span): NamedParty | undefined {
  const at = paragraphAt(article, source.start);
  if (at >= LEAD_PARAGRAPHS) return undefined;
  if (past.slice(0, NEAR).some(({ party, decision }) => decision.certainty !== 'unclear' && party && isNamed(party)))
    return undefined;
  const from = firstFrom(mentions, source.end);
  for (const mention of mentions.slice(from, from + NEAR)) {
    if (mention.paragraph > at + NAMED_WITHIN) return undefined;
    const [named] = referents.get(mention) ?? [];
    if (named?.kind === 'person' && (named.mentions[0]?.start ?? 0) > source.start) return named;
  }
  return undefined;
}

/** "more", "160", "scientists who": the network cut off what says who they are. */
export const CUT_OFF =
  /^(?:\p{N}+|more|these|those|this|that|which|an?|the|many|others?)$|\s(?:who|which|that|he|she|it|they)$/iv;

/** "the judge", "his lawyer": a bare noun for somebody the article may name elsewhere. */
function mayBeNamed({ article, people, bodies }: Story, source: Span, description: Description): boolean {
  const { definite, head, kind } = description;
  const phrase = article.text.slice(source.start, source.end);
  if (BODY_NOUNS.has(head)) return bodies > 0;
  if (definite && NATIONALITIES.has(head)) return people > 0;
  if (head === 'police' || !(REFERS.test(phrase) || isRoleAlone(phrase, description))) return false;
  if (kind === 'document') return bodies + people > 0;
  if (kind === 'organisation') return bodies > 0;
  return people > (definite ? 0 : 1);
}

/** "the judge", "his lawyer", "both men", "the two ministers", "one of them". */
const REFERS =
  /^(?:(?:the|this|that|these|those) [\p{L}\p{N}\-]+$|(?:his|her|its|their)\b|(?:both|the (?:two|pair|couple|duo|other))\b|\p{L}+ of (?:them|us|those|whom)\b)/iv;

/** "MODERATOR", "Counsel". */
function isRoleAlone(phrase: string, { head }: Description): boolean {
  return phrase.toLowerCase() === head && isSingularPerson(head);
}

import type { Article } from '../../news/article.ts';
import { wordSet } from '../../news/lexicon/word-lists.ts';
import type { Span } from '../../news/span.ts';
import { type Item, itemsOf, takeWhile } from '../grammar/items.ts';
import { isCapital, isFunctionWord, isWord, looksFinite, OWNS, verbForms } from '../grammar/words.ts';
import { DETERMINERS, PREPOSITIONS, TIMES } from '../lexicon/grammar.ts';
import { BODY_HEADS, DOCUMENT_HEADS } from '../lexicon/organisations.ts';
import { GROUP_HEADS } from '../lexicon/people.ts';
import { NATIONALITIES, PLACES } from '../lexicon/places.ts';
import type { Mention } from './mentions.ts';
import type { SpeakerIndex } from './named-speakers.ts';
import { mayBePerson } from './names.ts';
import { type Description, lowerWords, PARTICIPLES, parseDescription, sortOf, TEAM } from './sources.ts';
import { lastOverlapping, onlyReferent, type Story, type UnnamedParty, wordCount } from './story.ts';

/** A phrase for a group, document or body that says more than what kind it is, or for people named together. */
interface Phrase {
  /** The same in all phrases for it. */
  readonly key: string;
  readonly span: Span;
  readonly description: Description;
}

/** The sort of "Lee and Cho". */
export const PAIR = 'pair';

/** Maximum distance between a leader and "and colleagues", in UTF-16 units. */
const REACH = 160;

const COLLEAGUES = '(?:[\\p{Ll}\\-]+ )?(?:team|group|colleagues|co-?workers|co-?authors|collaborators|associates)\\b';

const WITH_TEAM = new RegExp(
  `^(?:[’']s? |(?:,? (?:of|from|at|in|an?) [^.;\\n]{0,120}?)?,? (?:and|with) (?:his |her |their )?)${COLLEAGUES}`,
  'v',
);

const LED = /\b(?:team|group|researchers|scientists|authors)\b[^.;\n]{0,60}?,? led by (?:[\p{L}.]+ ){0,3}$/v;
const JOINED = /^,? and(?: the| an?)?(?= )(?<before>[\p{L}.’\- ]*),? $/v;
/** Words between "and" and a name that may say who that is. */
const MOST_BEFORE = 2;

/** The description of several people named together: the only one without a head. */
export const SEVERAL_PEOPLE: Description = {
  definite: false,
  indefinite: true,
  head: '',
  kind: 'group',
  sort: '',
  gender: undefined,
  words: [],
};

/** Returns the groups, documents and bodies that an article describes, each with all phrases for it, in text order. */
export function findCollectives({ text, paragraphs }: Article, index: SpeakerIndex): readonly UnnamedParty[] {
  const groups = groupsIn(text, index);
  const named = groups.map(({ span }) => span);
  const described = paragraphs
    .flatMap(paragraph => phrasesIn(text, itemsOf(text, paragraph)))
    .filter(({ span }) => lastOverlapping(named, span) === undefined);
  const all = [...Map.groupBy([...groups, ...described], ({ key }) => key).values()];
  return all
    .flatMap(([first, ...others]) => (first === undefined ? [] : [toCollective(text, first, others)]))
    .toSorted((one, other) => one.start - other.start);
}

function toCollective(text: string, first: Phrase, others: readonly Phrase[]): UnnamedParty {
  const mentions = [first, ...others].map(({ span }) => span);
  const isLonger = (one: Span, other: Span) => wordCount(text, one) > wordCount(text, other);
  const fullest = mentions.reduce((longest, mention) => (isLonger(mention, longest) ? mention : longest));
  return { ...first.description, start: first.span.start, mentions, fullest };
}

/** Returns the phrases for people named together: "Lee and Cho", "Lee and her colleagues", "Lee’s team". */
function groupsIn(text: string, { mentions, referents }: SpeakerIndex): readonly Phrase[] {
  const people = mentions.map(mention => {
    const only = onlyReferent(referents, mention);
    return only?.kind === 'person' ? only : undefined;
  });
  return mentions.flatMap((mention, at) => {
    const [leader, other] = people.slice(at, at + 2);
    const next = mentions[at + 1];
    const before = mentions[at - 1];
    // The second of "Lee, Cho and Ruiz"
    if (leader === undefined || (before && text.slice(before.end, mention.start) === ', ')) return [];
    if (opensRole(text, mention, mentions.slice(at + 1, at + 3))) return [];
    const isPair = next !== undefined && other !== undefined && joinsNames(text.slice(mention.end, next.start));
    const span = isPair ? { start: mention.start, end: next.end } : teamAt(text, mention);
    const key = [leader, isPair ? other : leader].map(({ longest }) => longest.start).join(' ');
    return span === undefined ? [] : [{ key, span, description: { ...SEVERAL_PEOPLE, sort: isPair ? PAIR : TEAM } }];
  });
}

/** Whether what is between two names joins them: " and ", ", and Dr ", " and vet ", ", and the vet, ". */
export function joinsNames(between: string): boolean {
  const before = JOINED.exec(between)?.groups?.before?.trim().split(' ');
  if (before === undefined) return false;
  const ordinary = before.filter(word => /^\p{Ll}/v.test(word));
  return ordinary.length === 0 || (ordinary.length <= MOST_BEFORE && mayBePerson(ordinary.at(-1) ?? ''));
}

const IS_ONE = /^ (?:has|is|says|was)\b/v;

/** Whether a name begins the role of one of the next: "Acme and Marl Foods chairman Bo Cho says", but not "say". */
export function opensRole(text: string, mention: Span, next: readonly Mention[]): boolean {
  return next.some(
    ({ role, end }) => role && text.slice(mention.end, role.start) === ' and ' && IS_ONE.test(text.slice(end, end + 6)),
  );
}

/** "Dr Lee of the port and colleagues", "Lee’s team", "researchers led by Lee". */
function teamAt(text: string, { start, end }: Mention): Span | undefined {
  const [team] = WITH_TEAM.exec(text.slice(end, end + REACH)) ?? [];
  if (team !== undefined) return { start, end: end + team.length };
  const [before] = LED.exec(text.slice(Math.max(0, start - REACH), start)) ?? [];
  return before === undefined ? undefined : { start: start - before.length, end };
}

/** Phrases for two people: "both men", "the two ministers", "the pair". */
export const TWO = /^(?:both|the (?:two|pair|couple|duo))\b/iv;

/**
 * Returns the people named together whom "the researchers", "the two ministers" or "both men" may mean. "Researchers say" at
 * the start means those whose leader is named later.
 */
export function groupReferents(
  { article, groups }: Story,
  source: Span,
  { definite, head, kind, sort }: Description,
): readonly UnnamedParty[] {
  const phrase = article.text.slice(source.start, source.end);
  const isEarlier = ({ mentions: [first] }: UnnamedParty) => first !== undefined && first.start < source.start;
  if (TWO.test(phrase)) return groups.filter(group => group.sort === PAIR && isEarlier(group));
  const isMore = !phrase.toLowerCase().endsWith(head) || (definite && phrase.split(/\s+/v).length > 2);
  if (isMore || kind === 'person' || sort !== TEAM) return [];
  const isTeam = (group: UnnamedParty) => group.sort === TEAM;
  return groups.filter(group => (definite ? isTeam(group) || isEarlier(group) : isTeam(group) && !isEarlier(group)));
}

/** Maximum lengths of what is before and after a head, in items. */
const BEFORE_HEAD = 6;
const AFTER_HEAD = 12;
const HEADS: ReadonlySet<string> = new Set([...GROUP_HEADS, ...DOCUMENT_HEADS, ...BODY_HEADS]);
/** Words that may open a head's complement. */
const OPENS = wordSet('of at from in by for on into');

/**
 * Returns the phrases for groups, documents and bodies that say more than what kind it is: "Researchers at the Institute of
 * Marine Science", "a study published in Nature". "Researchers at Leeds" aren’t those at Leeds Hospital.
 */
function phrasesIn(text: string, items: readonly Item[]): readonly Phrase[] {
  return items.flatMap((head, at) => {
    if (!isHead(items, at)) return [];
    const from = phraseFrom(items, at);
    const after = complementOf(items, at + 1);
    const tells = after.length > 0 || items.slice(from, at).some((_, index) => isProper(items, from + index));
    const span = { start: items[from]?.start ?? head.start, end: after.at(-1)?.end ?? head.end };
    const sort = sortOf(head.lower);
    const words = lowerWords(text, span).filter(word => !isFunctionWord(word));
    const description = { ...parseDescription(text, span), sort };
    return tells ? [{ key: `${sort}: ${words.join(' ')}`, span, description }] : [];
  });
}

/** Whether an item is the head of a phrase for a group, document or body, and no part of a name. */
function isHead(items: readonly Item[], at: number): boolean {
  return HEADS.has(items[at]?.lower ?? '') && (!isCapital(items[at]) || isFirst(items, at));
}

function isFirst(items: readonly Item[], at: number): boolean {
  return at === 0 || /^[.!?:“"]$/v.test(items[at - 1]?.text ?? '');
}

/** "Australian" of "Australian researchers", "RAND" of "the RAND study"; a sentence’s first word only if it’s a nationality. */
function isProper(items: readonly Item[], at: number): boolean {
  const { lower = '' } = items[at] ?? {};
  if (NATIONALITIES.has(lower) || PLACES.has(lower)) return true;
  return isCapital(items[at]) && !isFirst(items, at);
}

/** Returns where a noun phrase starts whose head is at `at`. */
function phraseFrom(items: readonly Item[], at: number): number {
  let from = at;
  while (from > 0 && at - from < BEFORE_HEAD) {
    const item = items[from - 1];
    if (item === undefined) break;
    if (DETERMINERS.has(item.lower)) return from - 1;
    const isOwner = OWNS.test(item.text) && isWord(items[from - 2]);
    if (!isOwner && (!isWord(item) || isFunctionWord(item.lower) || (looksFinite(item.lower) && !isCapital(item))))
      break;
    from -= 1;
  }
  return OWNS.test(items[from]?.text ?? '') ? from + 1 : from;
}

/** "at the University of Leeds" after a head; empty if nothing belongs to it. */
function complementOf(items: readonly Item[], from: number): readonly Item[] {
  const opener = items[from]?.lower ?? '';
  if (!(OPENS.has(opener) || PARTICIPLES.test(opener))) return [];
  const inside = takeWhile(items.slice(from, from + AFTER_HEAD), (item, at) => goesOn(items, item, from + at));
  const last = inside.findLastIndex(({ lower }) => lower !== 'and' && !opensMore(lower));
  return inside.slice(0, last + 1);
}

/** "of", "the", "published": more of a complement comes next. */
function opensMore(lower: string): boolean {
  return PREPOSITIONS.has(lower) || DETERMINERS.has(lower) || PARTICIPLES.test(lower);
}

function goesOn(items: readonly Item[], item: Item, at: number): boolean {
  const { lower } = item;
  if (/^(?:[’']s|&)$/v.test(item.text)) return true;
  if (!isWord(item) || TIMES.has(lower) || lower === 'to') return false;
  if (isCapital(item) || opensMore(lower)) return true;
  const next = items[at + 1];
  if (lower === 'and') return isCapital(next) || (next?.lower === 'the' && isCapital(items[at + 2]));
  if (isFunctionWord(lower) || looksFinite(lower)) return false;
  const before = items[at - 1]?.lower ?? '';
  return verbForms(lower).length === 0 || DETERMINERS.has(before) || PREPOSITIONS.has(before);
}

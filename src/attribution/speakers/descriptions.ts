import type { Span } from '../../news/span.ts';
import { type Token, tokenize } from '../../words/tokens.ts';
import type { Report } from '../attribution.ts';
import { takeWhile } from '../grammar/items.ts';
import { looksFinite } from '../grammar/words.ts';
import { auxiliaries, conjunctions, determiners, openers, prepositions, subordinators } from '../lexicon/grammar.ts';
import { bodyNouns } from '../lexicon/organisations.ts';
import { groupHeads, personHeads } from '../lexicon/people.ts';
import { othering, strangerNouns, strangerOpeners } from '../lexicon/strangers.ts';
import type { Named } from './named-speakers.ts';
import { mayAgree } from './names.ts';
import { type Description, readDescription } from './sources.ts';
import { type Decision, NEAR, type Party, type Story, type Unnamed } from './story.ts';

/** Number of mentions searched for somebody's roles. */
const FEW = 8;
const CHANGES_WHO = new Set(['former', 'ex-', 'acting', 'new', 'next', 'previous', 'deputy', 'vice', 'other', 'late']);

/** Returns the named speakers to whom "the minister", "the transport secretary" or "the agency" may refer. */
export function namedFitting(story: Story, source: Span, description: Description): readonly Named[] {
  const { head, kind } = description;
  const modifiers = description.words.filter(word => word !== head && /^\p{L}/v.test(word));
  const isEarlier = (named: Named) => (named.mentions[0]?.start ?? source.start) < source.start;
  if (kind === 'organisation') {
    const isCalled = ({ longest: { words } }: Named) => modifiers.every(word => words.includes(word));
    const byWord = (story.byOrganisationWord.get(head) ?? []).filter(isEarlier).filter(isCalled);
    if (byWord.length > 0) return byWord;
    return modifiers.length > 0 ? [] : ofKind(story, head).filter(isEarlier);
  }
  const holders = (story.byRole.get(head) ?? []).filter(({ gender }) => mayAgree(gender, description.gender));
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

function ofKind(story: Story, head: string): readonly Named[] {
  const words = [...(bodyNouns.get(head) ?? [])];
  return [...new Set(words.flatMap(word => story.byOrganisationWord.get(word) ?? []))];
}

function roleHas(story: Story, named: Named, word: string): boolean {
  return named.mentions
    .slice(0, FEW)
    .some(
      ({ role }) =>
        role !== undefined && tokenize(story.article.text, role).some(token => token.text.toLowerCase() === word),
    );
}

/** Returns the unnamed speakers to whom "the official" may refer; "the US official" isn't "a Chinese official". */
export function unnamedFitting(
  byHead: ReadonlyMap<string, readonly Unnamed[]>,
  source: Span,
  { head, kind, words }: Description,
): readonly Unnamed[] {
  const fits = ({ description: other, mentions: [first] }: Unnamed) =>
    other.kind === kind &&
    (other.words.length === 1 || words.every(word => other.words.includes(word))) &&
    (first === undefined || first.end <= source.start);
  return (byHead.get(head) ?? []).slice(-NEAR).filter(fits);
}

const INTRODUCES = /\b(?:[Aa]n?|[Aa]nother|[Oo]ne|(?:[Tt]he )?\p{Ll}+[’']s)(?: [\p{L}\-]+){1,5}/gv;

/** Before a name: "a diplomat, Ann Lee". */
const NAMED_NEXT = /^,?(?: (?:named|called))? \p{Lu}/v;

/** Returns people and things that an article mentions without a name, by head: "a diplomat", "a new report". */
export function findUnnamed(text: string): ReadonlyMap<string, readonly Unnamed[]> {
  const found = [...text.matchAll(INTRODUCES)].flatMap(({ 0: phrase, index }): readonly Unnamed[] => {
    const [first = '', ...words] = phrase.split(' ');
    const noun = [first, ...takeWhile(words, word => isPartOfNoun(word.toLowerCase()))].join(' ');
    const end = index + noun.length;
    const span = { start: index, end };
    const description = readDescription(text, span);
    if (NAMED_NEXT.test(text.slice(end, end + 9))) return [];
    return [{ kind: description.kind, description, gender: description.gender, mentions: [span], isOpen: false }];
  });
  return Map.groupBy(found, ({ description }) => description.head);
}

function isPartOfNoun(word: string): boolean {
  const isOther = determiners.has(word) || prepositions.has(word) || subordinators.has(word) || conjunctions.has(word);
  return !(isOther || isVerb(word));
}

/** "A." in a transcript: the only person the article names before the first question. "Q." is nobody who is named. */
export function answerer(story: Story, report: Report): Decision | undefined {
  const { source } = report;
  if (source === undefined || !/\btranscript\b/v.test(report.rule)) return undefined;
  const label = story.article.text.slice(source.start, source.end);
  if (/^(?:Q|Question)$/v.test(label)) return { candidate: undefined, certainty: 'unclear', rule: 'whoever asks' };
  if (!/^(?:A|Answer)$/v.test(label)) return undefined;
  const until = story.firstTurn ?? source.start;
  const named = new Set<Party>();
  for (const mention of story.mentions.slice(0, NEAR)) {
    if (mention.start >= until) break;
    for (const bearer of story.meant.get(mention) ?? []) if (bearer.kind === 'person') named.add(bearer);
  }
  const [only] = named;
  return named.size === 1
    ? { candidate: only, certainty: 'inferred', rule: 'the one who is asked' }
    : { candidate: only, certainty: 'unclear', rule: 'one of those who may be asked' };
}

/** An unnamed person who is the subject of a sentence, and may be the "he" of the next. */
export interface Stranger extends Span {
  /** Distinguished from an earlier one: "another shopkeeper". */
  readonly isOther: boolean;
  /** The party they have been resolved to so far. */
  readonly party: Party | undefined;
}

/** Maximum number of words before the head of a subject. */
const LONGEST = 6;
/** How far into a sentence its subject may start, after "At the quay,", in UTF-16 units. */
const LEAD = 60;
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
  const isOther = othering.has(first) || othering.has(second);
  if (!(strangerOpeners.has(first) || (first === 'the' && othering.has(second)))) return undefined;
  const head = headFrom(words, from, isOther);
  const [start, end] = [tokens[from]?.start, tokens[head ?? -1]?.end];
  if (head === undefined || start === undefined || end === undefined) return undefined;
  return { start, end, isOther, party: undefined };
}

/** Past "But" and "At the quay,". */
function subjectFrom({ tokens, lower }: Words): number {
  let from = 0;
  while (OPEN_MARK.test(lower[from] ?? '') || openers.has(lower[from] ?? '') || lower[from] === ',') {
    if (othering.has(lower[from] ?? '')) break;
    from += 1;
  }
  if (!(prepositions.has(lower[from] ?? '') || subordinators.has(lower[from] ?? ''))) return from;
  const comma = lower.indexOf(',', from);
  const lead = (tokens[comma]?.start ?? Number.POSITIVE_INFINITY) - (tokens[from]?.start ?? 0);
  return lead <= LEAD ? comma + 1 : from;
}

/** Index of the noun for a person that ends the phrase, or of "another" or "one" used alone. */
function headFrom({ lower }: Words, from: number, isOther: boolean): number | undefined {
  const bare = from + (othering.has(lower[from + 1] ?? '') ? 1 : 0);
  const mayBeBare = isOther || lower[from] === 'one';
  if (mayBeBare && lower[bare + 1] === 'of') return ofSeveral(lower, bare + 2) ? bare : undefined;
  if (mayBeBare && isVerb(lower[bare + 1] ?? '')) return bare;
  for (let at = from + 1; at <= from + LONGEST; at += 1) {
    const word = lower[at] ?? '';
    if (!/^[\p{L}\-]+$/v.test(word) || isVerb(word) || prepositions.has(word) || conjunctions.has(word))
      return undefined;
    if ((isPersonNoun(word) || LIKE_PERSON.test(word)) && endsPhrase(lower[at + 1])) return at;
  }
  return undefined;
}

/** "of the dockers", "of his colleagues". */
function ofSeveral(lower: readonly string[], from: number): boolean {
  return lower
    .slice(from, from + 3)
    .some(
      word =>
        (groupHeads.has(word) && !determiners.has(word)) || (word.endsWith('s') && isPersonNoun(word.slice(0, -1))),
    );
}

/** "docker", "witness". */
export function isPersonNoun(word: string): boolean {
  return personHeads.has(word) || strangerNouns.has(word);
}

function isVerb(word: string): boolean {
  return looksFinite(word) || auxiliaries.has(word);
}

/** What may follow a subject: a verb, "in the hall", "who"; not "’s" or another noun. */
function endsPhrase(next: string | undefined): boolean {
  if (next === undefined || isVerb(next) || prepositions.has(next) || subordinators.has(next)) return true;
  if (/^[,.;:\u2014\u2013\(\)]/v.test(next) || next === 'and' || next === 'but') return true;
  return /(?:[^s]s|ly|ing)$/v.test(next) && /^\p{L}/v.test(next);
}

import type { Article, Paragraph } from '../../news/article.ts';
import { contains, overlaps, type Span, slice } from '../../news/span.ts';
import type { Certainty, Report, WeighedReport } from '../attribution.ts';
import type { Mention } from './mentions.ts';
import type { NamedParty, SpeakerIndex } from './named-speakers.ts';
import { isRoleWord } from './names.ts';
import { ageBeside, rolesBeside } from './roles.ts';
import { type Description, lowerWords } from './sources.ts';

/** A speaker the article quotes without a name. */
export interface UnnamedParty extends Description {
  /** Where the first phrase for them starts. */
  readonly start: number;
  /** In text order. */
  readonly mentions: Span[];
  /** The fullest of the phrases that are surely for them. Those that may mean them, which are added later, don't name them. */
  fullest: Span;
}

export type Party = NamedParty | UnnamedParty;

/** A resolved source, and the rule that resolved it. */
export interface Decision {
  /** Also set if the source is unclear but this party is likely. */
  readonly candidate: Party | undefined;
  readonly certainty: Certainty;
  readonly rule: string;
}

/** A report, and whom it is from. */
interface Said extends Decision {
  readonly report: WeighedReport;
}

/** Everything read so far: sources are resolved in text order. */
export interface Story extends SpeakerIndex {
  readonly article: Article;
  /** Of all paragraphs. */
  readonly sentences: readonly Span[];
  /** Number of people named anywhere in the article. */
  readonly people: number;
  /** Number of names that may be organisations’. */
  readonly bodies: number;
  /** The words that say what somebody is, such as "minister". */
  readonly roles: ReadonlyMap<Party, readonly string[]>;
  /** By a word of their role. */
  readonly byRole: ReadonlyMap<string, readonly NamedParty[]>;
  /** By their age, in digits. */
  readonly byAge: ReadonlyMap<string, readonly NamedParty[]>;
  readonly byOrganisationWord: ReadonlyMap<string, readonly NamedParty[]>;
  /** Everybody without a name, by head, in text order: whom the article introduces, quotes or, for a pointer, means. */
  readonly unnamed: Map<string, UnnamedParty[]>;
  /** Everybody who is the likely speaker of a report so far. */
  readonly spoken: Set<Party>;
  /** Groups, documents and bodies that are described in more than a word or two, and people named together. In text order. */
  readonly collectives: readonly UnnamedParty[];
  readonly bySort: ReadonlyMap<string, readonly UnnamedParty[]>;
  /** Those that are people named together. */
  readonly groups: readonly UnnamedParty[];
  /** By where a phrase for it starts or ends. */
  readonly collectiveAt: ReadonlyMap<number, UnnamedParty>;
  /** Reports so far with whom they are from, but those within reports and pull quotes. */
  readonly past: Said[];
  /** Sources so far with whom they likely mean, those within reports included. */
  readonly sources: { readonly source: Span; readonly party: Party }[];
  readonly decisions: Map<Report, Decision>;
  /** Whose words a report is within, so far. */
  readonly tellers: Map<Report, Decision>;
}

/** How many entries of a list are searched, so that time stays linear. Set by hand. */
export const NEAR = 40;

/** Returns a decision that follows from another one and is at most inferred. */
export function inferred(decision: Decision, rule: string): Decision {
  return { ...decision, certainty: decision.certainty === 'unclear' ? 'unclear' : 'inferred', rule };
}

/** Returns the decision that it's unclear who is meant, or whether it's this candidate. */
export function unclear(rule: string, candidate?: Party): Decision {
  return { candidate, certainty: 'unclear', rule };
}

/** Returns the collective of a sort that a phrase describes, if any. */
export function collectiveIn({ collectiveAt }: Story, { start }: Span, sort: string): UnnamedParty | undefined {
  const found = collectiveAt.get(start);
  return found?.sort === sort || sort === '' ? found : undefined;
}

/** Returns the speaker that a phrase without a name introduces, to whom "the official" may refer from now on. */
export function addUnnamed(story: Story, phrase: Span, description: Description): UnnamedParty {
  const known = collectiveIn(story, phrase, description.sort);
  if (known !== undefined) return known;
  const same = story.unnamed.get(description.head) ?? [];
  const at = firstFrom(same, phrase.start);
  const introduced = same[at];
  if (introduced?.start !== phrase.start) {
    const added = toUnnamed(description, phrase);
    story.unnamed.set(description.head, same.toSpliced(at, 0, added));
    return added;
  }
  if (phrase.end > introduced.fullest.end) {
    introduced.mentions[0] = phrase;
    introduced.fullest = phrase;
  }
  return introduced;
}

export function toUnnamed(description: Description, phrase: Span): UnnamedParty {
  return { ...description, start: phrase.start, mentions: [phrase], fullest: phrase };
}

/** Returns the last ones without a name whom phrases of some head introduce before a position. */
export function unnamedBefore({ unnamed }: Story, head: string, position: number): readonly UnnamedParty[] {
  const same = unnamed.get(head) ?? [];
  const to = firstFrom(same, position);
  return same.slice(Math.max(0, to - NEAR), to);
}

/** Adds a phrase that means an unnamed party. */
export function addMention({ mentions }: UnnamedParty, phrase: Span): void {
  if (!mentions.some(mention => overlaps(mention, phrase)))
    mentions.splice(firstFrom(mentions, phrase.start), 0, phrase);
}

/** Returns the fullest words that an article surely has for a party. */
export function fullestOf(party: Party): Span {
  const { start, end } = isNamed(party) ? party.longest : party.fullest;
  return { start, end };
}

export function wordCount(text: string, span: Span): number {
  return slice(text, span).split(/\s+/v).length;
}

export function isNamed(party: Party): party is NamedParty {
  return 'longest' in party;
}

export function indexBy(
  all: readonly NamedParty[],
  wordsOf: (named: NamedParty) => readonly string[],
): ReadonlyMap<string, readonly NamedParty[]> {
  const index = new Map<string, NamedParty[]>();
  for (const named of all) {
    for (const word of new Set(wordsOf(named))) index.set(word, [...(index.get(word) ?? []).slice(0, NEAR), named]);
  }
  return index;
}

/** "The chair" may be any of them. */
export const CHAIRS: ReadonlySet<string> = new Set(['chair', 'chairman', 'chairwoman']);

/** Returns the words of each role at somebody’s first mentions: "acting", "transport" and "secretary". */
export function rolesOf(text: string, { mentions }: NamedParty): readonly (readonly string[])[] {
  return mentions.slice(0, NEAR).flatMap(({ role }) => (role === undefined ? [] : [lowerWords(text, role)]));
}

export function roleWords(text: string, named: NamedParty): readonly string[] {
  const beside = named.mentions.slice(0, NEAR).flatMap(mention => rolesBeside(text, mention));
  const found = [...rolesOf(text, named).flat(), ...beside].filter(isRoleWord);
  return found.some(word => CHAIRS.has(word)) ? [...found, 'chair'] : found;
}

/** Returns the ages, in digits, at somebody’s first mentions. */
export function agesOf(text: string, { mentions }: NamedParty): readonly string[] {
  return mentions.slice(0, NEAR).flatMap(mention => ageBeside(text, mention) ?? []);
}

/** Returns the names in a source, including one of which it has only the last word: "Lee" of "Ann Lee". */
export function mentionsIn(mentions: readonly Mention[], source: Span): readonly Mention[] {
  const from = firstFrom(mentions, source.start);
  const isCut = ({ end, words }: Mention) => source.end === end && source.end - source.start === words.at(-1)?.length;
  return mentions
    .slice(Math.max(0, from - 1), from + NEAR)
    .filter(mention => contains(source, mention) || isCut(mention));
}

/** Returns whom a mention refers to, if it can't be anybody else. */
export function onlyReferent(referents: SpeakerIndex['referents'], mention: Mention): NamedParty | undefined {
  const [only, another] = referents.get(mention) ?? [];
  return another === undefined ? only : undefined;
}

/** Index of the first mention at or after a position. Mentions are in order. */
export function firstFrom(mentions: readonly Pick<Span, 'start'>[], start: number): number {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mentions[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the last mention that starts before a position. Mentions are in order. */
export function lastBefore<Place extends Pick<Span, 'start'>>(
  mentions: readonly Place[],
  position: number,
): Place | undefined {
  return mentions[firstFrom(mentions, position) - 1];
}

/** Returns the last mention that overlaps a span. Mentions are in order and don't overlap. */
export function lastOverlapping<Place extends Span>(mentions: readonly Place[], span: Span): Place | undefined {
  const last = lastBefore(mentions, span.end);
  return last !== undefined && overlaps(last, span) ? last : undefined;
}

/** Returns the parties, first those named last before a position. */
export function byLastNamed(parties: readonly Party[], before: number): readonly Party[] {
  const last = ({ mentions }: Party) => lastBefore<Span>(mentions, before)?.start ?? -1;
  return parties.toSorted((one, other) => last(other) - last(one));
}

/** Whether a span overlaps an article's words for a party. */
export function isMentionOf(span: Span, { mentions }: Party): boolean {
  return lastOverlapping<Span>(mentions, span) !== undefined;
}

/** Index of the paragraph at a position. */
export function paragraphAt({ paragraphs }: Pick<Article, 'paragraphs'>, at: number): number {
  return Math.max(0, firstFrom(paragraphs, at + 1) - 1);
}

/** Start of a report: its content or source, whichever comes first. */
export function startOf({ content: [first], source }: Report): number {
  return Math.min(first.start, source?.start ?? first.start);
}

const ASKS = /\bask(?:s|ed|ing)?\b/iv;

/** Returns whoever asked a question in the previous paragraph, since they aren't the one who answers. */
export function askerBefore({ article, past }: Story, report: Report): Party | undefined {
  const { report: previous, candidate } = past.at(-1) ?? {};
  if (previous?.cue === undefined || !ASKS.test(slice(article.text, previous.cue))) return undefined;
  const isBefore = paragraphAt(article, previous.cue.start) + 1 === paragraphAt(article, startOf(report));
  return isBefore ? candidate : undefined;
}

/** Returns the paragraphs that overlap a span. */
export function paragraphsIn(article: Pick<Article, 'paragraphs'>, span: Span): readonly Paragraph[] {
  const to = firstFrom(article.paragraphs, span.end);
  return article.paragraphs.slice(paragraphAt(article, span.start), to).filter(paragraph => overlaps(paragraph, span));
}

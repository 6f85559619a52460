import type { Article } from '../news/article.ts';
import { contains, type Span } from '../news/span.ts';
import { tokenize } from '../news/tokens.ts';
import type { Certainty, Report } from './attribution.ts';
import type { Gender, Mention } from './mentions.ts';
import { isRoleWord } from './mentions.ts';
import type { Named, NamedSpeakers } from './named-speakers.ts';
import { resolvePronoun } from './pronouns.ts';
import { type Description, readSource } from './sources.ts';

/** Somebody whom the article quotes without a name. */
export interface Unnamed {
  readonly kind: Description['kind'];
  readonly description: Description;
  readonly gender: Gender | undefined;
  readonly mentions: Span[];
}

export type Party = Named | Unnamed;

/** Whom a source means, and by which rule. */
export interface Decision {
  /** Present as well where it is unclear but likely. */
  readonly candidate: Party | undefined;
  readonly certainty: Certainty;
  readonly rule: string;
}

/** What has been read so far: reports are decided in the text's order. */
export interface Story {
  readonly article: Article;
  readonly meant: NamedSpeakers['meant'];
  readonly mentions: readonly Mention[];
  /** By a word of their role: "minister". */
  readonly byRole: ReadonlyMap<string, readonly Named[]>;
  readonly byOrganisationWord: ReadonlyMap<string, readonly Named[]>;
  readonly byHead: Map<string, Unnamed[]>;
  readonly past: { readonly report: Report; readonly party: Party | undefined }[];
}

const NEAR = 40;
const AND = /\band\b/v;

/** Decides whom each report's source means, by the ladder: name, pronoun, description, no source. */
export function resolveSources(
  article: Article,
  reports: readonly Report[],
  named: NamedSpeakers & { readonly mentions: readonly Mention[] },
): readonly Decision[] {
  const story: Story = {
    article,
    meant: named.meant,
    mentions: named.mentions,
    byRole: indexBy(named.all, one => roleWords(article.text, one)),
    byOrganisationWord: indexBy(named.all, one => (one.kind === 'organisation' ? one.longest.words : [])),
    byHead: new Map(),
    past: [],
  };
  return reports.map(report => {
    const decision = decide(story, report);
    story.past.push({ report, party: decision.candidate });
    return decision;
  });
}

export function isNamed(party: Party): party is Named {
  return 'longest' in party;
}

function indexBy(
  all: readonly Named[],
  wordsOf: (named: Named) => readonly string[],
): ReadonlyMap<string, readonly Named[]> {
  const index = new Map<string, Named[]>();
  for (const named of all) {
    for (const word of new Set(wordsOf(named))) index.set(word, [...(index.get(word) ?? []).slice(0, NEAR), named]);
  }
  return index;
}

function roleWords(text: string, named: Named): readonly string[] {
  const roles = new Set(
    named.mentions.slice(0, NEAR).flatMap(mention => (mention.role === undefined ? [] : [mention.role])),
  );
  return [...roles].flatMap(role => tokenize(text, role).map(token => token.text.toLowerCase())).filter(isRoleWord);
}

function decide(story: Story, report: Report): Decision {
  const { source } = report;
  if (source === undefined) return withoutSource(story, report);
  const within = mentionsIn(story.mentions, source);
  const form = readSource(story.article.text, source, within);
  if (form.form === 'pronoun') return resolvePronoun(story, report, form.pronoun);
  if (form.form === 'name') {
    const several = namesSeveral(story, form.mention, within);
    return several ? unnamed(story, source, { ...several }, 'several names') : resolveName(story, form.mention);
  }
  return resolveDescription(story, source, form.description);
}

function mentionsIn(mentions: readonly Mention[], source: Span): readonly Mention[] {
  const from = firstFrom(mentions, source.start);
  const found: Mention[] = [];
  for (let at = from; at < mentions.length && found.length < NEAR; at += 1) {
    const mention = mentions[at];
    if (mention === undefined || !contains(source, mention)) break;
    found.push(mention);
  }
  return found;
}

/** The index of the first mention at or after a place: mentions are in order. */
export function firstFrom(mentions: readonly Span[], start: number): number {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mentions[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** "Lee and Cho": several at once are a group of their own. */
function namesSeveral(story: Story, first: Mention, within: readonly Mention[]): Description | undefined {
  const next = within[within.indexOf(first) + 1];
  if (next === undefined || next.kind === 'place') return undefined;
  const between = story.article.text.slice(first.end, next.start);
  if (between.length > 8 || !AND.test(between)) return undefined;
  return { definite: false, head: '', nations: [], kind: 'group', gender: undefined, words: [] };
}

function resolveName(story: Story, mention: Mention): Decision {
  const bearers = story.meant.get(mention) ?? [];
  const [only] = bearers;
  if (bearers.length === 1) return { candidate: only, certainty: 'stated', rule: 'name' };
  const earlier = bearers.filter(named => (named.mentions[0]?.start ?? Number.POSITIVE_INFINITY) < mention.start);
  const [first] = earlier;
  if (earlier.length === 1) return { candidate: first, certainty: 'inferred', rule: 'name that one bore before' };
  return { candidate: nearest(earlier, mention.start), certainty: 'unclear', rule: 'name that several bear' };
}

function resolveDescription(story: Story, source: Span, description: Description): Decision {
  if (!description.definite) return unnamed(story, source, description, 'description');
  const fitting = [...namedFitting(story, source, description), ...unnamedFitting(story, description)];
  const [only] = fitting;
  if (only === undefined) return unnamed(story, source, description, 'description');
  if (fitting.length === 1) {
    if (!isNamed(only)) only.mentions.push(source);
    return { candidate: only, certainty: 'inferred', rule: 'refers back to the only one' };
  }
  return { candidate: nearest(fitting, source.start), certainty: 'unclear', rule: 'refers back to one of several' };
}

function namedFitting(story: Story, source: Span, description: Description): readonly Named[] {
  const { head, kind } = description;
  const index = kind === 'organisation' ? story.byOrganisationWord : story.byRole;
  return (index.get(head) ?? []).filter(named => (named.mentions[0]?.start ?? source.start) < source.start);
}

function unnamedFitting(story: Story, description: Description): readonly Unnamed[] {
  const earlier = story.byHead.get(description.head) ?? [];
  return earlier
    .slice(-NEAR)
    .filter(
      other =>
        other.kind === description.kind &&
        description.nations.every(nation => other.description.nations.includes(nation)),
    );
}

function unnamed(story: Story, source: Span, description: Description, rule: string): Decision {
  const candidate: Unnamed = { kind: description.kind, description, gender: description.gender, mentions: [source] };
  const sameHead = story.byHead.get(description.head);
  if (sameHead === undefined) story.byHead.set(description.head, [candidate]);
  else sameHead.push(candidate);
  return { candidate, certainty: 'stated', rule };
}

/** The one named last before a place. */
function nearest(parties: readonly Party[], before: number): Party | undefined {
  const lastBefore = (party: Party) => {
    const at = firstFrom(party.mentions, before) - 1;
    return party.mentions[at]?.start ?? -1;
  };
  return parties.toSorted((one, other) => lastBefore(other) - lastBefore(one))[0];
}

/** A quotation that nobody is named for may go on with the one right before it. */
function withoutSource(story: Story, report: Report): Decision {
  const previous = story.past.at(-1);
  const follows =
    previous !== undefined &&
    previous.report.type === 'direct' &&
    report.cue === undefined &&
    sameOrNext(story, previous.report, report);
  return {
    candidate: follows ? previous.party : undefined,
    certainty: 'unclear',
    rule: follows ? 'follows a quotation' : 'nobody named',
  };
}

function sameOrNext(story: Story, one: Report, other: Report): boolean {
  return paragraphAt(story.article, other.content[0].start) - paragraphAt(story.article, one.content[0].start) <= 1;
}

/** The index of the paragraph that holds a place. */
export function paragraphAt(article: Article, at: number): number {
  const next = firstFrom(article.paragraphs, at + 1);
  return Math.max(0, next - 1);
}

import type { Span } from '../news/span.ts';
import { tokenize } from '../news/tokens.ts';
import type { Report } from './attribution.ts';
import type { Named } from './named-speakers.ts';
import type { Description } from './sources.ts';
import { type Decision, NEAR, type Party, type Story, type Unnamed } from './story.ts';

/** Whom a description of one word may mean, by a word of the organisation's name. */
const KINDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    agency: 'agency authority administration bureau service commission department office',
    company:
      'corporation corp company co inc ltd llc plc group holdings industries systems technologies foods freight energy pharmaceuticals oil gas electric motors motor mills brands stores pictures studios software logistics shipping airlines airways',
    firm: 'corporation corp company co inc ltd llc plc group partners holdings industries systems technologies',
    group: 'association union league society foundation federation alliance coalition network council institute',
    organisation: 'association union league society foundation federation alliance coalition network council institute',
    organization: 'association union league society foundation federation alliance coalition network council institute',
    newspaper: 'times post journal herald tribune telegraph guardian gazette chronicle observer news',
    regulator: 'authority agency administration commission',
  }).map(([head, words]) => [head, new Set(words.split(' '))]),
);

/** So many mentions of somebody tell what they are. */
const FEW = 8;

const CHANGES_WHO = new Set(['former', 'ex-', 'acting', 'new', 'next', 'previous', 'deputy', 'vice', 'other', 'late']);

/** Those named for whom "the minister", "the transport secretary", "the agency" may stand. */
export function namedFitting(story: Story, source: Span, description: Description): readonly Named[] {
  const { head, kind } = description;
  const modifiers = description.words.filter(word => word !== head && /^\p{L}/v.test(word));
  const isEarlier = (named: Named) => (named.mentions[0]?.start ?? source.start) < source.start;
  if (kind === 'organisation') {
    const byWord = (story.byOrganisationWord.get(head) ?? []).filter(isEarlier);
    if (byWord.length > 0) return byWord;
    return modifiers.length > 0 ? [] : ofKind(story, head).filter(isEarlier);
  }
  const holders = (story.byRole.get(head) ?? []).filter(
    named => description.gender === undefined || (named.gender ?? description.gender) === description.gender,
  );
  const exact = holders.filter(named => modifiers.every(word => roleHas(story, named, word)));
  const changes = modifiers.some(word => CHANGES_WHO.has(word));
  const earlier = holders.filter(isEarlier);
  if (changes && exact.length === 0 && modifiers[0] === 'former')
    return (story.byRole.get('predecessor') ?? []).filter(isEarlier);
  if (changes) return exact;
  // Who comes first as "the transport secretary" and is named below.
  if (earlier.length === 0) return modifiers.length > 0 ? exact : [];
  const exactEarlier = exact.filter(isEarlier);
  return modifiers.length > 0 && exactEarlier.length === 1 ? exactEarlier : earlier;
}

function ofKind(story: Story, head: string): readonly Named[] {
  const words = [...(KINDS.get(head) ?? [])];
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

/** Those quoted without a name for whom "the official" may stand. */
export function unnamedFitting(story: Story, description: Description): readonly Unnamed[] {
  const earlier = story.byHead.get(description.head) ?? [];
  return earlier
    .slice(-NEAR)
    .filter(
      other =>
        other.kind === description.kind &&
        description.nations.every(nation => other.description.nations.includes(nation)),
    );
}

/** "A." in a transcript: the one person whom the article names before the first question. */
export function answerer(story: Story, report: Report): Decision | undefined {
  const { source } = report;
  if (source === undefined || !/\btranscript\b/v.test(report.rule)) return undefined;
  if (!/^(?:A|Answer)[.:]?$/v.test(story.article.text.slice(source.start, source.end))) return undefined;
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

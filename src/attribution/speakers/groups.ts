import { wordSet } from '../../news/lexicon/word-lists.ts';
import type { Span } from '../../news/span.ts';
import type { Mention } from './mentions.ts';
import type { NamedParty, SpeakerIndex } from './named-speakers.ts';
import { REACH, teamAfter } from './roles.ts';
import type { Description } from './sources.ts';
import { NEAR, type Story, type UnnamedParty } from './story.ts';

/** People whom the article names together: "Lee and Cho", "Lee and her colleagues", "Lee’s team". */
export interface Group extends UnnamedParty {
  readonly isTeam: boolean;
}

const LED = /\b(?:team|group|researchers|scientists|authors)\b[^.;\n]{0,60}?,? led by (?:[\p{L}.]+ ){0,3}$/v;
const JOINED = /^,? and (?:\p{Lu}[\p{L}.]* )*$/v;

/** Heads that may refer to a team. */
const TEAMS = wordSet(`
  researchers scientists authors investigators academics team astronomers physicists biologists psychologists chemists
  economists geologists ecologists
`);

/** Phrases for two people: "both men", "the two ministers", "the pair". */
const TWO = /^(?:both|the (?:two|pair|couple|duo))\b/iv;

/** The description of several people named together. */
export const SEVERAL_PEOPLE: Description = {
  definite: false,
  indefinite: true,
  head: '',
  kind: 'group',
  gender: undefined,
  words: [],
};

/** Returns the groups an article names, each with all words that name it. */
export function findGroups(
  text: string,
  mentions: readonly Mention[],
  referents: SpeakerIndex['referents'],
): readonly Group[] {
  const groups = new Map<NamedParty, Map<NamedParty, Group>>();
  const personAt = (at: number) => {
    const mention = mentions[at];
    const [only, another] = mention === undefined ? [] : (referents.get(mention) ?? []);
    return only?.kind === 'person' && another === undefined ? only : undefined;
  };
  for (const [at, mention] of mentions.entries()) {
    const leader = personAt(at);
    if (leader === undefined) continue;
    const next = mentions[at + 1];
    const other = personAt(at + 1);
    const isPair = next !== undefined && other !== undefined && JOINED.test(text.slice(mention.end, next.start));
    const span = isPair ? { start: mention.start, end: next.end } : teamAt(text, mention);
    if (span === undefined || isListed(text, mentions[at - 1], mention)) continue;
    const second = isPair ? other : leader;
    const led = groups.get(leader) ?? new Map<NamedParty, Group>();
    groups.set(leader, led);
    const known = led.get(second);
    if (known === undefined)
      led.set(second, {
        kind: 'group',
        description: SEVERAL_PEOPLE,
        gender: undefined,
        mentions: [span],
        isOpen: false,
        isTeam: !isPair,
      });
    else known.mentions.push(span);
  }
  // One of several is unclear, however many there are.
  return [...groups.values()].flatMap(led => [...led.values()]).slice(0, NEAR);
}

/** "Dr Lee of the port and colleagues", "Lee’s team", "researchers led by Lee". */
function teamAt(text: string, { start, end }: Mention): Span | undefined {
  const team = teamAfter(text, end);
  if (team > 0) return { start, end: end + team };
  const [before] = LED.exec(text.slice(Math.max(0, start - REACH), start)) ?? [];
  return before === undefined ? undefined : { start: start - before.length, end };
}

/** The second of "Lee, Cho and Ruiz". */
function isListed(text: string, before: Mention | undefined, mention: Mention): boolean {
  return before !== undefined && text.slice(before.end, mention.start) === ', ';
}

/**
 * Returns the groups that "the researchers", "the two ministers" or "both men" may mean. "Researchers say" at the start
 * means those whose leader is named later.
 */
export function groupReferents(
  { article, groups }: Story,
  source: Span,
  { definite, head }: Description,
): readonly Group[] {
  const phrase = article.text.slice(source.start, source.end);
  const isEarlier = ({ mentions: [first] }: Group) => first !== undefined && first.start < source.start;
  if (TWO.test(phrase)) return groups.filter(group => !group.isTeam && isEarlier(group));
  if (!TEAMS.has(head) || !phrase.toLowerCase().endsWith(head) || (definite && phrase.split(/\s+/v).length > 2))
    return [];
  return groups.filter(group => (definite ? group.isTeam || isEarlier(group) : group.isTeam && !isEarlier(group)));
}

import { type Span, slice, unite } from '../news/span.ts';
import type { Speaker } from './attribution.ts';
import { aliasesOf, type Named } from './named-speakers.ts';
import { type Decision, isNamed, type Party } from './story.ts';

const NOT_LETTERS = /[^\p{L}\p{N}]+/gv;

const LONGEST_ID = 40;

/** Everyone named or quoted, in the order of first mention, and the speaker that each party became. */
export function toSpeakers(
  text: string,
  named: readonly Named[],
  decisions: readonly Decision[],
): { readonly speakers: readonly Speaker[]; readonly speakerOf: ReadonlyMap<Party, Speaker> } {
  const quoted = decisions.flatMap(decision => (decision.candidate === undefined ? [] : [decision.candidate]));
  const parties = [...new Set<Party>([...named, ...quoted])].filter(party => party.mentions.length > 0);
  parties.sort((one, other) => (one.mentions[0]?.start ?? 0) - (other.mentions[0]?.start ?? 0));
  const taken = new Map<string, number>();
  const speakerOf = new Map<Party, Speaker>();
  for (const party of parties) speakerOf.set(party, toSpeaker(text, party, taken));
  return { speakers: [...speakerOf.values()], speakerOf };
}

function toSpeaker(text: string, party: Party, taken: Map<string, number>): Speaker {
  if (!isNamed(party)) {
    // One phrase may be the source of several reports.
    const mentions = unite(party.mentions);
    const name = mentions[0] ?? { start: 0, end: 0 };
    return {
      id: identify(slice(text, name), taken),
      name,
      kind: party.kind,
      named: false,
      role: undefined,
      aliases: [],
      mentions,
    };
  }
  const mentions = party.mentions.map(({ start, end }): Span => ({ start, end }));
  const name = { start: party.longest.start, end: party.longest.end };
  const id = identify(slice(text, name), taken);
  return { id, name, kind: party.kind, named: true, role: party.role, aliases: aliasesOf(text, party), mentions };
}

/** "jake-sullivan"; the second of the same words is "jake-sullivan-2". */
function identify(name: string, taken: Map<string, number>): string {
  const words = name.slice(0, LONGEST_ID).toLowerCase().replaceAll(NOT_LETTERS, '-').replaceAll(/^-|-$/gv, '');
  const count = (taken.get(words) ?? 0) + 1;
  taken.set(words, count);
  return count === 1 && words !== '' ? words : `${words}-${count}`;
}

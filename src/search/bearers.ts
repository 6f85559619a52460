import type { LibraryIndex, SpeakerRow, Where } from '../library/store/library-index.ts';
import { findForms } from './names.ts';
import type { Closeness } from './passage.ts';

/** Somebody in one article who goes by a name. */
interface Meant {
  readonly row: SpeakerRow;
  readonly closeness: Closeness;
  readonly score: number;
}

/** One person, in one article or in many. */
export interface Bearers {
  readonly first: Meant;
  /** All rows that were found; there may be more of the same person in the library. */
  readonly rows: readonly SpeakerRow[];
  readonly keys: readonly string[];
}

/** Where somebody's whole name was typed, whoever is alike by less than this is no longer meant. */
const wholeName = 0.92;
const likeWhole = 0.8;
const mostBearers = 400;

/** Everybody whom a name may mean, the best first; of equals, whoever says more. */
export async function findBearers(name: string, index: LibraryIndex, where: Where, open: boolean): Promise<Bearers[]> {
  const forms = await findForms(name, index, open);
  if (forms.size === 0) return [];
  const best = new Map<number, Meant>();
  for (const { form, weight, ...row } of await index.bearers([...forms.keys()], where, mostBearers)) {
    const found = forms.get(form);
    if (found === undefined || found.score * weight <= (best.get(row.number)?.score ?? 0)) continue;
    best.set(row.number, { row, closeness: found.closeness, score: found.score * weight });
  }
  return merge(withoutOvershadowed([...best.values()]));
}

/** Everybody whose words count where only somebody's words do: people by their keys, and those whom nobody is the same as. */
export interface WhoIsMeant {
  readonly keys: readonly string[];
  readonly alone: readonly SpeakerRow[];
}

/** `undefined`: nobody goes by the name. */
export async function whoIsMeant(name: string, index: LibraryIndex, where: Where): Promise<WhoIsMeant | undefined> {
  const bearers = await findBearers(name, index, where, false);
  const meant = bearers.filter(({ first }) => first.closeness === 'match');
  if (meant.length === 0) return undefined;
  const keys = [...new Set(meant.flatMap(each => each.keys))];
  return { keys, alone: meant.flatMap(({ rows }) => rows).filter(row => row.keys.length === 0) };
}

function withoutOvershadowed(found: readonly Meant[]): Meant[] {
  const best = Math.max(0, ...found.map(({ score }) => score));
  return found
    .map(each => {
      const overshadowed = best >= wholeName && each.score < likeWhole;
      return overshadowed ? { ...each, closeness: 'near' as const } : each;
    })
    .sort((one, other) => other.score - one.score || other.row.said - one.row.said);
}

/** One person wherever keys agree; never by a surname or a description alone, which are nobody's key. */
function merge(found: readonly Meant[]): Bearers[] {
  const people: { first: Meant; rows: SpeakerRow[]; keys: Set<string> }[] = [];
  for (const meant of found) {
    const { keys } = meant.row;
    const same = people.filter(person => keys.some(key => person.keys.has(key)));
    const [known, ...others] = same;
    if (known === undefined) {
      people.push({ first: meant, rows: [meant.row], keys: new Set(keys) });
      continue;
    }
    known.rows.push(meant.row, ...others.flatMap(({ rows }) => rows));
    known.keys = new Set([...keys, ...same.flatMap(person => [...person.keys])]);
    for (const other of others) people.splice(people.indexOf(other), 1);
  }
  return people.map(({ first, rows, keys }) => ({ first, rows, keys: [...keys] }));
}

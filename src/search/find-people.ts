import type { AttributedArticle } from '../attribution/attribution.ts';
import { peopleOf } from '../indexing/people.ts';
import { termsOf } from '../indexing/words.ts';
import type { Library } from '../library/library.ts';
import {
  type Appearances,
  type Filter,
  type LibraryIndex,
  noFilter,
  type SpeakerFilter,
  type SpeakerRow,
} from '../library/store/library-index.ts';
import { findForms } from './names.ts';
import type { Closeness } from './passage.ts';
import type { Appearance, PersonMatch } from './people.ts';

/** Somebody in one article who goes by a name. */
interface Meant {
  readonly row: SpeakerRow;
  readonly closeness: Closeness;
  readonly score: number;
}

/** One person, in one article or in many. */
interface Bearers {
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
async function findBearers(name: string, index: LibraryIndex, filter: Filter, open: boolean): Promise<Bearers[]> {
  const forms = await findForms(name, index, open);
  if (forms.size === 0) return [];
  const best = new Map<number, Meant>();
  for (const { spelling, weight, ...row } of await index.speakersNamed([...forms.keys()], filter, mostBearers)) {
    const found = forms.get(spelling);
    if (found === undefined || found.score * weight <= (best.get(row.number)?.score ?? 0)) continue;
    best.set(row.number, { row, closeness: found.closeness, score: found.score * weight });
  }
  return merge(withoutOvershadowed([...best.values()]));
}

/** Returns everyone a name may mean, or `undefined` if nobody has it. */
export async function findSpeakers(
  name: string,
  index: LibraryIndex,
  filter: Filter,
): Promise<SpeakerFilter | undefined> {
  const bearers = await findBearers(name, index, filter, false);
  const meant = bearers.filter(({ first }) => first.closeness === 'match');
  if (meant.length === 0) return undefined;
  const keys = [...new Set(meant.flatMap(each => each.keys))];
  return { keys, rows: meant.flatMap(({ rows }) => rows).filter(row => row.keys.length === 0) };
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

const mostPeople = 25;
/** Articles that are read of the best match, of others that are meant, and of those that are only near. */
const mostRead = { best: 12, match: 4, near: 1 };
const mostSuggestions = 25;
const longestSuggestion = 100;

/** Everybody whom the name may mean, the best first; at most 25. */
export async function findPeople(library: Library, name: string, filter: Filter): Promise<PersonMatch[]> {
  const bearers = (await findBearers(name, library.index, filter, false)).slice(0, mostPeople);
  const found = await Promise.all(
    bearers.map(async (each, at) => {
      const most = at === 0 ? mostRead.best : mostRead[each.first.closeness];
      return { each, appearances: await appearancesOf(each, library.index, filter, most) };
    }),
  );
  const articles = await readAll(
    library,
    found.flatMap(({ appearances: { rows } }) => rows),
  );
  return found.flatMap(({ each: { first }, appearances: { rows, articles: count, said } }) => {
    const [newest, ...others] = rows.flatMap(row => appearanceIn(articles.get(row.article), row.place));
    const { closeness, score } = first;
    return newest === undefined
      ? []
      : [{ appearances: [newest, ...others] as const, articles: count, said, closeness, score }];
  });
}

/** The person that this speaker of an article is, with their other articles. */
export async function findPerson(
  library: Library,
  from: AttributedArticle,
  place: number,
): Promise<PersonMatch | undefined> {
  const speaker = peopleOf(from).find(each => each.place === place);
  if (speaker === undefined) return undefined;
  const sure = { closeness: 'match', score: 1 } as const;
  const { keys, said } = speaker;
  const everywhereElse =
    keys.length === 0 ? undefined : await library.index.appearances(keys, noFilter, 0, mostRead.best);
  const rows = everywhereElse?.rows ?? [];
  const articles = await readAll(library, rows);
  const [newest, ...others] = rows.flatMap(each => appearanceIn(articles.get(each.article), each.place));
  if (everywhereElse !== undefined && newest !== undefined) {
    return { appearances: [newest, ...others], articles: everywhereElse.articles, said: everywhereElse.said, ...sure };
  }
  const [only] = appearanceIn(from, place);
  return only === undefined ? undefined : { appearances: [only], articles: 1, said, ...sure };
}

/** Names as the articles give them, whoever says most first where nothing is typed. */
export async function completeSpeakers(typed: string, index: LibraryIndex, filter: Filter): Promise<string[]> {
  const asked = termsOf(typed).length > 0;
  const rows = asked
    ? (await findBearers(typed, index, filter, true)).map(({ first }) => first.row)
    : await index.topSpeakers(filter, 2 * mostSuggestions);
  const shown = rows.map(row => row.shown).filter(({ length }) => length <= longestSuggestion);
  return [...new Set(shown)].slice(0, mostSuggestions);
}

async function appearancesOf(
  { keys, rows }: Bearers,
  index: LibraryIndex,
  filter: Filter,
  most: number,
): Promise<Appearances> {
  if (keys.length > 0) return await index.appearances(keys, filter, 0, most);
  return { rows: rows.slice(0, most), articles: rows.length, said: rows.reduce((sum, { said }) => sum + said, 0) };
}

async function readAll(library: Library, rows: readonly SpeakerRow[]): Promise<ReadonlyMap<string, AttributedArticle>> {
  const articles = await library.articles([...new Set(rows.map(({ article }) => article))]);
  return new Map(articles.map(from => [from.article.id, from]));
}

/** Nothing where the article changed since the row was read. */
function appearanceIn(from: AttributedArticle | undefined, place: number): Appearance[] {
  const speaker = from?.speakers[place];
  if (from === undefined || speaker === undefined) return [];
  return [{ from, speaker, attributions: from.attributions.filter(each => each.speaker === speaker) }];
}

import type { AttributedArticle } from '../attribution/attribution.ts';
import { peopleOf } from '../indexing/people.ts';
import { termsOf } from '../indexing/words.ts';
import type { Library } from '../library/library.ts';
import {
  type Appearances,
  everywhere,
  type LibraryIndex,
  type SpeakerRow,
  type Where,
} from '../library/store/library-index.ts';
import { type Bearers, findBearers } from './bearers.ts';
import type { Appearance, PersonMatch } from './people.ts';

const mostPeople = 25;
/** Articles that are read of the best match, of others that are meant, and of those that are only near. */
const mostRead = { best: 12, match: 4, near: 1 };
const mostSuggestions = 25;
const longestSuggestion = 100;

/** Everybody whom the name may mean, the best first; at most 25. */
export async function findPeople(library: Library, name: string, where: Where): Promise<PersonMatch[]> {
  const bearers = (await findBearers(name, library.index, where, false)).slice(0, mostPeople);
  const found = await Promise.all(
    bearers.map(async (each, at) => {
      const most = at === 0 ? mostRead.best : mostRead[each.first.closeness];
      return { each, appearances: await appearancesOf(each, library.index, where, most) };
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
    keys.length === 0 ? undefined : await library.index.appearances(keys, everywhere, 0, mostRead.best);
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
export async function completeSpeakers(typed: string, index: LibraryIndex, where: Where): Promise<string[]> {
  const asked = termsOf(typed).length > 0;
  const rows = asked
    ? (await findBearers(typed, index, where, true)).map(({ first }) => first.row)
    : await index.loudest(where, 2 * mostSuggestions);
  const shown = rows.map(row => row.shown).filter(({ length }) => length <= longestSuggestion);
  return [...new Set(shown)].slice(0, mostSuggestions);
}

async function appearancesOf(
  { keys, rows }: Bearers,
  index: LibraryIndex,
  where: Where,
  most: number,
): Promise<Appearances> {
  if (keys.length > 0) return await index.appearances(keys, where, 0, most);
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

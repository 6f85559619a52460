import type { Library, Listed } from '../library/library.ts';
import { noFilter, type SpeakerRow } from '../library/store/library-index.ts';
import { findForms } from './names.ts';
import type { PersonMatch } from './people.ts';

/** Who says most in a library, from somewhere in that order on. */
export interface Loudest {
  readonly people: readonly PersonMatch[];
  /** How many there are in the whole order. */
  readonly total: number;
  /** Whether there may be more than are in the order. */
  readonly isCut: boolean;
}

/** Whoever is not among these says little. */
const mostInOrder = 40;

interface Counted {
  readonly row: SpeakerRow;
  readonly articles: number;
  readonly said: number;
}

async function countAll(row: SpeakerRow, { index }: Library): Promise<Counted> {
  if (row.keys.length === 0) return { row, articles: 1, said: row.said };
  const { articles, said } = await index.appearances(row.keys, noFilter, 0, 0);
  return { row, articles, said };
}

/** Whoever says most first, each person of all articles once: totals of the index, so that no more than `most` articles are read. */
export async function findLoudest(library: Library, from: number, most: number): Promise<Loudest> {
  const rows = await library.index.topSpeakers(noFilter, mostInOrder + 1);
  const counted = await Promise.all(rows.slice(0, mostInOrder).map(row => countAll(row, library)));
  const speaking = counted.filter(({ said }) => said > 0);
  const order = speaking.sort((one, other) => other.said - one.said);
  const shown = order.slice(from, from + most);
  const read = await library.articles([...new Set(shown.map(({ row }) => row.article))]);
  const articles = new Map(read.map(each => [each.article.id, each]));
  const people = shown.flatMap(({ row, articles: inArticles, said }): PersonMatch[] => {
    const appearance = articles.get(row.article);
    const speaker = appearance?.speakers[row.place];
    // Nothing where the article changed since the row was read.
    if (appearance === undefined || speaker === undefined) return [];
    const attributions = appearance.attributions.filter(each => each.speaker === speaker);
    return [
      {
        appearances: [{ from: appearance, speaker, attributions }],
        articles: inArticles,
        said,
        closeness: 'match',
        score: 1,
      },
    ];
  });
  return { people, total: order.length, isCut: rows.length > mostInOrder && order.length === mostInOrder };
}

const mostArticles = 100;
/** An article goes by several spellings: its title, its outlet, its author. */
const mostEntitled = 400;

/** Articles by title, outlet or author as one types, the best first, of equals the newest; an id finds its article alone. */
export async function findArticles(library: Library, typed: string): Promise<readonly Listed[]> {
  const exact = await library.listed([typed]);
  if (exact.length > 0) return exact;
  const forms = await findForms(typed, library.index, true);
  if (forms.size === 0) return [];
  const best = new Map<string, number>();
  for (const { article, spelling, weight } of await library.index.articlesNamed([...forms.keys()], mostEntitled)) {
    const score = (forms.get(spelling)?.score ?? 0) * weight;
    best.set(article, Math.max(best.get(article) ?? 0, score));
  }
  const ranked = [...best].sort(([, one], [, other]) => other - one).slice(0, mostArticles);
  return await library.listed(ranked.map(([article]) => article));
}

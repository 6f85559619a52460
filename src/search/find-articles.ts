import type { Library, Listed } from '../library/library.ts';
import { findForms } from './names.ts';

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
  for (const { article, form, weight } of await library.index.entitled([...forms.keys()], mostEntitled)) {
    const score = (forms.get(form)?.score ?? 0) * weight;
    best.set(article, Math.max(best.get(article) ?? 0, score));
  }
  const ranked = [...best].sort(([, one], [, other]) => other - one).slice(0, mostArticles);
  return await library.listed(ranked.map(([article]) => article));
}

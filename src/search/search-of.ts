import type { OpenLibrary } from '../library/library.ts';
import { createSearch, type Search } from './search.ts';

/** For as long as a library is open: a search costs the reading of all its articles. */
const searches = new WeakMap<OpenLibrary, Search>();

/** The search of an open library, which follows what is added and removed. */
export function searchOf(library: OpenLibrary): Search {
  const known = searches.get(library);
  if (known !== undefined) return known;
  const search = createSearch(library);
  library.onChange(({ kind, article }) => {
    if (kind === 'added') search.add(article);
    if (kind === 'removed') search.remove(article.article.id);
  });
  searches.set(library, search);
  return search;
}

import { foldPhrase, termsOf } from '../indexing/words.ts';
import type { LibraryIndex, Outlet } from '../library/store/library-index.ts';
import { matchCover, readName } from './compare-names.ts';

/** A library has few outlets: those with the most articles are looked through one by one. */
const mostOutlets = 500;
const mostSuggestions = 25;
const longestSuggestion = 100;

/** The outlet that somebody means, folded; misspelt, too. */
export async function findOutlet(typed: string, index: LibraryIndex): Promise<string | undefined> {
  const outlets = await index.outlets(mostOutlets);
  const folded = foldPhrase(typed);
  const exact = outlets.find(outlet => outlet.folded === folded);
  return (exact ?? alike(typed, outlets, false)[0])?.folded;
}

/** Outlets as the articles write them, those with the most articles first where nothing is typed. */
export async function completeOutlets(typed: string, index: LibraryIndex): Promise<string[]> {
  const outlets = await index.outlets(mostOutlets);
  const found = termsOf(typed).length === 0 ? outlets : alike(typed, outlets, true);
  const shown = found.map(outlet => outlet.shown).filter(({ length }) => length <= longestSuggestion);
  return [...new Set(shown)].slice(0, mostSuggestions);
}

function alike(typed: string, outlets: readonly Outlet[], open: boolean): Outlet[] {
  const { match } = readName(typed, open);
  return outlets
    .map(outlet => ({ outlet, ...match(outlet.folded.split(' ')) }))
    .filter(({ cover }) => cover >= matchCover)
    .sort((one, other) => other.score - one.score)
    .map(({ outlet }) => outlet);
}

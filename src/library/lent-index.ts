import type { Desk } from './desk.ts';
import type { LibraryIndex } from './library-index.ts';

/** A library's index whose store may be closed between any two questions, and is opened again. */
export function lendIndex({ lend }: Pick<Desk, 'lend'>): LibraryIndex {
  return {
    size: () => lend(({ index }) => index.size()),
    terms: (of, asked, bare) => lend(({ index }) => index.terms(of, asked, bare)),
    begun: (of, prefix, most) => lend(({ index }) => index.begun(of, prefix, most)),
    misspelt: (of, asked, most) => lend(({ index }) => index.misspelt(of, asked, most)),
    holders: (asked, where, most) => lend(({ index }) => index.holders(asked, where, most)),
    units: (numbers, where) => lend(({ index }) => index.units(numbers, where)),
    openings: (where, most) => lend(({ index }) => index.openings(where, most)),
    forms: (terms, most) => lend(({ index }) => index.forms(terms, most)),
    someForms: most => lend(({ index }) => index.someForms(most)),
    bearers: (forms, where, most) => lend(({ index }) => index.bearers(forms, where, most)),
    appearances: (keys, where, from, most) => lend(({ index }) => index.appearances(keys, where, from, most)),
    spoken: (keys, where, part) => lend(({ index }) => index.spoken(keys, where, part)),
    loudest: (where, most) => lend(({ index }) => index.loudest(where, most)),
    entitled: (forms, most) => lend(({ index }) => index.entitled(forms, most)),
    outlets: most => lend(({ index }) => index.outlets(most)),
  };
}

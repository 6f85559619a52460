import type { Holding, LibraryIndex, Where } from './library-index.ts';
import type { Asked } from './postgres-connection.ts';
import { PostgresHolders } from './postgres-holders.ts';
import { PostgresNames } from './postgres-names.ts';
import { PostgresPeople } from './postgres-people.ts';
import { PostgresUnits } from './postgres-units.ts';
import { PostgresVocabulary } from './postgres-vocabulary.ts';

type Index<Name extends keyof LibraryIndex> = LibraryIndex[Name];

/** One library's full-text index on PostgreSQL. Each answer is a statement or a few, of look-ups in indexes alone, and waits for no writer. */
export class PostgresIndex implements LibraryIndex {
  readonly #vocabulary: PostgresVocabulary;
  readonly #units: PostgresUnits;
  readonly #holders: PostgresHolders;
  readonly #names: PostgresNames;
  readonly #people: PostgresPeople;

  constructor(connection: Asked, library: string) {
    this.#vocabulary = new PostgresVocabulary(connection, library);
    this.#units = new PostgresUnits(connection, library);
    this.#holders = new PostgresHolders(connection, library, this.#units);
    this.#names = new PostgresNames(connection, library);
    this.#people = new PostgresPeople(connection, library);
  }

  size: Index<'size'> = () => this.#units.size();
  terms: Index<'terms'> = (of, asked, bare) => this.#vocabulary.terms(of, asked, bare);
  begun: Index<'begun'> = (of, prefix, most) => this.#vocabulary.begun(of, prefix, most);
  misspelt: Index<'misspelt'> = (of, asked, most) => this.#vocabulary.misspelt(of, asked, most);
  holders: Index<'holders'> = (asked: Holding, where: Where, most) => this.#holders.newest(asked, where, most);
  units: Index<'units'> = (numbers, where) => this.#units.units(numbers, where);
  openings: Index<'openings'> = (where, most) => this.#units.openings(where, most);
  forms: Index<'forms'> = (terms, most) => this.#names.forms(terms, most);
  someForms: Index<'someForms'> = most => this.#names.someForms(most);
  bearers: Index<'bearers'> = (forms, where, most) => this.#names.bearers(forms, where, most);
  appearances: Index<'appearances'> = (keys, where, from, most) => this.#people.appearances(keys, where, from, most);
  spoken: Index<'spoken'> = (keys, where, part) => this.#people.spoken(keys, where, part);
  loudest: Index<'loudest'> = (where, most) => this.#people.loudest(where, most);
  entitled: Index<'entitled'> = (forms, most) => this.#names.entitled(forms, most);
  outlets: Index<'outlets'> = most => this.#names.outlets(most);
}

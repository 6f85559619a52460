import type {
  Appearances,
  Bearer,
  Entitled,
  Field,
  Holding,
  LibraryIndex,
  Misspelling,
  NameForm,
  Outlet,
  Part,
  SpeakerRow,
  Spoken,
  Term,
  UnitRow,
  Where,
} from './library-index.ts';
import { SqliteArticleNames } from './sqlite-article-names.ts';
import { answer, type SqliteConnection } from './sqlite-connection.ts';
import { SqliteNames } from './sqlite-names.ts';
import { SqlitePeople } from './sqlite-people.ts';
import { SqliteSpeakers } from './sqlite-speakers.ts';
import { SqliteUnits } from './sqlite-units.ts';
import { SqliteVocabulary } from './sqlite-vocabulary.ts';

/** One library's full-text index in its SQLite file. All reads are at once: each must be short, since everybody waits for it. */
export class SqliteIndex implements LibraryIndex {
  readonly #vocabulary: SqliteVocabulary;
  readonly #units: SqliteUnits;
  readonly #names: SqliteNames;
  readonly #speakers: SqliteSpeakers;
  readonly #people: SqlitePeople;
  readonly #articleNames: SqliteArticleNames;

  constructor(connection: SqliteConnection) {
    this.#vocabulary = new SqliteVocabulary(connection);
    this.#units = new SqliteUnits(connection);
    this.#names = new SqliteNames(connection);
    this.#speakers = new SqliteSpeakers(connection);
    this.#people = new SqlitePeople(connection);
    this.#articleNames = new SqliteArticleNames(connection);
  }

  size(): Promise<number> {
    return answer(() => this.#units.size());
  }

  terms(of: Field, asked: readonly string[], bare: readonly string[]): Promise<readonly Term[]> {
    return answer(() => this.#vocabulary.terms(of, asked, bare));
  }

  begun(of: Field, prefix: string, most: number): Promise<readonly Term[]> {
    return answer(() => this.#vocabulary.begun(of, prefix, most));
  }

  misspelt(of: Field, asked: readonly string[], most: number): Promise<readonly (readonly Misspelling[])[]> {
    return answer(() => asked.map(word => this.#vocabulary.misspelt(of, word, most)));
  }

  holders(asked: Holding, where: Where, most: number): Promise<readonly number[]> {
    return answer(() => this.#units.holders(asked, where, most));
  }

  units(numbers: readonly number[], where: Where): Promise<readonly UnitRow[]> {
    return answer(() => this.#units.read(numbers, where));
  }

  openings(where: Where, most: number): Promise<readonly UnitRow[]> {
    return answer(() => this.#units.openings(where, most));
  }

  forms(terms: readonly number[], most: number): Promise<readonly NameForm[]> {
    return answer(() => this.#names.forms(terms, most));
  }

  someForms(most: number): Promise<readonly NameForm[]> {
    return answer(() => this.#names.someForms(most));
  }

  bearers(forms: readonly number[], where: Where, most: number): Promise<readonly Bearer[]> {
    return answer(() => this.#speakers.bearers(forms, where, most));
  }

  appearances(keys: readonly string[], where: Where, from: number, most: number): Promise<Appearances> {
    return answer(() => this.#people.appearances(keys, where, from, most));
  }

  spoken(keys: readonly string[], where: Where, part: Part): Promise<Spoken> {
    return answer(() => this.#people.spoken(keys, where, part));
  }

  loudest(where: Where, most: number): Promise<readonly SpeakerRow[]> {
    return answer(() => this.#speakers.loudest(where, most));
  }

  entitled(forms: readonly number[], most: number): Promise<readonly Entitled[]> {
    return answer(() => this.#articleNames.entitled(forms, most));
  }

  outlets(most: number): Promise<readonly Outlet[]> {
    return answer(() => this.#articleNames.outlets(most));
  }
}

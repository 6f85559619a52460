import { areCommon } from './common-terms.ts';
import { digestOf } from './digest.ts';
import type { Holding, Where } from './library-index.ts';
import { isNumber } from './postgres-values.ts';
import { dayTokens, marksOf } from './unit-tokens.ts';

/**
 * What stands for a library's units in the index of all libraries (`tsvector`), and is asked of it (`tsquery`). Each token begins
 * with the library's mark; a word's goes on with its number in small letters and digits, others with a capital: `P` and two
 * common words in a row, `O` and an outlet, `D` and a day, a month, a year. All are letters and digits, so that none needs quotes.
 */
export class Tokens {
  readonly #mark: string;

  constructor(mark: string) {
    this.#mark = mark;
  }

  /** Of a unit: its words with their places, and its article's day and outlet (a digest). */
  vectorOf(words: readonly number[], day: string | undefined, outlet: string | null): string {
    const places = new Map<string, number[]>();
    for (const [at, word] of words.entries()) {
      const token = this.#word(word);
      const known = places.get(token) ?? [];
      known.push(at + 1);
      places.set(token, known);
    }
    const pairs = words.flatMap((word, at) =>
      areCommon([word, words[at - 1]]) ? [this.#pair(words[at - 1] ?? 0, word)] : [],
    );
    const days = marksOf(undefined, day)
      .split(' ')
      .filter(token => token !== '')
      .map(token => this.#day(token));
    const outlets = outlet === null ? [] : [this.#outlet(outlet)];
    return [
      ...[...places].map(([token, at]) => `${token}:${at.join(',')}`),
      ...new Set(pairs),
      ...days,
      ...outlets,
    ].join(' ');
  }

  /** `undefined`: nothing can hold it. */
  queryOf({ all, phrase }: Holding, where: Where): string | undefined {
    const groups = all.map(group => group.filter(isNumber));
    const filters = this.#filters(where);
    if (groups.length === 0 || [...groups, ...filters].some(group => group.length === 0)) return undefined;
    const words = groups.map(group => anyOf(group.map(word => this.#word(word))));
    const asked = phrase ? [...this.#pairsOf(groups), words.join('<->')] : words;
    const isPair = phrase && groups.length === 2 && asked.length === 2;
    return [...(isPair ? asked.slice(0, 1) : asked), ...filters.map(anyOf)].map(part => `(${part})`).join('&');
  }

  /** Each two neighbours of a phrase that can only be common words: which units have them in a row needs no reading of these. */
  #pairsOf(groups: readonly (readonly number[])[]): string[] {
    return groups.flatMap((group, at) => {
      const before = groups[at - 1];
      if (before === undefined || !areCommon([...before, ...group])) return [];
      return [anyOf(before.flatMap(one => group.map(other => this.#pair(one, other))))];
    });
  }

  #filters({ outlet, after, before }: Where): string[][] {
    const outlets = outlet === undefined ? [] : [[this.#outlet(digestOf(outlet))]];
    if (after === undefined && before === undefined) return outlets;
    return [...outlets, dayTokens(after ?? firstDay, before ?? lastDay).map(token => this.#day(token))];
  }

  #word(word: number): string {
    return this.#mark + word.toString(36);
  }

  #pair(one: number, other: number): string {
    return `${this.#mark}P${one.toString(36)}P${other.toString(36)}`;
  }

  /** A part of a digest is enough: whether the outlet is the one is looked at besides. */
  #outlet(outlet: string): string {
    return `${this.#mark}O${Buffer.from(outlet.slice(0, outletDigits)).toString('hex')}`;
  }

  #day(token: string): string {
    return `${this.#mark}D${token.replaceAll(/\D/gv, '')}`;
  }
}

const outletDigits = 4;
const firstDay = '0000-01-01';
const lastDay = '9999-12-31';

function anyOf(tokens: readonly string[]): string {
  return `(${tokens.join('|')})`;
}

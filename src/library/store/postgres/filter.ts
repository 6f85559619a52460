import { encodeText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import type { Filter, SpeakerFilter } from '../library-index.ts';
import { isValidNumber } from '../numbers.ts';
import type { Value } from '../script.ts';

/** An article's units and speakers have numbers of this many bits within it. */
export const ROOM_BITS = 20;

/** With more articles than these, only the newest are searched. */
const MAX_ARTICLES = 200;

/** The conditions of a statement, and the values they refer to, which follow the library. */
export class Conditions {
  readonly values: Value[] = [];
  readonly #conditions = ['library = $1'];

  /** Adds a condition with `$` in place of its value. */
  add(condition: string, value: Value): this {
    this.#conditions.push(condition.replaceAll('$', this.bind(value)));
    return this;
  }

  /** Adds a condition without a value. */
  addText(condition: string): this {
    this.#conditions.push(condition);
    return this;
  }

  /** Adds a value and returns its placeholder. */
  bind(value: Value): string {
    this.values.push(value);
    return `?${this.values.length}`;
  }

  /**
   * Adds a filter on units or speakers, whose rows repeat the columns of their article. Speakers are filtered for units
   * only, by a look-up for each unit, however many speakers there are.
   */
  addFilter(filter: Filter): this {
    for (const condition of this.onArticles(filter, 'article')) this.addText(condition);
    return filter.speakers === undefined ? this : this.addText(this.saidBy(filter.speakers));
  }

  /** The conditions of a filter on articles; `id` is the column with the article's id. */
  onArticles({ article, outlet, after, before }: Filter, id: string): string[] {
    const conditions = [
      [`${id} =`, article === undefined ? undefined : encodeText(article)],
      ['outlet =', outlet === undefined ? undefined : digestOf(outlet)],
      ['published >=', after],
      ['published <=', before],
    ] as const;
    return conditions.flatMap(([test, value]) => (value === undefined ? [] : [`${test} ${this.bind(value)}`]));
  }

  /** Returns a condition on rows named `units`: these speakers said it. */
  saidBy({ rows, keys }: SpeakerFilter): string {
    const isNumbered = `units.speaker = ANY (${this.bind(numbersOf(rows))}::bigint[])`;
    const theirs = '(SELECT keys FROM verbatim.speakers WHERE library = $1 AND number = units.speaker)';
    return `(${isNumbered} OR ${theirs} && ${this.bind(keys.map(encodeText))}::text[])`;
  }

  get all(): string {
    return this.#conditions.join(' AND ');
  }
}

/** The numbers of speakers, without invalid ones. */
export function numbersOf(rows: SpeakerFilter['rows']): number[] {
  return rows.map(({ number }) => number).filter(isValidNumber);
}

/** The same filter for everybody's words. */
export function withoutSpeakers(filter: Filter): Filter {
  return { ...filter, speakers: undefined };
}

/** Returns a table `chosen (number)` of the newest articles that pass a filter, at most `MAX_ARTICLES`. */
export function newestArticles(conditions: Conditions, filter: Filter): string {
  const { after, before } = filter;
  const among = ['library = $1', 'removed_at IS NULL', ...conditions.onArticles(filter, 'id')];
  const order = after !== undefined || before !== undefined ? 'published DESC, number DESC' : 'number DESC';
  return `chosen AS MATERIALIZED (SELECT number FROM verbatim.articles WHERE ${among.join(' AND ')}
    ORDER BY ${order} LIMIT ${MAX_ARTICLES})`;
}

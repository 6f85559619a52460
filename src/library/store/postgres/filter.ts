import { encodeText } from '../columns.ts';
import { digestOf } from '../keys.ts';
import type { Filter, SpeakerFilter } from '../library-index.ts';
import { isNumber } from '../numbers.ts';
import type { Value } from './connection.ts';

/** 2 to the power of this is the room that an article has for the numbers of its units and speakers. */
export const ROOM_BITS = 20;

/** A statement's conditions and the values that they name by their places. */
export class Conditions {
  readonly values: Value[] = [];
  readonly #conditions: string[] = [];

  /** The condition writes `$` for the value. */
  add(condition: string, value: Value): this {
    this.#conditions.push(condition.replaceAll('$', this.name(value)));
    return this;
  }

  /** A condition without a value of its own. */
  addText(condition: string): this {
    this.#conditions.push(condition);
    return this;
  }

  /** What stands for a value in the statement. */
  name(value: Value): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /**
   * Adds a filter on units or speakers, whose rows repeat the columns of their article; the library is the first value. Speakers are
   * filtered for units only, by a look-up for each unit, however many speakers there are.
   */
  within(filter: Filter): this {
    for (const condition of this.onArticles(filter, 'article')) this.addText(condition);
    return filter.speakers === undefined ? this : this.addText(this.by(filter.speakers));
  }

  /** The conditions of a filter on articles; `id` is the column with the article's id. */
  onArticles({ article, outlet, after, before }: Filter, id: string): string[] {
    const conditions = [
      [`${id} =`, article === undefined ? undefined : encodeText(article)],
      ['outlet =', outlet === undefined ? undefined : digestOf(outlet)],
      ['published >=', after],
      ['published <=', before],
    ] as const;
    return conditions.flatMap(([test, value]) => (value === undefined ? [] : [`${test} ${this.name(value)}`]));
  }

  /** Of rows called `units`: whether they are somebody's words. */
  by({ rows, keys }: SpeakerFilter): string {
    const isNumbered = `units.speaker = ANY (${this.name(numbersOf(rows))}::bigint[])`;
    const theirs = '(SELECT keys FROM verbatim.speakers WHERE library = $1 AND number = units.speaker)';
    return `(${isNumbered} OR ${theirs} && ${this.name(keys.map(encodeText))}::text[])`;
  }

  get all(): string {
    return this.#conditions.join(' AND ');
  }
}

/** The numbers of speakers, but for those that can't be ours. */
export function numbersOf(rows: SpeakerFilter['rows']): number[] {
  return rows.map(({ number }) => number).filter(isNumber);
}

/** The same filter for everybody's words. */
export function ofAnybody(filter: Filter): Filter {
  return { ...filter, speakers: undefined };
}

/**
 * The newest articles of a filter, at most so many, as a table `chosen (number)`: what asks for somebody to begin with needs no more,
 * and so never reads all of an outlet.
 */
export function newestArticles(conditions: Conditions, library: string, filter: Filter): string {
  const { after, before } = filter;
  const among = [`library = ${library}`, 'removed_at IS NULL', ...conditions.onArticles(filter, 'id')];
  const order = after !== undefined || before !== undefined ? 'published DESC, number DESC' : 'number DESC';
  return `chosen AS MATERIALIZED (SELECT number FROM verbatim.articles WHERE ${among.join(' AND ')}
    ORDER BY ${order} LIMIT ${mostArticles})`;
}

const mostArticles = 200;

import { digestOf } from '../keys.ts';
import type { Speakers, Where } from '../library-index.ts';
import type { Value } from './connection.ts';
import { isNumber, toColumn } from './values.ts';

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
   * What `Where` asks of units or speakers, which repeat what their article is; the library is the first value. The condition on speakers is
   * for units: it looks one up for each of them, however many speakers count.
   */
  within({ article, speakers, outlet, after, before }: Where): this {
    if (article !== undefined) this.add('article = $', toColumn(article));
    if (speakers !== undefined) this.addText(this.by(speakers));
    if (outlet !== undefined) this.add('outlet = $', digestOf(outlet));
    if (after !== undefined) this.add('published >= $', toColumn(after));
    if (before !== undefined) this.add('published <= $', toColumn(before));
    return this;
  }

  /** Of rows called `units`: whether they are somebody's words. */
  by({ numbers, keys }: Speakers): string {
    const isNumbered = `units.speaker = ANY (${this.name(numbers.filter(isNumber))}::bigint[])`;
    const theirs = '(SELECT keys FROM verbatim.speakers WHERE library = $1 AND number = units.speaker)';
    return `(${isNumbered} OR ${theirs} && ${this.name(keys.map(toColumn))}::text[])`;
  }

  get all(): string {
    return this.#conditions.join(' AND ');
  }
}

/** Whether a filter of articles, not of speakers, is set. */
export function filtersArticles({ article, outlet, after, before }: Where): boolean {
  return [article, outlet, after, before].some(filter => filter !== undefined);
}

/** Where everybody may speak. */
export function ofAnybody(where: Where): Where {
  return { ...where, speakers: undefined };
}

/**
 * The newest articles of a filter, at most so many, as a table `chosen (number)`: what asks for somebody to begin with needs no more,
 * and so never reads all of an outlet.
 */
export function newestArticles(
  conditions: Conditions,
  library: string,
  { article, outlet, after, before }: Where,
): string {
  const among = [`library = ${library}`, 'removed_at IS NULL'];
  if (article !== undefined) among.push(`id = ${conditions.name(toColumn(article))}`);
  if (outlet !== undefined) among.push(`outlet = ${conditions.name(digestOf(outlet))}`);
  if (after !== undefined) among.push(`published >= ${conditions.name(toColumn(after))}`);
  if (before !== undefined) among.push(`published <= ${conditions.name(toColumn(before))}`);
  const order = after !== undefined || before !== undefined ? 'published DESC, number DESC' : 'number DESC';
  return `chosen AS MATERIALIZED (SELECT number FROM verbatim.articles WHERE ${among.join(' AND ')}
    ORDER BY ${order} LIMIT ${mostArticles})`;
}

const mostArticles = 200;

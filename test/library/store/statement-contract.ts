import { expect, test } from 'vitest';
import type { AttributedArticle, Certainty } from '../../../src/attribution/attribution.ts';
import { putArticle, removeArticle, updateDerived } from '../../../src/library/store/changes.ts';
import { derivationOf } from '../../../src/library/store/derived.ts';
import { matchUnits } from '../../../src/library/store/index-queries.ts';
import { type Filter, NO_FILTER, type TimeOrder } from '../../../src/library/store/library-index.ts';
import {
  readAppearances,
  readCopies,
  readQuoteCounts,
  readTimeline,
  readTopSpeakers,
} from '../../../src/library/store/people.ts';
import type { Store } from '../../../src/library/store/store.ts';
import { findTerms } from '../../../src/library/store/terms.ts';
import { buildNews, type Line, rowOf } from '../rows.ts';

const many = 100;
const lee = ['person ann lee'];
const wire = { who: 'Ann Lee', says: 'The old bridge over the river will be open by Easter' };
const harbour = { who: 'Ann Lee', says: 'Nobody will close the harbour while I am in office' };

/** Tests that what several articles print word for word counts once for whoever said it. */
export function describeStatements(storeOf: () => Store): void {
  const put = async (id: string, published: string | undefined, ...lines: Line[]) => {
    const from = buildNews(id, [...lines, `It was ${id}.`], {
      title: id,
      published,
      outlet: id === 'post' ? 'The Post' : 'Other',
    });
    return await storeOf().write(putArticle, rowOf(from), many);
  };
  const totals = async (filter: Partial<Filter> = {}, keys = lee) => {
    const { said, articles } = await storeOf().read(readAppearances, keys, { ...NO_FILTER, ...filter }, 0, 0);
    return `${said} in ${articles}`;
  };
  const tell = async (filter: Partial<Filter> = {}, order: TimeOrder = 'oldest', offset = 0, limit = many) => {
    const range = { order, offset, limit };
    const told = await storeOf().read(readTimeline, lee, { ...NO_FILTER, ...filter }, range);
    return told.map(({ article, attribution }) => `${article} ${attribution}`);
  };
  const counts = async () => {
    const rows = await storeOf().read(readTopSpeakers, NO_FILTER, many);
    const each = await Promise.all(rows.map(row => storeOf().read(readQuoteCounts, row)));
    return Object.fromEntries(rows.map(({ shown }, at) => [shown, each[at]]));
  };

  test('what several articles print word for word counts once, and stands in the earliest', async () => {
    await put('courier', '2022-03-03', wire);
    await put('post', '2022-03-02', wire, harbour);
    await put('herald', undefined, wire);
    await put('evening', '2022-03-04', harbour, { ...wire, who: 'Bo Cho' });
    expect(await totals()).toBe('2 in 4');
    expect(await counts()).toEqual({ 'Ann Lee': { clear: 2, uncertain: 0 }, 'Bo Cho': { clear: 1, uncertain: 0 } });
    expect(await tell()).toEqual(['post 0', 'post 1']);
    expect(await tell({}, 'newest')).toEqual(['post 0', 'post 1']);
    expect(await tell({}, 'newest', 1, 1)).toEqual(['post 1']);
    expect(await tell({}, 'oldest', 1, 1)).toEqual(['post 1']);
    expect(await totals({}, [...lee, 'person bo cho'])).toBe('3 in 4');
  });

  test('under a filter, it counts once, and stands in the earliest that passes', async () => {
    await put('post', '2022-03-02', wire);
    await put('courier', '2022-03-03', wire);
    await put('evening', '2022-03-04', wire, harbour);
    await put('herald', undefined, wire);
    expect(await tell({ after: '2022-03-03' })).toEqual(['courier 0', 'evening 1']);
    expect(await totals({ after: '2022-03-03' })).toBe('2 in 2');
    expect(await tell({ before: '2022-03-03' })).toEqual(['post 0']);
    expect(await totals({ before: '2022-03-03' })).toBe('1 in 2');
    expect(await tell({ outlet: 'other' })).toEqual(['courier 0', 'evening 1']);
    expect(await totals({ outlet: 'other' })).toBe('2 in 3');
    expect(await totals({ article: 'herald' })).toBe('1 in 1');
    expect(await tell({ after: '2023-01-01' })).toEqual([]);
  });

  test('when the earliest goes or comes back, the next one takes its place', async () => {
    await put('post', '2022-03-02', wire);
    await put('courier', '2022-03-03', wire);
    await storeOf().write(removeArticle, 'post', 1);
    expect([await tell(), await totals(), await counts()]).toEqual([
      ['courier 0'],
      '1 in 1',
      { 'Ann Lee': { clear: 1, uncertain: 0 } },
    ]);
    await storeOf().write(removeArticle, 'courier', 1);
    expect([await tell(), await totals(), await counts()]).toEqual([[], '0 in 0', {}]);
    await put('post', '2022-03-02', wire);
    expect([await tell(), await totals()]).toEqual([['post 0'], '1 in 1']);
  });

  test('it is as certain as its most certain copy', async () => {
    const sureIn = (from: AttributedArticle, certainty: Certainty): AttributedArticle => ({
      ...from,
      attributions: from.attributions.map(each => ({ ...each, certainty })),
    });
    const build = (id: string, certainty: Certainty) =>
      sureIn(buildNews(id, [wire, `It was ${id}.`], { title: id }), certainty);
    const one = await storeOf().write(putArticle, rowOf(build('one', 'unclear')), many);
    expect(await counts()).toEqual({ 'Ann Lee': { clear: 0, uncertain: 1 } });
    const other = await storeOf().write(putArticle, rowOf(build('other', 'stated')), many);
    if (other.kind !== 'added' || one.kind !== 'added') throw new Error('not added');
    expect(await counts()).toEqual({ 'Ann Lee': { clear: 1, uncertain: 0 } });
    await storeOf().write(updateDerived, other.ref, derivationOf(build('other', 'unclear')));
    expect(await counts()).toEqual({ 'Ann Lee': { clear: 0, uncertain: 1 } });
    await storeOf().write(updateDerived, one.ref, derivationOf(build('one', 'stated')));
    expect(await counts()).toEqual({ 'Ann Lee': { clear: 1, uncertain: 0 } });
  });

  test('few words, other words, and other words beside them are no copies; an article’s own repeats count', async () => {
    const short = { who: 'Ann Lee', says: 'No comment' };
    await put('post', '2022-03-02', short, { ...wire, says: `${wire.says}, or later` });
    await put('courier', '2022-03-03', short, wire, wire);
    expect(await totals()).toBe('5 in 2');
    await put('herald', '2022-03-04', wire);
    expect(await totals()).toBe('5 in 3');
    expect(await tell()).toEqual(['post 0', 'post 1', 'courier 0', 'courier 1', 'courier 2']);
  });

  test('what two people say together counts for each, and as clear only for both', async () => {
    const both = { who: 'Ann Lee and Bo Cho', says: wire.says, kind: 'group', named: false } as const;
    await put('post', '2022-03-02', both, harbour, { who: 'Bo Cho', says: 'No comment' });
    expect([await tell(), await totals(), await totals({}, ['person bo cho'])]).toEqual([
      ['post 0', 'post 1'],
      '2 in 1',
      '2 in 1',
    ]);
    const once = { clear: 1, uncertain: 0 };
    expect(await counts()).toEqual({ 'Ann Lee and Bo Cho': once, 'Ann Lee': once, 'Bo Cho': once });
    const [bridge] = await storeOf().read(findTerms, 'text', ['bridge'], []);
    const find = async (...keys: string[]) =>
      await storeOf().read(
        matchUnits,
        { all: [[bridge?.number ?? 0]], phrase: false },
        { ...NO_FILTER, speakers: { keys, rows: [] } },
        many,
      );
    expect([await find(...lee), await find('person bo cho'), await find('person dee')]).toEqual([
      [expect.any(Number)],
      [expect.any(Number)],
      [],
    ]);
    await storeOf().write(removeArticle, 'post', 1);
    expect([await tell(), await totals(), await counts(), await find(...lee)]).toEqual([[], '0 in 0', {}, []]);
  });

  test('finds the articles that print it, earliest first', async () => {
    for (const [id, day] of [['herald'], ['courier', '2022-03-03'], ['post', '2022-03-02']] as const) {
      await put(id, day, wire);
    }
    const { indexed } = derivationOf(buildNews('post', [wire]));
    const story = indexed.statements[0]?.story ?? '';
    const copies = async (limit: number, keys = lee) => await storeOf().read(readCopies, keys, [story, 'none'], limit);
    expect(await copies(many)).toEqual(new Map([[story, ['post', 'courier', 'herald']]]));
    expect(await copies(2)).toEqual(new Map([[story, ['post', 'courier']]]));
    expect(await copies(many, ['person bo cho'])).toEqual(new Map());
    expect(await copies(many, [])).toEqual(new Map());
  });
}

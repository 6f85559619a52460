import { expect, test } from 'vitest';
import type { AttributedArticle } from '../../../src/attribution/attribution.ts';
import {
  countArticles,
  findRemoved,
  listNewest,
  purgeArticles,
  readArticleRows,
  readNumbersAfter,
} from '../../../src/library/store/articles.ts';
import { putArticle, removeArticle, restoreArticle } from '../../../src/library/store/changes.ts';
import { derivationOf } from '../../../src/library/store/derived.ts';
import { matchUnits } from '../../../src/library/store/index-queries.ts';
import { idOf, keysOf } from '../../../src/library/store/keys.ts';
import { NO_FILTER, type Term, type UnitRow } from '../../../src/library/store/library-index.ts';
import {
  findNamedArticles,
  findNamedSpeakers,
  readOutlets,
  readTopSpellings,
} from '../../../src/library/store/names.ts';
import { readAppearances, readQuoteCounts, readTimeline, readTopSpeakers } from '../../../src/library/store/people.ts';
import type { Backend, Store } from '../../../src/library/store/store.ts';
import { findTerms } from '../../../src/library/store/terms.ts';
import { countUnits, readNewestQuotes, readUnitRows } from '../../../src/library/store/units.ts';
import { termsOf } from '../../../src/words/words.ts';
import { times } from '../../depth.ts';
import { fc } from '../../fast-check.ts';
import { buildNews, rowOf } from '../rows.ts';

const many = 1000;
const names = ['Ann Lee', 'Bo Cho', 'Lee'];
const said = ['Rain fell', 'Don’t go', 'Snow will not fall on rain', '習近平 rain'];
const links = ['https://news.example/1', 'https://news.example/2', undefined];

/** Few names, words and links, so that articles share them. */
const anyArticle = fc
  .record({
    about: fc.constantFrom('one', 'two', 'three', 'four'),
    lines: fc.array(fc.record({ who: fc.constantFrom(...names), says: fc.constantFrom(...said) }), { maxLength: 3 }),
    url: fc.constantFrom(...links),
    outlet: fc.constantFrom(undefined, 'The Post', 'THE POST'),
    published: fc.constantFrom(undefined, '2022-03-14', '2023-01-01'),
  })
  .map(({ about, lines, ...metadata }) => {
    const { article } = buildNews('', [...lines, `It was ${about}.`], metadata);
    return buildNews(idOf(keysOf(article, article.text)), [...lines, `It was ${about}.`], metadata);
  });

type Step =
  | { readonly kind: 'put'; readonly from: AttributedArticle }
  | { readonly kind: 'remove' | 'restore'; readonly which: number }
  | { readonly kind: 'purge' };

const anyPlace = fc.nat({ max: 5 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: anyArticle.map(from => ({ kind: 'put', from }) as const) },
  { weight: 3, arbitrary: anyPlace.map(which => ({ kind: 'remove', which }) as const) },
  { weight: 2, arbitrary: anyPlace.map(which => ({ kind: 'restore', which }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'purge' } as const) },
);

/** What the library should contain: articles by id, and whether each was removed. */
type Articles = Map<string, AttributedArticle>;

async function takeStep(store: Store, step: Step, at: number, known: Articles): Promise<void> {
  if (step.kind === 'put') {
    const outcome = await store.write(putArticle, rowOf(step.from), many);
    if (outcome.kind === 'full' || outcome.kind === 'same') return;
    const { id } = outcome.ref;
    known.set(id, { ...step.from, article: { ...step.from.article, id, updated: outcome.kind === 'updated' } });
  }
  if (step.kind === 'purge') await store.erase(purgeArticles, at);
  if (step.kind === 'put' || step.kind === 'purge') return;
  const id = [...known.keys()][step.which] ?? '';
  if (step.kind === 'remove') await store.write(removeArticle, id, at);
  if (step.kind !== 'restore') return;
  const removed = await store.read(findRemoved, id, -1);
  const from = known.get(id);
  if (removed === undefined || from === undefined) return;
  expect(await store.write(restoreArticle, removed, derivationOf(from), many)).toBe('restored');
}

const words = [...new Set([...said, ...names, 'It was one two three four said The Post'].flatMap(termsOf))];

const byJson = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

async function unitsOf(store: Store, terms: readonly Term[]): Promise<readonly UnitRow[]> {
  const all = [terms.map(({ number }) => number)];
  return store.read(readUnitRows, await store.read(matchUnits, { all, phrase: false }, NO_FILTER, many), NO_FILTER);
}

/** Returns everything an index answers, without numbers that mean nothing elsewhere. */
async function allAnswers(store: Store): Promise<unknown> {
  const inTexts = await store.read(findTerms, 'text', words, words);
  const inNames = await store.read(findTerms, 'name', words, words);
  const spelt = new Map([...inTexts, ...inNames].map(({ number, term }) => [number, term]));
  const units = inTexts.length === 0 ? [] : await unitsOf(store, inTexts);
  const forms = await store.read(readTopSpellings, many);
  const spellings = new Map(forms.map(({ number, terms }) => [number, terms.join(' ')]));
  const numbers = forms.map(({ number }) => number);
  const bearers = await store.read(findNamedSpeakers, numbers, NO_FILTER, many);
  const entitled = await store.read(findNamedArticles, numbers, many);
  const { rows, ...totals } = await store.read(
    readAppearances,
    ['person ann lee', 'person bo cho'],
    NO_FILTER,
    0,
    many,
  );
  const lee = await store.read(readAppearances, ['person ann lee'], NO_FILTER, 0, many);
  const late = await store.read(readAppearances, ['person ann lee'], { ...NO_FILTER, after: '2022-06-01' }, 0, 0);
  const [oldest, newest] = await Promise.all(
    (['oldest', 'newest'] as const).map(order =>
      store.read(readTimeline, ['person ann lee', 'person bo cho'], NO_FILTER, { order, offset: 0, limit: many }),
    ),
  );
  const loudest = await store.read(readTopSpeakers, NO_FILTER, many);
  const counts = await Promise.all(loudest.map(row => store.read(readQuoteCounts, row)));
  const told = {
    count: [await store.read(countArticles), await store.read(countUnits)],
    listed: await store.read(listNewest, 0, many),
    terms: [inTexts, inNames].map(each => each.map(({ number, ...rest }) => rest).sort(byJson)),
    units: units
      .map(({ number, terms, ...rest }) => ({ ...rest, words: [...terms].map(term => spelt.get(term)) }))
      .sort(byJson),
    spellings: [...spellings.values()].sort(),
    bearers: bearers.map(({ number, spelling, ...rest }) => ({ ...rest, form: spellings.get(spelling) })).sort(byJson),
    entitled: entitled.map(({ spelling, ...rest }) => ({ ...rest, form: spellings.get(spelling) })).sort(byJson),
    appearances: [totals, rows.map(({ number, ...rest }) => rest).sort(byJson)],
    lee: [lee.articles, lee.said, ...lee.rows.map(({ article }) => article)],
    late,
    spoken: [oldest, newest],
    loudest: loudest.map(({ shown, said }, at) => [shown, said, counts[at]]).sort(byJson),
    openings: (await store.read(readNewestQuotes, NO_FILTER, many)).map(({ article }) => article),
    outlets: await store.read(readOutlets, many),
  };
  return told;
}

/** Tests that after any changes an index has nothing left of what is gone, and lacks nothing. */
export function describeSequences(backendOf: () => Backend): void {
  test('after any changes, the index equals one built from scratch', async () => {
    let library = 100;
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async steps => {
        const place = backendOf();
        const [changed, fresh] = [`server-${library}`, `server-${library + 1}`];
        library += 2;
        const store = await place.open(changed, () => Promise.resolve([]));
        const known: Articles = new Map();
        for (const [at, step] of steps.entries()) await takeStep(store, step, at, known);
        const rows = await store.read(readArticleRows, await store.read(readNumbersAfter, 0, many));
        const kept = rows.map(row => (row === 'damaged' ? row : row.text.id));
        const anew = await place.open(fresh, () => Promise.resolve([]));
        for (const id of kept) {
          const from = known.get(id);
          if (from === undefined) throw new Error(`${id} is nothing that was put`);
          await anew.write(putArticle, rowOf(from), many);
        }
        expect(await allAnswers(store)).toEqual(await allAnswers(anew));
        await store.close();
        await anew.close();
        await place.erase(changed);
        await place.erase(fresh);
      }),
      { numRuns: times(10, 250) },
    );
  });
}

import type { Metadata } from '../../../news/article.ts';
import { decodeText, toText } from '../columns.ts';
import { toNumbers } from '../indexing.ts';
import type { NamedArticle, Outlet, Spelling } from '../library-index.ts';
import { all, allByPlace, type Row, type Script } from '../script.ts';
import { checksum } from '../stored.ts';
import { termsOfSpelling } from '../tokens.ts';
import { mergeLists, PagedList } from './people.ts';

interface TitledArticle {
  readonly form: number;
  readonly weight: number;
  readonly article: number;
  readonly id: string;
}

const PAGE = 64;

/** Spellings read for the rarest term; fewer for the other terms, since a first name helps little. */
const MAX_SPELLINGS = 1_000;

export function* readSpellings(terms: readonly number[], limit: number): Script<readonly Spelling[]> {
  const asked = new Set(terms);
  const counted = `SELECT forms.number, said, words FROM json_each(?) AS holding CROSS JOIN forms ON forms.number = holding.value`;
  const ordered = (yield* allByPlace(counted, [...(yield* spellingsContaining(asked))]))
    .map(row => ({ number: Number(row[0]), said: Number(row[1]), held: countHeld(row[2], asked) }))
    .sort((one, other) => other.held - one.held || other.said - one.said || one.number - other.number);
  const best = ordered.slice(0, limit).map(({ number }) => number);
  const sql = `SELECT forms.number, spelling FROM json_each(?) AS asked CROSS JOIN forms ON forms.number = asked.value ORDER BY asked.key`;
  return (yield* all(sql, best)).map(toSpelling);
}

export function* readTopSpellings(limit: number): Script<readonly Spelling[]> {
  const sql = 'SELECT number, spelling FROM forms ORDER BY said DESC, number DESC LIMIT ?';
  return (yield* all(sql, limit)).map(toSpelling);
}

export function* findNamedArticles(forms: readonly number[], limit: number): Script<readonly NamedArticle[]> {
  const distinct = [...new Set(forms)];
  const atOnce = Math.min(PAGE, Math.max(4, Math.ceil((2 * limit) / distinct.length)));
  const lists = distinct.map(form => new PagedList<TitledArticle>(after => titledAfter(form, after, atOnce)));
  const merged = yield* mergeLists(lists, (one, other) => one.article > other.article, limit);
  return merged.map(({ id, form, weight }) => ({ article: id, spelling: form, weight }));
}

export function* readOutlets(limit: number): Script<readonly Outlet[]> {
  const newest =
    'SELECT max(articles.number) FROM articles WHERE articles.outlet = outlets.outlet AND removed_at IS NULL';
  const sql = `SELECT folded, articles, masthead, masthead_checksum FROM outlets JOIN texts ON texts.number = (${newest})
    ORDER BY articles DESC, folded LIMIT ?`;
  return (yield* all(sql, limit)).flatMap(({ folded, articles, masthead, masthead_checksum }) => {
    const stored = toText(masthead);
    if (checksum(stored) !== masthead_checksum) return [];
    const { outlet }: Metadata = JSON.parse(stored);
    return outlet === undefined ? [] : [{ shown: outlet, folded: decodeText(folded), articles: Number(articles) }];
  });
}

/** Returns the newest spellings with any of the terms. */
function* spellingsContaining(terms: ReadonlySet<number>): Script<ReadonlySet<number>> {
  const rarestFirst = `SELECT number FROM json_each(?) AS asked CROSS JOIN terms ON terms.number = asked.value ORDER BY in_names, term`;
  const sql = 'SELECT form FROM form_words WHERE term = ? ORDER BY form DESC LIMIT ?';
  const found = new Set<number>();
  for (const [at, { number }] of (yield* all(rarestFirst, [...terms])).entries()) {
    const forms = yield* allByPlace(sql, Number(number), Math.floor(MAX_SPELLINGS / (at + 1)));
    for (const row of forms) found.add(Number(row[0]));
  }
  return found;
}

function* titledAfter(form: number, after: TitledArticle | undefined, limit: number): Script<readonly TitledArticle[]> {
  const sql = `SELECT article, weight, articles.id FROM titles CROSS JOIN articles ON articles.number = article
    WHERE form = ? AND article < ? ORDER BY article DESC LIMIT ?`;
  const rows = yield* allByPlace(sql, form, after?.article ?? Number.MAX_SAFE_INTEGER, limit);
  return rows.map(row => ({ form, article: Number(row[0]), weight: Number(row[1]), id: decodeText(row[2]) }));
}

function countHeld(words: unknown, asked: ReadonlySet<number>): number {
  return new Set(toNumbers(words).filter(word => asked.has(word))).size;
}

function toSpelling({ number, spelling }: Row): Spelling {
  return { number: Number(number), terms: termsOfSpelling(decodeText(spelling)) };
}

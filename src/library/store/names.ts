import type { Metadata } from '../../news/article.ts';
import { decodeText, toText } from './columns.ts';
import { filteredRows, MAX_ARTICLES, newestArticles, ofArticle, validNumbers } from './filter.ts';
import {
  allowsAllArticles,
  type Filter,
  type NamedArticle,
  type NamedSpeaker,
  type Outlet,
  type Spelling,
} from './library-index.ts';
import { readIds, readSpeakers } from './people.ts';
import { all, allForEach, greatestForEach, type Row, type Script } from './script.ts';
import { isIntact } from './stored.ts';
import { termsOfSpelling } from './tokens.ts';

/** Spellings read for the rarest term; fewer for the other terms, since a first name helps little. */
const MAX_SPELLINGS = 1_000;
/** How many rows of a spelling are looked at for those that pass a filter: some ten milliseconds. */
const MAX_FILTERED = 10_000;

/** Returns spellings with any of the terms: first those with most of them, then of people quoted most. */
export function* readSpellings(terms: readonly number[], limit: number): Script<readonly Spelling[]> {
  const asked = validNumbers(terms);
  const rarestFirst = 'SELECT number FROM {terms} WHERE {here} AND {number in ?1} ORDER BY in_names, term';
  const rarest = (yield* all(rarestFirst, asked)).map(({ number }) => Number(number));
  const newest = `SELECT form FROM {form_words} WHERE {here} AND term = {each} ORDER BY form DESC
    LIMIT ${MAX_SPELLINGS} / CAST({place} AS integer)`;
  const holding = new Set((yield* allForEach(rarest, newest)).map(({ form }) => Number(form)));
  const held = '(SELECT count(*) FROM {each_word} WHERE {value in ?2}) AS held';
  const sql = `SELECT number, spelling FROM
      (SELECT number, spelling, said, ${held} FROM {forms} WHERE {here} AND {number in ?1}) AS counted
    ORDER BY held DESC, said DESC, number LIMIT ?3`;
  return (yield* all(sql, [...holding], asked, limit)).map(toSpelling);
}

/** Returns the spellings of the people quoted most; a small library compares them letter by letter. */
export function* readTopSpellings(limit: number): Script<readonly Spelling[]> {
  const sql = 'SELECT number, spelling FROM {forms} WHERE {here} ORDER BY said DESC, number DESC LIMIT ?1';
  return (yield* all(sql, limit)).map(toSpelling);
}

/** Returns speakers with these spellings, those quoted most first. Ignores `filter.speakers`. */
export function* findNamedSpeakers(
  forms: readonly number[],
  filter: Filter,
  limit: number,
): Script<readonly NamedSpeaker[]> {
  const bearers = yield* findBearers(validNumbers(forms), filter, limit);
  const rows = yield* readSpeakers(bearers.map(({ speaker }) => Number(speaker)));
  return bearers.flatMap(({ form, speaker, weight }) => {
    const row = rows.get(Number(speaker));
    return row === undefined ? [] : [{ ...row, spelling: Number(form), weight: Number(weight) }];
  });
}

/** Searches few articles one by one, and otherwise the bearers of each spelling. */
function* findBearers(forms: readonly number[], filter: Filter, limit: number): Script<readonly Row[]> {
  const [columns, order] = ['form, said, speaker, weight', ['said', 'speaker']];
  const named = `SELECT ${columns} FROM {bearers} WHERE {here}`;
  if (forms.length === 0) return [];
  if (allowsAllArticles(filter)) return yield* greatestForEach(forms, order, limit, `${named} AND form = {each}`);
  const articles = yield* newestArticles(filter);
  if (articles.length < MAX_ARTICLES) {
    // An index of the spelling, which `+ 0` prevents, would read it in all articles.
    const there = `SELECT ${columns}, form + 0 AS spelling FROM {bearers} WHERE {here} AND ${ofArticle('speaker')}`;
    const found = yield* allForEach(
      articles,
      `SELECT ${columns} FROM (${there}) AS there WHERE {spelling in ?1}`,
      forms,
    );
    const byOrder = (one: Row, other: Row) =>
      Number(other.said) - Number(one.said) || Number(other.speaker) - Number(one.speaker);
    return [...found].sort(byOrder).slice(0, limit);
  }
  const { from, where, values } = filteredRows('bearers', filter);
  const some = `SELECT * FROM ${from} WHERE {here} AND form = {each} ORDER BY said DESC, speaker DESC LIMIT ${MAX_FILTERED}`;
  const sql = `SELECT ${columns} FROM (${some}) AS bearers WHERE ${where}`;
  return yield* greatestForEach(forms, order, limit, sql, ...values);
}

/** Returns articles whose title, id, outlet or author has one of these spellings, newest first. */
export function* findNamedArticles(forms: readonly number[], limit: number): Script<readonly NamedArticle[]> {
  const sql = 'SELECT form, article, weight FROM {titles} WHERE {here} AND form = {each}';
  const titled = yield* greatestForEach(validNumbers(forms), ['article'], limit, sql);
  const ids = yield* readIds(titled.map(({ article }) => Number(article)));
  return titled.flatMap(({ article, form, weight }) => {
    const id = ids.get(Number(article));
    return id === undefined ? [] : [{ article: id, spelling: Number(form), weight: Number(weight) }];
  });
}

/** Returns the outlets with most articles first, then alphabetically. */
export function* readOutlets(limit: number): Script<readonly Outlet[]> {
  const top = 'SELECT outlet, folded, articles FROM {outlets} WHERE {here} ORDER BY articles DESC, folded LIMIT ?1';
  const outlets = yield* all(top, limit);
  const newest = `SELECT outlet, masthead, {masthead_checksum} FROM {articles_with_metadata}
    WHERE {here} AND removed_at IS NULL AND outlet = {each} ORDER BY number DESC LIMIT 1`;
  const keys = outlets.map(({ outlet }) => toText(outlet));
  const shown = new Map((yield* allForEach(keys, newest)).map(row => [row.outlet, outletIn(row)]));
  return outlets.flatMap(({ outlet, folded, articles }) => {
    const name = shown.get(outlet);
    return name === undefined ? [] : [{ shown: name, folded: decodeText(folded), articles: Number(articles) }];
  });
}

function toSpelling({ number, spelling }: Row): Spelling {
  return { number: Number(number), terms: termsOfSpelling(decodeText(spelling)) };
}

function outletIn({ masthead, masthead_checksum }: Row): string | undefined {
  const stored = toText(masthead);
  if (!isIntact(stored, masthead_checksum)) return undefined;
  const { outlet }: Metadata = JSON.parse(stored);
  return outlet;
}

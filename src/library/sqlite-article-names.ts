import type { Masthead } from '../news/article.ts';
import type { Entitled, Outlet } from './library-index.ts';
import { mergeLists, pages, takeNext } from './merge-lists.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { fromParts, type Named } from './sqlite-named.ts';
import { fromJson, toText } from './sqlite-values.ts';
import { checksum } from './stored.ts';

interface Titled extends Named {
  readonly article: number;
}

const page = 64;

/** Titles, outlets and authors of one library's articles. */
export class SqliteArticleNames {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  entitled(forms: readonly number[], most: number): Entitled[] {
    const distinct = [...new Set(forms)];
    const atOnce = Math.min(page, Math.max(4, Math.ceil((2 * most) / distinct.length)));
    const lists = distinct.map(form => pages<Titled>(after => this.#titledAfter(form, after, atOnce)));
    const found = takeNext(
      mergeLists(lists, (one, other) => one.article > other.article),
      most,
    );
    const sql =
      'SELECT number, articles.id FROM json_each(?) AS asked CROSS JOIN articles ON articles.number = asked.value';
    const rows = this.#connection.all(sql, JSON.stringify([...new Set(found.map(({ article }) => article))]));
    const ids = new Map(rows.map(({ number, id }) => [Number(number), fromJson(id)]));
    return found.flatMap(({ article, form, weight }) => {
      const id = ids.get(article);
      return id === undefined ? [] : [{ article: id, form, weight }];
    });
  }

  outlets(most: number): Outlet[] {
    const newest = 'SELECT max(articles.number) FROM articles WHERE articles.outlet = outlets.number';
    const sql = `SELECT folded, articles, masthead, masthead_checksum FROM outlets JOIN texts ON texts.number = (${newest})
      ORDER BY articles DESC, folded LIMIT ?`;
    return this.#connection.all(sql, most).flatMap(({ folded, articles, masthead, masthead_checksum }) => {
      const stored = toText(masthead);
      if (checksum(stored) !== masthead_checksum) return [];
      const { outlet }: Masthead = JSON.parse(stored);
      return outlet === undefined ? [] : [{ shown: outlet, folded: toText(folded), articles: Number(articles) }];
    });
  }

  #titledAfter(form: number, after: Titled | undefined, most: number): Titled[] {
    const sql = 'SELECT article, weight FROM titled WHERE form = ? AND article < ? ORDER BY article DESC LIMIT ?';
    const before = after?.article ?? Number.MAX_SAFE_INTEGER;
    const rows = this.#connection.allByPlace(sql, form, before, most);
    return rows.map(row => ({ form, article: Number(row[0]), weight: fromParts(row[1]) }));
  }
}

import { setImmediate } from 'node:timers/promises';
import type { Listed } from '../../library.ts';
import { countDerived } from '../derived.ts';
import { codeOf, digestOf } from '../keys.ts';
import type { ArticleRef, ArticleRow, NewArticleRow } from '../store.ts';
import { checksum, dayOf, readListed, readText, storeText } from '../stored.ts';
import type { Ask } from './connection.ts';
import { fromColumn, toColumn } from './values.ts';

/** An article’s columns, but for those that only the server looks at. */
export type RowColumns = {
  readonly number: number;
  readonly revision: number;
  readonly id: string;
  readonly link_key: string | null;
  readonly text_key: string;
  readonly updated: boolean;
  readonly masthead: string;
  readonly text: string;
  readonly checksum: string;
  readonly removed_at: number | null;
  readonly attribution_version: number;
  readonly index_version: number;
  readonly derived: string;
  readonly derived_checksum: string;
};

export type PointerColumns = Pick<RowColumns, 'number' | 'revision' | 'id'>;

export type ListedColumns = Pick<RowColumns, 'id' | 'updated' | 'masthead'> &
  Pick<Listed, 'paragraphs' | 'attributions' | 'speakers'>;

export const rowColumns = `number, revision, id, link_key, text_key, updated, masthead, text, checksum, removed_at,
  attribution_version, index_version, derived, derived_checksum`;
export const listedColumns = 'id, updated, masthead, paragraphs, attributions, speakers';

export function toRow(row: RowColumns): ArticleRow | 'damaged' {
  const text = readText({ ...row, id: fromColumn(row.id) });
  if (text === 'damaged') return 'damaged';
  return {
    number: row.number,
    revision: row.revision,
    text,
    keys: { link: row.link_key ?? undefined, text: row.text_key },
    removedAt: row.removed_at ?? undefined,
    derived: checksum(row.derived) === row.derived_checksum ? row.derived : undefined,
    madeBy: { attribution: row.attribution_version, index: row.index_version },
  };
}

export function toListed(row: ListedColumns): Listed {
  return readListed({ ...row, id: fromColumn(row.id) }, row);
}

export function toPointer({ id, number, revision }: PointerColumns): ArticleRef {
  return { id: fromColumn(id), number, revision };
}

/** Nothing has the row's number, id or keys. */
export async function insertRow(ask: Ask, library: string, pointer: ArticleRef, row: NewArticleRow): Promise<void> {
  const { id, updated, masthead, text, checksum: sum } = storeText(row.text);
  // Of a long article each takes its time.
  await setImmediate();
  const { paragraphs, attributions, speakers } = countDerived(row.derived);
  await setImmediate();
  const { outlet } = row.indexed;
  const columns = [
    'library, number, revision, id, code, link_key, text_key, updated, masthead, text, checksum, published, outlet',
    'paragraphs, attributions, speakers, attribution_version, index_version, derived, derived_checksum',
  ];
  await ask(
    `INSERT INTO verbatim.articles (${columns.join()})
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    ...[library, pointer.number, pointer.revision, toColumn(id), codeOf(id), row.keys.link ?? null, row.keys.text],
    ...[updated, masthead, text, sum, dayOf(row.text.published) ?? null],
    ...[outlet === undefined ? null : digestOf(outlet), paragraphs, attributions, speakers],
    ...[row.madeBy.attribution, row.madeBy.index, row.derived, checksum(row.derived)],
  );
}

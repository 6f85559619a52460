import type { SQLOutputValue } from 'node:sqlite';
import type { Masthead } from '../news/article.ts';
import { told } from '../wording/say.ts';
import { countDerived } from './derived.ts';
import { CannotKeep } from './faults.ts';
import { codeOf } from './keys.ts';
import { migrations } from './migrations.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { checksum, dayOf } from './stored.ts';

/** Brings a file up to date; `fill` puts into a new one what it holds at first. All of it or nothing. */
export function migrate(connection: SqliteConnection, fill: () => void): void {
  const version = Number(connection.get('PRAGMA user_version')?.user_version);
  if (version > migrations.length) {
    throw new CannotKeep(told('keeping.newer'));
  }
  if (version === migrations.length) return;
  defineFunctions(connection);
  connection.transaction(() => {
    for (const statements of migrations.slice(version)) connection.execute(statements);
    if (version === 0) fill();
    connection.execute(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** What migrations need that SQL cannot do. Of what is damaged nothing is read. */
function defineFunctions(connection: SqliteConnection): void {
  connection.define('quote_json', text => JSON.stringify(text));
  connection.define('code_of', id => codeOf(String(id)));
  connection.define('count_of', (what, derived, expected) => {
    const isWhole = typeof derived === 'string' && checksum(derived) === expected;
    const counts: Record<string, number> = isWhole ? { ...countDerived(derived) } : {};
    return counts[String(what)] ?? 0;
  });
  connection.define('day_of', (masthead, text, expected) => {
    if (!isWhole(masthead, text, expected)) return null;
    const { published }: Masthead = JSON.parse(String(masthead));
    return dayOf(published) ?? null;
  });
  connection.define('masthead_checksum_of', (masthead, text, expected) =>
    isWhole(masthead, text, expected) ? checksum(String(masthead)) : '',
  );
}

function isWhole(masthead: SQLOutputValue, text: SQLOutputValue, expected: SQLOutputValue): boolean {
  return checksum(String(masthead), String(text)) === expected;
}

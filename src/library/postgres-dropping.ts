import { digestOf } from './digest.ts';
import { inPieces, mapInPieces } from './in-pieces.ts';
import { rangeOf } from './numbers-in-article.ts';
import type { Ask } from './postgres-client.ts';
import { type Dropped, dropForms } from './postgres-forms.ts';
import type { Ledger } from './postgres-ledger.ts';
import { dropTerms } from './postgres-terms.ts';
import { fromColumn, unpackNumbers } from './postgres-values.ts';

/** Leaves nothing of an article in the index. One that is in none is left as it is. */
export async function dropFromIndex(
  ask: Ask,
  ledger: Ledger,
  { number, outlet }: { readonly number: number; readonly outlet: string | null },
): Promise<void> {
  const text = await dropUnits(ask, ledger, number);
  const dropped = [
    ...(await dropSpeakers(ask, ledger.library, number)),
    ...(await dropTitles(ask, ledger.library, number)),
  ];
  const name = await dropForms(ask, ledger.library, dropped);
  await dropTerms(ask, ledger.library, { text, name });
  if (outlet !== null) await dropOutlet(ask, ledger.library, outlet);
}

/** How many of the units held each term. */
async function dropUnits(ask: Ask, ledger: Ledger, article: number): Promise<Map<number, number>> {
  const held = new Map<number, number>();
  const units = await ask<{ words: Buffer }>(
    'DELETE FROM verbatim.units WHERE library = $1 AND number BETWEEN $2 AND $3 RETURNING words',
    ...[ledger.library, ...rangeOf(article)],
  );
  const count = ({ words }: { words: Buffer }) => {
    for (const term of new Set(unpackNumbers(words))) held.set(term, (held.get(term) ?? 0) + 1);
  };
  await inPieces(mapInPieces(units, count));
  ledger.units -= units.length;
  return held;
}

async function dropSpeakers(ask: Ask, library: string, article: number): Promise<readonly Dropped[]> {
  const range = rangeOf(article);
  const speakers = await ask<{ number: number; said: number; keys: readonly string[] }>(
    'DELETE FROM verbatim.speakers WHERE library = $1 AND number BETWEEN $2 AND $3 RETURNING number, said, keys',
    ...[library, ...range],
  );
  await dropKeys(
    ask,
    library,
    speakers.flatMap(({ number, said, keys }) =>
      [...new Set(keys)].map(key => ({ key: digestOf(fromColumn(key)), said, speaker: number })),
    ),
  );
  return ask<{ form: number; said: number }>(
    'DELETE FROM verbatim.bearers WHERE library = $1 AND speaker BETWEEN $2 AND $3 RETURNING form, said',
    ...[library, ...range],
  );
}

async function dropKeys(
  ask: Ask,
  library: string,
  keys: readonly { readonly key: string; readonly said: number; readonly speaker: number }[],
): Promise<void> {
  if (keys.length === 0) return;
  await ask(
    `DELETE FROM verbatim.keys USING unnest($2::text[], $3::bigint[]) AS gone (key, speaker)
      WHERE library = $1 AND keys.key = gone.key COLLATE "C" AND keys.speaker = gone.speaker`,
    ...[library, keys.map(({ key }) => key), keys.map(({ speaker }) => speaker)],
  );
  await ask(
    `UPDATE verbatim.people SET articles = people.articles - 1, said = people.said - less.said
      FROM (SELECT key, sum(said) AS said FROM unnest($2::text[], $3::bigint[]) AS gone (key, said) GROUP BY key) AS less
      WHERE library = $1 AND people.key = less.key COLLATE "C"`,
    ...[library, keys.map(({ key }) => key), keys.map(({ said }) => said)],
  );
  await ask(
    'DELETE FROM verbatim.people WHERE library = $1 AND key = ANY ($2::text[]) AND articles = 0',
    ...[library, keys.map(({ key }) => key)],
  );
}

function dropTitles(ask: Ask, library: string, article: number): Promise<readonly Dropped[]> {
  return ask<{ form: number; said: number }>(
    'DELETE FROM verbatim.titles WHERE library = $1 AND article = $2 RETURNING form, 0::bigint AS said',
    ...[library, article],
  );
}

async function dropOutlet(ask: Ask, library: string, outlet: string): Promise<void> {
  await ask('UPDATE verbatim.outlets SET articles = articles - 1 WHERE library = $1 AND outlet = $2', library, outlet);
  await ask('DELETE FROM verbatim.outlets WHERE library = $1 AND outlet = $2 AND articles = 0', library, outlet);
}

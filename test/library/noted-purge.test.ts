import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UNDO_MILLISECONDS } from '../../src/library/context.ts';
import { StoredLibraries } from '../../src/library/libraries.ts';
import type { RunnableScript } from '../../src/library/store/script.ts';
import { fileOf, SqliteBackend } from '../../src/library/store/sqlite/backend.ts';
import { SqliteStore } from '../../src/library/store/sqlite/store.ts';
import type { Store } from '../../src/library/store/store.ts';
import { attributeHere } from './attribute-in-process.ts';
import { metadataOf, server, textOf } from './numbered-texts.ts';

const name = `server-${server.id}`;

/** A store that another process purges, and unschedules, right before each change. */
class PurgedStore extends SqliteStore {
  override async write<Values extends readonly unknown[], Result>(
    script: RunnableScript<Values, Result>,
    ...values: Values
  ): Promise<Result> {
    await purgeElsewhere();
    return super.write(script, ...values);
  }
}

class SharedPlace extends SqliteBackend {
  override open(library: string): Promise<Store> {
    return Promise.resolve(new PurgedStore(fileOf(folder, library), [], undefined));
  }
}

let folder = '';
let place: SharedPlace;
let libraries: StoredLibraries;

async function purgeElsewhere(): Promise<void> {
  for (const due of await place.due('purging', Number.MAX_SAFE_INTEGER)) await place.complete('purging', due);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-noted-'));
  place = new SharedPlace(folder);
  libraries = new StoredLibraries(place, {
    seeds: [],
    mostArticles: 9,
    mostOpen: 1,
    now: () => 0,
    attributor: attributeHere,
  });
});
afterEach(async () => {
  await libraries.close();
  rmSync(folder, { recursive: true });
});

test('a change schedules its purge even if another process purged meanwhile', async () => {
  const library = await libraries.open(server);
  await library.add(metadataOf(1), textOf(1));
  expect(await place.due('purging', 0)).toEqual([]);
  const added = await library.add(metadataOf(1), textOf(2));
  expect(added.kind).toBe('updated');
  expect(await place.due('purging', 0)).toEqual([name]);
  await place.complete('purging', name);
  if (added.kind === 'updated') await library.remove(added.article.article.id);
  expect([await place.due('purging', UNDO_MILLISECONDS - 1), await place.due('purging', UNDO_MILLISECONDS)]).toEqual([
    [],
    [name],
  ]);
});

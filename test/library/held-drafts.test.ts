import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdDraft } from '../../src/library/drafts.ts';
import { SqliteBackend } from '../../src/library/store/sqlite/backend.ts';
import type { Store } from '../../src/library/store/store.ts';
import { untitled } from './numbered-texts.ts';

const QUARTER = 15 * 60_000;
const name = 'server-1';

let folder = '';
let place: SqliteBackend;
let store: Store;
/** What other processes do before the store is reached. */
let meanwhile: () => Promise<void>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-held-'));
  place = new SqliteBackend(folder);
  store = await place.open(name, () => Promise.resolve([]));
});
afterEach(async () => {
  await store.close();
  await place.close();
  rmSync(folder, { recursive: true });
});

const hold = () =>
  holdDraft(
    {
      now: () => 0,
      change: change => change(),
      schedule: (task, moment) => place.schedule(task, name, moment),
      write: async (script, ...values) => {
        await meanwhile();
        return await store.write(script, ...values);
      },
    },
    { metadata: untitled, text: 'Rain.', offer: 1, derivation: undefined },
    '1',
    undefined,
  );

test('a draft’s purge is scheduled before the draft is stored, so that no crash forgets it', async () => {
  meanwhile = () => Promise.reject(new Error('ended'));
  await expect(hold()).rejects.toThrow('ended');
  expect(await place.due('purging', QUARTER)).toEqual([name]);
});

test('it stays scheduled if another process purged the library and cleared the schedule meanwhile', async () => {
  meanwhile = async () => {
    await place.due('purging', QUARTER);
    await place.complete('purging', name);
  };
  expect(await hold()).toBeDefined();
  expect([await place.due('purging', QUARTER - 1), await place.due('purging', QUARTER)]).toEqual([[], [name]]);
});

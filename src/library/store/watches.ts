import * as z from 'zod/mini';
import { toText } from './columns.ts';
import { parseJson } from './json.ts';
import { all, first, type Run, type Script } from './script.ts';

/** Someone or something that a library is watched for. */
export interface Watch {
  readonly id: string;
  readonly speaker: string | undefined;
  readonly words: string | undefined;
  /** The id of the channel to post in. */
  readonly channel: string;
  readonly addedBy: string;
  /** The Discord language of whoever added it, for posts to a person. */
  readonly locale: string | undefined;
  /** Why nothing is posted any more: Discord's error code. */
  readonly disabled: number | undefined;
}

/** What a library watches for. */
export interface WatchStore {
  watches(): Promise<readonly Watch[]>;
  /** Adds or replaces a watch. Returns false if it would be one more than `most`. */
  saveWatch(watch: Watch, most: number): Promise<boolean>;
  /** Returns false if there is no such watch. */
  changeWatch(id: string, changes: Partial<Omit<Watch, 'id'>>): Promise<boolean>;
  deleteWatch(id: string): Promise<boolean>;
}

const optionalText = z.optional(z.string());
const watchShape = z.object({
  speaker: optionalText,
  words: optionalText,
  channel: z.string(),
  addedBy: z.string(),
  locale: optionalText,
  disabled: z.optional(z.number()),
});

function* readWatches(): Script<readonly Watch[]> {
  return (yield* all('SELECT id, body FROM {watches} WHERE {here} ORDER BY id')).flatMap(row => {
    const watch = parseJson(watchShape, toText(row.body));
    if (watch === undefined) return [];
    const { speaker, words, channel, addedBy, locale, disabled } = watch;
    return [{ id: toText(row.id), speaker, words, channel, addedBy, locale, disabled }];
  });
}

function* saveWatch({ id, ...body }: Watch, most: number): Script<boolean> {
  const wasThere = yield* deleteWatch(id);
  const count = yield* first('SELECT count(*) AS rows FROM {watches} WHERE {here}');
  if (!wasThere && Number(count?.rows) >= most) return false;
  yield* all(
    'INSERT INTO {watches} ({library_column} id, body) VALUES ({library_value} ?1, ?2)',
    id,
    JSON.stringify(body),
  );
  return true;
}

function* changeWatch(id: string, changes: Partial<Omit<Watch, 'id'>>): Script<boolean> {
  const former = (yield* readWatches()).find(each => each.id === id);
  return former !== undefined && (yield* saveWatch({ ...former, ...changes }, Number.MAX_SAFE_INTEGER));
}

function* deleteWatch(id: string): Script<boolean> {
  return (yield* first('DELETE FROM {watches} WHERE {here} AND id = ?1 RETURNING id', id)) !== undefined;
}

/** What a store watches for, given how it runs scripts. */
export function watchStore(read: Run, write: Run): WatchStore {
  return {
    watches: () => read(readWatches()),
    saveWatch: (watch, most) => write(saveWatch(watch, most)),
    changeWatch: (id, changes) => write(changeWatch(id, changes)),
    deleteWatch: id => write(deleteWatch(id)),
  };
}

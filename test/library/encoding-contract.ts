import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Encodes } from '../../src/answering/networks/encoder.ts';
import { MODEL_ID } from '../../src/answering/networks/model.ts';
import { passagesOf } from '../../src/answering/networks/passages.ts';
import type { Libraries, LibrariesOptions } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import { nameOf, type Owner } from '../../src/library/owner.ts';
import { countUnencoded, findUnencoded, readVectors } from '../../src/library/store/articles.ts';
import { saveVectors } from '../../src/library/store/changes.ts';
import { encodeDerived } from '../../src/library/store/derived.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { findNearest } from '../../src/library/store/index-queries.ts';
import { NO_FILTER } from '../../src/library/store/library-index.ts';
import { toArticle } from '../../src/news/article.ts';
import { metadataOf, textOf, untitled } from './numbered-texts.ts';
import { wordEncoder, wordVectors } from './word-vectors.ts';

const server: Owner = { kind: 'server', id: '7600000000000000001' };
const other: Owner = { kind: 'server', id: '7600000000000000002' };

interface Tested {
  libraries(): Libraries;
  /** Closes the libraries and opens them with these options. */
  restart(more: Partial<LibrariesOptions>): Promise<void>;
}

/** Records what is encoded; `fails` chooses what can't be. */
class RecordingEncoder implements Encodes {
  readonly encoded: string[] = [];
  readonly #fails: (passage: string) => boolean;

  constructor(fails: (passage: string) => boolean = () => false) {
    this.#fails = fails;
  }

  encodeQuestion = wordEncoder.encodeQuestion;
  judge = wordEncoder.judge;
  close = wordEncoder.close;

  encodePassages(owner: string, passages: readonly string[]): Promise<Int8Array> {
    this.encoded.push(...passages);
    if (passages.some(this.#fails)) return Promise.reject(new Error('The encoding process ended with 1.'));
    return wordEncoder.encodePassages(owner, passages);
  }
}

/** Encodes nothing until it is closed. */
class WaitingEncoder implements Encodes {
  readonly #closing = Promise.withResolvers<never>();
  readonly #asked = Promise.withResolvers<void>();
  /** Resolves when something is to be encoded. */
  readonly asked = this.#asked.promise;

  constructor() {
    this.#closing.promise.catch(() => undefined);
  }

  encodeQuestion = wordEncoder.encodeQuestion;
  judge = wordEncoder.judge;

  encodePassages(): Promise<Int8Array> {
    this.#asked.resolve();
    return this.#closing.promise;
  }

  close(): Promise<void> {
    this.#closing.reject(new Error('Encoding has stopped.'));
    return Promise.resolve();
  }
}

async function encoded(library: OpenLibrary): Promise<number[]> {
  const left: number[] = [];
  for await (const each of library.encoding()) left.push(each);
  return left;
}

async function nearest(library: OpenLibrary, question: string): Promise<string | undefined> {
  const vector = await library.encodeQuestion(question);
  if (vector === undefined) return undefined;
  const [found] = await library.read(findNearest, MODEL_ID, vector, 1, NO_FILTER);
  const article = found && (await library.article(found.article));
  return article && passagesOf(article)[found?.paragraph ?? 0];
}

/** Tests that libraries make the vectors of their articles. */
export function describeEncoding({ libraries, restart }: Tested): void {
  describe('vectors in the background', () => {
    const fill = async (owner: Owner, ...numbers: readonly number[]) => {
      const library = await libraries().open(owner);
      for (const number of numbers) await library.add(metadataOf(number), textOf(number));
      return library;
    };
    let reports: string[] = [];
    const restartWith = async (encoder: Encodes, more: Partial<LibrariesOptions> = {}) => {
      reports = [];
      await restart({ encoder, report: sentence => reports.push(sentence), ...more });
    };

    test('an added article is soon found by meaning, and so is a restored one', async () => {
      await restartWith(new RecordingEncoder());
      const library = await libraries().open(server);
      const added = await library.add(untitled, 'Wheat was loaded in the harbour.');
      if (added.kind !== 'added') throw new Error(added.kind);
      await expect.poll(() => library.read(countUnencoded, MODEL_ID)).toBe(0);
      expect(await nearest(library, 'wheat in the harbour')).toContain('Wheat was loaded');
      const { id } = added.article.article;
      const expected = wordVectors(passagesOf(added.article));
      expect(await library.read(readVectors, [id], MODEL_ID)).toEqual(new Map([[id, expected]]));
      await library.remove(id);
      expect(await nearest(library, 'wheat in the harbour')).not.toContain('Wheat');
      await library.restore(id);
      expect(await nearest(library, 'wheat in the harbour')).toContain('Wheat');
      expect(reports).toEqual([]);
    });

    test('a question that the encoder fails on has no vector, which is reported', async () => {
      await restartWith({ ...wordEncoder, encodeQuestion: () => Promise.reject(new Error('It ended with SIGSEGV.')) });
      const library = await libraries().open(server);
      expect(await library.encodeQuestion('Who said that?')).toBeUndefined();
      expect(reports).toEqual(['Cannot encode a question, so it is answered by its words alone']);
    });

    test('a library from before is filled in when it is opened, and a reopened one goes on', async () => {
      await fill(server, 1, 2, 3);
      const waiting = new WaitingEncoder();
      await restartWith(waiting);
      const library = await libraries().open(server);
      await waiting.asked;
      expect(await library.read(countUnencoded, MODEL_ID)).toBe(4);
      const recording = new RecordingEncoder();
      await restartWith(recording);
      expect((await encoded(await libraries().open(server))).at(-1)).toBe(0);
      expect(await (await libraries().open(server)).read(countUnencoded, MODEL_ID)).toBe(0);
      expect(new Set(recording.encoded).size).toBe(recording.encoded.length);
      await restartWith(recording);
      expect(await encoded(await libraries().open(server))).toEqual([0]);
      expect(new Set(recording.encoded).size).toBe(recording.encoded.length);
    });

    test('libraries that nobody opens are filled in, too', async () => {
      await fill(server, 1);
      await fill(other, 2);
      await restartWith(new RecordingEncoder());
      await libraries().encodeAll();
      await restart({});
      for (const owner of [server, other]) {
        expect(await (await libraries().open(owner)).read(countUnencoded, MODEL_ID)).toBe(0);
      }
    });

    test('a library that is erased before its turn doesn’t come back', async () => {
      await fill(server, 1);
      await fill(other, 2);
      const gate = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<string>();
      await restartWith({
        ...wordEncoder,
        encodePassages: async (library, passages) => {
          asked.resolve(library);
          await gate.promise;
          return wordVectors(passages);
        },
      });
      const encoding = libraries().encodeAll();
      const next = (await asked.promise) === nameOf(server) ? other : server;
      await libraries().erase(next);
      gate.resolve();
      await encoding;
      expect([await libraries().has(next), reports]).toEqual([false, []]);
    });

    test('the vectors that are stored with the seeds aren’t made again', async () => {
      const attributed = {
        article: toArticle('seed', untitled, 'Rain fell.\nSnow fell.'),
        attributions: [],
        speakers: [],
      };
      const vectors = wordVectors(passagesOf(attributed));
      const recording = new RecordingEncoder();
      const seeds = [{ ...attributed.article, derived: encodeDerived(attributed), vectors }];
      await restart({ encoder: recording, seeds });
      const library = await libraries().open({ kind: 'server', id: '7600000000000000003' });
      await expect.poll(() => library.read(countUnencoded, MODEL_ID)).toBe(0);
      expect(recording.encoded).toEqual([]);
    });

    test('closing doesn’t wait for the encoder', async () => {
      await fill(server, 1);
      const waiting = new WaitingEncoder();
      await restartWith(waiting);
      await libraries().open(server);
      await waiting.asked;
      await libraries().close();
      expect(reports).toEqual([]);
    });

    test('an article that is removed meanwhile, or its library erased, is no error and doesn’t come back', async () => {
      await fill(server, 1);
      const gate = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      await restartWith({
        ...wordEncoder,
        encodePassages: async (_owner, passages) => {
          asked.resolve();
          await gate.promise;
          return wordVectors(passages);
        },
      });
      const library = await libraries().open(server);
      const erased = await libraries().open(other);
      await asked.promise;
      const [newest] = await library.newest(0, 1);
      await library.remove(newest?.id ?? '');
      await erased.erase();
      gate.resolve();
      await encoded(library);
      expect(await library.read(readVectors, [newest?.id ?? ''], MODEL_ID)).toEqual(new Map());
      expect([await libraries().has(other), reports]).toEqual([false, []]);
    });

    test('one that can’t be encoded is reported, and the others are encoded', async () => {
      await fill(server, 1, 2, 3);
      const recording = new RecordingEncoder(passage => passage.includes('Rain fell on 2,'));
      await restartWith(recording);
      const library = await libraries().open(server);
      await expect(encoded(library)).rejects.toThrow(StorageError);
      expect(await library.read(countUnencoded, MODEL_ID)).toBe(1);
      await fill(server, 4);
      await expect.poll(() => library.read(countUnencoded, MODEL_ID)).toBe(1);
      expect(reports).toEqual([expect.stringContaining('Cannot encode an article of server-7600000000000000001')]);
    });

    test('one that can’t be encoded doesn’t keep the vectors of another model from being replaced', async () => {
      const before = await fill(server, 1, 2, 3);
      const [, ...older] = await before.read(findUnencoded, MODEL_ID, 10);
      for (const ref of older) await before.write(saveVectors, ref, 'another model', wordVectors(['Rain.']));
      await restartWith(new RecordingEncoder(passage => passage.includes('Rain fell on 3,')));
      const library = await libraries().open(server);
      await expect(encoded(library)).rejects.toThrow(StorageError);
      expect([older.length, await library.read(countUnencoded, MODEL_ID)]).toEqual([3, 1]);
    });

    test('a library that is closed and opened again while it waits for the encoder is filled in', async () => {
      await fill(server, 1);
      const gate = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      const encodePassages: Encodes['encodePassages'] = async (owner, passages) => {
        asked.resolve();
        await gate.promise;
        return await wordEncoder.encodePassages(owner, passages);
      };
      await restartWith({ ...wordEncoder, encodePassages }, { seeds: [], mostOpen: 1 });
      await libraries().open(server);
      await asked.promise;
      // What else begins when it is opened may still be reading it.
      const openAfterOther = async () => {
        await libraries().open(other);
        return (await libraries().state()).open;
      };
      await expect.poll(openAfterOther).toBe(1);
      const library = await libraries().open(server);
      gate.resolve();
      await expect.poll(() => library.read(countUnencoded, MODEL_ID)).toBe(0);
      expect(reports).toEqual([]);
    });

    test('a broken encoder is not asked for every article', async () => {
      await fill(server, 1, 2, 3, 4, 5);
      await restartWith(new RecordingEncoder(() => true));
      await libraries().open(server);
      await expect.poll(() => reports.length).toBe(4);
      await setTimeout(200);
      expect(reports).toHaveLength(4);
    });
  });
}

import { describe, expect, test } from 'vitest';
import type { Libraries, LibrariesOptions } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Owner } from '../../src/library/owner.ts';
import { findStale } from '../../src/library/store/articles.ts';
import { VERSIONS } from '../../src/library/store/derived.ts';
import { countOpenDisputes, readAllDisputes } from '../../src/library/store/dispute-rows.ts';
import { outerOf } from '../../src/library/store/disputes.ts';
import { readPosts } from '../../src/library/store/following/outbox.ts';
import { NO_FILTER } from '../../src/library/store/library-index.ts';
import { readTopSpeakers } from '../../src/library/store/people.ts';
import { all } from '../../src/library/store/script.ts';
import { readNewestQuotes } from '../../src/library/store/units.ts';
import { type Metadata, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';

interface Parts {
  readonly libraries: () => Libraries;
  readonly restart: (more?: Partial<LibrariesOptions>) => Promise<OpenLibrary>;
  readonly pass: (milliseconds: number) => void;
}

const owner: Owner = { kind: 'server', id: '7600000000000000001' };
const other: Owner = { kind: 'server', id: '7600000000000000002' };
const metadata: Metadata = { ...UNKNOWN_METADATA, title: 'Rain', url: 'https://news.example/rain' };
const text = '“Rain fell,” said Ann Lee.\n“Hail fell,” said Bo Cho.';
const by = { id: '1180000000000000002', most: 10, channel: undefined };
const MINUTE = 60_000;

async function add(library: OpenLibrary, words = text): Promise<string> {
  const added = await library.add(metadata, words);
  if (!('article' in added)) return expect.fail(added.kind);
  return added.article.article.id;
}

async function articleIn(library: OpenLibrary, id: string) {
  return (await library.article(id)) ?? expect.fail('gone');
}

/** Returns who said each thing: by the article, and by the index. */
async function whoIn(library: OpenLibrary, id: string): Promise<readonly string[]> {
  const { article, attributions, speakers } = await articleIn(library, id);
  const units = await library.read(readNewestQuotes, NO_FILTER, 10);
  const indexed = units.filter(each => each.article === id).map(({ attribution }) => attribution);
  expect(indexed).toEqual([0, 1]);
  const top = await library.read(readTopSpeakers, NO_FILTER, 10);
  const said = attributions.flatMap(({ speaker }) => speaker ?? []);
  expect(top.reduce((sum, each) => sum + each.said, 0)).toBe(said.length);
  expect((await library.newest(0, 1))[0]?.speakers).toBe(new Set(said).size);
  expect(speakers.length).toBe(2);
  return attributions.map(
    ({ speaker, certainty }) => `${speaker ? slice(article.text, speaker.name) : '?'} ${certainty}`,
  );
}

async function dispute(library: OpenLibrary, id: string, at = 0) {
  const { attributions } = await articleIn(library, id);
  const attribution = attributions[at] ?? expect.fail('nothing there');
  return await library.dispute(id, outerOf(attribution), by);
}

async function decide(
  library: OpenLibrary,
  id: string,
  at: number,
  speaker: number | undefined,
  isAgain = false,
): Promise<boolean> {
  const { attributions, speakers } = await articleIn(library, id);
  const content = outerOf(attributions[at] ?? expect.fail('nothing there'));
  const name = speaker === undefined ? undefined : speakers[speaker]?.name;
  return await library.decide(id, { content, speaker: name }, isAgain);
}

/** Adds an article of which one statement is decided for somebody else, and another one is disputed. */
export async function disputeAndDecide(library: OpenLibrary): Promise<void> {
  const id = await add(library);
  await dispute(library, id, 1);
  await dispute(library, id, 0);
  await decide(library, id, 0, 1);
}

/** Tests what becomes of attributions that somebody disputes. */
export function describeDisputed({ libraries, restart, pass }: Parts): void {
  describe('disputed attributions', () => {
    test('are unclear until they are decided, for the index, too', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      expect(await whoIn(library, id)).toEqual(['Ann Lee stated', 'Bo Cho stated']);
      expect(await dispute(library, id)).toBe('stored');
      expect(await dispute(library, id)).toBe('unchanged');
      expect(await whoIn(library, id)).toEqual(['? unclear', 'Bo Cho stated']);
      expect(await decide(library, id, 0, 1)).toBe(true);
      expect(await decide(library, id, 0, undefined)).toBe(false);
      expect(await whoIn(library, id)).toEqual(['Bo Cho inferred', 'Bo Cho stated']);
      expect(await decide(library, id, 0, undefined, true)).toBe(true);
      expect(await whoIn(await restart(), id)).toEqual(['? unclear', 'Bo Cho stated']);
    });

    test('stay as decided when another version of the code derives the article again', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      await dispute(library, id);
      await decide(library, id, 0, 1);
      await library.write(makeStale);
      const again = await restart();
      await expect.poll(() => again.read(findStale, VERSIONS, 0, 1)).toEqual([]);
      expect(await whoIn(again, id)).toEqual(['Bo Cho inferred', 'Bo Cho stated']);
    });

    test('stay as decided when the article is read again, as far as it has the same words', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      await dispute(library, id);
      await decide(library, id, 0, 1);
      expect(await add(library, `A new paragraph.\n${text}`)).toBe(id);
      expect(await whoIn(library, id)).toEqual(['Bo Cho inferred', 'Bo Cho stated']);
      expect(await add(library, text.replace('Rain', 'Snow'))).toBe(id);
      expect(await whoIn(library, id)).toEqual(['Ann Lee stated', 'Bo Cho stated']);
    });

    test('are reported again where other words have taken their place', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      await dispute(library, id);
      await add(library, text.replace('Rain', 'Snow'));
      expect(await dispute(library, id)).toBe('stored');
      expect(await whoIn(library, id)).toEqual(['? unclear', 'Bo Cho stated']);
      expect(await library.read(countOpenDisputes)).toBe(1);
    });

    test('count in the article and in its index if the article is read again at the same time', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      for (const paragraph of ['One.', 'Two.', 'Three.']) {
        const updated = add(library, `${paragraph}\n${text}`);
        await Promise.all([updated, dispute(library, id)]);
        expect(await whoIn(library, id)).toEqual([
          expect.stringMatching(/^(?:Ann Lee stated|\? unclear)$/v),
          'Bo Cho stated',
        ]);
      }
    });

    test('are there after an article is restored, and gone with it', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      await dispute(library, id);
      await library.remove(id);
      expect(await library.read(countOpenDisputes)).toBe(0);
      await library.restore(id);
      expect(await library.read(countOpenDisputes)).toBe(1);
      expect(await whoIn(library, id)).toEqual(['? unclear', 'Bo Cho stated']);
      await library.remove(id);
      pass(11 * MINUTE);
      await libraries().maintain();
      expect(await library.read(readAllDisputes)).toEqual([]);
    });

    test('are as many as somebody may report in a day', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      const { attributions } = await articleIn(library, id);
      const [first, second] = attributions.map(outerOf);
      if (first === undefined || second === undefined) return expect.fail('nothing there');
      const one = { ...by, most: 1 };
      expect(await Promise.all([first, second].map(each => library.dispute(id, each, one)))).toContain('too many');
      expect(await library.read(countOpenDisputes)).toBe(1);
      pass(24 * 60 * MINUTE);
      const outcomes = await Promise.all([first, second].map(each => library.dispute(id, each, one)));
      expect(outcomes.toSorted()).toEqual(['stored', 'unchanged']);
    });

    test('are told to a channel, in the same transaction', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      const [attribution] = (await articleIn(library, id)).attributions;
      const content = outerOf(attribution ?? expect.fail('nothing there'));
      await library.dispute(id, content, { ...by, channel: '12' });
      await library.dispute(id, content, { ...by, channel: '12' });
      const posts = await library.read(readPosts, Number.MAX_SAFE_INTEGER, 10);
      const reason = { kind: 'dispute', starts: content.start, ends: content.end };
      expect(posts).toMatchObject([{ channel: '12', article: id, reason }]);
    });

    test('are in an export once they are decided, for another library', async () => {
      const library = await libraries().open(owner);
      await disputeAndDecide(library);
      const lines: string[] = [];
      for await (const line of library.lines()) lines.push(line);
      const exported: { decisions: readonly { content: [number, number]; speaker: [number, number] }[] } = JSON.parse(
        lines.at(-1) ?? '',
      );
      expect(exported.decisions).toEqual([{ content: [1, 11], speaker: [text.indexOf('Bo Cho'), text.length - 1] }]);
      const elsewhere = await libraries().open(other);
      const there = await add(elsewhere);
      const decided = exported.decisions.map(({ content, speaker }) => ({
        content: { start: content[0], end: content[1] },
        speaker: { start: speaker[0], end: speaker[1] },
      }));
      await elsewhere.importDecisions(there, decided);
      expect(await whoIn(elsewhere, there)).toEqual(['Bo Cho inferred', 'Bo Cho stated']);
    });

    test('are imported as decided last, if a line decides one more than once', async () => {
      const library = await libraries().open(owner);
      const id = await add(library);
      const { attributions, speakers } = await articleIn(library, id);
      const content = outerOf(attributions[0] ?? expect.fail('nothing there'));
      await library.importDecisions(id, [
        { content, speaker: undefined },
        { content, speaker: speakers[1]?.name },
      ]);
      expect(await whoIn(library, id)).toEqual(['Bo Cho inferred', 'Bo Cho stated']);
    });
  });
}

function* makeStale() {
  return yield* all('UPDATE {articles} SET attribution_version = 0, index_version = 0 WHERE {here}');
}

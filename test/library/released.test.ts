import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Libraries, openLibraries } from '../../src/library/libraries.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { searchOf } from '../../src/search/search.ts';
import { attributeHere } from './attribute-in-process.ts';
import { server } from './numbered-texts.ts';

/**
 * What released versions wrote, as SQL: `VERSION-library.sql` and `VERSION-register.sql`. Each release adds its own.
 */
const fixtures = join(import.meta.dirname, 'released');
const versions = readdirSync(fixtures).flatMap(
  name => /^(?<version>.+)-library\.sql$/v.exec(name)?.groups?.version ?? [],
);

/** When they were written: at that moment one article was removed, and the bot left the server. */
const written = Date.UTC(2026, 0, 2);
const minute = 60_000;
const day = 24 * 60 * minute;

let folder = '';
let libraries: Libraries;
let now = written + minute;

/** `change` is run on the library before it is opened. */
async function openReleased(version: string, change = ''): Promise<void> {
  for (const [kind, name] of [
    ['library', `server-${server.id}`],
    ['register', 'register'],
  ] as const) {
    const database = new DatabaseSync(join(folder, `${name}.sqlite`));
    database.exec(readFileSync(join(fixtures, `${version}-${kind}.sql`), 'utf8'));
    if (kind === 'library') database.exec(change);
    database.close();
  }
  libraries = await openLibraries({
    ...{ folder, databaseUrl: undefined, seeds: [], mostArticles: 100, mostOpen: 2, attributor: attributeHere },
    now: () => now,
  });
}

test('there is one', () => {
  expect(versions).toContain('0.1.0');
});

describe.each(versions)('a library of version %s', version => {
  beforeEach(() => {
    now = written + minute;
    folder = mkdtempSync(join(tmpdir(), 'verbatim-released-'));
    mkdirSync(folder, { recursive: true });
  });
  afterEach(async () => {
    await libraries.close();
    rmSync(folder, { recursive: true });
  });

  test('has all its words and facts, in order', async () => {
    await openReleased(version);
    const library = await libraries.open(server);
    const lines: unknown[] = [];
    for await (const line of library.lines()) lines.push(JSON.parse(line));
    expect(lines).toEqual([
      {
        title: 'Rain over Morva',
        outlet: 'The Courier',
        byline: 'Ida Holm',
        published: '2026-01-02',
        url: 'https://news.example/rain',
        text: '“The dam will hold through the winter,” said Ilse Brandt, who runs the waterworks.\n\nFarmers moved their cattle. “We have not slept for three nights,” Tomas Havel, a farmer, told the Courier.\n',
      },
      { title: '雨', url: 'https://news.example/yu', text: '“雨下了三天，”李安说。\n' },
      { title: 'A test', titleIsDescriptive: true, text: 'Half \ud800 \0 of it’s text.\n' },
      {
        title: 'A test',
        titleIsDescriptive: true,
        url: 'https://news.example/bridge',
        text: '“The bridge stays closed,” said Mayor Petra Lind.\n',
      },
    ]);
    const newest = await library.newest(0, 10);
    expect(newest.map(({ updated }) => updated)).toEqual([true, false, false, false]);
  });

  test('can be searched once it is indexed, and its removed article can still be restored', async () => {
    await openReleased(version);
    const library = await libraries.open(server);
    const found = async () =>
      (await searchOf(library).passages('dam will hold', NO_FILTER_OPTIONS))[0]?.from.article.id;
    await expect.poll(found, { timeout: 20_000 }).toBe('32srt4sfwr75b');
    expect((await library.restore('2i8py1zb9rtyf'))?.article.title).toBe('Withdrawn');
    expect(await library.count()).toBe(5);
  });

  test('is brought over with its counts and its damage', async () => {
    const damage = `UPDATE articles SET text = '"“The dam will break,” said Ilse Brandt."' WHERE number = 1;
      UPDATE derived SET derived = '{}' WHERE number = 4`;
    await openReleased(version, damage);
    const library = await libraries.open(server);
    const counted = (await library.newest(0, 10)).map(({ title, paragraphs, attributions, speakers }) => [
      title,
      ...[paragraphs, attributions, speakers],
    ]);
    expect(counted).toEqual([
      ['A test', 0, 0, 0],
      ['A test', 1, 0, 0],
      ['雨', 1, 1, 1],
    ]);
    expect(await library.article('32srt4sfwr75b')).toBeUndefined();
    expect((await library.article('38g0i8kjwf27k'))?.attributions).toHaveLength(1);
  });

  test('is erased 30 days after the bot left, as was recorded', async () => {
    await openReleased(version);
    now = written + 30 * day - 1;
    expect(await libraries.eraseDue(now, () => true)).toBe(0);
    now += 1;
    expect(await libraries.eraseDue(now, () => true)).toBe(0);
    now += day;
    expect(await libraries.eraseDue(now, () => true)).toBe(1);
    expect(await libraries.has(server)).toBe(false);
  });
});

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseLine } from '../../src/terminal/article-lines.ts';
import { metadataOf, textOf } from '../library/numbered-texts.ts';
import { holds } from '../library/start-adding.ts';
import { linesOf, outcomeOf, runCommand, startCommand } from './commands.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-import-'));
  mkdirSync(join(folder, 'news'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Arguments = readonly ['import' | 'export', ...(readonly string[])];
const inFolder = ([command, ...args]: Arguments) =>
  [
    folder,
    { DATA_DIR: join(folder, 'data') },
    command,
    ...(command === 'import' ? ['--create'] : []),
    ...args,
  ] as const;
const start = (...args: Arguments) => startCommand(...inFolder(args));
const run = (...args: Arguments) => runCommand(...inFolder(args));
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, 'news', name), content);

test('imports files and folders into a library that is meant, names refused files with the line, and adds nothing the second time', async () => {
  write('a.txt', 'title: Rain\nurl: https://news.example/rain\n\nRain fell, said Ann Lee.\n');
  write('b.jsonl', `{"text":"Sun, said Bo."}\n\n{"text":7}\nno JSON\n[]\n{"text":"x","url":"ftp://x"}\r\n{"text":" "}`);
  write('c.jsonl.gz', gzipSync('{"text":"Sun, said Bo."}\n{"text":"Snow, said Bo.","published":"2022-02-30"}\n'));
  write('d.jsonl', Uint8Array.of(0x7b, 0xff, 0x7d, 0x0a));
  write('e.jsonl.gz', gzipSync('{"text":"Fog, said Bo."}\n'.repeat(9)).subarray(0, -6));
  write('picture.png', 'is passed over');
  const plainly = () => runCommand(folder, { DATA_DIR: join(folder, 'data') }, 'import', '--server', '1', 'news');
  expect(await plainly()).toEqual({
    out: '',
    err: 'There is no library for the server 1 yet. To make one, add --create.\n',
    code: 1,
  });
  expect(readdirSync(join(folder, 'data/libraries'))).not.toContain('server-1.sqlite');
  const first = await run('import', '--server', '1', 'news', 'missing.txt');
  expect(first).toMatchObject({
    code: 1,
    out: expect.stringContaining('Added 3, updated 0, unchanged 9, rejected 9.'),
  });
  const places = [
    'b.jsonl:3',
    'b.jsonl:4',
    'b.jsonl:5',
    'b.jsonl:6',
    'b.jsonl:7',
    'c.jsonl.gz:2',
    'd.jsonl:1',
    'e.jsonl.gz:10',
  ];
  const refused = first.err
    .trim()
    .split('\n')
    // On a slow machine it prints progress too.
    .filter(each => each.includes(': '))
    .map(each => each.split(': ')[0]);
  expect(refused).toEqual([...places.map(place => join('news', place)), 'missing.txt']);
  // It need not be meant any more.
  expect(await plainly()).toMatchObject({ out: 'Added 0, updated 0, unchanged 12, rejected 8.\n' });
});

test('a line with so many decisions that reading its article would block the bot is refused', () => {
  const decisions = Array.from({ length: 1001 }, (_, at) => ({ content: [at, at + 1], speaker: null }));
  const read = (count: number) => parseLine(JSON.stringify({ text: 'Rain.', decisions: decisions.slice(0, count) }));
  expect(read(1000).kind).toBe('article');
  expect(read(1001)).toEqual({ kind: 'refused', reason: 'expected "decisions" to be at most 1,000 places' });
});

test('an export that is imported elsewhere gives the same export, code unit for code unit, and so does one to a file', async () => {
  const odd = {
    title: '[A title]',
    text: 'Rain \ud800\0\u2028 fell.\r\n\tSaid Bo.\n\n',
    url: 'https://news.example/odd',
    byline: 'Bo',
  };
  const decided = {
    title: 'Rain',
    text: '“Rain fell,” said Ann Lee. Bo Cho left.',
    url: 'https://news.example/decided',
    decisions: [{ content: [1, 11], speaker: [27, 33] }],
  };
  write('a.jsonl', [JSON.stringify(odd), JSON.stringify(decided), linesOf(5)].join('\n'));
  expect((await run('import', '--server', '1', 'news')).out).toBe('Added 7, updated 0, unchanged 0, rejected 0.\n');
  const exported = await run('export', '--server', '1');
  expect(
    exported.out
      .split('\n')
      .filter(each => each !== '')
      .map(each => JSON.parse(each)),
  ).toEqual(expect.arrayContaining([odd, decided]));
  writeFileSync(join(folder, 'export.jsonl'), exported.out);
  // The seed is there already.
  expect((await run('import', '--server', '2', 'export.jsonl')).out).toBe(
    'Added 7, updated 0, unchanged 1, rejected 0.\n',
  );
  const sorted = (text: string) => text.split('\n').sort();
  expect(sorted((await run('export', '--server', '2')).out)).toEqual(sorted(exported.out));
  const file = join(folder, 'out.jsonl');
  const toFile = (path: string) => run('export', '--server', '1', '--to', path);
  expect(await toFile(file)).toEqual({ out: `Exported to ${file}.\n`, err: '', code: 0 });
  expect(readFileSync(file, 'utf8')).toBe(exported.out);
  // It is for this user alone, and new.
  expect(statSync(file).mode & 0o077).toBe(0);
  expect((await toFile(file)).err).toBe(`${file} already exists. Choose another name.\n`);
  expect((await toFile(join(folder, 'no/out.jsonl'))).err).toContain("can't be written");
});

// test/library/kills.test.ts kills it.
test('an import stopped by SIGINT continues where it was', async () => {
  write('a.jsonl', linesOf(20));
  const importing = start('import', '--server', '1', 'news');
  const outcome = outcomeOf(importing);
  await holds(join(folder, 'data/libraries/server-1.sqlite'), 5);
  importing.kill('SIGINT');
  await outcome;
  const again = await run('import', '--server', '1', 'news');
  expect(again.out).toMatch(/^Added \d+, updated 0, unchanged \d+, rejected 0\.\n$/v);
  expect(
    (await run('export', '--server', '1')).out.split('\n').filter(each => each.includes('news.example')),
  ).toHaveLength(20);
});

test('a person has their own library; of two versions of one address, the later one stays', async () => {
  const version = (number: number) => JSON.stringify({ ...metadataOf(1), text: textOf(number) });
  write('a.jsonl', `${linesOf(2)}${[3, 2, 1, 5, 4].map(version).join('\n')}`);
  expect((await run('import', '--person', '1', 'news')).out).toBe('Added 2, updated 5, unchanged 0, rejected 0.\n');
  const { out } = await run('export', '--person', '1');
  for (const number of [0, 4]) expect(out).toContain(JSON.stringify(textOf(number)));
  expect(out).not.toContain(JSON.stringify(textOf(5)));
  expect((await run('export', '--server', '1')).err).toBe('There is no library for the server 1.\n');
  expect((await run('export', '--server', '1', '--person', '1')).err).toMatch(/^Usage: npm run export/v);
});

test('the reader of an export may stop early', async () => {
  // More than a pipe holds.
  for (const name of ['a.txt', 'b.txt']) write(name, `${name} fell: ${'drip'.repeat(20_000)}.`);
  await run('import', '--server', '1', 'news');
  const exporting = start('export', '--server', '1');
  exporting.stdout?.once('data', () => exporting.stdout?.destroy());
  expect(await outcomeOf(exporting)).toMatchObject({ err: '', code: 0 });
});

test('a file of another type, or a place that isn’t a folder, gives a sentence that names it', async () => {
  write('picture.png', 'rain');
  // On a slow machine it prints progress too.
  expect((await run('import', '--server', '1', 'news/picture.png')).err).toContain(
    'news/picture.png: expected a .txt, .md, .html, .jsonl or .jsonl.gz file\n',
  );
  write('a.txt', 'Rain fell.');
  rmSync(join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'data'), 'no folder');
  for (const command of ['import', 'export'] as const) {
    expect(await run(command, '--server', '1', ...(command === 'import' ? ['news'] : []))).toEqual({
      out: '',
      err: `${join(folder, 'data/libraries')} can't be used (ENOTDIR). It must be a folder.\n`,
      code: 1,
    });
  }
});

test('an import without a file that it reads says so, and makes no library', async () => {
  write('manifest.json', '{}');
  expect(await run('import', '--server', '1', 'news')).toEqual({
    out: '',
    err: 'There is nothing to import in news: no .txt, .md, .html, .jsonl or .jsonl.gz files.\n',
    code: 1,
  });
  expect((await run('export', '--server', '1')).err).toBe('There is no library for the server 1.\n');
});

test('an impossible request gives a sentence', async () => {
  expect(await run('export', '--server', '404')).toEqual({
    out: '',
    err: 'There is no library for the server 404.\n',
    code: 1,
  });
  expect((await run('import')).err).toMatch(/^Usage: npm run import -- --server ID PATH/v);
  expect((await run('import', '--server', 'abc', 'news')).err).toMatch(
    /^abc isn't the id of a server, which is a number\./v,
  );
  expect((await run('import', '--server', '../1', 'news')).err).toContain("isn't the id of a server");
  symlinkSync('round', join(folder, 'round'));
  expect((await run('import', '--server', '1', 'round')).err).toMatch(/^ELOOP: .* 'round'\n$/v);
  for (const [args, problem] of [
    [['--server'], "Option '--server <value>' argument missing"],
    [['--server', '--create'], "Option '--server' argument is ambiguous"],
    [['--sever', '1'], "Unknown option '--sever'"],
  ] as const) {
    const { err } = await run('import', ...args);
    expect(err.startsWith(`${problem}.\n\nUsage: npm run import -- --server ID PATH…\n`)).toBe(true);
  }
});

test.each(['import', 'export', 'backup', 'restore', 'migrate'] as const)(
  '%s --help prints its options',
  async command => {
    const { out, err, code } = await outcomeOf(startCommand(folder, {}, command, '--help'));
    expect(out).toMatch(new RegExp(`^Usage: npm run ${command} -- --`, 'v'));
    expect([err, code]).toEqual(['', 0]);
  },
);

test('a data folder that can’t be made is an error at once', async () => {
  write('a.txt', 'Rain fell.');
  const settings = { DATA_DIR: '/proc/verbatim' };
  const { err, code } = await runCommand(folder, settings, 'import', '--create', '--server', '1', 'news');
  expect(err).toContain('/proc/verbatim');
  expect(code).toBe(1);
});

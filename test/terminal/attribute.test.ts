import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outcomeOf, runCommand, startCommand } from './commands.ts';

const root = resolve(import.meta.dirname, '../..');
const seed = join(root, 'seeds/us-china-rome-meeting.txt');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-attribute-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Quote {
  readonly content: readonly (readonly [number, number])[];
  readonly speaker_text: string | null;
  readonly name: string | null;
  readonly certainty: string;
  readonly reported: readonly Quote[];
}

const run = (...args: readonly string[]) => runCommand(folder, {}, 'attribute', ...args);

function quotesIn(out: string): readonly (readonly Quote[])[] {
  return out
    .trim()
    .split('\n')
    .map((line): readonly Quote[] => JSON.parse(line).quotes);
}

test('a file: a line of JSON with the eight attributions of the seed', async () => {
  const { out, err, code } = await run(seed);
  const [quotes = []] = quotesIn(out);
  expect([err, code]).toEqual(['', 0]);
  expect(quotes.map(({ name, certainty }) => `${name} (${certainty})`)).toEqual([
    'US officials (stated)',
    'Jake Sullivan (stated)',
    'a senior US official (stated)',
    'a senior US official (inferred)',
    'another US official familiar with the discussions (stated)',
    'another US official familiar with the discussions (unclear)',
    'CNN (stated)',
    'another US official familiar with the discussions (unclear)',
  ]);
});

test('without its weights: what is missing and what to do, and no stack trace', async () => {
  const hasNoWeights = (path: string) => extname(path) !== '.onnx';
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true, filter: hasNoWeights });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const command = spawn(process.execPath, [join(folder, 'src/terminal/attribute.ts'), seed], { cwd: folder });
  const { out, err, code } = await outcomeOf(command);
  expect([out, code]).toEqual(['', 1]);
  expect(err).toMatch(/^The network that reads articles can't be loaded \(.*reader\.onnx.*\)\..*\n$/v);
});

test('a report within a report is nested in the outer one', async () => {
  const text = 'Ann Lee said that Bo Cho had said the bridge was safe.';
  writeFileSync(join(folder, 'nested.jsonl'), JSON.stringify({ id: 'nested', text }));
  const { out } = await run('nested.jsonl');
  const told = ({ name, reported }: Quote): unknown => [name, ...reported.map(told)];
  expect(quotesIn(out)[0]?.map(told)).toEqual([['Ann Lee', ['Bo Cho']]]);
  writeFileSync(join(folder, 'nested.txt'), text);
  const explained = stripVTControlCharacters((await run('--explain', 'nested.txt')).out);
  expect(explained).toContain('“Bo Cho” → Bo Cho, as reported by “Ann Lee” (stated;');
});

test('an article can’t control the terminal', async () => {
  const text = 'Ann Lee said the \u001B]0;bridge\u0007 was \u009B31msafe.';
  writeFileSync(join(folder, 'hostile.jsonl'), JSON.stringify({ id: 'hostile\u001B[2J', text }));
  const { out } = await run('--explain', 'hostile.jsonl');
  expect(out).toContain('bridge');
  expect(out).not.toMatch(/[\p{Cc}--\n]/v);
});

test('lines of JSON from standard input: offsets are into the given text', async () => {
  const text = 'title: no header here\n\n“We will rebuild,” Ann Lee said.';
  const attributing = startCommand(folder, {}, 'attribute');
  const outcome = outcomeOf(attributing);
  attributing.stdin?.end(
    `${JSON.stringify({ id: 'a', text })}\n\n${JSON.stringify({ id: 'b', text: 'Rain fell.' })}\n`,
  );
  const { out } = await outcome;
  const [first = [], second] = quotesIn(out);
  expect(first.map(({ content }) => content.map(([start, end]) => text.slice(start, end)))).toEqual([
    ['We will rebuild,'],
  ]);
  expect(first[0]?.speaker_text).toBe('Ann Lee');
  expect(second).toEqual([]);
});

test('a line of an export, which has no id, gets its number as one', async () => {
  writeFileSync(join(folder, 'export.jsonl'), '{"id":"a","text":"Rain."}\n\n{"title":"Sun","text":"Sun, said Bo."}\n');
  const { out, err, code } = await run('export.jsonl');
  const ids: unknown[] = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).id);
  expect([ids, err, code]).toEqual([['a', '3'], '', 0]);
});

test('pages are read as articles; unreadable ones are named, and the rest is done', async () => {
  writeFileSync(join(folder, 'bad.jsonl'), '{"id":"a","text":"Rain fell, said Bo."}\nno JSON\n{"id":1,"text":"x"}\n');
  writeFileSync(join(folder, 'empty.txt'), '');
  const page = join(root, 'test/reading/pages/harbour.html');
  const { out, err, code } = await run(page, 'bad.jsonl', 'empty.txt', 'missing.txt', 'picture.png');
  expect(out.trim().split('\n')).toHaveLength(2);
  expect(quotesIn(out)[0]?.length).toBeGreaterThan(0);
  expect(err).toContain('bad.jsonl:2: expected a JSON object with "text"');
  expect(err).toContain('bad.jsonl:3: ');
  for (const name of ['empty.txt', 'missing.txt', 'picture.png']) expect(err).toContain(name);
  expect(err).not.toContain('    at ');
  expect(code).toBe(1);
});

test('--explain prints the article for people, with the speaker and rule below each paragraph', async () => {
  const lines = stripVTControlCharacters((await run('--explain', seed)).out).split('\n');
  expect(lines).toContainEqual(expect.stringMatching(/^¶10 {2}CNN reported that the Russian military/v));
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {5}“the official” → a senior US official \(inferred; direct;/v),
  );
});

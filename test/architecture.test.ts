import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Which folders each folder may import, and which packages. Node's modules are named with `node:`. */
const allowed: Record<string, { readonly ours: readonly string[]; readonly packages: readonly string[] }> = {
  'src/build.ts': { ours: ['package.json'], packages: ['node:fs', 'node:path'] },
  'src/fair-queue.ts': { ours: [], packages: [] },
  'src/workers.ts': { ours: ['src/fair-queue.ts'], packages: ['node:*'] },
  'src/wording': { ours: [], packages: ['intl-messageformat', 'opencc-js/t2cn'] },
  'src/onnx-runtime.ts': { ours: [], packages: ['onnxruntime-node'] },
  'src/pieces': { ours: [], packages: ['node:fs'] },
  'src/news': { ours: ['src/wording'], packages: [] },
  'src/words': { ours: ['src/news'], packages: ['opencc-js/t2cn'] },
  'src/attribution': {
    ours: ['src/onnx-runtime.ts', 'src/pieces', 'src/news', 'src/words'],
    packages: ['onnxruntime-node', 'node:fs', 'node:url'],
  },
  'src/summary': { ours: ['src/news', 'src/words', 'src/attribution'], packages: [] },
  'src/indexing': { ours: ['src/news', 'src/words', 'src/attribution'], packages: ['node:crypto'] },
  // Not what answers with it.
  'src/answering/networks': {
    ours: ['src/onnx-runtime.ts', 'src/workers.ts', 'src/pieces', 'src/news', 'src/attribution', 'src/indexing'],
    packages: ['node:*'],
  },
  'src/library': {
    ours: [
      'src/fair-queue.ts',
      'src/workers.ts',
      'src/wording',
      'src/news',
      'src/attribution',
      'src/indexing',
      'src/answering/networks',
      'src/library/store',
    ],
    packages: ['zod/mini', 'node:*'],
  },
  // Not the libraries and backups that use it.
  'src/library/store': {
    ours: [
      'src/workers.ts',
      'src/wording',
      'src/news',
      'src/words',
      'src/attribution',
      'src/indexing',
      'src/answering/networks',
    ],
    packages: ['pg', 'zod/mini', 'node:*'],
  },
  'src/following': {
    ours: [
      'src/workers.ts',
      'src/fair-queue.ts',
      'src/wording',
      'src/news',
      'src/words',
      'src/attribution',
      'src/indexing',
      'src/reading',
      'src/library',
      'src/search',
    ],
    packages: ['feedsmith', 'htmlparser2', 'node:*'],
  },
  'src/search': {
    ours: ['src/news', 'src/words', 'src/attribution', 'src/indexing', 'src/library'],
    packages: ['fuse.js'],
  },
  'src/answering': {
    ours: [
      'src/news',
      'src/words',
      'src/attribution',
      'src/indexing',
      'src/library',
      'src/search',
      'src/answering/networks',
    ],
    packages: ['node:fs'],
  },
  'src/checking': {
    ours: ['src/news', 'src/words', 'src/attribution', 'src/indexing', 'src/search'],
    packages: ['node:timers/promises'],
  },
  'src/cards': {
    ours: ['src/workers.ts', 'src/wording', 'src/news'],
    packages: ['@napi-rs/canvas', 'node:fs', 'node:module', 'node:path'],
  },
  'src/replies': {
    ours: [
      'src/wording',
      'src/news',
      'src/attribution',
      'src/summary',
      'src/library',
      'src/search',
      'src/answering',
      'src/checking',
      'src/cards',
      'src/following',
    ],
    packages: ['discord-api-types/v10', 'zod/mini'],
  },
  'src/commands': {
    ours: [
      'src/wording',
      'src/news',
      'src/words',
      'src/attribution',
      'src/summary',
      'src/reading',
      'src/library',
      'src/search',
      'src/answering',
      'src/checking',
      'src/cards',
      'src/replies',
      'src/following',
    ],
    packages: ['@discordjs/builders', 'discord-api-types/v10', 'zod/mini'],
  },
  'src/discord': {
    ours: [
      'src/settings.ts',
      'src/start-failure.ts',
      'src/fair-queue.ts',
      'src/wording',
      'src/news',
      'src/reading',
      'src/library',
      'src/search',
      'src/cards',
      'src/replies',
      'src/commands',
      'src/following',
      'src/monitoring',
    ],
    packages: ['discord.js', 'discord-api-types/v10', 'pino', 'zod/mini', 'node:timers/promises'],
  },
  'src/reading': {
    ours: ['src/workers.ts', 'src/fair-queue.ts', 'src/wording', 'src/news'],
    packages: ['@mozilla/readability', 'htmlparser2', 'linkedom', 'node:*'],
  },
  'src/monitoring': {
    ours: [],
    packages: ['pino', 'prom-client', 'node:events', 'node:fs/promises', 'node:http', 'node:timers/promises'],
  },
  'src/settings.ts': { ours: ['src/words'], packages: ['dotenv', 'node:fs', 'node:net', 'node:path', 'zod/mini'] },
  'src/start-failure.ts': { ours: ['src/settings.ts', 'src/library'], packages: [] },
  'package.json': { ours: [], packages: [] },
  'src/index.ts': {
    ours: [
      'src/build.ts',
      'src/settings.ts',
      'src/start-failure.ts',
      'src/wording',
      'src/reading',
      'src/library',
      'src/following',
      'src/answering/networks',
      'src/cards',
      'src/commands',
      'src/discord',
      'src/monitoring',
      'src/terminal',
      'playground',
    ],
    packages: ['pino', 'node:path', 'node:url', 'node:process', 'node:v8'],
  },
  'src/terminal': {
    ours: [
      'src/workers.ts',
      'src/settings.ts',
      'src/start-failure.ts',
      'src/wording',
      'src/news',
      'src/attribution',
      'src/reading',
      'src/library',
      'src/following',
      'src/answering/networks',
      'src/cards',
      'src/commands',
      'src/discord',
    ],
    packages: ['zod/mini', 'node:*'],
  },
  'playground/page': { ours: [], packages: ['discord-api-types/v10'] },
  playground: {
    ours: [],
    packages: ['ws', 'feedsmith', 'discord-api-spec/zod', 'discord-api-types/v10', 'zod/mini', 'node:*'],
  },
};

interface Import {
  readonly file: string;
  readonly line: number;
  readonly target: string;
}

const importing = /(?:^|\s)(?:from|import)\s*\(?\s*'(?<target>[^'\s]+)'/v;

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name));
}

function importsOf(file: string): Import[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((text, at) => {
    const target = importing.exec(text)?.groups?.target;
    return target === undefined ? [] : [{ file, line: at + 1, target }];
  });
}

/** Returns the longest row of the table that is a prefix of a path. */
function rowOf(path: string): string | undefined {
  return Object.keys(allowed)
    .filter(row => path === row || path.startsWith(`${row}/`))
    .sort((one, other) => other.length - one.length)[0];
}

function mayImport({ file, target }: Import): boolean {
  const row = rowOf(file);
  if (row === undefined) return false;
  const rule = allowed[row];
  if (!target.startsWith('.')) {
    return rule?.packages.some(name => name === target || (name === 'node:*' && target.startsWith('node:'))) ?? false;
  }
  const path = relative(root, resolve(root, dirname(file), target));
  return rowOf(path) === row || (rule?.ours.some(each => path === each || path.startsWith(`${each}/`)) ?? false);
}

/** Returns every import between files of `src`, as paths from the root. */
function importsIn(files: readonly string[]): readonly { readonly from: string; readonly to: string }[] {
  return files
    .flatMap(importsOf)
    .filter(({ target }) => target.startsWith('.'))
    .map(({ file, target }) => ({ from: file, to: relative(root, resolve(root, dirname(file), target)) }));
}

const exporting =
  /^export (?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) (?<name>[\p{L}\p{N}_$]+)/gmv;

/** Where a query is written for each database, under the same name. */
const dialects = ['src/library/store/sqlite/', 'src/library/store/postgres/'];

/** Returns the names that several files export. What both databases have is one thing. */
function sharedNames(files: readonly string[]): readonly string[] {
  const exported = files.flatMap(file =>
    [...readFileSync(join(root, file), 'utf8').matchAll(exporting)].map(({ groups }) => ({ file, name: groups?.name })),
  );
  const byName = Map.groupBy(exported, ({ name }) => name ?? '');
  return [...byName].flatMap(([name, all]) => (isShared(all.map(({ file }) => file)) ? [name] : [])).sort();
}

function isShared(files: readonly string[]): boolean {
  const inDialects = dialects.map(dialect => files.filter(file => file.startsWith(dialect)));
  const isPair = inDialects.every(({ length }) => length === 1);
  return new Set(isPair ? files.filter(file => !inDialects.flat().includes(file)) : files).size > 1;
}

/** Names of commands and of the functions that they call. At most eight. */
const COMMAND_NAMES = ['ask', 'check', 'restore'];

/** Names that two files still export. No name may be added. */
const AMBIGUOUS_NAMES = ['Reading', 'Verdict', 'piecesOf'];

/** Files that only one other file imports. The number may only fall. */
const MOST_WITH_ONE_IMPORTER = 34;

describe('names and files', () => {
  const files = sourceFiles('src');

  test('no name is exported by two files', () => {
    const known = [...COMMAND_NAMES, ...AMBIGUOUS_NAMES];
    expect(sharedNames(files).filter(name => !known.includes(name))).toEqual([]);
    expect(COMMAND_NAMES.length).toBeLessThanOrEqual(8);
  });

  test('few files have only one importer', () => {
    const importers = Map.groupBy(importsIn(files), ({ to }) => to);
    const alone = files.filter(file => new Set(importers.get(file)?.map(({ from }) => from)).size === 1);
    // Commands are imported by their registry.
    expect(alone.filter(file => !file.startsWith('src/commands/')).length).toBeLessThanOrEqual(MOST_WITH_ONE_IMPORTER);
  });
});

describe('imports run one way', () => {
  const imports = [...sourceFiles('src'), ...sourceFiles('playground')].flatMap(importsOf);

  test('every import is allowed by the table', () => {
    const offending = imports.filter(each => !mayImport(each));
    expect(offending.map(({ file, line, target }) => `${file}:${line} imports ${target}`)).toEqual([]);
  });

  test('the check covers real files', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test.each([
    { file: 'src/news/span.ts', line: 1, target: '../search/search.ts' },
    { file: 'src/replies/parts/excerpt.ts', line: 1, target: 'discord.js' },
    { file: 'src/search/names.ts', line: 1, target: 'pg' },
    { file: 'playground/rest/server.ts', line: 1, target: '../../src/news/span.ts' },
  ])('$file may not import $target', forbidden => {
    expect(mayImport(forbidden)).toBe(false);
  });
});

/**
 * `npm run bench:search -- --articles FILE --queries FILE [--store sqlite|postgres] [--size N] [--keep DIR] [--others]`: quality and
 * speed of search. `--articles` takes `.jsonl` or `.jsonl.gz` with `{title, text}`; `--queries` a JSON list of `{kind, q, rel: [[title,
 * paragraph], …]}`. `--size` adds generated articles up to N paragraphs. `--keep` keeps the library in a folder for the next run. Nothing is
 * attributed, since only finding words is measured.
 *
 * `npm run bench:search -- --loud N [--store …] [--keep DIR]`: speed of answers about
 * somebody who speaks in each of N generated articles.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { StorageLocation } from '../src/library/store/backends.ts';
import { commonPhrases, readArticles, readQuestions } from './search/data.ts';
import { buildLibrary, openKept, type StoreName } from './search/library.ts';
import { buildLoud, measureLoud } from './search/loud.ts';
import { measure } from './search/measure.ts';
import { compareOthers } from './search/others.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string' },
    queries: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    size: { type: 'string' },
    keep: { type: 'string' },
    others: { type: 'boolean', default: false },
    loud: { type: 'string' },
  },
});

const usage =
  'Usage: npm run bench:search -- --articles FILE --queries FILE [--store sqlite|postgres] [--size N] [--keep DIR] [--others]\n' +
  '       npm run bench:search -- --loud N [--store sqlite|postgres] [--keep DIR]';

function readStore(name: string): StoreName | undefined {
  return name === 'sqlite' || name === 'postgres' ? name : undefined;
}

/** How a benchmark builds a library and queries it. */
interface Work {
  readonly build: (where: StorageLocation) => Promise<void>;
  readonly ask: (where: StorageLocation) => Promise<void>;
}

/** Builds the library if necessary, and queries it in a new process, so that its memory can be measured. */
async function run(store: StoreName, { build, ask }: Work): Promise<number> {
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-search-'));
  mkdirSync(folder, { recursive: true });
  const built = join(folder, 'built');
  const wasBuilt = existsSync(built);
  const kept = await openKept(store, folder);
  if (wasBuilt) {
    await ask(kept.where);
    await kept.end();
    return 0;
  }
  await build(kept.where);
  writeFileSync(built, '');
  await kept.end();
  const again = [...process.argv.slice(1), '--keep', folder];
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...again], { stdio: 'inherit' });
  if (values.keep === undefined) rmSync(folder, { recursive: true });
  return status ?? 1;
}

async function runWords(articlesFile: string, queriesFile: string, store: StoreName): Promise<number> {
  const articles = await readArticles(articlesFile);
  const questions = [...readQuestions(queriesFile), ...commonPhrases(articles)];
  if (values.others) {
    await compareOthers(articles, questions);
    return 0;
  }
  const size = values.size === undefined ? undefined : Number(values.size);
  return await run(store, {
    build: where => buildLibrary(where, articles, size),
    ask: where => measure(where, questions),
  });
}

const store = readStore(values.store);
if (store !== undefined && values.loud !== undefined) {
  const articles = Number(values.loud);
  process.exitCode = await run(store, { build: where => buildLoud(where, articles), ask: measureLoud });
} else if (values.articles === undefined || values.queries === undefined || store === undefined) {
  console.error(usage);
  process.exitCode = 1;
} else {
  process.exitCode = await runWords(values.articles, values.queries, store);
}

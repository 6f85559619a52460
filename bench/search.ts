/**
 * `npm run bench:search -- --articles FILE --queries FILE [--store sqlite|postgres] [--size N] [--keep DIR] [--others]`: how well and how
 * fast a library is searched. FILE: `.jsonl` or `.jsonl.gz` with `{title, text}` a line; a list of `{kind, q, rel: [[title,
 * paragraph], …]}`. `--size` fills up with made-up articles to so many paragraphs; `--keep` leaves the library in a folder for
 * the next run. Nothing is attributed: what is measured is finding words.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readArticles } from './search/articles.ts';
import { buildLibrary } from './search/build.ts';
import { measure } from './search/measure.ts';
import { compareOthers } from './search/others.ts';
import { openKept, type StoreName } from './search/place.ts';
import { commonPhrases, readQuestions } from './search/questions.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string' },
    queries: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    size: { type: 'string' },
    keep: { type: 'string' },
    others: { type: 'boolean', default: false },
  },
});

const usage =
  'Usage: npm run bench:search -- --articles FILE --queries FILE [--store sqlite|postgres] [--size N] [--keep DIR] [--others]';

function readStore(name: string): StoreName | undefined {
  return name === 'sqlite' || name === 'postgres' ? name : undefined;
}

/** Builds the library where it is not there yet; measures it in a process that has built nothing, so that its memory tells. */
async function run(articlesFile: string, queriesFile: string, store: StoreName): Promise<number> {
  const articles = await readArticles(articlesFile);
  const questions = [...readQuestions(queriesFile), ...commonPhrases(articles)];
  if (values.others) {
    await compareOthers(articles, questions);
    return 0;
  }
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-search-'));
  mkdirSync(folder, { recursive: true });
  const built = join(folder, 'built');
  const wasBuilt = existsSync(built);
  const kept = await openKept(store, folder);
  if (wasBuilt) {
    await measure(kept.where, questions);
    await kept.end();
    return 0;
  }
  await buildLibrary(kept.where, articles, values.size === undefined ? undefined : Number(values.size));
  writeFileSync(built, '');
  await kept.end();
  const again = [...process.argv.slice(1), '--keep', folder];
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...again], { stdio: 'inherit' });
  if (values.keep === undefined) rmSync(folder, { recursive: true });
  return status ?? 1;
}

const store = readStore(values.store);
if (values.articles === undefined || values.queries === undefined || store === undefined) {
  console.error(usage);
  process.exitCode = 1;
} else {
  process.exitCode = await run(values.articles, values.queries, store);
}

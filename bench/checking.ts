/**
 * `npm run bench:checking -- --articles FILE… [--half tune|report] [--most N] [--each N] [--seed N] [--show]`: how often a check
 * gives the right verdict on quotes from `.jsonl` or `.jsonl.gz` articles, each changed in one known way. Every other article belongs to
 * the half that the rules were developed on. A tenth is held back to provide invented quotes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attribute } from '../src/attribution/attribute.ts';
import type { AttributedArticle } from '../src/attribution/attribution.ts';
import { check, type PassageSearch } from '../src/checking/check.ts';
import { readQuotes } from '../src/checking/read-quotes.ts';
import { openLibraries } from '../src/library/libraries.ts';
import type { Library } from '../src/library/library.ts';
import { type Article, toArticle } from '../src/news/article.ts';
import { searchOf } from '../src/search/search.ts';
import { loadItems } from '../src/terminal/article-sources.ts';
import { gather, makeSamples, type Sample } from './altered-quotes.ts';
import { randomFrom } from './made-up-news.ts';

interface Result {
  readonly sample: Sample;
  readonly given: string;
}

async function readArticles(files: readonly string[], half: string, most: number): Promise<Article[]> {
  const articles: Article[] = [];
  let number = 0;
  for await (const { place, reading } of loadItems(files)) {
    number += 1;
    if (reading.kind === 'refused') throw new Error(`${place}: ${reading.reason}`);
    if ((number % 2 === 0) !== (half === 'report')) continue;
    articles.push(toArticle(`article-${number}`, reading.metadata, reading.text));
    if (articles.length >= most) break;
  }
  return articles;
}

/** Returns all articles of a library with their attributions. */
async function attributedIn(library: Library): Promise<AttributedArticle[]> {
  const listed = await library.newest(0, await library.count());
  const articles: AttributedArticle[] = [];
  for (const { id } of listed.toSorted((one, other) => one.id.localeCompare(other.id))) {
    const article = await library.article(id);
    if (article !== undefined) articles.push(article);
  }
  return articles;
}

async function judge(samples: readonly Sample[], search: PassageSearch): Promise<Result[]> {
  const results: Result[] = [];
  for (const sample of samples) {
    const { quotes } = readQuotes(sample.message);
    const [quote] = quotes;
    const given =
      quote === undefined || quotes.length > 1 ? `${quotes.length} quotes` : (await check(quote, search)).verdict;
    results.push({ sample, given });
  }
  return results;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–'.padStart(9) : `${((100 * part) / whole).toFixed(1)} %`.padStart(9);
}

function printVerdicts(results: readonly Result[]): void {
  console.log(
    `\n${'verdict'.padEnd(14)}${'samples'.padStart(9)}${'given'.padStart(9)}${'precision'.padStart(11)}${'recall'.padStart(9)}`,
  );
  for (const verdict of new Set(results.map(({ sample }) => sample.expected))) {
    const deserved = results.filter(({ sample }) => sample.expected === verdict);
    const given = results.filter(result => result.given === verdict);
    const right = deserved.filter(result => result.given === verdict).length;
    console.log(
      `${verdict.padEnd(14)}${String(deserved.length).padStart(9)}${String(given.length).padStart(9)}  ${share(right, given.length)}${share(right, deserved.length)}`,
    );
  }
  const falseExact = results.filter(({ sample, given }) => given === 'exact' && sample.expected !== 'exact').length;
  console.log(`false “exact”: ${falseExact} of ${results.length}`);
}

function printKinds(results: readonly Result[]): void {
  console.log(`\n${'kind'.padEnd(40)}${'samples'.padStart(9)}${'right'.padStart(9)}   given instead`);
  for (const [kind, held] of Map.groupBy(results, ({ sample }) => sample.kind)) {
    const wrong = held.filter(({ sample, given }) => given !== sample.expected);
    const instead = [...Map.groupBy(wrong, ({ given }) => given)]
      .map(([given, all]) => `${given} ${all.length}`)
      .join(', ');
    console.log(
      `${kind.padEnd(40)}${String(held.length).padStart(9)}${share(held.length - wrong.length, held.length)}   ${instead}`,
    );
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    articles: { type: 'string', multiple: true, default: [] },
    half: { type: 'string', default: 'report' },
    most: { type: 'string', default: '800' },
    each: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    show: { type: 'boolean', default: false },
  },
});
const articles = await readArticles([...values.articles, ...positionals], values.half, Number(values.most));
const held = await Promise.all(articles.filter((_, at) => at % 10 === 9).map(attribute));
const seeds = articles.filter((_, at) => at % 10 !== 9);
const folder = mkdtempSync(join(tmpdir(), 'bench-checking-'));
const libraries = await openLibraries({
  folder,
  databaseUrl: undefined,
  seeds,
  mostArticles: seeds.length,
  mostOpen: 1,
});
const library = await libraries.open({ kind: 'server', id: '1' });
const known = await attributedIn(library);
const samples = makeSamples(gather(known, held, randomFrom(Number(values.seed))), Number(values.each));
console.log(
  `${known.length} articles, ${held.length} held back; ${samples.length} quotations, seed ${values.seed}, the ${values.half} half`,
);
const started = performance.now();
const results = await judge(samples, searchOf(library));
const each = (performance.now() - started) / results.length;
await libraries.close();
rmSync(folder, { recursive: true });
printVerdicts(results);
printKinds(results);
console.log(`\n${each.toFixed(1)} ms a check`);
const wrong = results.filter(({ sample, given }) => given !== sample.expected);
if (values.show)
  for (const { sample, given } of wrong)
    console.log(`\n[${sample.kind}] ${sample.expected}, given ${given}:\n${sample.message}`);

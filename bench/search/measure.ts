import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openLibraries } from '../../src/library/libraries.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { StorageLocation } from '../../src/library/store/backends.ts';
import { countUnits } from '../../src/library/store/units.ts';
import { slice } from '../../src/news/span.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import type { Passage } from '../../src/search/passages.ts';
import { type Search, searchOf } from '../../src/search/search.ts';
import { foldPhrase } from '../../src/words/words.ts';
import type { Question } from './data.ts';
import { owner } from './library.ts';
import { timeLong } from './long.ts';
import { type Answer, askAll, percentiles, printScores } from './score.ts';

/** Characters of a question typed so far. */
const typedLengths = [2, 4, 8, 12, 20];
const addedArticles = 10;

/** Opens the library, runs all queries and prints the results. */
export async function measure(where: StorageLocation, questions: readonly Question[]): Promise<void> {
  const idle = memory();
  const started = performance.now();
  const libraries = await openLibraries({ ...where, seeds: [], mostArticles: 1_000_000, mostOpen: 1 });
  const library = await libraries.open(owner);
  const search = searchOf(library);
  const opened = performance.now() - started;
  const [articles, units] = [await library.count(), await library.read(countUnits)];
  console.log(`Node ${process.version}: ${articles} articles, ${units} excerpts, opened in ${opened.toFixed(0)} ms`);
  const asked = await askAll(questions, async words => (await search.passages(words, NO_FILTER_OPTIONS)).map(toAnswer));
  printScores('Finding words', asked);
  await timeCompletions(search, questions);
  await timeAdding(library, search);
  await timeLong(library);
  console.log(`\nMemory over idle: ${((memory() - idle) / 2 ** 20).toFixed(0)} MB`);
  await libraries.close();
}

/** What the process holds from the system, after garbage was collected. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().rss;
}

function toAnswer({ from, paragraph }: Passage): Answer {
  const { title, text } = from.article;
  const holds = (words: string) => ` ${foldPhrase(slice(text, paragraph))} `.includes(` ${words} `);
  return { title, paragraph: paragraph.number, holds };
}

async function timeCompletions(search: Search, questions: readonly Question[]): Promise<void> {
  const words: number[] = [];
  const titles: number[] = [];
  const first: boolean[] = [];
  for (const { kind, words: all } of questions.filter((_, at) => at % 5 === 0)) {
    for (const length of typedLengths.filter(each => each <= all.length)) {
      const typed = all.slice(0, length);
      let offered: readonly string[] = [];
      const complete = async () => {
        offered = await search.completeWords(typed, NO_FILTER_OPTIONS);
      };
      words.push(await time(complete));
      if (kind === 'exact') first.push(goesOn(typed, offered));
      titles.push(await time(() => search.articles(typed)));
    }
  }
  const share = first.filter(Boolean).length / first.length;
  console.log(
    `\nThe first completion of words that an article has begins with them: ${share.toFixed(3)} of ${first.length}`,
  );
  console.log(`\n${'p50 ms'.padStart(33)}${'p99 ms'.padStart(9)}`);
  console.log(`completing words        ${percentiles(words)}`);
  console.log(`completing titles       ${percentiles(titles)}`);
}

/** True if the first suggestion begins with what was typed, whose last word may be unfinished. */
function goesOn(typed: string, [first = '']: readonly string[]): boolean {
  return foldPhrase(first).startsWith(foldPhrase(typed));
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Times adding an article, with attribution and a transaction. The first one starts the attribution process and isn't
 * counted.
 */
async function timeAdding(library: OpenLibrary, search: Search): Promise<void> {
  const adding: number[] = [];
  const finding: number[] = [];
  for (let at = 0; at <= addedArticles; at += 1) {
    const name = `Zyx${Date.now().toString(26).replaceAll(/\d/gv, 'q')}`;
    const text = `“The ${name} bridge will open in spring,” said Ann Lee.\n\nThe town of ${name} has waited for years.`;
    const metadata = { title: name, titleIsDescriptive: false, outlet: undefined, byline: undefined };
    const unknown = { published: undefined, url: undefined };
    let id = '';
    const added = await time(async () => {
      const outcome = await library.add({ ...metadata, ...unknown }, text);
      if (outcome.kind === 'added') id = outcome.article.article.id;
    });
    const found = await time(async () => {
      const [first] = await search.passages(`the ${name} bridge`, NO_FILTER_OPTIONS);
      if (first?.from.article.id !== id) throw new Error(`${name} was added and is not found.`);
    });
    await library.remove(id);
    if (at > 0) adding.push(added);
    if (at > 0) finding.push(found);
  }
  console.log(`adding an article       ${percentiles(adding)}`);
  console.log(`finding it at once      ${percentiles(finding)}`);
}

/**
 * `npm run bench:ask -- [--articles FILE --questions FILE [--excerpts N] [--keep DIR] [--database postgres://…]]`: how well and how fast questions are answered.
 * Without files, it asks what `ask/seed-questions.jsonl` has about the articles in `seeds/`.
 * `--articles` takes lines of `{id, title, text}`; `--questions` lines of `{q, kind, rel: [[id, paragraph], …]}`, where `rel` is empty if
 * nothing answers. `--excerpts` adds made-up articles up to N paragraphs, which only tells how fast it is. `--keep` keeps the library in a
 * folder for the next run; with `--database`, a new one in that database, which is kept.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Answered, ask, type NotAnswered } from '../src/answering/ask.ts';
import { findJudged } from '../src/answering/candidates.ts';
import { Encoder } from '../src/answering/networks/encoder.ts';
import { parseQuestion } from '../src/answering/question.ts';
import { openLibraries } from '../src/library/libraries.ts';
import type { Library } from '../src/library/library.ts';
import { loadSeeds, type Seed } from '../src/library/seeds.ts';
import { NO_FILTER } from '../src/library/store/library-index.ts';
import { NO_FILTER_OPTIONS } from '../src/search/filter.ts';
import type { Passage } from '../src/search/passages.ts';
import { searchOf } from '../src/search/search.ts';
import { buildLibrary, owner } from './ask/library.ts';
import { type Outcome, type Place, printScores, type Question } from './ask/score.ts';
import { percentiles } from './search/score.ts';

/** How often another member searches while questions are asked. */
const MILLISECONDS_BETWEEN_SEARCHES = 100;

const { values } = parseArgs({
  options: {
    articles: { type: 'string' },
    questions: { type: 'string' },
    excerpts: { type: 'string', default: '0' },
    keep: { type: 'string' },
    database: { type: 'string' },
  },
});

async function measure(folder: string, seeds: readonly Seed[], questions: readonly Question[]): Promise<void> {
  const encoder = new Encoder();
  const libraries = await openLibraries({
    ...{ folder, databaseUrl: values.database, seeds, mostArticles: 1_000_000, mostOpen: 1 },
    encoder,
  });
  const library = await libraries.open(owner);
  const started = performance.now();
  await ask(library, 'Is everything loaded?', NO_FILTER_OPTIONS);
  console.log(`${await library.count()} articles; first question: ${(performance.now() - started).toFixed(0)} ms`);
  const outcomes: (Outcome & { readonly blocked: number })[] = [];
  for (const question of questions) {
    // One of its own: enabled again, it would count the time in between.
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    const answer = await ask(library, question.q, NO_FILTER_OPTIONS);
    const milliseconds = performance.now() - began;
    delay.disable();
    const ranked = (await findJudged(library, parseQuestion(question.q), NO_FILTER, undefined)) ?? [];
    outcomes.push({
      question,
      ranked: ranked.map(placeOf),
      confidence: ranked.reduce((sum, { score }) => sum + score, 0),
      certainty: ranked[0]?.score ?? 0,
      ...shownIn(answer.kind === 'which' ? answer.answers : [answer]),
      milliseconds,
      blocked: delay.max / 1e6,
    });
  }
  const alone = await searchDuring(library, questions, () => pause(10_000));
  const meanwhile = await searchDuring(library, questions, async () => {
    for (const { q } of questions) await ask(library, q, NO_FILTER_OPTIONS);
  });
  printScores(outcomes);
  console.log(`\n${'p50 ms'.padStart(33)}${'p99 ms'.padStart(9)}`);
  console.log(`a question              ${percentiles(outcomes.map(({ milliseconds }) => milliseconds))}`);
  console.log(`event loop blocked for  ${percentiles(outcomes.map(({ blocked }) => blocked))}`);
  console.log(`another's search        ${percentiles(alone)}`);
  console.log(`the same, meanwhile     ${percentiles(meanwhile)}`);
  await libraries.close();
}

/** Returns how long searches for a few words take while something is done. */
async function searchDuring(
  library: Library,
  questions: readonly Question[],
  work: () => Promise<unknown>,
): Promise<readonly number[]> {
  const { passages } = searchOf(library);
  const topics = questions.map(({ q }) => q.split(' ').slice(-4).join(' '));
  const searches: Promise<number>[] = [];
  const search = async () => {
    const began = performance.now();
    await passages(topics[searches.length % topics.length] ?? '', NO_FILTER_OPTIONS);
    return performance.now() - began;
  };
  const timer = setInterval(() => searches.push(search()), MILLISECONDS_BETWEEN_SEARCHES);
  await work();
  clearInterval(timer);
  return await Promise.all(searches);
}

function placeOf({ from, paragraph }: Passage): Place {
  return [from.article.id, paragraph.number];
}

/** If somebody else may be meant, too, the first of each are shown together. */
function shownIn(answers: readonly (Answered | NotAnswered)[]): Pick<Outcome, 'degree' | 'shown'> {
  const shown = answers.flatMap(answer => (answer.kind === 'answered' ? [answer] : []));
  const degree = shown.some(each => each.degree === 'sure') ? 'sure' : shown.length > 0 ? 'unsure' : 'nothing';
  return { degree, shown: shown.map(({ passages }) => passages.map(placeOf)) };
}

function readQuestions(file: string): Question[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(line => line !== '').map((line): Question => JSON.parse(line));
}

async function runOnSeeds(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-ask-'));
  const { articles } = loadSeeds(join(import.meta.dirname, '../seeds'));
  await measure(folder, articles, readQuestions(join(import.meta.dirname, 'ask/seed-questions.jsonl')));
  rmSync(folder, { recursive: true });
}

async function run(articles: string, questions: string): Promise<void> {
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-ask-'));
  const built = join(folder, 'built');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(built)) {
    await buildLibrary({ folder, databaseUrl: values.database }, articles, Number(values.excerpts));
    writeFileSync(built, '');
  }
  await measure(folder, [], readQuestions(questions));
  if (values.keep === undefined) rmSync(folder, { recursive: true });
}

if ([values.articles, values.questions, values.database].every(value => value === undefined)) {
  await runOnSeeds();
} else if (values.articles === undefined || values.questions === undefined) {
  console.error(
    'Usage: npm run bench:ask -- [--articles FILE --questions FILE [--excerpts N] [--keep DIR] [--database URL]]',
  );
  process.exitCode = 1;
} else {
  await run(values.articles, values.questions);
}

/**
 * `npm run bench:watch`: precision and recall of the words of watches at several thresholds, on invented quotes with words
 * that should and shouldn't find them, in a library with few and one with more articles; and how long matching takes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttributedArticle } from '../src/attribution/attribution.ts';
import { LEAST_SCORE, matchWatches, quotesLike } from '../src/following/watch.ts';
import { openLibraries } from '../src/library/libraries.ts';
import type { OpenLibrary } from '../src/library/library.ts';
import { NO_FILTER } from '../src/library/store/library-index.ts';
import { type Article, toArticle, UNKNOWN_METADATA } from '../src/news/article.ts';
import { lengthOf, slice } from '../src/news/span.ts';
import { goldArticles } from '../test/gold/articles.ts';
import { type LabelledQuote, labelledQuotes } from './watch/pairs.ts';

const speakers = ['Mara Lindqvist', 'Tomas Abara', 'Elena Kovac', 'Jonas Falk', 'Clara Moreau'];
const roles = ['the mayor', 'a union leader', 'the minister', 'a resident', 'a lawyer'];

/** Returns an article with the quote between two others, as news is written. */
function toNews({ quote }: LabelledQuote, at: number): Article {
  const [name = '', role = ''] = [speakers[at % speakers.length], roles[at % roles.length]];
  const [other = ''] = [speakers[(at + 1) % speakers.length]];
  const text = [
    `The meeting on Tuesday lasted three hours and ended without a vote. About fifty people came.`,
    `“Let me be clear about what we have heard today,” said ${other}, who chaired it.`,
    `“${quote},” ${name}, ${role}, said after the meeting.`,
    `“There are many things that we still have to talk about,” ${other} added.`,
    `The next meeting will take place in two weeks.`,
  ].join('\n\n');
  return toArticle(`news-${at}`, { ...UNKNOWN_METADATA, title: `Meeting ${at} ends without a vote` }, text);
}

interface Pair {
  /** Score of the quote itself, and the best score of any other. 0 if it isn't found. */
  readonly own: number;
  readonly other: number;
  readonly isLike: boolean;
}

/** An article in a library. */
interface Stored {
  readonly from: AttributedArticle;
  readonly library: OpenLibrary;
}

async function scorePair({ from, library }: Stored, words: string, quote: string, isLike: boolean): Promise<Pair> {
  const found = await quotesLike(words, from, library.read, { ...NO_FILTER, article: from.article.id });
  const isOwn = ({ attribution }: (typeof found)[number]) =>
    attribution.content.some(span => slice(from.article.text, span).includes(quote.slice(0, 20)));
  const best = (own: boolean) => Math.max(0, ...found.filter(each => isOwn(each) === own).map(({ score }) => score));
  return { own: best(true), other: best(false), isLike };
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

async function measure(name: string, all: readonly Stored[]): Promise<void> {
  const pairs: Pair[] = [];
  const elsewhere: number[] = [];
  for (const [at, { quote, like, unlike }] of labelledQuotes.entries()) {
    const here = all[at];
    if (here === undefined) throw new RangeError('Each quote has an article');
    for (const words of like) pairs.push(await scorePair(here, words, quote, true));
    for (const words of unlike) pairs.push(await scorePair(here, words, quote, false));
    for (const there of all.filter(each => each !== here)) {
      for (const words of like) elsewhere.push((await scorePair(there, words, quote, true)).other);
    }
  }
  const wanted = pairs.filter(({ isLike }) => isLike).length;
  console.log(`\n${name}: ${pairs.length} pairs, ${wanted} of them alike`);
  console.log('threshold  precision  recall   in other articles');
  for (let threshold = 0.4; threshold < 0.96; threshold += 0.05) {
    const posted = pairs.filter(({ own, other }) => Math.max(own, other) >= threshold);
    const right = posted.filter(({ own, other, isLike }) => isLike && own >= threshold && own >= other);
    const wrong = elsewhere.filter(score => score >= threshold).length;
    console.log(
      `${threshold.toFixed(2)}       ${percent(right.length, posted.length)}    ${percent(right.length, wanted)}   ${wrong} of ${elsewhere.length}`,
    );
  }
}

function goldNews(): readonly Article[] {
  return goldArticles().map(({ id, text }) => toArticle(id, { ...UNKNOWN_METADATA, title: id }, text));
}

async function add(article: Article, library: OpenLibrary): Promise<Stored> {
  const { id: _, text, paragraphs: __, updated: ___, ...metadata } = article;
  const added = await library.add(metadata, text);
  if (!('article' in added)) throw new Error(added.kind);
  return { from: added.article, library };
}

/** Returns the articles with the quotes, the first in the first of these libraries. */
async function addQuotes(libraryOf: (at: number) => Promise<OpenLibrary>): Promise<readonly Stored[]> {
  const stored: Stored[] = [];
  for (const [at, labelled] of labelledQuotes.entries())
    stored.push(await add(toNews(labelled, at), await libraryOf(at)));
  const isQuoted = ({ from }: Stored) => from.attributions.some(({ content }) => lengthOf(content) > 0);
  for (const each of stored) if (!isQuoted(each)) throw new Error(`Nobody is quoted in ${each.from.article.text}`);
  return stored;
}

async function time(articles: readonly Stored[]): Promise<void> {
  const watches = labelledQuotes.slice(0, 25).flatMap(({ like: [words] }, at) => [
    { id: `words ${at}`, words, speaker: undefined },
    { id: `speaker ${at}`, words: undefined, speaker: speakers[at % speakers.length] },
  ]);
  const started = performance.now();
  for (const { from, library } of articles) await matchWatches(from, watches, library);
  const each = (performance.now() - started) / articles.length;
  console.log(`\n${watches.length} watches take ${each.toFixed(1)} ms an article`);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-watch-'));
const libraries = await openLibraries({ folder, databaseUrl: undefined, seeds: [], mostArticles: 1000, mostOpen: 100 });
const open = (id: number) => libraries.open({ kind: 'server', id: `${id}` });
console.log(`The threshold in use is ${LEAST_SCORE}.`);
await measure('Libraries of one article', await addQuotes(at => open(at + 2)));
const filled = await open(1);
const news: Stored[] = [];
for (const article of goldNews()) news.push(await add(article, filled));
await measure('Library with all articles', await addQuotes(() => open(1)));
await time(news);
await libraries.close();
rmSync(folder, { recursive: true });

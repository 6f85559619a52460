/**
 * `npm run bench:attribution`: the time to attribute articles on one core, the first of them with loading the weights, the memory, and
 * growth with length, for hostile text too. Medians; growth is the ratio to a quarter of the text, so that 4 is linear.
 */
import { attribute } from '../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../src/news/article.ts';
import { makeNews } from './made-up-news.ts';

/** The average length of PolNeAR's articles. */
const usualLength = 4_900;
const articles = 60;
const lengths = [1_000, 4_000, 16_000, 64_000];
/** Longer texts are timed once. */
const longFrom = 64_000;

async function timeOf(text: string): Promise<number> {
  const started = performance.now();
  await attribute(toArticle('timed', UNKNOWN_METADATA, text));
  return performance.now() - started;
}

/** Times the texts one after another. */
async function timesOf(texts: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const text of texts) times.push(await timeOf(text));
  return times;
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

function newsOfLength(length: number, seed: number): string {
  let text = '';
  for (let round = 0; text.length < length; round += 1) {
    text += `${makeNews(1, seed + 1_000 * round)[0]?.text ?? ''}\n`;
  }
  return text.slice(0, length);
}

const hostile: Readonly<Record<string, (length: number) => string>> = {
  news: length => newsOfLength(length, 7),
  'news on one line': length => newsOfLength(length, 7).replaceAll('\n', ' '),
  'quotation marks alone': length => '“”"'.repeat(length / 3),
  'marks that never close': length => '“She said '.repeat(length / 10),
  'one word': length => 'a'.repeat(length),
  'said said said': length => 'said '.repeat(length / 5),
  'names alone': length => 'Jane Doe Smith '.repeat(length / 15),
  'short paragraphs': length => '“No,” he said.\n'.repeat(length / 15),
};

async function printGrowth(): Promise<void> {
  console.log(
    `\nms by length${' '.repeat(16)}${lengths.map(each => `${each / 1_000} kB`.padStart(10)).join('')}   growth ×4`,
  );
  for (const [name, make] of Object.entries(hostile)) {
    const times: number[] = [];
    for (const length of lengths) {
      const text = make(length);
      times.push(median(await timesOf(Array.from({ length: length >= longFrom ? 1 : 5 }, () => text))));
    }
    const growth = (times.at(-1) ?? 0) / Math.max(times.at(-2) ?? 0, 0.1);
    console.log(
      `${name.padEnd(28)}${times.map(time => time.toFixed(1).padStart(10)).join('')}${growth.toFixed(1).padStart(12)}`,
    );
  }
}

const first = await timeOf(newsOfLength(usualLength, 1));
const before = process.memoryUsage().rss;
const times = await timesOf(Array.from({ length: articles }, (_, at) => newsOfLength(usualLength, at + 2)));
const grown = (process.memoryUsage().rss - before) / 1e6;
console.log(`Node ${process.version}, ${process.arch}`);
console.log(`the first article: ${first.toFixed(0)} ms`);
console.log(
  `${articles} articles of ${usualLength} characters: median ${median(times).toFixed(1)} ms, ${(1000 / median(times)).toFixed(0)} articles/s on one core`,
);
console.log(
  `memory: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB, ${grown.toFixed(0)} MB more than after the first article`,
);
await printGrowth();

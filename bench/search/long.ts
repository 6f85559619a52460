import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { OpenLibrary } from '../../src/library/library.ts';
import { makeNews } from '../made-up-news.ts';

/** Nearly the maximum length of an article: quotation marks take three bytes each. */
const characters = 1_900_000;
const news = 1_000;
const seed = 77;
/** In milliseconds: time for the event-loop monitor to start and to report. */
const calm = 100;
const nanoseconds = 1e6;

const metadata = {
  title: 'As long as may be',
  titleIsDescriptive: false,
  outlet: 'Example Wire',
  byline: undefined,
  published: '2020-02-02',
  url: undefined,
};

/** Adds and removes an article of maximum length; prints the time and the longest pause of the event loop. */
export async function timeLong(library: OpenLibrary): Promise<void> {
  const text = makeNews(news, seed)
    .map(each => each.text)
    .join('\n')
    .slice(0, characters);
  let id = '';
  console.log(`\n2 MB of text${'ms'.padStart(21)}${'longest block, ms'.padStart(20)}`);
  await tell('adding, attribution too', async () => {
    const outcome = await library.add(metadata, text);
    if (outcome.kind !== 'added') throw new Error(`It was not added: ${outcome.kind}.`);
    id = outcome.article.article.id;
  });
  await tell('removing', () => library.remove(id));
  await tell('bringing back', () => library.restore(id));
  await library.remove(id);
}

async function tell(told: string, work: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // The first turn isn't counted, so the work must not be in it.
  await setTimeout(calm);
  const started = performance.now();
  await work();
  const took = performance.now() - started;
  await setTimeout(calm);
  delay.disable();
  const longest = delay.max / nanoseconds;
  console.log(`${told.padEnd(24)}${took.toFixed(0).padStart(9)}${longest.toFixed(0).padStart(20)}`);
}

/**
 * `npm run bench:cards`: the time from request to picture, and how much of it is the bot's own. Medians of each kind; the first card
 * starts the drawing process.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Card, MOST_CHARACTERS, SHAPES, type Shape } from '../src/cards/card.ts';
import { CardDrawer } from '../src/cards/card-drawer.ts';

const rounds = 15;
const english = 'We believe that it is important to keep open lines of communication, especially where we disagree. ';
const chinese = '我們希望雙方保持溝通，「對話」永遠比對抗好——這是人民的共識。';

const kinds: readonly { readonly what: string; readonly text: string }[] = [
  { what: 'English, 40 characters', text: english.slice(0, 40) },
  { what: 'English, 300 characters', text: english.repeat(4).slice(0, 300) },
  { what: `English, ${MOST_CHARACTERS} characters`, text: english.repeat(10).slice(0, MOST_CHARACTERS) },
  { what: 'Chinese, 30 characters', text: chinese.slice(0, 30) },
  { what: `Chinese, ${MOST_CHARACTERS} characters`, text: chinese.repeat(40).slice(0, MOST_CHARACTERS) },
];

function cardOf(text: string, shape: Shape): Card {
  return {
    isQuotation: true,
    parts: [{ text, afterOmission: false }],
    speaker: 'a senior US official',
    role: undefined,
    notes: ['Speaker inferred: the article says “the official”'],
    source: ['Example Wire', '14 March 2022', '¶4'],
    link: 'example.com/rain',
    shape,
    theme: 'paper',
  };
}

async function time(drawer: CardDrawer, card: Card): Promise<{ milliseconds: number; bytes: number }> {
  const started = performance.now();
  const { length } = await drawer.draw(card);
  return { milliseconds: performance.now() - started, bytes: length };
}

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const drawer = new CardDrawer();
/** Returns this process's CPU time in milliseconds, which other processes don't affect. */
function ownWork(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

const beforeFirst = process.cpuUsage();
const first = await time(drawer, cardOf(english, 'wide'));
const figures = [first.milliseconds, ownWork(beforeFirst)].map(each => each.toFixed(0));
console.log(
  `The first card, with the start of its process: ${figures[0]} ms, of them ${figures[1]} of this process's own`,
);
const beforeAll = process.cpuUsage();
console.log(`\n${'ms, median'.padStart(46)}${'slowest'.padStart(10)}${'KB'.padStart(8)}`);
for (const { what, text } of kinds) {
  for (const shape of SHAPES) {
    const card = cardOf(text, shape);
    await time(drawer, card);
    const times: number[] = [];
    let size = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { milliseconds, bytes } = await time(drawer, card);
      times.push(milliseconds);
      size = bytes;
    }
    times.sort((one, other) => one - other);
    const figures = [(times[Math.floor(rounds / 2)] ?? 0).toFixed(0), (times.at(-1) ?? 0).toFixed(0)];
    const name = `${what}, ${shape}`.padEnd(36);
    console.log(`${name}${figures.map(each => each.padStart(10)).join('')}${(size / 1000).toFixed(0).padStart(8)}`);
  }
}
delay.disable();
const each = ownWork(beforeAll) / (kinds.length * SHAPES.length * (rounds + 1));
console.log(`\nThis process's own work for a card, all its threads: ${each.toFixed(1)} ms`);
console.log(`Longest time for which this process did nothing else: ${(delay.max / 1e6).toFixed(1)} ms`);
await drawer.close();

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Clock, manualClock, SYSTEM_CLOCK } from '../../playground/world/clock.ts';
import { Encoder } from '../../src/answering/networks/encoder.ts';
import { saveWatch } from '../../src/library/store/following/watches.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { animate, type Frame } from './animation.ts';
import { launchBrowser, openChineseContext } from './browser.ts';

/** The same moment in every picture, so that a picture changes only if what it shows has changed. */
const moment = Date.UTC(2026, 0, 15, 9, 30);

interface Picture {
  readonly name: string;
  readonly width: number;
  /** As high as the messages need if undefined. */
  readonly height?: number;
  readonly scheme: 'dark' | 'light';
  /** The language of the browser, and so of Discord; English if left out. */
  readonly locale?: 'zh-TW';
  /** Typed as they are; the last one is not sent if `open` says so. */
  readonly commands: readonly string[];
  readonly open?: string;
  /** Makes the bot post a message by itself. */
  readonly post?: (verbatim: Verbatim) => Promise<void>;
}

const DAY = 24 * 60 * 60 * 1000;
/** As long as articles take to be read. */
const READING = 8_000;

/** Invented. */
const NEWS = [
  [
    'Council puts the tram to a vote',
    'Kestrel Post',
    'Petra Lindqvar, the mayor, said: “You decide, and I’ll do as you say.”',
  ],
  [
    'Tram vote: the price of a ticket',
    'Skerry Gazette',
    '“A ticket will cost what a coffee costs,” Petra Lindqvar told a packed hall.',
  ],
  ['Both sides count on Saturday', 'Kestrel Post', '“If you vote no, I won’t ask again,” said Petra Lindqvar.'],
] as const;

/** Watches for somebody who is quoted in three new articles, a day before the digest is due. */
async function postDigest({ libraries, playground }: Verbatim): Promise<void> {
  const [id = ''] = playground.servers();
  const library = await libraries.open({ kind: 'server', id });
  const channel = `${BigInt(id) + 1n}`;
  const watch = { id: 'w', speaker: 'Petra Lindqvar', words: undefined, channel, addedBy: '7', locale: 'en' };
  const addedAt = Date.now() + READING - DAY;
  await library.write(saveWatch, { ...watch, disabled: undefined, ping: undefined, every: 'day', addedAt }, 1);
  for (const [title, outlet, text] of NEWS) {
    await library.add({ ...UNKNOWN_METADATA, title, titleIsDescriptive: false, outlet, published: '2026-01-15' }, text);
  }
}

const quote = '/quote words:open lines of communication';
const pictures: readonly Picture[] = [
  { name: 'quote', width: 800, scheme: 'dark', commands: [quote] },
  { name: 'who-said', width: 800, scheme: 'dark', commands: ['/who said words:they have already decided'] },
  { name: 'summary', width: 800, scheme: 'dark', commands: ['/summary length:short'] },
  { name: 'completion', width: 800, height: 660, scheme: 'dark', commands: [], open: '/who is ' },
  { name: 'card', width: 800, scheme: 'dark', commands: ['/card words:they have already decided theme:night'] },
  {
    name: 'check',
    width: 800,
    scheme: 'dark',
    commands: ['/check words:I guess it depends on how you define success speaker:Joe Biden'],
  },
  { name: 'speakers', width: 800, scheme: 'dark', commands: ['/speakers article:US and Chinese envoys meet in Rome'] },
  {
    name: 'chinese',
    width: 800,
    scheme: 'dark',
    locale: 'zh-TW',
    commands: ['/引述 字句:open lines of communication'],
  },
  {
    name: 'mention',
    width: 800,
    scheme: 'dark',
    commands: ['@Verbatim how many passengers would the tram carry?'],
  },
  { name: 'digest', width: 800, scheme: 'dark', commands: [], post: postDigest },
  { name: 'phone', width: 390, height: 780, scheme: 'dark', commands: ['/who is name:CNN', quote] },
  { name: 'light', width: 800, scheme: 'light', commands: [quote] },
];

/** Takes every picture into the folder as a PNG, and the tour as a GIF; returns the files. */
export async function takePictures(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const browser = await launchBrowser();
  const fileOf = ({ name }: Picture) => join(folder, `${name}.png`);
  const tour = join(folder, 'tour.gif');
  const takeAll = async (some: readonly Picture[]) => {
    for (const picture of some) await take(browser, picture, fileOf(picture));
  };
  // What the bot posts by itself is waited for, while the others are taken.
  const [waiting, others] = [pictures.filter(({ post }) => post), pictures.filter(({ post }) => post === undefined)];
  await Promise.all([takeAll(waiting), takeAll(others).then(() => takeTour(browser, tour))]);
  await browser.close();
  return [...pictures.map(fileOf), tour];
}

const startNewcomers = (clock: Clock, encoder?: Encoder) =>
  startVerbatim({ clock, isForNewcomers: true, guilds: 2, ...(encoder === undefined ? {} : { encoder }) });

/** Starts at the moment, and goes on from there: the bot answers nothing that seems to be old. */
function goingOn(): Clock {
  const started = Date.now();
  return { ...SYSTEM_CLOCK, now: () => moment + Date.now() - started };
}

/** Takes a command as it is typed and completed, its answer, and the card of that answer. */
async function takeTour(browser: Browser, path: string): Promise<void> {
  const { playground, stop } = await startNewcomers(goingOn());
  const options = { viewport: { width: 800, height: 620 }, colorScheme: 'dark', deviceScaleFactor: 1.5 } as const;
  const page = await open(browser, playground.address, { ...options, reducedMotion: 'reduce' });
  const frames: Frame[] = [];
  const shoot = async (milliseconds: number) => {
    frames.push({ png: await page.screenshot({ caret: 'hide' }), milliseconds });
  };
  const type = async (text: string) => {
    for (const letter of text) {
      await page.keyboard.type(letter);
      await shoot(90);
    }
  };
  const suggestions = page.getByRole('listbox').getByRole('option');
  await shoot(900);
  await type('/quo');
  await shoot(500);
  await page.keyboard.press('Tab');
  await type('pay for itself speaker:Pet');
  await suggestions.first().filter({ hasText: 'Petra Lindqvar' }).waitFor();
  await shoot(700);
  await page.keyboard.press('ArrowDown');
  await shoot(600);
  await page.keyboard.press('Tab');
  await shoot(500);
  await page.keyboard.press('Enter');
  await settle(page, 0);
  await shoot(3500);
  await page.getByRole('button', { name: 'Card', exact: true }).click();
  await settle(page, 1);
  await shoot(5000);
  await writeFile(path, await animate(frames));
  await page.context().close();
  await stop();
}

/** Each picture has its own channel. */
async function take(browser: Browser, picture: Picture, path: string): Promise<void> {
  const encoder = picture.name === 'mention' ? new Encoder() : undefined;
  const verbatim = await startNewcomers(manualClock(moment), encoder);
  const page = await open(browser, verbatim.playground.address, {
    viewport: { width: picture.width, height: picture.height ?? 600 },
    colorScheme: picture.scheme,
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    ...(picture.locale === undefined ? {} : { locale: picture.locale }),
  });
  for (const command of picture.commands) await send(page, command);
  if (picture.post !== undefined) {
    await picture.post(verbatim);
    await settle(page, 0);
  }
  if (picture.open !== undefined) await complete(page, picture.open);
  if (picture.height === undefined) await shrink(page, picture.width);
  await page.screenshot({ path, caret: 'hide' });
  await page.context().close();
  await verbatim.stop();
  await encoder?.close();
}

async function open(browser: Browser, address: string, options: BrowserContextOptions): Promise<Page> {
  const context = await openChineseContext(browser, options);
  const page = await context.newPage();
  await page.clock.setFixedTime(moment);
  await page.goto(address);
  await page.locator('#presence.online').waitFor();
  return page;
}

async function send(page: Page, command: string): Promise<void> {
  const before = await page.getByRole('article').count();
  await page.locator('#text').fill(`${command} `);
  await page.locator('button[type=submit].send').click();
  // A message is there itself before its answer.
  await settle(page, command.startsWith('/') ? before : before + 1);
}

/** Waits until there are more messages than before, and all is drawn. */
async function settle(page: Page, before: number): Promise<void> {
  await page.getByRole('article').nth(before).waitFor();
  await page.locator('.thinking').waitFor({ state: 'detached' });
  // Waiting within the page would evaluate text there, which its policy forbids.
  const areDrawn = '[...document.images].every(image => image.complete && image.naturalWidth > 0)';
  while ((await page.evaluate(areDrawn)) !== true) await setTimeout(20);
  // Nothing should look hovered.
  await page.mouse.move(0, 0);
}

async function complete(page: Page, typed: string): Promise<void> {
  await page.keyboard.type(typed);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
}

/** Shrinks the window to what is shown, without the empty part of the channel above. */
async function shrink(page: Page, width: number): Promise<void> {
  const parts = ['.top', '#log', '#composer'];
  await page.setViewportSize({ width, height: 200 });
  const boxes = await Promise.all(parts.map(part => page.locator(part).boundingBox()));
  const height = boxes.reduce((sum, box) => sum + (box?.height ?? 0), 0);
  await page.setViewportSize({ width, height: Math.ceil(height) + 36 });
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { launchBrowser, openChineseContext } from './browser.ts';

let verbatim: Verbatim;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  [verbatim, browser] = await Promise.all([startVerbatim({ guilds: 2, isForNewcomers: true }), launchBrowser()]);
  page = await (await openChineseContext(browser, { viewport: { width: 1280, height: 800 } })).newPage();
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', line => line.type() === 'error' && complaints.push(line.text()));
  await page.goto(verbatim.playground.address);
  await page.getByText('online', { exact: true }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await verbatim.stop();
  expect(complaints).toEqual([]);
});

const last = () => page.getByRole('article').last();

/** Presses Enter and returns the answer's text. */
async function send(): Promise<string> {
  const before = await page.getByRole('article').count();
  await page.keyboard.press('Enter');
  await page
    .getByRole('article')
    .nth(before + 1)
    .waitFor();
  return (await last().textContent()) ?? '';
}

async function reply(button: string): Promise<void> {
  await last().hover();
  await last().getByRole('button', { name: button, exact: true }).click();
}

test('a mention is completed, sent as one, and answered by a reply', async () => {
  await page.keyboard.type('@ver');
  expect(await page.locator('#suggestions').getByRole('option').allTextContents()).toEqual(['@Verbatimthe bot']);
  await page.keyboard.press('Tab');
  await page.keyboard.type('what did Petra Lindqvar say about buoys?');
  const answer = await send();
  expect(answer).toContain('Ada @Verbatim what did Petra Lindqvar say about buoys?');
  expect(answer).toContain('Mayor Petra Lindqvar said buoys would mark the meadow');
  expect(await page.locator('.message .mention').first().textContent()).toBe('@Verbatim');
});

test('a reply goes on with the answer; without its ping the bot doesn’t see it', async () => {
  await reply('Reply');
  expect(await page.locator('#replied').textContent()).toBe('Replying to Verbatim');
  await page.keyboard.type('who is she?');
  expect(await send()).toContain('Ada who is she?Verbatim');
  expect(await last().textContent()).toContain('Quoted 8 times');
  await reply('Reply');
  await page.getByRole('button', { name: '@ mention' }).click();
  await page.keyboard.press('Escape');
  expect(await page.locator('#replying').isVisible()).toBe(false);
  await reply('Reply');
  await page.getByRole('button', { name: '@ mention' }).click();
  await page.keyboard.type('thanks, Ben');
  const before = await page.getByRole('article').count();
  await page.keyboard.press('Enter');
  await page.getByRole('article').nth(before).waitFor();
  expect(await last().textContent()).toContain('thanks, Ben');
});

test('one line goes with the question that is deleted', async () => {
  await page.keyboard.type('@Verbatim how many seals live on the moon?');
  expect(await send()).toContain('Nothing in these 6 articles clearly answers that.');
  const count = await page.getByRole('article').count();
  const question = page.getByRole('article').nth(count - 2);
  await question.hover();
  expect(await last().getByRole('button', { name: 'Delete message' }).count()).toBe(0);
  await question.getByRole('button', { name: 'Delete message' }).click();
  await expect.poll(() => page.getByRole('article').count()).toBe(count - 2);
});

test('direct messages are a channel of their own, where no mention is needed', async () => {
  await page.getByLabel('Server', { exact: true }).selectOption('Direct messages');
  await page.getByRole('heading', { name: 'Verbatim', level: 2 }).waitFor();
  expect(await page.locator('#text').getAttribute('placeholder')).toBe('Message @Verbatim or type /');
  await page.locator('#text').fill('hello');
  expect(await send()).toContain('Hello! Ask me who said what');
});

test('fits a phone', async () => {
  await page.setViewportSize({ width: 390, height: 780 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

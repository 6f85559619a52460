import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { launchBrowser, openChineseContext } from './browser.ts';

let verbatim: Verbatim;
let browser: Browser;
beforeAll(async () => {
  [verbatim, browser] = await Promise.all([startVerbatim({ isForNewcomers: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await verbatim.stop();
});

/** Opens the page of somebody in a channel without messages. */
async function open(width: number, member: string | undefined, host = '127.0.0.1'): Promise<Page> {
  const context = await openChineseContext(browser, { viewport: { width, height: 650 } });
  const page = await context.newPage();
  await page.goto(verbatim.playground.address.replace('127.0.0.1', host));
  await page.locator('#presence.online').waitFor();
  if (member === undefined) return page;
  await page.getByLabel('Who you are', { exact: true }).selectOption(member);
  await page.waitForLoadState('domcontentloaded');
  await page.locator('#presence.online').waitFor();
  return page;
}

const examples = (page: Page) => page.locator('.examples button');

test.each([
  [1280, undefined, /^\/feed follow url:http:\/\/127\.0\.0\.1:\d+\/feeds\/harbour-post\.xml$/v],
  [390, undefined, /^\/feed follow url:http/v],
  [1280, 'Ben (member)', /^\/summary$/v],
])('the first screen has five lines to try, %i pixels wide, as %s', async (width, member, third) => {
  const page = await open(width, member);
  await expect.poll(() => examples(page).count()).toBe(5);
  const lines = await page.locator('.examples code').allTextContents();
  expect(lines[0]).toMatch(/^\/ask question:/v);
  expect(lines[1]).toMatch(/^\/check words:/v);
  expect(lines[2]).toMatch(third);
  expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(width);
  for (const button of await examples(page).all()) expect(await button.isVisible()).toBe(true);
  expect(await page.locator('#scroller').evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await page.context().close();
});

test('the feed to follow has the address that the bot may read, by whichever name the page is opened', async () => {
  const page = await open(1280, undefined, 'localhost');
  await page.getByText(`/feed follow url:${verbatim.playground.feedsUrl}harbour-post.xml`).waitFor({ timeout: 5000 });
  await page.context().close();
});

test('each of them gets its answer', async () => {
  const page = await open(1280, undefined);
  await expect.poll(() => examples(page).count()).toBe(5);
  const lines = await page.locator('.examples code').allTextContents();
  const expected = ['Ines Calder', 'Altered', 'Follow this feed?', 'a senior US official', 'Jonas Lindqvar'];
  await examples(page).first().click();
  for (const [at, line] of lines.entries()) {
    if (at > 0) await page.locator('#text').fill(`${line} `);
    await page.keyboard.press('Enter');
    await page.getByRole('article').nth(at).waitFor();
    await page.locator('.thinking').waitFor({ state: 'detached' });
    expect(await page.getByRole('article').last().textContent()).toContain(expected[at]);
  }
  await page.context().close();
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { launchBrowser, openContext } from './browser.ts';

let verbatim: Verbatim;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  [verbatim, browser] = await Promise.all([startVerbatim({ guilds: 2 }), launchBrowser()]);
  page = await (await openContext(browser)).newPage();
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', line => line.type() === 'error' && complaints.push(line.text()));
  await page.goto(verbatim.playground.address);
});
afterAll(async () => {
  await browser.close();
  await verbatim.stop();
  expect(complaints).toEqual([]);
});

async function choose(label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).selectOption(option);
  await page.waitForLoadState('domcontentloaded');
  await page.getByText('online', { exact: true }).waitFor();
  expect(await page.getByLabel(label, { exact: true }).locator('option:checked').textContent()).toBe(option);
}

async function ask(command: string): Promise<string> {
  const before = await page.getByRole('article').count();
  await page.locator('#text').fill(`${command} `);
  await page.keyboard.press('Enter');
  await page.getByRole('article').nth(before).waitFor();
  await page.locator('.thinking').waitFor({ state: 'detached' });
  return (await page.getByRole('article').last().textContent()) ?? '';
}

test('what one server adds, the other doesn’t have, and only a manager may add', async () => {
  await page.getByText('online', { exact: true }).waitFor();
  expect(await ask('/article list')).toContain('1 article');
  await page.locator('#text').fill('/article remove article:US and Chinese envoys meet in Rome over Russia’s war ');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
  expect(await ask('/who said words:ration packs')).not.toContain('CNN');
  await choose('Server', 'Newsroom 2');
  expect(await page.getByRole('article').count()).toBe(0);
  expect(await ask('/who said words:ration packs')).toContain('CNN');
  await choose('Who you are', 'Ben (member)');
  expect(await page.getByRole('article').count()).toBe(1);
  await page.locator('#text').fill('/settings');
  expect(await page.getByRole('option', { name: '/settings' }).count()).toBe(0);
  for (const command of ['/library erase', '/feed list']) {
    await page.locator('#text').fill(command);
    await page.keyboard.press('Enter');
    const needs = `${command.split(' ')[0]} needs the Manage Server permission`;
    expect(await page.locator('#hint').textContent()).toContain(needs);
    expect(await page.locator('#text').inputValue()).toBe(command);
    expect(await page.getByRole('article').count()).toBe(1);
  }
  expect(await ask('/article remove article:US and Chinese envoys meet in Rome')).toContain('Manage Server');
  expect(await ask('/who said words:ration packs')).toContain('Ben used');
});

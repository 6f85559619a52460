import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bridge, dam } from '../end-to-end/article-steps.ts';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { launchBrowser, openContext } from './browser.ts';

let verbatim: Verbatim;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [verbatim, browser] = await Promise.all([startVerbatim(), launchBrowser()]);
  page = await (await openContext(browser)).newPage();
  await page.goto(verbatim.playground.address);
  await page.getByText('online', { exact: true }).waitFor();
});

afterAll(async () => {
  await browser.close();
  await verbatim.stop();
});

const latest = () => page.getByRole('article').last();

test('a file from the picker is shown, kept and found', async () => {
  await page.keyboard.type('/article add file:');
  const buffer = Buffer.from(`title: Dam at Morva holds\n\n${dam.join('\n\n')}\n`);
  await page.getByLabel(/^file/v).setInputFiles({ name: 'dam.txt', mimeType: 'text/plain', buffer });
  await page.getByRole('button', { name: 'Send' }).click();
  await latest().getByText('Keep this article?').waitFor();
  expect(await latest().textContent()).toContain('Ilse Brandt');
  await latest().getByRole('button', { name: 'Keep' }).click();
  await latest().getByText('Saved: ').waitFor();
});

test('a file in the form is shown, and its date can be corrected', async () => {
  await page.keyboard.type('/article add ');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add an article' });
  const buffer = Buffer.from(bridge.join('\n\n'));
  await form.getByLabel(/^File/v).setInputFiles({ name: 'bridge.txt', mimeType: 'text/plain', buffer });
  await form.getByRole('button', { name: 'Submit' }).click();
  await latest().getByText('Keep this article?').waitFor();
  await latest().getByRole('button', { name: 'Edit' }).click();
  const details = page.getByRole('dialog', { name: 'Correct the details' });
  await details.getByLabel(/^Date/v).fill('3 March 2026');
  await details.getByRole('button', { name: 'Submit' }).click();
  await latest().getByText('3 March 2026').waitFor();
  await latest().getByRole('button', { name: 'Discard' }).click();
});

test('text in the form is shown and kept', async () => {
  await page.keyboard.type('/article add ');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add an article' });
  await form.getByLabel(/^Title/v).fill('Bridge shut');
  await form.getByLabel(/^Text/v).fill(bridge.join('\n\n'));
  await form.getByRole('button', { name: 'Submit' }).click();
  await latest().getByText('Keep this article?').waitFor();
  await latest().getByRole('button', { name: 'Keep' }).click();
  await latest().getByText('Saved: ').waitFor();
});

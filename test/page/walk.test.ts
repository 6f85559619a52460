import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { launchBrowser, openContext } from './browser.ts';

/** An article that is in no seed, with two speakers on one subject. */
const article = `title: Night train to Velmar returns

“The night train to Velmar will run again from the first of May,” said Ilse Brandt, who leads the railway.

It was last seen on a rainy morning, nine years ago.

“I have missed the night train every single day,” Tomas Havel, a baker, told the Courier.

The first tickets are to be sold on Monday.
`;

let verbatim: Verbatim;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [verbatim, browser] = await Promise.all([startVerbatim(), launchBrowser()]);
  page = await (await openContext(browser, { reducedMotion: 'reduce' })).newPage();
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

const latest = () => page.getByRole('article').last();

/** Returns a locator for the same message, whatever comes after it. */
async function thisOne(message: Locator): Promise<Locator> {
  const id = await message.getAttribute('data-id');
  return page.locator(`[data-id="${id}"]`);
}

/** Returns the message that appears below all earlier ones. */
async function next(act: () => Promise<void>): Promise<Locator> {
  const before = await page.getByRole('article').count();
  await act();
  await page.getByRole('article').nth(before).waitFor();
  await page.getByText('is thinking…').waitFor({ state: 'detached' });
  return await thisOne(latest());
}

/** Types a whole command like a person; returns its answer. */
async function ask(command: string): Promise<Locator> {
  return await next(async () => {
    await page.getByRole('combobox', { name: 'Message #' }).focus();
    await page.keyboard.type(`${command} `);
    await page.getByRole('button', { name: 'Send' }).click();
  });
}

async function press(message: Locator, name: string): Promise<void> {
  await message.getByRole('button', { name, exact: true }).click();
}

async function choose(message: Locator, name: string): Promise<void> {
  await message.getByRole('combobox', { name: 'More…' }).click();
  await message.getByRole('option', { name, exact: true }).click();
}

/** Presses a button, and returns once the message shows another picture that has really loaded. */
async function redraw(message: Locator, name: string): Promise<void> {
  const before = await message.getByRole('img').last().getAttribute('src');
  await press(message, name);
  await expect.poll(() => message.getByRole('img').last().getAttribute('src')).not.toBe(before);
  await pictureOf(message);
}

/** Returns the alternative text of a picture that has really loaded. */
async function pictureOf(message: Locator): Promise<string> {
  const picture = message.getByRole('img').last();
  await expect.poll(() => picture.evaluate(({ naturalWidth }) => naturalWidth)).toBe(1200);
  return (await picture.getAttribute('alt')) ?? '';
}

test('shows and keeps an article from a file', async () => {
  const shown = await next(async () => {
    await page.keyboard.type('/article add file:');
    const file = { name: 'train.txt', mimeType: 'text/plain', buffer: Buffer.from(article) };
    await page.getByLabel(/^file/v).setInputFiles(file);
    await page.getByRole('button', { name: 'Send' }).click();
  });
  await shown.getByText('Keep this article?').waitFor();
  await press(shown, 'Keep');
  await shown.getByText('Saved: ').waitFor();
});

test('answers with the speaker of the words, turns pages and shows the context', async () => {
  const answer = await ask('/quote words:night train');
  await answer.getByText('1 / 2').waitFor();
  const first = await answer.getByRole('heading').textContent();
  await press(answer, 'Next');
  await answer.getByText('2 / 2').waitFor();
  const second = await answer.getByRole('heading').textContent();
  expect([first, second].sort()).toEqual(['Ilse Brandt', 'Tomas Havel']);
  expect(await answer.textContent()).not.toContain('nine years ago');
  await choose(answer, 'Context');
  await answer.getByText('nine years ago').waitFor();
  await choose(answer, 'Just the quote');
  await answer.getByText('nine years ago').waitFor({ state: 'detached' });
});

test('draws a card for a quote, with a description for screen readers', async () => {
  const answer = await ask('/quote words:missed the night train every single day');
  const card = await next(() => press(answer, 'Card'));
  const told = await pictureOf(card);
  expect(told).toContain('I have missed the night train every single day”');
  expect(told).toContain('Tomas Havel');
  expect(told).toContain('Night train to Velmar returns');
  await redraw(card, 'Forest');
  await redraw(card, 'Paper');
});

test('tells an altered quote from the words of the article', async () => {
  const answer = await ask('/check words:The slow train to Velmar will run again from the first of May');
  await answer.getByRole('heading', { name: 'Altered' }).waitFor();
  expect(await answer.locator('strong', { hasText: 'slow' }).count()).toBe(1);
  expect(await answer.locator('s, del', { hasText: 'night' }).count()).toBe(1);
  expect(await answer.locator('blockquote').textContent()).toContain('The night train to Velmar will run again');
  expect(await answer.textContent()).toContain('Ilse Brandt');
});

test('Apps > Check quote checks what somebody wrote, in private', async () => {
  const message = await next(async () => {
    await page.keyboard.type('“I have missed the night train every single day” — Ilse Brandt');
    await page.keyboard.press('Enter');
  });
  await message.hover();
  await message.getByRole('button', { name: 'Apps: commands for this message' }).click();
  const answer = await next(async () => await message.getByRole('menuitem', { name: 'Check quote' }).click());
  await answer.getByRole('heading', { name: 'Right words, wrong name' }).waitFor();
  await answer.getByText('Only you can see this').waitFor();
  expect(await answer.textContent()).toContain('Ada used Check quote');
  expect(await answer.textContent()).toContain('Tomas Havel');
});

test('Share makes a private answer public, and Delete removes it', async () => {
  const own = await ask('/quote words:first of May private:true');
  await own.getByText('Only you can see this').waitFor();
  expect(await own.textContent()).not.toContain('Delete answer');
  const shared = await next(() => choose(own, 'Share'));
  expect(await shared.getByText('Only you can see this').count()).toBe(0);
  expect(await shared.locator('blockquote').textContent()).toBe(await own.locator('blockquote').textContent());
  await choose(shared, 'Delete answer');
  await shared.waitFor({ state: 'detached' });
  await own.getByText('Only you can see this').waitFor();
});

test('/speakers shows bars and the same as text, and its menu opens one speaker', async () => {
  const answer = await ask('/speakers article:Night train to Velmar returns');
  const told = await pictureOf(answer);
  for (const name of ['Ilse Brandt', 'Tomas Havel']) {
    expect(told).toContain(name);
    expect(await answer.textContent()).toContain(name);
  }
  const opened = await next(async () => {
    await answer.getByRole('combobox', { name: 'See what one of them said' }).focus();
    await page.keyboard.press('Enter');
    await answer.getByRole('option', { name: 'Ilse Brandt' }).click();
  });
  await opened.getByRole('heading', { name: 'Ilse Brandt' }).waitFor();
  expect(await opened.textContent()).toContain('from the first of May');
  await choose(opened, 'Delete answer');
  await opened.waitFor({ state: 'detached' });
  expect(await answer.isVisible()).toBe(true);
});

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { launchBrowser, openChineseContext, openContext } from './browser.ts';

let verbatim: Verbatim;
let browser: Browser;
/** Loaded anew by tests that leave nothing behind in it but messages: another context costs as much as loading it. */
let shared: Page;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [verbatim, browser] = await Promise.all([startVerbatim(), launchBrowser()]);
  const context = await openContext(browser, { viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' });
  shared = await openPage(context);
});

afterAll(async () => {
  await browser.close();
  await verbatim.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function openPage(context: BrowserContext): Promise<Page> {
  const opened = await context.newPage();
  // A script error, or anything blocked by the page's content security policy.
  opened.on('pageerror', error => complaints.push(error.message));
  opened.on('console', line => line.type() === 'error' && complaints.push(line.text()));
  return opened;
}

async function load(loaded: Page, address = verbatim.playground.address): Promise<void> {
  await loaded.goto(address);
  await loaded.locator('#presence.online').waitFor();
}

async function loadShared(): Promise<void> {
  page = shared;
  // Where the last test left the mouse, a suggestion could seem to be pointed at.
  await page.mouse.move(0, 0);
  await load(page);
}

/** Opens a page with its own storage, and with a Chinese font, until the test ends. */
async function open(address = verbatim.playground.address, width = 1000, locale = 'en-GB'): Promise<Page> {
  const viewport = { width, height: 800 };
  const context = await openChineseContext(browser, { viewport, reducedMotion: 'reduce', locale });
  onTestFinished(() => context.close());
  const opened = await openPage(context);
  await load(opened, address);
  return opened;
}

/** Types like a person, into whatever has the focus. */
async function type(text: string): Promise<void> {
  await page.keyboard.type(text);
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const list = () => page.getByRole('listbox');
const options = () => list().getByRole('option');
const latest = () => page.getByRole('article').last();
const field = (name: string) => page.getByRole('combobox', { name });

/** Returns the suggestion that a screen reader would announce. */
async function pointedAt(owner: Locator): Promise<string | null> {
  const id = await owner.getAttribute('aria-activedescendant');
  return id === null ? null : await page.locator(`#${id}`).textContent();
}

// First, since the others fill the channel.
test('an empty channel suggests commands to try', async () => {
  await loadShared();
  await page.getByRole('heading', { name: 'Welcome to #' }).waitFor();
  await page.getByRole('button', { name: '/quote words:open lines of communication' }).click();
  await press('Escape', 'Enter');
  await latest().getByText('a senior US official').first().waitFor();
  expect(await page.getByRole('heading', { name: 'Welcome to #' }).count()).toBe(0);
});

describe('a command by keyboard only', () => {
  beforeEach(loadShared);

  test('types a command, completes an option, reads the answer and presses Next', async () => {
    await type('/');
    await expect.poll(() => options().count()).toBeGreaterThan(5);
    await type('quo');
    await expect.poll(() => options().count()).toBe(1);
    expect(await pointedAt(field('Message #'))).toContain('/quote');
    await press('Enter');

    const words = field('words, required');
    await type('open lin');
    await expect.poll(() => options().first().textContent()).toContain('open lines of communication');
    expect(await pointedAt(words)).toBeNull();
    await press('ArrowDown', 'Enter');
    expect(await words.inputValue()).toContain('open lines of communication');
    await press('Enter');

    await latest().getByText('1 / 2').waitFor();
    expect(await page.getByRole('button', { name: 'Cancel the command' }).isVisible()).toBe(false);
    const answer = await latest().textContent();
    expect(answer).toContain('Ada used /quote');
    expect(answer).toContain('a senior US official');
    expect(await latest().locator('blockquote strong').first().textContent()).toContain('open lines');

    await latest().getByRole('button', { name: 'Next' }).focus();
    await press('Enter');
    await latest().getByText('2 / 2').waitFor();
    // There is no next page, so the focus moves to a button that can be pressed, in the same message.
    await expect.poll(() => latest().locator('button:focus').textContent()).toBe('Previous');
  });

  test('sends a fully typed command as it is', async () => {
    await type('/who said words:already decided private:true');
    expect(await field('words, required').inputValue()).toBe('already decided');
    expect(await field('private').inputValue()).toBe('true');
    await press('Escape', 'Enter');
    await latest().getByText('Only you can see this').waitFor();
    expect(await latest().textContent()).toContain('another US official familiar with the discussions');
  });

  test('needs only Enter for a command without options', async () => {
    await type('/summary ');
    await press('Enter');
    await latest().getByText('Who is quoted').waitFor();
    expect(await latest().textContent()).toContain('¶');
  });

  test('names a missing required option, and keeps the input', async () => {
    await type('/quote ');
    await press('Enter');
    await page.getByRole('status').getByText('“words” is required.').waitFor();
    expect(await field('words, required').getAttribute('aria-invalid')).toBe('true');
    await press('Escape', 'Escape');
    expect(await field('Message #').evaluate(node => node.matches(':focus'))).toBe(true);
  });

  test('says what is wrong with a value', async () => {
    await type('/quote words:');
    await page.keyboard.insertText('long '.repeat(100));
    await press('Enter');
    await page.getByRole('status').getByText('“words” can have at most 300 characters (now 499).').waitFor();
    await field('words, required').fill('open');
    await type(' private:perhaps');
    await press('Enter');
    await page.getByRole('status').getByText('“private” must be one of: True, False').waitFor();
    expect(await field('private').getAttribute('aria-invalid')).toBe('true');
  });

  test('adds an option from the list, and Backspace removes it', async () => {
    await type('/quote words:open speaker:');
    await press('Tab');
    await press('ArrowDown');
    await expect.poll(() => options().allTextContents()).toHaveLength(5);
    await type('pri');
    await press('Enter');
    await expect.poll(() => options().allTextContents()).toEqual(['True', 'False']);
    await press('ArrowDown', 'Enter');
    expect(await field('private').inputValue()).toBe('False');
    await press('Backspace', 'Backspace', 'Backspace', 'Backspace', 'Backspace', 'Backspace');
    expect(await field('private').count()).toBe(0);
  });

  test('opens a command mentioned in an answer with one press', async () => {
    await type('/help ');
    await press('Enter');
    await latest().getByRole('button', { name: '/who is' }).click();
    expect(await field('name, required').evaluate(node => node.matches(':focus'))).toBe(true);
  });
});

describe('messages', () => {
  beforeEach(loadShared);

  test('show a stranger’s markup as text', async () => {
    const words = '<img src=x onerror="document.title=1"> <b>bold</b> [x](javascript:alert(1))';
    await type(words);
    await press('Enter');
    await latest().getByText(words).waitFor();
    expect(await latest().locator('b, a, .markdown img').count()).toBe(0);
  });

  test('disappear when ephemeral ones are dismissed', async () => {
    await type('/quote words:qqqq zzzz xxxx');
    await press('Escape', 'Enter');
    await latest().getByText('Only you can see this').waitFor();
    const id = await latest().getAttribute('data-id');
    await latest().getByRole('button', { name: 'Dismiss message' }).click();
    await page.locator(`[data-id="${id}"]`).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('article').first().waitFor();
    expect(await page.locator(`[data-id="${id}"]`).count()).toBe(0);
  });

  test('say so if the bot does not answer', async () => {
    await page.route('**/page/interactions', route =>
      route.fulfill({ json: { failed: 'The application did not respond' } }),
    );
    await type('/summary ');
    await press('Enter');
    await page.getByText('The application did not respond').waitFor();
    await page.locator('#notices').getByRole('button', { name: 'Dismiss message' }).click();
    expect(await page.getByText('The application did not respond').count()).toBe(0);
    await page.unroute('**/page/interactions');
  });
});

describe('in Chinese', () => {
  test('a chosen language stays, and applies to commands, options and the page', async () => {
    page = await open();
    await page.getByLabel('Language').selectOption('繁體中文');
    await page.getByText('上線', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('上線', { exact: true }).waitFor();
    expect(await page.getByLabel('語言').inputValue()).toBe('zh-TW');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-TW');

    await type('/引');
    await expect.poll(() => options().allTextContents()).toEqual([expect.stringContaining('/引述 字句找出原話')]);
    await press('Enter');
    await type('open lin');
    await expect.poll(() => options().first().textContent()).toContain('open lines of communication');
    await press('ArrowDown', 'Enter');
    await type(' 不公開:');
    await press('Enter', 'Enter');
    await latest().getByText('只有您能看到').waitFor();
    expect(await latest().textContent()).toContain('open lines of communication');
    expect(await latest().textContent()).toContain('Ada 使用了 /引述');
  });

  test('choices are translated, and the bot answers in the language', async () => {
    const visitor = await open(verbatim.playground.address, 1000, 'zh-CN');
    await visitor.locator('#text').fill('/摘要 篇幅:短 ');
    await visitor.getByRole('button', { name: '发送' }).click();
    await visitor.getByRole('article').getByText('Ada 使用了 /摘要').first().waitFor();
    await visitor.locator('#text').fill('/帮助 ');
    await visitor.getByRole('button', { name: '发送' }).click();
    await visitor.getByText('查找原话').waitFor();
    await visitor.getByRole('article').last().getByRole('button', { name: '/who is' }).click();
    expect(await visitor.getByRole('combobox', { name: '名称，必填' }).count()).toBe(1);
  });
});

test('shows answers on a computer without a language', async () => {
  page = await open();
  await page.addInitScript("Object.defineProperty(navigator, 'language', { value: 'en-US@posix' })");
  await page.reload();
  await page.locator('#text').fill('/summary ');
  await page.getByRole('button', { name: 'Send' }).click();
  await latest().getByText('In the article’s own words').waitFor();
});

test('reconnects after the playground restarts', async () => {
  const first = await startVerbatim();
  const { address } = first.playground;
  const visitor = await open(address);
  await first.stop();
  await visitor.getByText('Reconnecting…').waitFor();
  await visitor.keyboard.type('Hello?');
  await visitor.keyboard.press('Enter');
  await visitor.getByText('The playground isn’t responding').waitFor();
  // What couldn't be sent isn't lost.
  expect(await visitor.locator('#text').inputValue()).toBe('Hello?');
  expect(await visitor.locator('#notices').textContent()).not.toContain('You used');
  const second = await startPlayground({ port: Number(new URL(address).port), folder: undefined });
  await visitor.getByText('Reconnecting…').waitFor({ state: 'hidden' });
  await visitor.getByText('offline', { exact: true }).waitFor();
  expect(await visitor.getByText('The playground isn’t responding').count()).toBe(0);
  await visitor.context().close();
  await second.close();
  // While it is down, the browser logs each failed attempt; nothing else may be logged.
  expect(complaints.splice(0).filter(text => !text.includes('ERR_'))).toEqual([]);
});

test('the end of a command takes no line of its own, however wide the window', async () => {
  page = await open();
  await type('/quote words:open');
  for (let width = 340; width <= 440; width += 4) {
    await page.setViewportSize({ width, height: 800 });
    const [more, end] = await Promise.all(['.more', '.tail'].map(async part => await page.locator(part).boundingBox()));
    expect(end?.y, String(width)).toBeLessThan((more?.y ?? 0) + (more?.height ?? 0));
  }
});

/** Returns in pixels how much of the longest word is cut off. */
async function widthCutOff(menu: Locator): Promise<number> {
  return await menu.evaluate(select => {
    const free = select.cloneNode(true);
    free.style.maxWidth = 'none';
    select.after(free);
    const width = free.getBoundingClientRect().width - select.getBoundingClientRect().width;
    free.remove();
    return width;
  });
}

test('nothing scrolls sideways on a phone, and the chosen theme stays', async () => {
  const phone = await open(verbatim.playground.address, 360);
  await phone.locator('#text').fill(`${'longword'.repeat(40)} https://example.com/${'a'.repeat(200)}`);
  await phone.keyboard.press('Enter');
  await phone.getByRole('article').getByText('longword').first().waitFor();
  await phone
    .locator('#text')
    .fill('/quote words:open lines of communication between the United States and China speaker:senior ');
  for (const part of ['html', '#scroller', '#composer']) {
    expect(await phone.locator(part).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  }
  expect(await widthCutOff(phone.locator('#language'))).toBe(0);
  await phone.emulateMedia({ colorScheme: 'dark' });
  await phone.getByRole('button', { name: 'Use the light theme' }).click();
  await phone.reload();
  await phone.getByRole('button', { name: 'Use the dark theme' }).waitFor();
});

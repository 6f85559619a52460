import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isStillAtEnd, opensUp, type ScrollMetrics, shownSize } from '../../playground/page/geometry.ts';
import type { State } from '../../playground/page/state.ts';
import { startVerbatim, type Verbatim } from '../end-to-end/start-verbatim.ts';
import { launchBrowser, openContext } from './browser.ts';

describe('whether a reader is at the end', () => {
  const extent = (scrollTop: number, scrollHeight = 1000, clientHeight = 400): ScrollMetrics => ({
    scrollTop,
    scrollHeight,
    clientHeight,
  });
  test.each([
    ['scrolls up', true, extent(600), extent(500), false],
    ['scrolls up by less than a line', true, extent(600), extent(590), true],
    ['scrolls down to the end', false, extent(500), extent(600), true],
    ['is moved along by something that loads above', true, extent(600), extent(700, 1300), true],
    ['is held in place while something loads', false, extent(300), extent(600, 1300), false],
    ['is moved up by something that goes', true, extent(600), extent(500, 900), true],
    ['is moved up by something that goes as something else comes', true, extent(600), extent(500, 1300), true],
    ['has a lower window', true, extent(600), extent(600, 1000, 300), true],
  ])('one who %s', (_, was, before, now, is) => {
    expect(isStillAtEnd(was, before, now)).toBe(is);
  });
});

test('a popup opens upwards only if it doesn’t fit below and there is more room above', () => {
  const view = { top: 50, bottom: 800 };
  expect(opensUp({ top: 700, bottom: 730 }, 60, view)).toBe(false);
  expect(opensUp({ top: 700, bottom: 730 }, 80, view)).toBe(true);
  expect(opensUp({ top: 60, bottom: 90 }, 900, view)).toBe(false);
});

test('a picture’s space is reserved in its proportions, at most 350 pixels high', () => {
  expect(shownSize({ width: 1200, height: 630 })).toEqual({ width: 667, height: 350 });
  expect(shownSize({ width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
  expect(shownSize({ width: null, height: null })).toEqual({});
});

describe('the list of messages', () => {
  let verbatim: Verbatim;
  let browser: Browser;
  let page: Page;
  let release: () => void;

  /** Enough messages for two screens, the last a card whose picture arrives when `release` says so. */
  beforeAll(async () => {
    [verbatim, browser] = await Promise.all([startVerbatim(), launchBrowser()]);
    const { person } = verbatim.playground;
    for (const length of ['long', 'short']) await person.command('summary', { length });
    await person.command('card', { words: 'already decided' });
  });

  afterAll(async () => {
    await browser.close();
    await verbatim.stop();
  });

  async function open(isSizeKnown: boolean): Promise<void> {
    const context = await openContext(browser, { viewport: { width: 1000, height: 800 } });
    const released = Promise.withResolvers<void>();
    release = released.resolve;
    await context.route('**/page/attachments/**', async route => {
      await released.promise;
      await route.continue();
    });
    await context.route('**/page/state', async route => {
      const response = await route.fetch();
      const state: State = await response.json();
      const messages = state.messages.map(message => ({
        ...message,
        attachments: message.attachments?.map(each => (isSizeKnown ? each : { ...each, width: null, height: null })),
      }));
      await route.fulfill({ response, json: { ...state, messages } });
    });
    page = await context.newPage();
    await page.goto(verbatim.playground.address);
    await page.getByRole('article').last().waitFor();
  }

  const scroller = () => page.locator('#scroller');
  const toEnd = () =>
    scroller().evaluate(({ scrollHeight, scrollTop, clientHeight }) =>
      Math.round(scrollHeight - scrollTop - clientHeight),
    );
  const picture = () => page.getByRole('article').last().getByRole('img').last();
  const pictureHeight = () => picture().evaluate(image => image.getBoundingClientRect().height);

  async function loaded(): Promise<void> {
    release();
    await expect.poll(() => picture().evaluate(({ naturalWidth }) => naturalWidth)).toBe(1200);
  }

  /** Returns the distance from the top of the first visible message, and which one it is. */
  const firstSeen = () =>
    scroller().evaluate(node => {
      const { top } = node.getBoundingClientRect();
      const boxes = [...node.querySelectorAll('article')].map(each => each.getBoundingClientRect());
      const at = boxes.findIndex(box => box.bottom > top);
      return { at, passed: (top - (boxes[at]?.top ?? 0)) / (boxes[at]?.height ?? 1) };
    });

  /** Scrolling by the wheel ends some frames later. */
  const standsStill = () =>
    expect.poll(async () => (await toEnd()) === (await page.waitForTimeout(150).then(toEnd))).toBe(true);

  test('stays at its end when a picture of unknown size loads', async () => {
    await open(false);
    await expect.poll(toEnd).toBe(0);
    const before = await pictureHeight();
    await loaded();
    await expect.poll(pictureHeight).toBeGreaterThan(before + 200);
    await expect.poll(toEnd).toBe(0);
    await page.context().close();
  });

  test('reserves the space of a picture of known size', async () => {
    await open(true);
    await picture().waitFor();
    const before = await pictureHeight();
    expect(before).toBeGreaterThan(200);
    await loaded();
    expect(Math.abs((await pictureHeight()) - before)).toBeLessThan(1);
    await page.context().close();
  });

  test('stays at its end in a narrower window, and above a command of several lines', async () => {
    await open(true);
    await loaded();
    await page.setViewportSize({ width: 390, height: 700 });
    await expect.poll(toEnd).toBe(0);
    await page.locator('#text').fill(`/quote words:${'open lines '.repeat(20)} speaker:Xi`);
    await expect.poll(toEnd).toBe(0);
    await page.context().close();
  });

  test('stays in place for a reader further up', async () => {
    await open(false);
    await expect.poll(toEnd).toBe(0);
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, -500);
    await expect.poll(toEnd).toBeGreaterThan(400);
    await standsStill();
    const before = await firstSeen();
    await loaded();
    await page.setViewportSize({ width: 390, height: 800 });
    // What was in the middle of the window is still there, though lines break elsewhere.
    await expect.poll(async () => (await firstSeen()).at).toBe(before.at);
    await expect.poll(async () => Math.abs((await firstSeen()).passed - before.passed)).toBeLessThan(0.05);
    expect(await toEnd()).toBeGreaterThan(300);
    await verbatim.playground.person.command('summary', { length: 'short' });
    await page.getByRole('article').nth(3).waitFor();
    expect((await firstSeen()).at).toBe(before.at);
    await page.context().close();
  });
});

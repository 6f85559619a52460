import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Command, Message, MessageComponent, Modal } from '../../playground/page/discord.ts';
import type { Interaction, Outcome, State } from '../../playground/page/state.ts';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { launchBrowser, openContext } from './browser.ts';

const commands: readonly Command[] = [
  {
    id: '5',
    name: 'find',
    description: 'Finds it',
    options: [{ type: 3, name: 'words', description: 'What', required: true, autocomplete: true }],
  },
  { id: '6', type: 3, name: 'Check this quote', description: '' },
  { id: '8', type: 3, name: 'Keep this', description: '' },
];

/** Shows messages from a state made by the test. */
let playground: Playground;
let browser: Browser;
/** Loaded anew for each message: a context of its own would need a new process of the browser, too. */
let desktop: Page;
let page: Page;
let shown: Partial<Message>;
let sent: Interaction[];
let answer: Outcome | (() => Promise<Outcome>) | 'unreachable';

beforeAll(async () => {
  [playground, browser] = await Promise.all([startPlayground({ port: 0, folder: undefined }), launchBrowser()]);
  desktop = await open();
});

afterAll(async () => {
  await browser.close();
  await playground.close();
});

/** Opens a page in which the playground has the message that a test shows. */
async function open(device: BrowserContextOptions = {}): Promise<Page> {
  const context = await openContext(browser, device);
  await context.route('**/page/state', async route => {
    const response = await route.fetch();
    const state: State = await response.json();
    const message = {
      id: '7',
      author: state.bot.user,
      content: '',
      timestamp: '2026-01-01T12:00:00Z',
      ...shown,
    };
    await route.fulfill({ response, json: { ...state, commands, messages: [message] } });
  });
  await context.route('**/page/interactions', async (route: Route) => {
    sent.push(route.request().postDataJSON());
    if (answer === 'unreachable') return await route.abort();
    const json = typeof answer === 'function' ? await answer() : answer;
    // A request that the page has aborted can't be answered.
    await route.fulfill({ json }).catch(() => undefined);
  });
  return await context.newPage();
}

async function show(components: readonly MessageComponent[], rest: Partial<Message> = {}, on = desktop): Promise<void> {
  shown = { components, ...rest };
  page = on;
  // Where the last test left the mouse, something could seem to be hovered.
  await page.mouse.move(0, 0);
  await page.goto(playground.address);
  await page.getByRole('article').waitFor();
  sent = [];
  answer = { ok: true };
}

test('a select menu sends the option chosen by keyboard', async () => {
  const options = ['Ada', 'Lee', 'Xi'].map(label => ({ label, value: label.toLowerCase() }));
  await show([{ type: 1, components: [{ type: 3, custom_id: 'pick', options, placeholder: 'Who?' }] }]);
  await page.getByRole('combobox', { name: 'Who?' }).focus();
  for (const key of ['Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await expect
    .poll(() => sent)
    .toEqual([
      { kind: 'component', locale: 'en-US', messageId: '7', customId: 'pick', componentType: 3, values: ['lee'] },
    ]);
});

test('a command typed before the commands are known is not posted as a message', async () => {
  page = await (await openContext(browser)).newPage();
  await page.goto(playground.address);
  await page.getByText('offline', { exact: true }).waitFor();
  await page.keyboard.type('/speakers');
  await page.keyboard.press('Enter');
  await page.keyboard.type('!');
  expect(await page.locator('#text').inputValue()).toBe('/speakers!');
  expect(await page.getByRole('article').count()).toBe(0);
  await page.context().close();
});

describe('a modal', () => {
  const modal: Modal = {
    custom_id: 'add',
    title: 'Add an article',
    interactionId: '9',
    components: [
      { type: 18, label: 'Text', component: { type: 4, custom_id: 'text', style: 2, min_length: 3 } },
      { type: 18, label: 'Title', component: { type: 4, custom_id: 'title', style: 1, required: false, value: 'Old' } },
    ],
  };
  const opener = [{ type: 1 as const, components: [{ type: 2 as const, style: 1, label: 'Add', custom_id: 'open' }] }];

  test('is filled in and sent in the form of its components', async () => {
    await show(opener);
    answer = { modal };
    await page.getByRole('button', { name: 'Add' }).press('Enter');
    await page.getByRole('dialog', { name: 'Add an article' }).waitFor();
    // Optional fields have no asterisk.
    expect(await page.locator('dialog .label').allTextContents()).toEqual(['Text *', 'Title']);
    // As when the window for choosing a file is left.
    await page.getByLabel('Text').dispatchEvent('cancel');
    answer = { ok: true };
    await page.getByLabel('Text').fill('We will rebuild.');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(sent.at(-1)).toEqual({
      kind: 'modal',
      locale: 'en-US',
      customId: 'add',
      interactionId: '9',
      messageId: '7',
      files: [],
      components: [
        { type: 18, component: { type: 4, custom_id: 'text', value: 'We will rebuild.' } },
        { type: 18, component: { type: 4, custom_id: 'title', value: 'Old' } },
      ],
    });
    expect(await page.locator('#text').evaluate(node => node.matches(':focus'))).toBe(true);
    await page.keyboard.press('/');
    expect(await page.locator('#text').inputValue()).toBe('/');
  });

  test('stays open with the reason if it fails, and Escape returns the focus', async () => {
    await show(opener);
    answer = { modal };
    const button = page.getByRole('button', { name: 'Add' });
    await button.press('Enter');
    await page.getByRole('dialog').waitFor();
    answer = { failed: 'The application did not respond' };
    await page.getByLabel('Text').fill('We will rebuild.');
    await page.getByLabel('Title').press('Enter');
    await page.getByRole('alert').getByText('did not respond').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await button.evaluate(node => node.matches(':focus'))).toBe(true);
  });

  test('says so if a file is larger than Discord takes', async () => {
    const upload: Modal = {
      ...modal,
      components: [{ type: 18, label: 'File', component: { type: 19, custom_id: 'file' } }],
    };
    await show(opener);
    answer = { modal: upload };
    await page.getByRole('button', { name: 'Add' }).press('Enter');
    const buffer = Buffer.alloc(10 * 1024 * 1024 + 1);
    await page.getByLabel('File').setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer });
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('alert').getByText('Discord takes files of up to 10 MB.').waitFor({ timeout: 10_000 });
    expect(sent.map(({ kind }) => kind)).toEqual(['component']);
  });

  describe('gives the focus to the composer if what opened it is gone', () => {
    const afterwards = () => page.evaluate('[document.querySelectorAll("dialog").length, document.activeElement.id]');

    beforeEach(async () => {
      await show(opener);
      answer = { modal };
      await page.getByRole('button', { name: 'Add' }).press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.locator('.message').evaluate(message => message.remove());
    });

    test.each([
      ['Cancel', 'document.querySelector("dialog .secondary").click()'],
      ['Escape', 'document.querySelector("dialog").requestClose()'],
    ])('%s, before another key can be pressed', async (_way, leave) => {
      // In one task.
      const focused = await page.evaluate(`${leave}; document.activeElement.id`);
      expect(focused).toBe('text');
      expect(await afterwards()).toEqual([0, 'text']);
    });

    test('the browser closes it by itself', async () => {
      await page.evaluate('document.querySelector("dialog").close()');
      await expect.poll(afterwards).toEqual([0, 'text']);
    });
  });
});

test('a failed press is reported under its message, and the button can be pressed again', async () => {
  await show([{ type: 1, components: [{ type: 2, style: 2, label: 'Next', custom_id: 'next' }] }]);
  answer = { failed: 'The application did not respond' };
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('article').getByRole('alert').getByText('did not respond').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect.poll(() => sent.length).toBe(2);
});

test('shows containers, pictures and files as Discord does', async () => {
  const address = (name: string) => `${playground.address}/page/attachments/7/${name}`;
  await show(
    [
      {
        type: 17,
        accent_color: 0x00ff00,
        components: [
          { type: 12, items: [{ media: { url: address('map.png') }, description: 'A map' }] },
          { type: 10, content: '## Title' },
          { type: 14 },
          { type: 13, file: { url: address('notes.txt') } },
          { type: 1, components: [{ type: 2, style: 2, label: 'Off', custom_id: 'off', disabled: true }] },
        ],
      },
    ],
    {
      attachments: ['map.png', 'notes.txt', 'card.png'].map((filename, at) => ({
        id: String(at),
        filename,
        size: 2048,
        content_type: filename.endsWith('png') ? 'image/png' : 'text/plain',
        description: filename === 'card.png' ? 'A card' : null,
        url: address(filename),
      })),
    },
  );
  const message = page.getByRole('article');
  const accent = await message.locator('.container').evaluate(node => node.style.getPropertyValue('--accent'));
  expect(accent).toBe('#00ff00');
  expect(await message.getByRole('img', { name: 'A map' }).getAttribute('src')).toBe('/page/attachments/7/map.png');
  expect(await message.getByRole('img', { name: 'A card' }).count()).toBe(1);
  expect(await message.getByRole('link', { name: 'notes.txt' }).getAttribute('download')).toBe('notes.txt');
  expect(await message.getByRole('button', { name: 'Off' }).isDisabled()).toBe(true);
});

test('shows pictures by whichever name for this machine the page is opened', async () => {
  const url = `${playground.address}/page/attachments/7/map.png`;
  const file = { id: '7', filename: 'map.png', size: 2048, content_type: 'image/png', description: 'A map', url };
  await show([{ type: 10, content: 'Hello' }], { attachments: [file] });
  await page.goto(playground.address.replace('127.0.0.1', 'localhost'));
  expect(await page.getByRole('img', { name: 'A map' }).getAttribute('src')).toBe('/page/attachments/7/map.png');
});

test('drops an answer that arrives after the text has changed', async () => {
  await show([{ type: 10, content: 'Hello' }]);
  const late = Promise.withResolvers<Outcome>();
  const suggest = (name: string): Outcome => ({ choices: [{ name, value: name }] });
  answer = () => late.promise;
  await page.keyboard.type('/find a');
  await expect.poll(() => sent.length).toBe(1);
  answer = suggest('for ab');
  await page.keyboard.type('b');
  await page.getByRole('listbox').getByRole('option', { name: 'for ab' }).waitFor();
  late.resolve(suggest('for a'));
  // The next round trip is over, so the late answer would have arrived.
  answer = suggest('for abc');
  await page.keyboard.type('c');
  await page.getByRole('listbox').getByRole('option', { name: 'for abc' }).waitFor();
  expect(await page.getByRole('listbox').getByRole('option').allTextContents()).toEqual(['for abc']);
  expect(sent.at(-1)).toEqual({
    kind: 'autocomplete',
    locale: 'en-US',
    commandId: '5',
    data: { options: [{ type: 3, name: 'words', value: 'abc', focused: true }] },
  });
});

test('a suggestion that is active stays active when the answer for the whole text arrives', async () => {
  await show([{ type: 10, content: 'Hello' }]);
  const suggest = (...names: string[]): Outcome => ({ choices: names.map(name => ({ name, value: name })) });
  const active = () => page.getByRole('listbox').locator('.active').textContent();
  answer = suggest('Ann', 'Petra');
  await page.keyboard.type('/find e');
  await page.getByRole('listbox').getByRole('option', { name: 'Petra' }).waitFor();
  const late = Promise.withResolvers<Outcome>();
  answer = () => late.promise;
  const before = sent.length;
  await page.keyboard.type('t');
  await expect.poll(() => sent.length).toBe(before + 1);
  await page.keyboard.press('ArrowUp');
  expect(await active()).toBe('Petra');
  late.resolve(suggest('Petra'));
  await expect.poll(() => page.getByRole('listbox').getByRole('option').allTextContents()).toEqual(['Petra']);
  expect(await active()).toBe('Petra');
});

describe('the menu of a message', () => {
  const opener = () => page.getByRole('button', { name: 'Apps: commands for this message' });
  const items = () => page.getByRole('menuitem');
  const focused = () => page.evaluate('document.activeElement.textContent');

  test('has the commands for messages', async () => {
    await show([{ type: 10, content: 'Hello' }]);
    await page.getByRole('article').hover();
    await opener().click();
    await page.getByRole('menuitem', { name: 'Check this quote' }).click();
    await expect
      .poll(() => sent)
      .toEqual([{ kind: 'command', locale: 'en-US', commandId: '6', data: { options: [], target_id: '7' } }]);
    await items().first().waitFor({ state: 'hidden' });
  });

  test('opens upwards at the bottom of the window, fully visible', async () => {
    await show([{ type: 10, content: 'Hello' }]);
    await page.getByRole('article').hover();
    await opener().click();
    const [menu, line] = await Promise.all(
      ['.menu', '#composer'].map(async part => await page.locator(part).boundingBox()),
    );
    expect((menu?.y ?? 0) + (menu?.height ?? 0)).toBeLessThanOrEqual(line?.y ?? 0);
  });

  test('works with arrow keys, and Escape returns the focus', async () => {
    await show([{ type: 10, content: 'Hello' }]);
    await opener().press('ArrowDown');
    expect(await focused()).toBe('Check this quote');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Keep this');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Check this quote');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('Keep this');
    await page.keyboard.press('Escape');
    expect(await items().count()).toBe(0);
    expect(await opener().evaluate(node => node.matches(':focus'))).toBe(true);
    expect(await opener().getAttribute('aria-expanded')).toBe('false');
  });

  test('has a button for touch screens', async () => {
    const opacity = () => page.evaluate('getComputedStyle(document.querySelector(".opener")).opacity');
    await show([{ type: 10, content: 'Hello' }]);
    expect(await opacity()).toBe('0');
    const phone = await open({ hasTouch: true, isMobile: true });
    await show([{ type: 10, content: 'Hello' }], {}, phone);
    expect(await opacity()).toBe('1');
    await phone.context().close();
  });
});

test('a message that can’t be dismissed stays, with the reason', async () => {
  await show([{ type: 10, content: 'Hello' }], { flags: 64 });
  await page.route('**/page/messages/7', route => route.abort());
  await page.getByRole('article').getByRole('button', { name: 'Dismiss message' }).click();
  await page.locator('#notices').getByText('The playground isn’t responding').waitFor({ timeout: 5000 });
  expect(await page.getByRole('article').count()).toBe(1);
  await page.unroute('**/page/messages/7');
});

test('says that nobody answers, until somebody does', async () => {
  await show([{ type: 1, components: [{ type: 2, style: 2, label: 'Next', custom_id: 'next' }] }]);
  const complaint = page.getByText('The playground isn’t responding');
  answer = 'unreachable';
  await page.getByRole('button', { name: 'Next' }).click();
  await page.keyboard.type('/find a');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => complaint.count()).toBe(2);
  answer = { failed: 'The application did not respond' };
  await page.keyboard.type('/find b');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('The application did not respond').waitFor();
  expect(await complaint.count()).toBe(0);
});

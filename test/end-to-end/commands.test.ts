import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { buttonsOf, idOf, quotedLines, textOf } from '../replies/read-reply.ts';
import { root, startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let person: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  person = verbatim.playground.person;
});
afterAll(() => verbatim.stop());

const seed = readFileSync(join(root, 'seeds/us-china-rome-meeting.txt'), 'utf8');
const twoPassages = { words: 'open lines of communication' };

/** Returns the message that answers a command, expecting every quoted line in the seed. */
async function answerTo(path: string, options: Record<string, string | boolean> = {}): Promise<APIMessage> {
  const { message, failed } = await person.command(path, options);
  if (message === undefined) throw new Error(failed ?? 'no message');
  expect(quotedLines(message).filter(line => !seed.includes(line))).toEqual([]);
  return message;
}

async function pressed(message: APIMessage, button: string): Promise<APIMessage> {
  const { message: next, failed } = await person.press(message, button);
  if (next === undefined) throw new Error(failed ?? 'no message');
  expect(quotedLines(next).filter(line => !seed.includes(line))).toEqual([]);
  return next;
}

const isEphemeral = (message: APIMessage) => ((message.flags ?? 0) & 64) !== 0;

describe('/quote', () => {
  test('shows one passage per page, matched words in bold, and turns pages in place', async () => {
    const first = await answerTo('quote', twoPassages);
    expect(textOf(first)).toContain('**open lines of communication**');
    expect(textOf(first)).toContain('¶4');
    expect(buttonsOf(first).map(button => button.label)).toContain('1 / 2');
    const second = await pressed(first, 'Next');
    expect(second.id).toBe(first.id);
    expect(textOf(second)).toContain('**open lines of communication**');
    expect(textOf(second)).toContain('¶5');
    expect(textOf(await pressed(second, 'Previous'))).toBe(textOf(first));
  });

  test('shows the surrounding paragraphs, and hides them again', async () => {
    const first = await answerTo('quote', twoPassages);
    const context = await pressed(first, 'Context');
    expect(textOf(context)).toContain('The US delegation in Rome had not expected');
    expect(textOf(context)).toContain('Asked if it had been successful');
    expect(textOf(await pressed(context, 'Just the quote'))).toBe(textOf(first));
  });

  test('searches within one speaker', async () => {
    const answer = await answerTo('quote', { words: 'Russian military', speaker: 'CNN' });
    expect(textOf(answer)).toContain('ration packs');
  });

  test.each([
    { words: 'flying saucers over Taipei' },
    { words: 'open lines', speaker: 'Charlemagne' },
    { words: 'open lines', article: 'no such article' },
    { words: '   ' },
    { words: '```@everyone <@1> [x](javascript:alert(1)) \u202e' },
  ])('finds nothing for %o: a private answer with the next step', async options => {
    const answer = await answerTo('quote', options);
    expect(isEphemeral(answer)).toBe(true);
    expect(quotedLines(answer)).toEqual([]);
    expect(textOf(answer).length).toBeGreaterThan(20);
  });
});

describe('/who', () => {
  test('lists several candidates, best first', async () => {
    const answer = textOf(await answerTo('who said', twoPassages));
    expect(answer.indexOf('¶4')).toBeGreaterThan(0);
    expect(answer.indexOf('¶5')).toBeGreaterThan(answer.indexOf('¶4'));
  });

  test('says how certain an inferred speaker is, with the article’s own phrase', async () => {
    const answer = textOf(await answerTo('who said', { words: 'I suppose it depends on how you define success' }));
    expect(answer).toContain('“the official”');
    expect(answer).toMatch(/likely.*a senior US official/v);
  });

  test('gives a private answer for an unknown person', async () => {
    expect(isEphemeral(await answerTo('who is', { name: 'Charlemagne' }))).toBe(true);
  });

  test('finds a misspelt name', async () => {
    expect(textOf(await answerTo('who is', { name: 'Jake Sulivan' }))).toContain('Jake Sullivan');
  });
});

describe('/summary', () => {
  test.each(['short', 'medium', 'long'])('%s: sentences of the article in order, with their speakers', async length => {
    const answer = await answerTo('summary', { length });
    const places = quotedLines(answer).map(line => seed.indexOf(line));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(textOf(answer)).toContain('Who is quoted');
    expect(textOf(answer)).toContain('¶1');
  });
});

describe('/article', () => {
  test('lists the library', async () => {
    expect(textOf(await answerTo('article list'))).toContain('US and Chinese envoys meet in Rome');
  });

  test('shows every paragraph of an article, numbered, over its pages', async () => {
    let page = await answerTo('article show', { article: 'us-china-rome-meeting' });
    let all = textOf(page);
    for (let pages = 1; pages < 9; pages += 1) {
      const next = buttonsOf(page).find(button => button.label === 'Next');
      if (next === undefined || next.disabled === true) break;
      page = await pressed(page, next.custom_id);
      all += textOf(page);
    }
    for (let number = 1; number <= 12; number += 1) expect(all).toContain(`¶${number}`);
    expect(all).toContain('behind this closer partnership with Russia');
  });
});

test('/help names every command and is private', async () => {
  const answer = await answerTo('help');
  expect(isEphemeral(answer)).toBe(true);
  for (const name of ['quote', 'who said', 'who is', 'summary', 'article list', 'article show']) {
    expect(textOf(answer)).toMatch(new RegExp(`</${name}:\\d+>`, 'v'));
  }
});

test.each([
  { path: 'quote', options: twoPassages },
  { path: 'who said', options: twoPassages },
  { path: 'who is', options: { name: 'CNN' } },
  { path: 'summary', options: {} },
])('private: $path is only for the person asking, and can be shared', async ({ path, options }) => {
  const answer = await answerTo(path, { ...options, private: true });
  expect(isEphemeral(answer)).toBe(true);
  const shared = await pressed(answer, idOf(answer, 'Share'));
  expect(isEphemeral(shared)).toBe(false);
  expect(quotedLines(shared)).toEqual(quotedLines(answer));
});

describe('completion', () => {
  test.each([
    { path: 'quote', option: 'words', typed: 'open li', first: 'open lines of communication' },
    { path: 'who said', option: 'words', typed: 'ration', first: 'ration packs' },
    { path: 'who is', option: 'name', typed: 'sulliv', first: 'Jake Sullivan' },
    { path: 'who is', option: 'name', typed: '习近', first: 'Xi Jinping' },
    { path: 'quote', option: 'speaker', typed: 'cn', first: 'CNN' },
    { path: 'summary', option: 'article', typed: 'rome', first: 'US and Chinese envoys meet in Rome' },
    { path: 'article show', option: 'article', typed: '', first: 'US and Chinese envoys meet in Rome' },
  ])('/$path $option:$typed', async ({ path, option, typed, first }) => {
    const [choice] = await person.autocomplete(path, option, typed);
    expect(choice?.name).toContain(first);
  });

  test('a completed value finds what it showed', async () => {
    for (const { name, value } of await person.autocomplete('quote', 'words', 'open')) {
      const answer = await answerTo('quote', { words: String(value) });
      expect(seed).toContain(name);
      expect(isEphemeral(answer)).toBe(false);
    }
  });
});

test.each(['qtAB', 'qtABxxxxxxAAAAAAA~', '{"page":1}', 'stAA2xxxxxx', '../../etc/passwd', 'wtAAxxxxxxAA'])(
  'a forged button %s gets a polite private answer, and changes nothing',
  async customId => {
    const message = await answerTo('quote', twoPassages);
    const answer = await person.forge(customId, message);
    expect(answer.ephemeral).toBe(true);
    expect(quotedLines(answer.message ?? {})).toEqual([]);
  },
);

test('buttons from before a restart still work', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-'));
  const before = await startVerbatim({ folder });
  const { message } = await before.playground.person.command('quote', twoPassages);
  await before.stop();
  const after = await startVerbatim({ folder });
  const kept = after.playground.person.sees().find(each => each.id === message?.id);
  const { message: turned } = await after.playground.person.press(kept ?? expect.fail('not kept'), 'Next');
  expect(textOf(turned ?? {})).toContain('¶5');
  await after.stop();
  rmSync(folder, { recursive: true });
});

test('works in direct messages', async () => {
  const somebody = verbatim.playground.personOf({ name: 'Grace', where: 'direct', isManager: false });
  const { message } = await somebody.command('who said', twoPassages);
  expect(textOf(message ?? {})).toContain('a senior US official');
});

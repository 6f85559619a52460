import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quotedLines, textOf } from '../replies/read-reply.ts';
import { root, startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
beforeAll(async () => {
  verbatim = await startVerbatim();
});
afterAll(() => verbatim.stop());

const seed = readFileSync(join(root, 'seeds/us-china-rome-meeting.txt'), 'utf8');

/** Returns the text of an answer, expecting every quoted line in the seed. */
async function ask(path: string, options: Record<string, string>): Promise<string> {
  const { message, failed } = await verbatim.playground.person.command(path, options);
  expect(failed).toBeUndefined();
  const lines = quotedLines(message ?? {});
  expect(lines.filter(line => !seed.includes(line))).toEqual([]);
  return textOf(message ?? {});
}

/** Returns the part of an answer about its best match: up to the first citation. */
function best(text: string): string {
  return text.slice(0, text.search(/¶\d+$/mv) + 4);
}

describe('who said it', () => {
  test.each([
    { words: 'open lines of communication', speaker: 'a senior US official', paragraphs: ['¶4', '¶5'] },
    { words: 'it really is a project of Xi', speaker: 'another US official', paragraphs: ['¶12'] },
    { words: 'they dont share comon systems', speaker: 'another US official', paragraphs: ['¶9'] },
    { words: 'ration packs', speaker: 'CNN', paragraphs: ['¶10'] },
    { words: 'what did officials say about drones', speaker: 'US officials', paragraphs: ['¶1'] },
  ])('$words: $speaker', async ({ words, speaker, paragraphs }) => {
    const answer = best(await ask('who said', { words }));
    expect(answer).toContain(speaker);
    expect(paragraphs).toContain(/¶\d+$/mv.exec(answer)?.[0]);
  });

  test.each([
    { words: 'they dont share comon systems', phrase: 'the official' },
    { words: 'it really is a project of Xi', phrase: 'the US official' },
  ])('$words: the answer says that the article doesn’t say which official', async ({ words, phrase }) => {
    const answer = best(await ask('who said', { words }));
    expect(answer).toContain(`“${phrase}”`);
    expect(answer).toContain('The article doesn’t say');
  });

  test('the reporter’s own words belong to nobody', async () => {
    const answer = await ask('who said', { words: 'Top of the Russian military shopping list in China' });
    expect(answer).toContain('These are the article’s own words. Nobody is quoted');
    expect(answer).toContain('¶8');
  });

  test('a word in the reporter’s quotation marks is not credited to a person named nearby', async () => {
    const answer = best(await ask('who said', { words: 'in an “intense” seven-hour meeting in Rome' }));
    expect(answer).not.toContain('### Jake Sullivan');
    expect(answer).not.toContain('### Yang Jiechi');
  });
});

describe('who is it', () => {
  test('Jake Sullivan: his role and his quotes', async () => {
    const answer = await ask('who is', { name: 'Jake Sullivan' });
    expect(answer).toContain('US National Security Adviser');
    expect(answer).toContain('Moscow had feigned interest in diplomacy');
    expect(answer).toContain('¶2');
  });

  test('CNN: what it reported', async () => {
    const answer = await ask('who is', { name: 'CNN' });
    expect(answer).toContain('ration packs');
    expect(answer).toContain('¶10');
  });

  test.each([
    { name: 'Yang Jiechi', shown: 'Yang Jiechi', mentioned: '¶2' },
    { name: 'Xi Jinping', shown: 'Xi Jinping', mentioned: '¶12' },
    { name: '習近平', shown: 'Xi Jinping', mentioned: '¶12' },
    { name: '习近平', shown: 'Xi Jinping', mentioned: '¶12' },
    { name: '楊潔篪', shown: 'Yang Jiechi', mentioned: '¶2' },
  ])('$name is only mentioned', async ({ name, shown, mentioned }) => {
    const answer = await ask('who is', { name });
    expect(answer).toContain(shown);
    expect(answer).toContain('isn’t quoted');
    expect(answer).toContain(mentioned);
    expect(answer).not.toContain('said:');
  });

  test('US officials: the group, not one of the officials', async () => {
    const answer = await ask('who is', { name: 'US officials' });
    expect(answer).toContain('armed drones');
    expect(answer).not.toContain('seven-hour session');
  });
});

describe('quotes', () => {
  test.each([
    { words: 'open lines of comunication', holds: 'open lines of communication' },
    { words: 'both sides understand', holds: 'Both sides understand' },
    { words: 'intense seven hour session', holds: 'It was an intense seven-hour session' },
    { words: 'wether they will go futher', holds: 'The question really is whether they will go further' },
  ])('$words', async ({ words, holds }) => {
    const { message } = await verbatim.playground.person.command('quote', { words });
    const lines = quotedLines(message ?? {});
    expect(lines.join('\n')).toContain(holds);
    expect(lines.filter(line => !seed.includes(line))).toEqual([]);
  });
});

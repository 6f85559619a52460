import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Locale } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { buttonsOf, menuIn, quotedLines, textOf } from '../replies/read-reply.ts';
import { addFile, isEphemeral, messageOf } from './article-steps.ts';
import { root, startVerbatim, type Verbatim } from './start-verbatim.ts';

const seed = readFileSync(join(root, 'seeds/us-china-rome-meeting.txt'), 'utf8');
const pier = [
  '“The old pier will be repaired before the summer,” Ann Marlow said on Monday.',
  '“The old pier will be pulled down before the summer,” Bo Marlow said on Tuesday.',
  'The council will vote on the old pier next week.',
];

let verbatim: Verbatim;
let person: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  person = verbatim.playground.person;
  expect(await addFile(person, 'Pier', pier)).toContain('Saved:');
});
afterAll(() => verbatim.stop());

/** Returns the message that answers, expecting every quoted line in an article. */
async function answerTo(path: string, options: Record<string, string>, asker = person) {
  const message = await messageOf(asker.command(path, options));
  expect(quotedLines(message).filter(line => !seed.includes(line) && !pier.includes(line))).toEqual([]);
  return message;
}

describe('a question', () => {
  test('is answered in the article’s words, with Context and Card', async () => {
    const answer = await answerTo('ask', { question: 'so what did CNN report abt ration packs?' });
    expect(textOf(answer)).toContain('You asked: *so what did CNN report abt ration packs?*');
    expect(textOf(answer)).toContain('### CNN');
    expect(textOf(answer)).toContain('¶10');
    expect(isEphemeral(answer)).toBe(false);
    const around = await messageOf(person.press(answer, 'Context'));
    expect(textOf(around)).toContain('Both sides understand');
    expect(buttonsOf(answer).map(({ label }) => label)).toContain('Card');
  });

  test('is refused where nobody is quoted, with why', async () => {
    const answer = await answerTo('ask', { question: 'What did Joe Biden say about the old pier?' });
    expect(textOf(answer)).toMatch(/^Nothing in these 2 articles says that\.\n\*\*Joe Biden\*\* isn’t quoted here\./v);
    expect(isEphemeral(answer)).toBe(true);
  });

  test('that may mean two people asks which, and the choice answers it', async () => {
    const question = await answerTo('ask', { question: 'What did Marlow say about the old pier before the summer?' });
    expect(textOf(question)).toContain('More than one person here could be “Marlow”');
    expect(quotedLines(question)).toEqual([]);
    const menu = menuIn(question);
    const bo = menu?.options.find(({ label }) => label === 'Bo Marlow');
    const answer = await messageOf(person.select(question, menu?.custom_id ?? '', [bo?.value ?? '']));
    expect(answer.id).toBe(question.id);
    expect(textOf(answer)).toContain('### Bo Marlow');
    expect(quotedLines(answer)[0]).toBe(pier[1]);
  });

  test('in Chinese is answered by its words', async () => {
    const mei = verbatim.playground.personOf({ name: 'Mei', where: 0, isManager: false, locale: Locale.ChineseTW });
    const answer = await answerTo('ask', { question: '誰提到習近平？' }, mei);
    expect(textOf(answer)).toContain('您問的是：*誰提到習近平？*');
    expect(quotedLines(answer)[0]).toContain('Xi Jinping (習近平)');
  });

  test.each(['quote', 'who said'])('typed into /%s is answered with a hint', async path => {
    const answer = await answerTo(path, { words: 'what did CNN report about ration packs?' });
    expect(textOf(answer)).toContain('You asked: *what did CNN report about ration packs?*');
    expect(textOf(answer)).toContain('I took that as a question.');
  });
});

test('words that an article has stay words', async () => {
  const answer = await answerTo('quote', { words: 'The question really is whether they will go further?' });
  expect(textOf(answer)).not.toContain('I took that as a question.');
  expect(textOf(answer)).toContain('¶7');
});

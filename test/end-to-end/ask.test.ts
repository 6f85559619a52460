import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Locale } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { idOf, labelsIn, menuIn, quotedLines, textOf } from '../replies/read-reply.ts';
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
    expect(labelsIn(answer)).toContain('Card');
  });

  test('can be asked about the article of an answer, by anybody', async () => {
    const guest = verbatim.playground.personOf({ name: 'Bo', where: 0, isManager: false });
    const quote = await answerTo('quote', { words: 'old pier will be pulled down' }, guest);
    const { modal } = await guest.press(quote, 'Ask about this article');
    if (modal === undefined) return expect.fail('No form opened');
    expect(JSON.stringify(modal.modal)).toContain('"description":"Pier"');
    const found = await messageOf(guest.submit(modal, { question: 'What did Ann Marlow say about the pier?' }));
    expect(found.id).not.toBe(quote.id);
    expect(isEphemeral(found)).toBe(false);
    expect(quotedLines(found)).toEqual([pier[0]]);
    expect(labelsIn(found)).toContain('Delete answer');
    const { modal: again } = await guest.press(quote, 'Ask about this article');
    if (again === undefined) return expect.fail('No form opened');
    const nothing = await messageOf(guest.submit(again, { question: 'What did CNN report about ration packs?' }));
    expect(textOf(nothing)).toContain('Nothing in this article clearly answers that.');
    expect(isEphemeral(nothing)).toBe(true);
    // The form of an article in another library leads nowhere.
    const elsewhere = verbatim.playground.personOf({ name: 'Bo', where: 'direct', isManager: false });
    const other = await messageOf(elsewhere.command('quote', { words: 'open lines of communication' }));
    const gone = await elsewhere.forge(idOf(quote, 'Ask about this article'), other);
    expect([gone.modal, gone.ephemeral]).toEqual([undefined, true]);
  });

  test('is refused where nobody is quoted, with why', async () => {
    const answer = await answerTo('ask', { question: 'What did Joe Biden say about the old pier?' });
    expect(textOf(answer)).toMatch(
      /^Nothing in these 2 articles clearly answers that\.\nNot quoted here: “Joe Biden”\./v,
    );
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

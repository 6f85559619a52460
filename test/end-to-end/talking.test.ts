import { setTimeout as pause } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import { Locale, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { APPLICATION_ID } from '../../playground/world/servers.ts';
import { EXAMPLES } from '../answering/examples.ts';
import { quotedLines, textOf } from '../replies/read-reply.ts';
import { messageOf } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let person: Person;
let direct: Person;
beforeAll(async () => {
  verbatim = await startVerbatim({ isForNewcomers: true, guilds: 2 });
});
afterAll(() => verbatim.stopRefused([50013, 160002]));
beforeEach(() => {
  // One person may ask sixty times in ten minutes.
  person = verbatim.playground.personOf({ name: 'Cy', where: 0, isManager: true });
  direct = person.alone('direct');
});

const mention = `<@${APPLICATION_ID}>`;
/** Longer than any answer here takes. */
const silence = 400;
const patience = 5000;

/** Returns the answer to a message; `undefined` if there is none. */
async function answered(asker: Person, message: APIMessage, milliseconds = silence): Promise<APIMessage | undefined> {
  return await Promise.race([asker.answerTo(message), pause(milliseconds, undefined)]);
}

async function ask(text: string, replyTo?: APIMessage, asker = person): Promise<APIMessage> {
  const answer = await answered(asker, asker.say(text, [], { replyTo: replyTo?.id }), patience);
  if (answer === undefined) throw new Error(`No answer to ${text}`);
  return answer;
}

const asks = async (text: string, replyTo?: APIMessage) => textOf(await ask(text, replyTo));

test('sixty examples: every second one as a mention, the others as direct messages', async () => {
  for (const [at, [text, , expected]] of EXAMPLES.entries()) {
    const [asker, said] = at % 2 === 0 ? [person, `${mention} ${text}`] : [direct, text];
    const message = asker.say(said);
    const answer = expected === undefined ? await answered(asker, message) : await asker.answerTo(message);
    if (expected === undefined) expect(answer, text).toBeUndefined();
    else expect(textOf(answer ?? {}), text).toMatch(expected);
    if (answer !== undefined) expect(JSON.stringify(answer.components), text).toMatch(/"T\d{17}/v);
  }
}, 60_000);

describe('a reply to an answer', () => {
  test('keeps the person', async () => {
    const answer = await ask(`${mention} what did Ines Calder say about ships?`);
    expect(textOf(answer)).toContain('### Ines Calder');
    expect(await asks('and about the herring?', answer)).toContain('What did Ines Calder say about the herring?');
    expect(await asks('what else did she say?', answer)).toMatch(/^### Ines Calder\nQuoted 6 times/v);
    expect(await asks('who is she?', answer)).toMatch(/^### Ines Calder/v);
    expect(await asks('when was that?', answer)).toMatch(/^That’s from this article:\n.*14 June 2025/v);
    expect(await asks('did she say that the ferries come back?', answer)).toContain(
      'did Ines Calder say that the ferries come back?',
    );
    expect(await asks('那燈塔呢？', answer)).toContain('這裡引述了 **Ines Calder**，但沒有談到這件事。');
  });

  test('keeps the topic for somebody else', async () => {
    const answer = await ask(`${mention} what did Petra Lindqvar say about the tram?`);
    expect(await asks('and Jonas Lindqvar?', answer)).toContain('What did Jonas Lindqvar say about the tram?');
    expect(await asks('what did Hanne Iversholt say?', answer)).toContain(
      'What did Hanne Iversholt say about the tram?',
    );
  });

  test('in one line that nothing was found keeps the person and the topic', async () => {
    const silent = await ask(`${mention} what did Ines Calder say about the tram?`);
    expect(textOf(silent)).toMatch(/^Nothing in these \d articles clearly answers that/v);
    expect(await asks('and about the herring?', silent)).toContain('What did Ines Calder say about the herring?');
    expect(await asks('who is she?', silent)).toMatch(/^### Ines Calder/v);
    const unknown = await ask(`${mention} what did Zoe Quux say about the tram?`);
    expect(textOf(unknown)).toMatch(/^Nothing in these \d articles clearly answers that/v);
    for (const answer of [silent, unknown]) {
      for (const next of ['and Petra Lindqvar?', 'what did Petra Lindqvar say?'])
        expect(await asks(next, answer)).toContain('What did Petra Lindqvar say about the tram?');
    }
    expect(await asks('and about the herring?', unknown)).toContain('You asked: *the herring?*');
    for (const next of ['who said that?', 'who else?', 'when was that?', 'what else did she say?'])
      expect(await asks(next, unknown), next).toContain('Ask again with a name or a topic');
    const nobody = await ask(`${mention} who is Zoe Quux?`);
    expect(await asks('and Petra Lindqvar?', nobody)).toMatch(/^### Petra Lindqvar/v);
  });

  test('keeps the article, and goes on with a page of it, a check, and that answer', async () => {
    const answer = await ask(`${mention} summarise the eelgrass story`);
    const next = await ask('What did Aron Feld say?', answer);
    expect(textOf(next)).toContain('### Aron Feld');
    expect(await asks('who is he?', next)).toMatch(/^### Aron Feld/v);
    expect(await asks('when was that?', answer)).toContain('21 August 2025');
    const checked = await ask('“Nobody told me that I was parking on a forest”', answer);
    expect(await asks('who said that?', checked)).toMatch(/^### Tomas Reyk/v);
  });

  test('summarises the article of a check', async () => {
    const answer = await ask(`${mention} “The mud is an archive, and the eelgrass is its librarian”`);
    expect(textOf(answer)).toMatch(/^### Exact/v);
    expect(await asks('summarise it', answer)).toMatch(/In the article’s own words\nEelgrass/v);
    expect(await asks('are you sure?', answer)).toMatch(/^That’s from this article:\nEelgrass/v);
  });

  test('that can’t be understood says so; thanks get no answer', async () => {
    const answer = await ask(`${mention} hello`);
    expect(await asks('who is he?', answer)).toBe(
      'I can’t tell who or what you mean. Ask again with a name or a topic.',
    );
    expect(await answered(person, person.say('thanks!', [], { replyTo: answer.id }))).toBeUndefined();
    expect(
      await answered(person, person.say('who is he?', [], { replyTo: answer.id, isPinging: false })),
    ).toBeUndefined();
  });
});

describe('a reply to somebody else’s message that mentions the bot', () => {
  const exact = '“The tram will pay for itself in eleven years”';

  test('can’t show what that says: how to check it', async () => {
    const said = person.say(exact);
    for (const asked of ['is this right?', 'who said this?', '']) {
      expect(await asks(`${mention} ${asked}`, said)).toBe(
        'Discord doesn’t show me that message. On it, choose Apps > **Check quote**.',
      );
    }
    expect(await asks(`${mention} what did Ines Calder say about ships?`, said)).toContain('### Ines Calder');
  });

  test('checks it if that mentions the bot, too, or is direct', async () => {
    const said = person.say(`${mention} ${exact}`);
    expect(await asks(`${mention} is this right?`, said)).toMatch(/^### Exact/v);
    expect(textOf(await ask('is this right?', direct.say(exact), direct))).toMatch(/^### Exact/v);
    const forward = direct.say('', [], { forwards: said });
    expect(textOf(await direct.answerTo(forward))).toMatch(/^### Exact/v);
  });
});

describe('is not answered', () => {
  test('without a mention, to everybody, with a role’s mention, or in a message of the bot', async () => {
    const silent = [
      person.say('what did Petra Lindqvar say?'),
      person.say(`@everyone ${mention} hello`),
      person.say(`<@&${APPLICATION_ID}> hello`),
    ];
    for (const message of silent) expect(await answered(person, message)).toBeUndefined();
  });

  test('where it can’t write, nor again there for a while', async () => {
    const { channels, servers } = verbatim.playground;
    const there = verbatim.playground.personOf({ name: 'Bo', where: 1, isManager: true });
    const channel = channels.first(1);
    channels.permit(channel, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands);
    expect(servers()).toHaveLength(2);
    expect(textOf(await messageOf(there.command('help')))).toContain(
      'I can’t answer mentions in this channel until I’m given **Send Messages** and **Read Message History**.',
    );
    there.say(`${mention} hello`);
    await expect
      .poll(() => verbatim.playground.refusals.map(({ code }) => code), { timeout: patience })
      .toContain(50013);
    channels.permit(channel, (1n << 50n) - 1n);
    expect(await answered(there, there.say(`${mention} hello`))).toBeUndefined();
    expect(textOf(await messageOf(there.command('help')))).not.toContain('I can’t answer mentions');
  });

  test('in a channel of another server that may not be read back', async () => {
    const { channels } = verbatim.playground;
    const channel = channels.first(0);
    channels.permit(channel, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
    expect(await answered(person, person.say(`${mention} hello`))).toBeUndefined();
  });
});

test('in the language of the message', async () => {
  expect(textOf(await ask('你好', undefined, direct))).toMatch(/^您好！/v);
  expect(textOf(await ask('怎么用？', undefined, direct))).toMatch(/^您好！问我谁说了什么/v);
  expect(textOf(await ask('hello', undefined, direct.speaking(Locale.ChineseTW)))).toMatch(/^Hello!/v);
  expect(quotedLines(await ask('hello', undefined, direct))).toEqual([]);
});

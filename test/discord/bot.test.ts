import { setTimeout as pause } from 'node:timers/promises';
import { SlashCommandBuilder } from '@discordjs/builders';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import type { Command } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/index.ts';
import { usableEverywhere } from '../../src/commands/options.ts';
import { ACCENTS, type Reply, reply } from '../../src/replies/reply.ts';
import { openPlayground, type RunningBot, registeredCommands, startRunningBot } from './running-bot.ts';

function answerOf(text: string, secret: boolean): Reply {
  return reply({ accent: ACCENTS.article, texts: [text], private: secret });
}

/** A command that answers late or throws. */
function command(name: string, run: Command['run'], chinese?: string): Command {
  const builder = usableEverywhere(new SlashCommandBuilder())
    .setName(name)
    .setNameLocalizations(chinese === undefined ? null : { 'zh-TW': chinese })
    .setDescription('For the test')
    .addStringOption(option => option.setName('words').setDescription('Anything'))
    .addBooleanOption(option => option.setName('private').setDescription('Or not'));
  return { builder, advice: [], run };
}

const odd: readonly Command[] = [
  command('break', () => {
    throw new Error('the words were: secret plan');
  }),
  command('break-late', async () => {
    await pause(1900);
    throw new Error('the words were: secret plan');
  }),
  command('slow', async ({ texts }) => await pause(1900, answerOf('Late but here', texts.words === 'hide'))),
  command('steady', async () => await pause(500, answerOf('Finished', false))),
];

let playground: Playground;
let running: RunningBot;

function textIn(message: unknown): string {
  return JSON.stringify(message);
}

beforeEach(async () => {
  playground = await openPlayground();
  running = await startRunningBot([...commands, ...odd], playground);
});

afterEach(async () => {
  await running.bot.stop();
  await playground.close();
});

test('commands are registered only if they differ from the registered ones', async () => {
  const before = await registeredCommands(playground);
  await running.bot.stop();
  running = await startRunningBot([...commands, ...odd], playground);
  expect(await registeredCommands(playground)).toEqual(before);
  await running.bot.stop();
  running = await startRunningBot(commands, playground);
  expect(await registeredCommands(playground)).toHaveLength(commands.length);
});

test('a command with another name in one language is registered again', async () => {
  const answering = () => Promise.resolve(answerOf('Yes', true));
  const versions: unknown[] = [];
  for (const chinese of ['問', '問', '答']) {
    await running.bot.stop();
    running = await startRunningBot([command('ask', answering, chinese)], playground);
    versions.push(await registeredCommands(playground));
  }
  const [first, same, other] = versions;
  expect(same).toEqual(first);
  expect(other).not.toEqual(first);
  // Only the command list with all languages has this name.
  expect(textIn(other)).not.toContain('答');
});

describe('a bug gives one private line, and a log entry without user input', () => {
  test('a command that throws', async () => {
    // Its library is opened first, which may take longer than the time for an immediate answer.
    await playground.person.command('quote', { words: 'ration packs' });
    const answer = await playground.person.command('break', { words: 'secret plan' });
    expect(answer.ephemeral).toBe(true);
    expect(textIn(answer.message)).toContain('Something went wrong on my side');
    await expect.poll(() => running.logged()).toMatch(/"interaction":"\d+"/);
    expect(running.logged()).not.toContain('secret plan');
  });

  test('a command that throws after a public “thinking” message', async () => {
    await playground.person.command('break-late', { words: 'secret plan' });
    const seen = () => playground.person.sees().map(message => `${message.flags} ${textIn(message.components)}`);
    await expect
      .poll(seen, { timeout: 8000 })
      .toEqual([expect.stringMatching(/^32832 .*Something went wrong on my side/v)]);
  });

  test('Discord fails during the apology', async () => {
    playground.faults.next('500', { route: 'callback', times: 1 });
    const answer = await playground.person.command('help');
    expect(textIn(answer.message)).toContain('Who said what');
  });

  test('the same interaction arrives twice', async () => {
    const refused = playground.refusals.length;
    playground.faults.duplicate();
    await playground.person.command('help');
    const after = await playground.person.command('quote', { words: 'open lines of communication' });
    expect(textIn(after.message)).toContain('**open lines of communication**');
    expect(playground.refusals).toHaveLength(refused);
  });

  test('it is unknown whether Discord got the answer', async () => {
    playground.faults.next('lost', { route: 'callback' });
    const answer = await playground.person.command('help');
    expect(answer.failed).toBeUndefined();
    await expect.poll(() => running.logged()).toContain('"command":"help","result":"answered"');
    expect(running.logged()).not.toContain('"code":40060');
    const after = await playground.person.command('help');
    expect(after.failed).toBeUndefined();
  });

  test('the answer comes too late for Discord', async () => {
    playground.faults.next('late', { route: 'callback', milliseconds: 3200 });
    const late = await playground.person.command('help');
    expect(late.failed).toBeDefined();
    await expect.poll(() => running.logged(), { timeout: 5000 }).toContain('"code":10062');
    const after = await playground.person.command('help');
    expect(after.failed).toBeUndefined();
  });
});

test('a refusal while stopping that comes too late for Discord is counted as late', async () => {
  playground.faults.next('late', { route: 'callback', milliseconds: 3200, times: 2 });
  const first = playground.person.command('help');
  await expect.poll(() => playground.faults.met).toBe(1);
  const stopping = running.bot.stop();
  await Promise.all([first, playground.person.command('help'), stopping]);
  expect(running.logged().match(/"result":"(?:late|failed)"/gv)).toEqual(['"result":"late"', '"result":"late"']);
});

describe('a slow answer follows a “thinking” message', () => {
  test('in public', async () => {
    const answer = await playground.person.command('slow');
    expect(textIn(answer.message)).toContain('Late but here');
    expect(answer.ephemeral).toBe(false);
  });

  test('in private, as requested', async () => {
    const answer = await playground.person.command('slow', { words: 'hide', private: true });
    expect(textIn(answer.message)).toContain('Late but here');
    expect(answer.ephemeral).toBe(true);
  });

  test('in private, though the “thinking” message was public', async () => {
    await playground.person.command('slow', { words: 'hide' });
    await expect
      .poll(() => playground.person.sees().map(message => `${message.flags} ${textIn(message.components)}`), {
        timeout: 5000,
      })
      .toEqual([expect.stringMatching(/^32832 .*Late but here/)]);
  });
});

test('stopping waits for pending answers', async () => {
  const answering = playground.person.command('steady');
  await pause(150);
  await running.bot.stop();
  expect(textIn((await answering).message)).toContain('Finished');
});

test('a dropped connection is restored and answers the next command', async () => {
  playground.faults.dropSocket();
  await expect
    .poll(async () => (await playground.person.command('help')).failed, { timeout: 20_000, interval: 500 })
    .toBeUndefined();
});

describe('buttons', () => {
  test('Next, Previous and Context update the message in place', async () => {
    const { person } = playground;
    const first = await person.command('quote', { words: 'open lines of communication' });
    if (first.message === undefined) throw new Error('There is an answer');
    const next = await person.press(first.message, 'Next');
    expect(next.updated).toBe(true);
    expect(textIn(next.message)).toContain('which most likely means **a senior US official**');
    const context = await person.press(first.message, 'Context');
    expect(textIn(context.message)).toContain('After, ¶6');
    const back = await person.press(first.message, 'Just the quote');
    expect(textIn(back.message)).toBe(textIn({ ...next.message, edited_timestamp: back.message?.edited_timestamp }));
  });

  test('Share posts a private answer publicly', async () => {
    const { person } = playground;
    const mine = await person.command('who said', { words: 'ration packs', private: true });
    if (mine.message === undefined) throw new Error('There is an answer');
    expect(mine.ephemeral).toBe(true);
    const shared = await person.press(mine.message, 'Share');
    expect(shared.ephemeral).toBe(false);
    expect(shared.updated).toBe(false);
    expect(textIn(shared.message)).toContain('CNN');
    expect(textIn(shared.message)).not.toContain('Share');
  });

  test.each(['qtAAzzzzzzAAABAAA~words', '', 'qtAA~', '-', '\u0000'])(
    'a forged one gets a private apology: %s',
    async id => {
      const { person } = playground;
      const shown = await person.command('quote', { words: 'ration packs' });
      if (shown.message === undefined) throw new Error('There is an answer');
      const answer = await person.forge(id, shown.message);
      expect(answer.updated).toBe(false);
      expect(answer.ephemeral).toBe(true);
      expect(textIn(answer.message)).toContain('has expired');
    },
  );
});

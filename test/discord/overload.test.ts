import { SlashCommandBuilder } from '@discordjs/builders';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import type { Command } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/index.ts';
import { usableEverywhere } from '../../src/commands/options.ts';
import { ACCENTS, reply } from '../../src/replies/reply.ts';
import { textOf } from '../replies/read-reply.ts';
import { openPlayground, type RunningBot, startRunningBot } from './running-bot.ts';

const milliseconds = 300;
const many = 20;
let begun: string[] = [];

/** Blocks the event loop. */
function compute(): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const heavy: Command = {
  builder: usableEverywhere(new SlashCommandBuilder())
    .setName('heavy')
    .setDescription('For the test')
    .addStringOption(option => option.setName('words').setDescription('Anything').setAutocomplete(true)),
  advice: [],
  first({ texts }) {
    begun.push(texts.words ?? '');
    compute();
    return reply({ accent: ACCENTS.article, texts: ['Done'], private: false });
  },
  run: () => Promise.reject(new Error('It is answered at once')),
  autocomplete: (_, typed) => {
    begun.push(typed);
    return Promise.resolve([{ name: typed, value: typed }]);
  },
};

let playground: Playground;
let running: RunningBot;

function logged(sentence: string): number {
  return running.logged().split(sentence).length - 1;
}

beforeEach(async () => {
  begun = [];
  playground = await openPlayground();
  running = await startRunningBot([...commands, heavy], playground);
  // Opens its library first, and lets the bot learn how long interactions take to arrive.
  for (let each = 0; each < 6; each += 1) await playground.person.command('quote', { words: 'ration packs' });
});

afterEach(async () => {
  await running.bot.stop();
  await playground.close();
});

test('under overload many are answered, and no work is done for answers that would come too late', async () => {
  const asked = Array.from({ length: many }, (_, number) => playground.person.command('heavy', { words: `${number}` }));
  const answers = await Promise.all(asked);
  const answered = answers.filter(({ message }) => textOf(message ?? {}).includes('Done')).length;
  expect(answered).toBeGreaterThan(1);
  expect(begun.length).toBeLessThan(many);
  await expect.poll(() => logged('"result":"expired"')).toBe(many - begun.length);
  expect(logged('Interactions dropped')).toBe(1);
  const after = await playground.person.command('help');
  expect(after.failed).toBeUndefined();
});

test('an interaction that arrives too late is not started, and nothing is sent that Discord would refuse', async () => {
  playground.faults.lateInteraction(2900);
  const answer = await playground.person.command('heavy', { words: 'late' });
  expect(answer.failed).toBe('The application did not respond');
  await expect.poll(() => logged('"result":"expired"')).toBe(1);
  expect(begun).toEqual([]);
  expect(playground.refusals).toEqual([]);
});

test('an interaction whose id is dated ahead makes no others seem late', async () => {
  const { person } = playground;
  playground.faults.dateAhead(3000);
  await person.command('help');
  const answers = await Promise.all(Array.from({ length: 30 }, () => person.command('help')));
  expect(answers.map(({ failed }) => failed)).toEqual(answers.map(() => undefined));
  expect(logged('"result":"expired"')).toBe(0);
});

test('an interaction that arrives late but in time is answered', async () => {
  playground.faults.lateInteraction(1000);
  const answer = await playground.person.command('heavy', { words: 'in time' });
  expect(textOf(answer.message ?? {})).toContain('Done');
});

test('of everything typed while the bot was busy, only the last gets suggestions', async () => {
  const { person } = playground;
  const busy = person.command('heavy', { words: 'busy' });
  const typed = ['a', 'ab', 'abc', 'abcd'].map(words => person.autocomplete('heavy', 'words', words));
  const ended = await Promise.allSettled(typed);
  await busy;
  expect(begun).toEqual(['busy', 'abcd']);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
  expect(logged('"result":"superseded"')).toBe(3);
});

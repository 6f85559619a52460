import { DiscordAPIError, HTTPError, type Interaction, RESTEvents } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../playground/faults.ts';
import { type Bot, startBot } from './bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** Causes a fault in the answer to a command; returns what the person got and the result of the bot's call. */
async function answerUnder(fault: Fault, times = 1, milliseconds = 20) {
  bot.playground.faults.next(fault, { route: 'callback', times, milliseconds });
  const outcome = Promise.withResolvers<unknown>();
  bot.onInteraction((interaction: Interaction<'cached'>) => {
    if (!interaction.isRepliable()) return;
    interaction.reply('Here').then(outcome.resolve, outcome.resolve);
  });
  const answer = await bot.playground.person.command('say', { words: 'x' });
  return { answer, outcome: await outcome.promise };
}

test('429: the client waits as long as it is told, then answers', async () => {
  const statuses: number[] = [];
  const note = (_: unknown, response: { status: number }) => statuses.push(response.status);
  bot.client.rest.on(RESTEvents.Response, note);
  const { answer } = await answerUnder('429', 1, 50);
  bot.client.rest.off(RESTEvents.Response, note);
  expect(answer.message?.content).toBe('Here');
  expect(statuses).toEqual([429, 204]);
});

test.each(['500', '502', 'reset'] as const)('%s once: the client tries again and answers', async fault => {
  const { answer } = await answerUnder(fault);
  expect(answer.message?.content).toBe('Here');
});

test('500 repeatedly: the call fails, the next command works', async () => {
  bot.playground.faults.next('500', { route: 'callback', times: 2 });
  const failure = Promise.withResolvers<unknown>();
  bot.onInteraction(interaction => {
    if (!interaction.isRepliable()) return;
    interaction.reply('Here').catch(error => {
      failure.resolve(error);
      interaction.reply('At last').catch(() => undefined);
    });
  });
  const answer = await bot.playground.person.command('say', { words: 'x' });
  expect(await failure.promise).toBeInstanceOf(HTTPError);
  expect(answer.message?.content).toBe('At last');
});

test('lost: the answer took effect, so the retry is refused', async () => {
  const { answer, outcome } = await answerUnder('lost');
  expect(answer.message?.content).toBe('Here');
  expect(outcome).toBeInstanceOf(DiscordAPIError);
  expect(outcome).toMatchObject({ code: 40060 });
});

test('late: an answer that arrives too late is refused', async () => {
  const { answer, outcome } = await answerUnder('late', 1, 3200);
  expect(answer.failed).toBe('The application did not respond');
  expect(outcome).toMatchObject({ code: 10062 });
});

test('a fault on one route leaves the others alone', async () => {
  bot.playground.faults.next('500', { route: 'gateway', times: 9 });
  const { answer } = await answerUnder('429');
  expect(answer.message?.content).toBe('Here');
});

import { setTimeout as pause } from 'node:timers/promises';
import { SlashCommandBuilder } from '@discordjs/builders';
import type { Playground } from '../../playground/playground.ts';
import type { Command } from '../../src/commands/command.ts';
import { privateOption, usableEverywhere } from '../../src/commands/options.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { ACCENTS, reply } from '../../src/replies/reply.ts';
import { openTestLibraries } from '../library/test-libraries.ts';
import { buildSeed } from '../search/build-article.ts';
import { openPlayground, startRunningBot } from './running-bot.ts';

/** A bot with the seed article, in a playground of its own. */
export interface StubbedBot {
  readonly playground: Playground;
  readonly logged: () => string;
  end(): Promise<void>;
}

/** Starts a bot on real libraries, with some methods replaced by the test. */
export async function startStubbedBot(
  commands: readonly Command[],
  change: (libraries: Libraries) => Partial<Libraries>,
): Promise<StubbedBot> {
  const playground = await openPlayground();
  const kept = await openTestLibraries([buildSeed().article]);
  const { bot, logged } = await startRunningBot(commands, playground, {
    ...methodsOf(kept.libraries),
    ...change(kept.libraries),
  });
  const end = async () => {
    await bot.stop();
    await kept.end();
    await playground.close();
  };
  return { playground, logged, end };
}

/** Returns the methods of libraries. Listed one by one, since a spread doesn't copy a class's methods. */
export function methodsOf(libraries: Libraries): Libraries {
  return {
    feeds: libraries.feeds,
    has: owner => libraries.has(owner),
    deliver: (isMine, send) => libraries.deliver(isMine, send),
    prepare: () => libraries.prepare(),
    encodeAll: () => libraries.encodeAll(),
    open: owner => libraries.open(owner),
    choices: owner => libraries.choices(owner),
    knownServers: () => libraries.knownServers(),
    erase: owner => libraries.erase(owner),
    scheduleErasure: (owner, now) => libraries.scheduleErasure(owner, now),
    cancelErasure: owner => libraries.cancelErasure(owner),
    eraseDue: (now, isMine, announce) => libraries.eraseDue(now, isMine, announce),
    maintain: () => libraries.maintain(),
    state: () => libraries.state(),
    waiting: () => libraries.waiting(),
    check: () => libraries.check(),
    close: () => libraries.close(),
  };
}

/** Longer than the bot waits before it shows a “thinking” message. */
export const late = 1900;

/** A command that answers late: as visibly as its “thinking” message, or in private after a public one. */
export function lateCommand(name: string, seenBy: 'as announced' | 'who asks'): Command {
  const builder = usableEverywhere(new SlashCommandBuilder()).setName(name).setDescription('For the test');
  return {
    builder: builder.addBooleanOption(privateOption),
    advice: [],
    run: async (_options, context) => {
      await pause(late);
      const isPrivate = seenBy === 'who asks' || context.isPrivate;
      return reply({ accent: ACCENTS.article, texts: ['Late'], private: isPrivate });
    },
  };
}

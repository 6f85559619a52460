import { setTimeout as pause } from 'node:timers/promises';
import { SlashCommandBuilder } from '@discordjs/builders';
import type { Playground } from '../../playground/playground.ts';
import type { Command } from '../../src/commands/command.ts';
import { privateOption, usableEverywhere } from '../../src/commands/options.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { accents, reply } from '../../src/replies/reply.ts';
import { buildSeed } from '../search/build.ts';
import { bring, open } from './living.ts';
import { keep } from './shelf.ts';

/** A bot with the seed article, in a playground of its own. */
export interface Changed {
  readonly playground: Playground;
  readonly logged: () => string;
  end(): Promise<void>;
}

/** Starts a bot on real libraries, with some methods replaced by the test. */
export async function bringChanged(
  commands: readonly Command[],
  change: (libraries: Libraries) => Partial<Libraries>,
): Promise<Changed> {
  const playground = await open();
  const kept = await keep([buildSeed().article]);
  const { bot, logged } = await bring(commands, playground, { ...waysOf(kept.libraries), ...change(kept.libraries) });
  const end = async () => {
    await bot.stop();
    await kept.end();
    await playground.close();
  };
  return { playground, logged, end };
}

/** Listed one by one, since a spread doesn't copy a class's methods. */
function waysOf(libraries: Libraries): Libraries {
  return {
    has: owner => libraries.has(owner),
    prepare: () => libraries.prepare(),
    open: owner => libraries.open(owner),
    choices: owner => libraries.choices(owner),
    knownServers: () => libraries.knownServers(),
    erase: owner => libraries.erase(owner),
    left: owner => libraries.left(owner),
    returned: owner => libraries.returned(owner),
    eraseLeft: isMine => libraries.eraseLeft(isMine),
    tend: () => libraries.tend(),
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
    run: async ({ flags }) => {
      await pause(late);
      const isPrivate = seenBy === 'who asks' || flags.private === true;
      return reply({ accent: accents.article, texts: ['Late'], private: isPrivate });
    },
  };
}

import { expect } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { startRunningBot } from '../discord/running-bot.ts';
import { openTestLibraries, type TestStorage } from '../discord/test-libraries.ts';
import { addFile, bridge, said } from './article-steps.ts';
import { anyPort } from './start-verbatim.ts';
import { type Done, firstArticles, type SteadyLoad, servers } from './steady-load.ts';

/** A bot in the servers that a load is applied to. */
export interface BotUnderLoad {
  readonly playground: Playground;
  readonly libraries: Libraries;
  stop(): Promise<void>;
}

export async function startBotUnderLoad(storage: TestStorage = {}): Promise<BotUnderLoad> {
  const playground = await startPlayground({ port: anyPort, folder: undefined, guilds: servers });
  const { libraries, end } = await openTestLibraries(firstArticles(), storage);
  const { bot } = await startRunningBot(commands, playground, libraries);
  const stop = async () => {
    await bot.stop();
    await end();
    await playground.close();
  };
  return { playground, libraries, stop };
}

/** Expects that everybody's next interaction is answered without a restart. */
export async function allAnswer(playground: Playground): Promise<void> {
  const asked = Array.from({ length: servers }, async (_, where) => {
    const person = playground.personOf({ name: 'Lee', where, isManager: true });
    expect(await said(person, 'the river rose in week 7')).toContain('Valley Courier');
    expect(await addFile(person, 'Bridge', bridge)).toMatch(/Saved|Already in the library/v);
  });
  await Promise.all(asked);
}

/** Returns errors shown as such, and answers to retried interactions. */
export function apologiesIn(done: readonly Done[]): readonly string[] {
  return done.flatMap(({ said }) => said).filter(text => /Something went wrong|has expired/v.test(text));
}

/** Returns true if there was neither an answer nor an error from Discord. Suggestions are no messages. */
function silent({ action, failed, said }: Done): boolean {
  return failed === undefined && said.length === 0 && action !== 'completing' && action !== 'removing';
}

/** Expects what must hold under any fault: everyone is answered, nobody twice, and what was acknowledged is stored. */
export async function expectNothingLost(load: SteadyLoad, done: readonly Done[], libraries: Libraries): Promise<void> {
  expect(done.filter(silent)).toEqual([]);
  expect(done.filter(({ isTwice }) => isTwice)).toEqual([]);
  expect(await load.differences(libraries)).toEqual([]);
}

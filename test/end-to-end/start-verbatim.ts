import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import {
  INVENTED_ARTICLES,
  type Playground,
  type PlaygroundOptions,
  startPlayground,
} from '../../playground/playground.ts';
import { CardDrawer } from '../../src/cards/card-drawer.ts';
import { commands } from '../../src/commands/index.ts';
import { startBot } from '../../src/discord/bot.ts';
import { FeedReader } from '../../src/following/feed-reader.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { loadSeeds } from '../../src/library/seeds.ts';
import { DocumentReader } from '../../src/reading/document-reader.ts';
import { makeNet, type Net } from '../../src/reading/fetch.ts';
import { openTestLibraries, type TestStorage } from '../library/test-libraries.ts';

export const root = join(import.meta.dirname, '../..');

/** Each test gets its own port, so that no kept-alive connection leads to another test's playground. */
export const anyPort = 0;

export interface Verbatim {
  readonly playground: Playground;
  readonly libraries: Libraries;
  /** Stops everything; throws if Discord would have refused any request of the bot. */
  stop(): Promise<void>;
  /** The same, expecting refusals with these codes. */
  stopRefused(codes: readonly number[]): Promise<void>;
}

interface ReadingOptions {
  /** Default: the system's name servers, and pages of this machine. */
  readonly net?: Net;
  /** Default: as in the program, but shared. */
  readonly documents?: DocumentReader;
}

/**
 * Their processes are shared by the bots of all test files and end once they are idle: starting one takes longer than
 * what most tests do with it.
 */
const shared = { drawer: new CardDrawer(), feedReader: new FeedReader(30_000), documents: new DocumentReader() };

interface SeedOptions {
  /** True for the invented articles of the playground, too, as newcomers have them. Default: the seed article alone */
  readonly isForNewcomers?: boolean;
}

type VerbatimOptions = Partial<PlaygroundOptions> & TestStorage & ReadingOptions & SeedOptions;

/** Starts the real bot with its first articles, logged in to a playground: everything but the process around it. */
export async function startVerbatim(options: VerbatimOptions = {}): Promise<Verbatim> {
  const playground = await startPlayground({ port: anyPort, folder: undefined, ...options });
  const folders = [join(root, 'seeds'), ...(options.isForNewcomers === true ? [INVENTED_ARTICLES] : [])];
  const seeds = folders.flatMap(each => loadSeeds(each).articles);
  const { libraries, end } = await openTestLibraries(seeds, options);
  const { net = makeNet({ allowLoopback: true }), documents = shared.documents } = options;
  const bot = await startBot({
    token: playground.token,
    apiUrl: playground.apiUrl,
    commands,
    libraries,
    noticesLeaving: true,
    net,
    ...shared,
    documents,
    log: pino({ level: 'silent' }),
    shutOut: reason => {
      throw reason;
    },
  });
  const stopRefused = async (codes: readonly number[]) => {
    await bot.stop();
    if (documents !== shared.documents) await documents.close();
    await end();
    await playground.close();
    expect(playground.refusals.map(refusal => refusal.code)).toEqual(codes);
  };
  return { playground, libraries, stop: () => stopRefused([]), stopRefused };
}

import { Writable } from 'node:stream';
import { REST, Routes } from 'discord.js';
import { pino } from 'pino';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { drawPicture } from '../../src/cards/draw-picture.ts';
import type { Command } from '../../src/commands/command.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import type { Logins } from '../../src/discord/logins.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { Metrics } from '../../src/monitoring/metrics.ts';
import { readDocument } from '../../src/reading/document.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { refuse } from '../../src/reading/reading.ts';
import { message } from '../../src/wording/say.ts';
import { openTestLibraries } from '../library/test-libraries.ts';
import { buildSeed } from '../search/build-article.ts';

/** A bot logged in to a playground, with its log and metrics. */
export interface RunningBot {
  readonly bot: Bot;
  readonly playground: Playground;
  readonly logged: () => string;
  readonly metrics: Metrics;
}

/** Starts the real client on a playground, with these commands. */
export async function startRunningBot(
  commands: readonly Command[],
  playground: Playground,
  given?: Libraries,
  noticesLeaving = true,
  logins?: Logins,
  shards = 1,
  hearsMessages = true,
): Promise<RunningBot> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const own =
    given === undefined
      ? await openTestLibraries([buildSeed().article])
      : { libraries: given, end: () => Promise.resolve() };
  const metrics = new Metrics();
  const bot = await startBot({
    token: playground.token,
    apiUrl: playground.apiUrl,
    commands,
    libraries: own.libraries,
    noticesLeaving,
    net: makeNet({ allowLoopback: true }),
    documents: { read: document => Promise.resolve(readDocument(document)) },
    feedReader: {
      find: () => Promise.resolve(refuse(message('reading.no-feed'))),
      outline: () => Promise.resolve(refuse(message('reading.no-feed'))),
    },
    drawer: { draw: picture => Promise.resolve(drawPicture(picture)) },
    log: pino({ level: 'trace' }, sink),
    logins,
    metrics,
    hearsMessages,
    shards: { ids: Array.from({ length: shards }, (_, id) => id), count: shards },
    shutOut: () => undefined,
  });
  const stop = () => bot.stop().then(own.end);
  return { bot: { ...bot, stop }, playground, logged: () => lines.join(''), metrics };
}

export async function openPlayground(): Promise<Playground> {
  return await startPlayground({ port: 0, folder: undefined });
}

/** Returns the commands registered in the playground, with their versions. */
export async function registeredCommands({ apiUrl, token }: Playground): Promise<unknown> {
  const rest = new REST({ api: apiUrl }).setToken(token);
  const application = await rest.get(Routes.currentApplication());
  const id = String(Reflect.get(Object(application), 'id'));
  return await rest.get(Routes.applicationCommands(id));
}

import { Client, Events, GatewayIntentBits, type Interaction, Status } from 'discord.js';
import type { Drawer } from '../cards/card-drawer.ts';
import { Allowances } from '../commands/allowance.ts';
import type { Attachment, Command } from '../commands/command.ts';
import type { Net } from '../reading/fetch.ts';
import { readLink } from '../reading/reading.ts';
import type { CannotStart } from '../start-failure.ts';
import { logAnswered } from '../watching/log.ts';
import { Crowding, type Meter } from '../watching/meter.ts';
import { Births, Lifeline } from './connection.ts';
import type { Shared } from './desk.ts';
import { dispatch, type Outcome, turnAway } from './dispatch.ts';
import { describe, reasonFor } from './errors.ts';
import { Observer } from './observing.ts';
import { readAttachment, typingOf } from './options.ts';
import { type GivenUp, WaitingLine } from './queue.ts';
import { namerOf, register } from './registration.ts';
import { Deliveries, sendOnce } from './send-once.ts';
import { type Following, followServers } from './servers.ts';

/** What a bot needs to start. */
export interface BotOptions extends Following {
  readonly token: string;
  /** `undefined`: Discord itself. */
  readonly apiUrl: string | undefined;
  /** Which of the bot's shards are connected here, of how many; the only one where left out. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number };
  readonly commands: readonly Command[];
  /** What fetches the links that people give. */
  readonly net: Net;
  /** Where figures are kept; nowhere where left out. */
  readonly meter?: Meter | undefined;
  readonly drawer: Drawer;
  /** Called with a sentence for whoever runs the bot when Discord shuts it out for good. */
  readonly shutOut: (reason: CannotStart) => void;
}

interface Gateway {
  readonly isConnected: boolean;
  /** From a heartbeat to its echo; `undefined` before the first one. */
  readonly milliseconds: number | undefined;
}

export interface Bot {
  /** The name that Discord shows. */
  readonly name: string;
  gateway(): Gateway;
  /** Lets the answers in hand finish, ten seconds at most, then leaves. */
  stop(): Promise<void>;
}

const longestFarewell = 10_000;

const onlyShard = { ids: [0], count: 1 };

function connect(options: BotOptions, { buildStrategy }: Lifeline): Client {
  const { ids, count } = options.shards ?? onlyShard;
  return new Client({
    shards: [...ids],
    shardCount: count,
    ws: { buildStrategy },
    intents: [GatewayIntentBits.Guilds],
    // Nothing is read from servers, so there is nothing to wait for before answering.
    waitGuildTimeout: 0,
    allowedMentions: { parse: [] },
    rest: { makeRequest: sendOnce, ...(options.apiUrl === undefined ? {} : { api: options.apiUrl }) },
  });
}

/** Those that come while one waits, too. */
async function allOf(inHand: ReadonlySet<Promise<void>>): Promise<void> {
  while (inHand.size > 0) await Promise.all(inHand);
}

function outcomeOf(ended: Outcome | GivenUp): Outcome {
  return typeof ended === 'string' ? { kind: ended, error: undefined } : ended;
}

/** Answers whatever comes until it is to finish, and knows which answers are still on their way. */
function listen(client: Client, options: BotOptions, shared: Shared): { finish: () => Promise<void> } {
  const inHand = new Set<Promise<void>>();
  const deliveries = new Deliveries();
  const { commands, log, meter } = options;
  const births = new Births();
  const line = new WaitingLine();
  const crowding = new Crowding(log);
  const observer = new Observer(client.rest, namerOf(commands), answered => {
    logAnswered(log, answered);
    if (answered.result === 'expired') crowding.givenUp();
    meter?.answered(answered);
  });
  let isStopping = false;
  client.on(Events.InteractionCreate, (interaction: Interaction) => {
    if (!deliveries.isFirst(interaction.id)) return;
    const madeAt = births.of(interaction.createdTimestamp, performance.now());
    const typing = interaction.isAutocomplete() ? typingOf(interaction) : undefined;
    const work = () => dispatch(interaction, commands, shared, madeAt, log);
    const inTurn = async () => outcomeOf(await line.run({ madeAt, typing }, work));
    const answering = observer.follow(interaction, isStopping ? () => turnAway(interaction) : inTurn);
    inHand.add(answering);
    void answering.finally(() => inHand.delete(answering));
  });
  const finish = async () => {
    isStopping = true;
    const { promise: overdue, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, longestFarewell);
    await Promise.race([allOf(inHand), overdue]);
    clearTimeout(timer);
  };
  return { finish };
}

function sharedBy({ libraries, net, drawer, apiUrl }: BotOptions, commandIds: ReadonlyMap<string, string>): Shared {
  const reader = {
    link: async (address: string) => await readLink(address, net),
    file: async (attachment: Attachment) => await readAttachment(attachment, apiUrl),
  };
  return { libraries, reader, drawer, allowances: new Allowances(), commandIds };
}

function once(client: Client): Promise<Client<true>> {
  return new Promise(resolve => {
    client.once(Events.ClientReady, resolve);
  });
}

const connected: ReadonlySet<Status> = new Set([Status.Ready, Status.WaitingForGuilds]);

function gatewayOf({ ws }: Client): Gateway {
  const isConnected = ws.shards.size > 0 && ws.shards.every(({ status }) => connected.has(status));
  return { isConnected, milliseconds: ws.ping >= 0 ? ws.ping : undefined };
}

/** Logs in, makes Discord's commands the same as ours, and answers. Throws `CannotStart` with a sentence to show. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { log } = options;
  const lifeline = new Lifeline(log);
  const client = connect(options, lifeline);
  lifeline.follow(client);
  client.on(Events.Error, error => log.error({ error: describe(error) }, 'The connection has an error'));
  client.on(Events.ShardReconnecting, () => options.meter?.reconnected());
  const commandIds = new Map<string, string>();
  const { finish } = listen(client, options, sharedBy(options, commandIds));
  const leave = async () => {
    lifeline.stop();
    await client.destroy();
  };
  try {
    const ready = once(client);
    await client.login(options.token);
    const here = await ready;
    const { application, user } = here;
    const bodies = options.commands.map(command => command.builder.toJSON());
    for (const [name, id] of await register(client.rest, application.id, bodies)) commandIds.set(name, id);
    const following = followServers(here, options);
    client.on(Events.ShardDisconnect, ({ code }) => options.shutOut(reasonFor({ code }, options.apiUrl)));
    const stop = async () => {
      await following.stop();
      await finish();
      await leave();
    };
    return { name: user.username, gateway: () => gatewayOf(here), stop };
  } catch (error) {
    await leave();
    throw reasonFor(error, options.apiUrl);
  }
}

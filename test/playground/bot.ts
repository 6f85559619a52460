import { once } from 'node:events';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  HTTPError,
  type Interaction,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { type Playground, type PlaygroundOptions, startPlayground } from '../../playground/playground.ts';

const commands: readonly RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: 'say',
    description: 'Says it',
    options: [
      { type: ApplicationCommandOptionType.String, name: 'words', description: 'What', required: true, max_length: 20 },
      { type: ApplicationCommandOptionType.String, name: 'how', description: 'How', autocomplete: true },
      {
        type: ApplicationCommandOptionType.String,
        name: 'length',
        description: 'Length',
        choices: [
          { name: 'Short', value: 'short' },
          { name: 'Long', value: 'long' },
        ],
      },
      { type: ApplicationCommandOptionType.Integer, name: 'times', description: 'Times', min_value: 1, max_value: 3 },
      { type: ApplicationCommandOptionType.Boolean, name: 'private', description: 'Private' },
    ],
  },
  {
    name: 'who',
    description: 'Who',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'said',
        description: 'Who said it',
        options: [{ type: ApplicationCommandOptionType.String, name: 'words', description: 'What', required: true }],
      },
    ],
  },
  {
    name: 'post',
    description: 'Posts',
    options: [{ type: ApplicationCommandOptionType.Channel, name: 'where', description: 'Where' }],
  },
  { name: 'manage', description: 'For managers', default_member_permissions: '32' },
  { name: 'Read it', type: ApplicationCommandType.Message },
];

export interface Bot {
  readonly playground: Playground;
  readonly client: Client<true>;
  /** Sets what the bot does with each interaction from now on. */
  onInteraction(react: (interaction: Interaction<'cached'>) => unknown): void;
  stop(): Promise<void>;
}

/** Starts the real client, logged in to a playground of its own, with some commands. */
export async function startBot(options: Partial<PlaygroundOptions> = {}): Promise<Bot> {
  const playground = await startPlayground({ port: 0, folder: undefined, ...options });
  return logIn(playground);
}

async function logIn(playground: Playground): Promise<Bot> {
  const client: Client<boolean> = makeClient(playground);
  let react: (interaction: Interaction<'cached'>) => unknown = () => undefined;
  client.on(Events.InteractionCreate, interaction => {
    if (interaction.inCachedGuild()) react(interaction);
  });
  const ready = once(client, Events.ClientReady);
  await client.login(playground.token);
  await ready;
  if (!client.isReady()) throw new Error('The client is not ready.');
  await client.rest.put(Routes.applicationCommands(client.application.id), { body: commands });
  return {
    playground,
    client,
    onInteraction(next) {
      react = next;
    },
    async stop() {
      await client.destroy();
      await playground.close();
    },
  };
}

export function makeClient(playground: Playground): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: playground.apiUrl, retries: 1 },
    allowedMentions: { parse: [] },
  });
}

/** Sends a command as a person and returns the interaction; the person keeps waiting for the answer. */
export function nextInteraction(bot: Bot): Promise<Interaction<'cached'>> {
  return new Promise(resolve => bot.onInteraction(resolve));
}

export interface Refused {
  readonly status: number;
  readonly code: number | string;
  /** `data.embeds[0].title[BASE_TYPE_MAX_LENGTH]`, one for each field. */
  readonly fields: readonly string[];
}

/** Returns the refusal that a call ends in. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof HTTPError) return { status: error.status, code: 0, fields: [] };
  if (!(error instanceof DiscordAPIError)) throw new Error(`Not refused: ${String(error)}`);
  const errors = 'errors' in error.rawError ? error.rawError.errors : undefined;
  return { status: error.status, code: error.code, fields: flatten(errors, '') };
}

function flatten(errors: unknown, path: string): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, inner]: [string, unknown]) => {
    if (key === '_errors' && Array.isArray(inner)) return inner.map(({ code }: { code: string }) => `${path}[${code}]`);
    return flatten(inner, /^\d+$/v.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
  });
}

import { answer } from './answer.ts';
import { edit, followUp, read, remove } from './follow.ts';
import type { Platform } from './platform.ts';
import { ok, type Reply, refuse } from './refusal.ts';
import type { Received } from './upload.ts';
import { applicationId, bot } from './world.ts';

interface Call {
  /** A part of the path by its name in the route: `:token`. */
  readonly part: (name: string) => string;
  readonly query: URLSearchParams;
  readonly received: Received;
}

interface Route {
  /** As it is reported: `POST /interactions/:id/:token/callback`. */
  readonly name: string;
  /** Whether it takes the bot's token. */
  readonly isBots: boolean;
  readonly run: (platform: Platform, call: Call) => Reply;
}

const application = {
  id: applicationId,
  name: 'Verbatim',
  icon: null,
  description: '',
  summary: '',
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  flags: 0,
  bot,
  owner: { ...bot, id: '1180000000000000002', username: 'ada', bot: false },
  team: null,
  tags: [],
};

const noGuild = refuse(404, 10004, 'Unknown Guild');
const own = '/applications/:application/commands';
const guildsOwn = '/applications/:application/guilds/:guild/commands';

/** What the real client calls. `:application` must be the bot's own. */
export const routes: readonly Route[] = [
  { name: 'GET /gateway', isBots: false, run: platform => ok({ url: platform.gateway.url }) },
  { name: 'GET /gateway/bot', isBots: true, run: gatewayBot },
  { name: 'GET /users/@me', isBots: true, run: () => ok(bot) },
  { name: 'GET /applications/@me', isBots: true, run: () => ok(application) },
  { name: 'GET /oauth2/applications/@me', isBots: true, run: () => ok(application) },
  { name: `GET ${own}`, isBots: true, run: ({ commands }, call) => commands.list(undefined, isWhole(call)) },
  { name: `PUT ${own}`, isBots: true, run: ({ commands }, call) => commands.replaceAll(undefined, call.received.body) },
  { name: `POST ${own}`, isBots: true, run: ({ commands }, call) => commands.add(undefined, call.received.body) },
  { name: `GET ${own}/:command`, isBots: true, run: ({ commands }, call) => commands.read(call.part('command')) },
  { name: `DELETE ${own}/:command`, isBots: true, run: ({ commands }, call) => commands.remove(call.part('command')) },
  {
    name: `GET ${guildsOwn}`,
    isBots: true,
    run: inGuild(({ commands }, guild, call) => commands.list(guild, isWhole(call))),
  },
  {
    name: `PUT ${guildsOwn}`,
    isBots: true,
    run: inGuild(({ commands }, guild, call) => commands.replaceAll(guild, call.received.body)),
  },
  { name: 'POST /interactions/:id/:token/callback', isBots: false, run: callback },
  {
    name: 'POST /webhooks/:application/:token',
    isBots: false,
    run: (platform, call) => followUp(platform, call.part('token'), call.received, isTrue(call.query.get('wait'))),
  },
  {
    name: 'GET /webhooks/:application/:token/messages/:message',
    isBots: false,
    run: (platform, call) => read(platform, call.part('token'), call.part('message')),
  },
  {
    name: 'PATCH /webhooks/:application/:token/messages/:message',
    isBots: false,
    run: (platform, call) => edit(platform, call.part('token'), call.part('message'), call.received),
  },
  {
    name: 'DELETE /webhooks/:application/:token/messages/:message',
    isBots: false,
    run: (platform, call) => remove(platform, call.part('token'), call.part('message')),
  },
];

function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}

function isWhole({ query }: Call): boolean {
  return isTrue(query.get('with_localizations'));
}

function callback(platform: Platform, { part, query, received }: Call): Reply {
  return answer(platform, part('id'), part('token'), received, isTrue(query.get('with_response')));
}

function gatewayBot(platform: Platform): Reply {
  const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 16 };
  return ok({ url: platform.gateway.url, shards: platform.gateway.shards, session_start_limit: limit });
}

function inGuild(run: (platform: Platform, guild: string, call: Call) => Reply): Route['run'] {
  return (platform, call) => {
    const guild = call.part('guild');
    return platform.places.some(place => place.guild?.id === guild) ? run(platform, guild, call) : noGuild;
  };
}

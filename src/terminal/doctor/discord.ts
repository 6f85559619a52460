import { commands } from '../../commands/index.ts';
import { inAllLanguages, sameCommands } from '../../discord/registration.ts';
import type { Settings } from '../../settings.ts';
import type { Finding } from './finding.ts';

type Json = Readonly<Record<string, unknown>>;

/** What came of asking Discord for something. */
type Asked =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'status'; readonly status: number }
  /** Something answered, but not as Discord does. */
  | { readonly kind: 'other'; readonly status: number }
  /** The system's code, as `ECONNREFUSED`. */
  | { readonly kind: 'silence'; readonly code: string };

const discord = 'https://discord.com/api';
const tokenPage = 'https://discord.com/developers/applications';
const patience = 10_000;
const notFound = 404;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string') return code;
  if (error.cause instanceof Error && Reflect.get(error.cause, 'code') === undefined && error.cause.cause === undefined)
    // As undici has it: `bad port`.
    return error.cause.message;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}

async function ask(path: string, base: string, token: string): Promise<Asked> {
  const headers = { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (verbatim, 0.1) doctor' };
  try {
    const response = await fetch(`${base}/v10${path}`, { headers, signal: AbortSignal.timeout(patience) });
    if (!response.ok) return { kind: 'status', status: response.status };
    const answer = await response.json().catch(() => undefined);
    return isObject(answer) || Array.isArray(answer)
      ? { kind: 'answer', answer }
      : { kind: 'other', status: response.status };
  } catch (error) {
    return { kind: 'silence', code: codeOf(error) };
  }
}

/** The finding where there was no answer to go by. */
function refusal(about: string, asked: Exclude<Asked, { kind: 'answer' }>, base: string): Finding {
  const bad = { kind: 'bad', about } as const;
  if (asked.kind === 'silence') {
    const advice = base === discord ? 'check the network' : 'check the network and DISCORD_API_URL';
    return { ...bad, sentence: `${base} could not be reached (${asked.code}): ${advice}.` };
  }
  if (asked.status === 401) {
    const way = `make a new one at ${tokenPage} (your application, Bot, Reset Token) and put it into .env`;
    return { ...bad, sentence: `Discord refused the token in DISCORD_TOKEN: ${way}.` };
  }
  if (asked.kind === 'other' || asked.status === notFound) {
    const way = `DISCORD_API_URL must be like ${discord}, without a version such as /v10`;
    return { ...bad, sentence: `${base} does not answer as Discord's API does (status ${asked.status}): ${way}.` };
  }
  return { ...bad, sentence: `${base} answered with the status ${asked.status}: try again in a little while.` };
}

function compare(registered: unknown): Finding {
  const theirs = Array.isArray(registered) ? registered.filter(isObject) : [];
  const ours = commands.map(({ builder }): unknown => builder.toJSON()).filter(isObject);
  const about = 'commands';
  if (sameCommands(theirs, ours)) {
    return { kind: 'good', about, sentence: `Discord has the ${ours.length} commands of this version.` };
  }
  const found =
    theirs.length === 0 ? 'Discord has no commands of this bot yet' : 'Discord has those of another version';
  return { kind: 'doubtful', about, sentence: `${found}: npm start sends them.` };
}

/** Whether Discord lets the bot in, and has its commands. The token is in no sentence. */
export async function examineDiscord({ discordToken, discordApiUrl }: Settings): Promise<readonly Finding[]> {
  if (discordToken === undefined) {
    const sentence = 'There is no DISCORD_TOKEN: npm start opens the playground instead of going to Discord.';
    return [{ kind: 'good', about: 'token', sentence }];
  }
  const base = discordApiUrl ?? discord;
  const application = await ask('/applications/@me', base, discordToken);
  if (application.kind !== 'answer') return [refusal('token', application, base)];
  const { id, name } = isObject(application.answer) ? application.answer : {};
  const welcome = { kind: 'good', about: 'token', sentence: `${base} knows it as that of ${String(name)}.` } as const;
  const path = `/applications/${encodeURIComponent(String(id))}/commands?${new URLSearchParams(inAllLanguages)}`;
  const registered = await ask(path, base, discordToken);
  const known = registered.kind === 'answer' ? compare(registered.answer) : refusal('commands', registered, base);
  return [welcome, known];
}

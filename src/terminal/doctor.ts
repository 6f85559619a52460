/**
 * `npm run doctor`: checks everything that the bot needs and prints a line for each, with what to do. Exits with 1 on
 * an error.
 */

import { commands } from '../commands/index.ts';
import { rejectedToken } from '../discord/errors.ts';
import { IN_ALL_LANGUAGES, sameCommands } from '../discord/registration.ts';
import { loadEnvFile, loadSettings, type Settings, tooOpen } from '../settings.ts';
import {
  examineFolder,
  examineFonts,
  examineNode,
  examinePorts,
  examineReader,
  examineSeeds,
  type Finding,
  lineOf,
} from './doctor/machine.ts';
import { examineStore } from './doctor/store.ts';

type Json = Readonly<Record<string, unknown>>;

/** The result of a request to Discord. */
type ApiResult =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'status'; readonly status: number }
  /** Something answered, but not Discord's API. */
  | { readonly kind: 'other'; readonly status: number }
  /** The system's error code, such as `ECONNREFUSED`. */
  | { readonly kind: 'silence'; readonly code: string };

const DISCORD_API = 'https://discord.com/api';
const TIMEOUT = 10_000;
const NOT_FOUND = 404;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string') return code;
  if (error.cause instanceof Error && Reflect.get(error.cause, 'code') === undefined && error.cause.cause === undefined)
    // Such as undici's `bad port`.
    return error.cause.message;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}

async function ask(path: string, base: string, token: string): Promise<ApiResult> {
  const headers = { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (verbatim, 0.1) doctor' };
  try {
    const response = await fetch(`${base}/v10${path}`, { headers, signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) return { kind: 'status', status: response.status };
    const answer = await response.json().catch(() => undefined);
    return isObject(answer) || Array.isArray(answer)
      ? { kind: 'answer', answer }
      : { kind: 'other', status: response.status };
  } catch (error) {
    return { kind: 'silence', code: codeOf(error) };
  }
}

/** Returns the finding for a request without an answer. */
function refusal(about: string, asked: Exclude<ApiResult, { kind: 'answer' }>, base: string): Finding {
  const bad = { kind: 'bad', about } as const;
  if (asked.kind === 'silence') {
    const advice = base === DISCORD_API ? 'Check the network.' : 'Check the network and DISCORD_API_URL.';
    return { ...bad, sentence: `${base} can't be reached (${asked.code}). ${advice}` };
  }
  if (asked.status === 401) return { ...bad, sentence: rejectedToken(`HTTP ${asked.status}`) };
  if (asked.kind === 'other' || asked.status === NOT_FOUND) {
    const way = `DISCORD_API_URL must look like ${DISCORD_API}, without a version such as /v10.`;
    return { ...bad, sentence: `${base} doesn't answer like Discord's API (status ${asked.status}). ${way}` };
  }
  return { ...bad, sentence: `${base} answered with status ${asked.status}. Try again in a few minutes.` };
}

function compare(registered: unknown): Finding {
  const theirs = Array.isArray(registered) ? registered.filter(isObject) : [];
  const ours = commands.map(({ builder }): unknown => builder.toJSON()).filter(isObject);
  const about = 'commands';
  if (sameCommands(theirs, ours)) {
    return { kind: 'good', about, sentence: `Discord has this version's ${ours.length} commands.` };
  }
  const found =
    theirs.length === 0 ? "Discord doesn't have this bot's commands yet" : 'Discord has those of another version';
  return { kind: 'doubtful', about, sentence: `${found}. npm start registers them.` };
}

/** Checks that Discord accepts the token and has the bot's commands. The token is in no sentence. */
async function examineDiscord({ discordToken, discordApiUrl }: Settings): Promise<readonly Finding[]> {
  if (discordToken === undefined) {
    const sentence = "DISCORD_TOKEN isn't set, so npm start opens the playground.";
    return [{ kind: 'good', about: 'token', sentence }];
  }
  const base = discordApiUrl ?? DISCORD_API;
  const application = await ask('/applications/@me', base, discordToken);
  if (application.kind !== 'answer') return [refusal('token', application, base)];
  const { id, name } = isObject(application.answer) ? application.answer : {};
  const welcome = { kind: 'good', about: 'token', sentence: `${base} accepts it for ${String(name)}.` } as const;
  const path = `/applications/${encodeURIComponent(String(id))}/commands?${new URLSearchParams(IN_ALL_LANGUAGES)}`;
  const registered = await ask(path, base, discordToken);
  const known = registered.kind === 'answer' ? compare(registered.answer) : refusal('commands', registered, base);
  return [welcome, known];
}

async function* findings(): AsyncGenerator<Finding> {
  yield examineNode(process.versions.node);
  const outcome = loadSettings();
  if (outcome.kind === 'problems') {
    for (const sentence of outcome.problems) yield { kind: 'bad', about: 'settings', sentence };
    return;
  }
  const { kind, path } = loadEnvFile(process.cwd());
  const source = kind === 'none' ? `the environment alone (there is no ${path})` : `${path} and the environment`;
  yield { kind: 'good', about: 'settings', sentence: `All settings are valid. They come from ${source}.` };
  const warning = tooOpen();
  if (warning !== undefined) yield { kind: 'doubtful', about: '.env', sentence: warning };
  yield* await examineDiscord(outcome.settings);
  yield* await examinePorts(outcome.settings);
  yield* examineFolder(outcome.settings);
  yield* await examineStore(outcome.settings);
  yield examineSeeds();
  yield await examineFonts();
  yield await examineReader();
}

for await (const finding of findings()) {
  console.log(lineOf(finding));
  if (finding.kind === 'bad') process.exitCode = 1;
}

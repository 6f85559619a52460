/**
 * `npm run doctor`: checks everything that the bot needs and prints a line for each, with what to do. Exits with 1 on
 * an error.
 */
import { isObject } from '../library/store/json.ts';
import { checkSettings, loadEnvFile, loadSettings, type Settings, TOKEN_PAGE, tooOpen } from '../settings.ts';
import { rejectedToken } from '../start-failure.ts';
import { isHelpWanted } from './command.ts';
import {
  examineFolder,
  examineFonts,
  examineNode,
  examinePorts,
  examineReader,
  examineSeeds,
  type Finding,
  findingsAbout,
  lineOf,
} from './doctor/machine.ts';
import { examineStore } from './doctor/store.ts';

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

/** Returns what is wrong if a request got no answer. */
function refusalOf(asked: Exclude<ApiResult, { kind: 'answer' }>, base: string): string {
  if (asked.kind === 'silence') {
    const advice = base === DISCORD_API ? 'Check the network.' : 'Check the network and DISCORD_API_URL.';
    return `${base} can't be reached (${asked.code}). ${advice}`;
  }
  if (asked.status === 401) return rejectedToken(`HTTP ${asked.status}`);
  if (asked.kind === 'other' || asked.status === NOT_FOUND) {
    const way = `DISCORD_API_URL must look like ${DISCORD_API}, without a version such as /v10.`;
    return `${base} doesn't answer like Discord's API (status ${asked.status}). ${way}`;
  }
  return `${base} answered with status ${asked.status}. Try again in a few minutes.`;
}

/** Compares the commands that Discord has with ours. Loads ours here, since that takes as long as all other checks. */
async function examineCommands(application: string, base: string, token: string): Promise<Finding> {
  const { commands } = await import('../commands/index.ts');
  const { IN_ALL_LANGUAGES, sameCommands } = await import('../discord/registration.ts');
  const { good, doubtful, bad } = findingsAbout('commands');
  const query = new URLSearchParams(IN_ALL_LANGUAGES);
  const registered = await ask(`/applications/${encodeURIComponent(application)}/commands?${query}`, base, token);
  if (registered.kind !== 'answer') return bad(refusalOf(registered, base));
  const theirs = Array.isArray(registered.answer) ? registered.answer.filter(isObject) : [];
  const ours = commands.map(({ builder }): unknown => builder.toJSON()).filter(isObject);
  if (sameCommands(theirs, ours)) return good(`Discord has this version's ${ours.length} commands.`);
  const found =
    theirs.length === 0 ? "Discord doesn't have this bot's commands yet" : 'Discord has those of another version';
  return doubtful(`${found}. npm start registers them.`);
}

/** Flags of an application that may use a privileged intent: for all of its servers, or while it has fewer than 100. */
const PRIVILEGED_INTENTS = [
  ['Presence', (1 << 12) | (1 << 13)],
  ['Server Members', (1 << 14) | (1 << 15)],
  ['Message Content', (1 << 18) | (1 << 19)],
] as const;

/** Compares the intents that the application may use with those that the bot asks for. */
function examineIntents(flags: unknown, hearsMessages: boolean): Finding {
  const { good, doubtful } = findingsAbout('intents');
  const enabled = PRIVILEGED_INTENTS.filter(([, bits]) => (Number(flags) & bits) !== 0).map(([name]) => name);
  if (enabled.length > 0) {
    const way = `Turn them off at ${TOKEN_PAGE} (your application > Bot).`;
    return doubtful(`The application has privileged intents that the bot doesn't need: ${enabled.join(', ')}. ${way}`);
  }
  return hearsMessages
    ? good('Mentions and direct messages are answered, which needs no privileged intent, and none is turned on.')
    : good("MENTIONS is off, so mentions and direct messages aren't answered. No privileged intent is turned on.");
}

/** Checks that Discord accepts the token and has the bot's commands. The token is in no sentence. */
async function examineDiscord({ discordToken, discordApiUrl, hearsMessages }: Settings): Promise<readonly Finding[]> {
  const { good, bad } = findingsAbout('token');
  if (discordToken === undefined) return [good("DISCORD_TOKEN isn't set, so npm start opens the playground.")];
  const base = discordApiUrl ?? DISCORD_API;
  const application = await ask('/applications/@me', base, discordToken);
  if (application.kind !== 'answer') return [bad(refusalOf(application, base))];
  const { id, name, flags } = isObject(application.answer) ? application.answer : {};
  return [
    good(`${base} accepts it for ${String(name)}.`),
    examineIntents(flags, hearsMessages),
    await examineCommands(String(id), base, discordToken),
  ];
}

/** Returns the other settings, as if there were a token. */
function settingsWithoutToken() {
  const file = loadEnvFile(process.cwd());
  const without = ({ DISCORD_TOKEN: _, ...rest }: NodeJS.ProcessEnv) => rest;
  const outcome = checkSettings(without(process.env), file.kind === 'none' ? {} : without(file.values));
  if (outcome.kind === 'problems') return outcome;
  return { ...outcome, settings: { ...outcome.settings, discordToken: '' } };
}

async function* findings(): AsyncGenerator<Finding> {
  const { good, bad } = findingsAbout('settings');
  yield examineNode(process.versions.node);
  const first = loadSettings();
  if (first.kind === 'problems') yield* first.problems.map(bad);
  const isRefused = first.kind === 'problems' && first.problems.every(problem => problem.startsWith('DISCORD_TOKEN '));
  // Without the token, the rest can be checked all the same.
  const outcome = isRefused ? settingsWithoutToken() : first;
  if (outcome.kind === 'problems') return;
  const { kind, path } = loadEnvFile(process.cwd());
  const source = kind === 'none' ? `the environment alone (there is no ${path})` : `${path} and the environment`;
  yield good(`${isRefused ? 'All other' : 'All'} settings are valid. They come from ${source}.`);
  const warning = tooOpen();
  if (warning !== undefined) yield findingsAbout('.env').doubtful(warning);
  if (!isRefused) yield* await examineDiscord(outcome.settings);
  yield* await examinePorts(outcome.settings);
  yield* examineFolder(outcome.settings);
  yield* await examineStore(outcome.settings);
  yield examineSeeds();
  yield await examineFonts();
  yield await examineReader();
}

const USAGE = `Usage: npm run doctor

Checks everything that the bot needs, and prints a line for each with what to do. Changes nothing.`;

if (!isHelpWanted(USAGE)) {
  for await (const finding of findings()) {
    console.log(lineOf(finding));
    if (finding.kind === 'bad') process.exitCode = 1;
  }
}

import { isObject } from '../library/store/json.ts';
import { checkSettings, loadEnvFile, loadSettings, type Settings, TOKEN_PAGE, tooOpen } from '../settings.ts';
import { errorCodeOf, rejectedToken } from '../start-failure.ts';
import { isHelpWanted } from './command.ts';
import {
  examineFolder,
  examineFonts,
  examineJudge,
  examineNode,
  examinePorts,
  examineReader,
  examineSeeds,
  type Finding,
  findingsAbout,
  lineOf,
} from './doctor/machine.ts';
import { examineStore } from './doctor/store.ts';

const DISCORD_API = 'https://discord.com/api';
const TIMEOUT = 10_000;
const NOT_FOUND = 404;

/** Discord's answer to a request, or what is wrong if there is none. */
type Asked = { readonly kind: 'answer'; readonly answer: unknown } | { readonly kind: 'none'; readonly why: string };

/** Returns the system's error code, such as `ECONNREFUSED`, or undici's reason, such as `bad port`. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return errorCodeOf(error, error.cause instanceof Error ? error.cause.message : error.name);
}

async function ask(path: string, base: string, token: string): Promise<Asked> {
  const headers = { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (verbatim, 0.1) doctor' };
  try {
    const response = await fetch(`${base}/v10${path}`, { headers, signal: AbortSignal.timeout(TIMEOUT) });
    const answer: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
    const isAnswer = isObject(answer) || Array.isArray(answer);
    return isAnswer ? { kind: 'answer', answer } : { kind: 'none', why: refusalOf(response, base) };
  } catch (error) {
    const advice = base === DISCORD_API ? 'Check the network.' : 'Check the network and DISCORD_API_URL.';
    return { kind: 'none', why: `${base} can't be reached (${codeOf(error)}). ${advice}` };
  }
}

/** Returns what is wrong with a response that has no answer. */
function refusalOf({ ok, status }: Response, base: string): string {
  if (status === 401) return rejectedToken(`HTTP ${status}`);
  // Something answered, but not Discord's API.
  if (ok || status === NOT_FOUND) {
    const way = `DISCORD_API_URL must look like ${DISCORD_API}, without a version such as /v10.`;
    return `${base} doesn't answer like Discord's API (status ${status}). ${way}`;
  }
  return `${base} answered with status ${status}. Try again in a few minutes.`;
}

/** Compares the commands that Discord has with ours. Loads ours here, since that takes as long as all other checks. */
async function examineCommands(application: string, base: string, token: string): Promise<Finding> {
  const { commands } = await import('../commands/index.ts');
  const { IN_ALL_LANGUAGES, sameCommands } = await import('../discord/registration.ts');
  const { good, doubtful, bad } = findingsAbout('commands');
  const query = new URLSearchParams(IN_ALL_LANGUAGES);
  const registered = await ask(`/applications/${encodeURIComponent(application)}/commands?${query}`, base, token);
  if (registered.kind !== 'answer') return bad(registered.why);
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
  if (application.kind !== 'answer') return [bad(application.why)];
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
  yield await examineJudge();
}

const USAGE = `Usage: npm run doctor

Checks everything that the bot needs, and prints a line for each with what to do. Changes nothing.`;

if (!isHelpWanted(USAGE)) {
  for await (const finding of findings()) {
    console.log(lineOf(finding));
    if (finding.kind === 'bad') process.exitCode = 1;
  }
}

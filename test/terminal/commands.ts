import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { onTestFinished, vi } from 'vitest';
import { Encoder } from '../../src/answering/networks/encoder.ts';
import { Attributor } from '../../src/library/attributor.ts';
import { metadataOf, textOf } from '../library/numbered-texts.ts';

type Command = 'import' | 'export' | 'migrate' | 'backup' | 'restore' | 'doctor' | 'attribute';

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

const scriptOf = (command: Command) => resolve(import.meta.dirname, `../../src/terminal/${command}.ts`);

/** Nothing that was set where the tests run, but for what every program needs. */
function environmentIn(cwd: string, settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  return { PATH, TMPDIR, NODE_COMPILE_CACHE, HOME: cwd, ...settings };
}

/** Starts a terminal command in a folder, with these settings. */
export function startCommand(
  cwd: string,
  settings: Readonly<Record<string, string>>,
  command: Command,
  ...args: readonly string[]
): ChildProcess {
  return spawn(process.execPath, [scriptOf(command), ...args], { cwd, env: environmentIn(cwd, settings) });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
let runs = 0;

/** As many as an import starts. */
const PROCESSES = availableParallelism();
const attributor = new Attributor({ most: PROCESSES, mostForOne: PROCESSES });
const encoder = new Encoder(PROCESSES);
const { derive } = Attributor.prototype;
const { encodePassages } = Encoder.prototype;

/**
 * Runs a terminal command within this process, as if it had been started in a folder, which takes a fraction of the time.
 * Only one can run at a time. They share the processes that attribute and encode, which end once they are idle: loading
 * the networks takes longer than what most commands do with them.
 */
export async function runCommand(
  cwd: string,
  settings: Readonly<Record<string, string>>,
  command: Command,
  ...args: readonly string[]
): Promise<Outcome> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(out), text(err)]);
  const restore = replaceProcess(out, err);
  // A test that took too long must not change the next one.
  onTestFinished(restore);
  process.argv = [process.execPath, scriptOf(command), ...args];
  process.env = environmentIn(cwd, settings);
  process.exitCode = undefined;
  process.chdir(cwd);
  runs += 1;
  try {
    // It runs when it is loaded, so it is loaded anew each time.
    await import(`${scriptOf(command)}?run=${runs}`);
    out.end();
    err.end();
    const code = Number(process.exitCode ?? 0);
    return await written.then(([printed, errors]) => ({ out: printed, err: errors, code }));
  } finally {
    restore();
  }
}

/** Replaces what this process prints to and attributes with. Returns what restores, once, all that a command may change. */
function replaceProcess(out: Writable, err: Writable): () => void {
  const { argv, env, exitCode, stdout, stderr } = process;
  const [cwd, umask] = [process.cwd(), process.umask(0o022)];
  const handlers = SIGNALS.map(signal => process.listeners(signal));
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(line => out.write(`${line}\n`)),
    vi.spyOn(console, 'error').mockImplementation(line => err.write(`${line}\n`)),
    vi.spyOn(Attributor.prototype, 'derive').mockImplementation((...args) => derive.apply(attributor, args)),
    vi.spyOn(Encoder.prototype, 'encodePassages').mockImplementation((...args) => encodePassages.apply(encoder, args)),
  ];
  showOn(out, err);
  let isRestored = false;
  return () => {
    if (isRestored) return;
    isRestored = true;
    for (const spy of spies) spy.mockRestore();
    showOn(stdout, stderr);
    for (const [at, signal] of SIGNALS.entries()) {
      const added = process.listeners(signal).filter(each => !handlers[at]?.includes(each));
      for (const handler of added) process.off(signal, handler);
    }
    process.argv = argv;
    process.env = env;
    process.exitCode = exitCode;
    process.chdir(cwd);
    process.umask(umask);
  };
}

function showOn(stdout: Writable, stderr: Writable): void {
  Object.defineProperties(process, {
    stdout: { value: stdout, configurable: true },
    stderr: { value: stderr, configurable: true },
  });
}

export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', bytes => out.push(bytes));
  child.stderr?.on('data', bytes => err.push(bytes));
  await once(child, 'close');
  return { out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(), code: child.exitCode };
}

/** Returns this many articles, one per line. */
export function linesOf(count: number): string {
  const line = (number: number) => JSON.stringify({ ...metadataOf(number), text: textOf(number) });
  return Array.from({ length: count }, (_, number) => `${line(number)}\n`).join('');
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { metadataOf, textOf } from '../library/numbered-texts.ts';

type Command = 'import' | 'export' | 'migrate' | 'backup' | 'restore';

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** Starts a terminal command in a folder, with these settings. */
export function startCommand(
  cwd: string,
  settings: Readonly<Record<string, string>>,
  command: Command,
  ...args: readonly string[]
): ChildProcess {
  const script = resolve(import.meta.dirname, `../../src/terminal/${command}.ts`);
  return spawn(process.execPath, [script, ...args], { cwd, env: { ...process.env, ...settings } });
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

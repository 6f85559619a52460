import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './start-verbatim.ts';

/** `npm start` as a process, in a working directory with nothing but the given `.env`. */
export interface Program {
  /** Resolves with the first line of output; rejects if the process ends before. */
  readonly firstLine: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
  readonly folder: string;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGUSR2'): void;
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): { text: string } {
  const collected = { text: '' };
  child[stream]?.setEncoding('utf8').on('data', (piece: string) => {
    collected.text += piece;
  });
  return collected;
}

export function startProgram(settings: Readonly<Record<string, string>>, dotenv = ''): Program {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-'));
  writeFileSync(join(folder, '.env'), dotenv);
  const child = spawn(process.execPath, [join(root, 'src/index.ts')], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, HOME: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child, 'stdout');
  const errors = collect(child, 'stderr');
  const ended = new Promise<Awaited<Program['ended']>>(resolve => {
    child.on('close', code => {
      rmSync(folder, { recursive: true, force: true });
      resolve({ code, output: output.text, errors: errors.text });
    });
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [line, rest] = output.text.split('\n', 2);
      if (line !== undefined && rest !== undefined) resolve(line);
    });
    void ended.then(end => reject(new Error(`It ended before it printed a line: ${end.errors}`)));
  });
  // A test that only waits for the end doesn't read the first line.
  firstLine.catch(() => undefined);
  return { firstLine, ended, folder, signal: name => child.kill(name) };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { textOf } from '../replies/read-reply.ts';
import { startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

const question = { words: 'ration packs' };
const milliseconds = 2000;
/** Two tests at a time, since they mostly wait. */
const inTurn = { concurrent: false };

function settingsOf({ token, apiUrl }: Playground): Record<string, string> {
  return { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl };
}

/** Opens the library, so that the next answer is immediate. */
async function warmUp({ person }: Playground): Promise<void> {
  await person.command('who said', question);
}

/** Starts the program with a statement that it runs on SIGUSR2. */
function startFragile(playground: Playground, statement: string) {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-fragile-'));
  const module = join(folder, 'break.mjs');
  writeFileSync(module, `process.on('SIGUSR2', () => { ${statement} });`);
  const program = startProgram({ ...settingsOf(playground), NODE_OPTIONS: `--import=${module}` });
  const ended = program.ended.finally(() => rmSync(folder, { recursive: true }));
  return { ...program, ended };
}

describe.concurrent('told to stop', () => {
  test(
    'while stopping, it answers what is pending and politely refuses new interactions',
    inTurn,
    async ({ expect }) => {
      const playground = await startPlayground({ port: anyPort, folder: undefined });
      const program = startProgram({ ...settingsOf(playground), LOG_LEVEL: 'info' });
      await program.firstLine;
      await warmUp(playground);
      playground.faults.next('late', { route: 'callback', milliseconds });
      const inHand = playground.person.command('who said', question);
      await expect.poll(() => playground.faults.met, { timeout: 30_000 }).toBe(1);
      program.signal('SIGTERM');
      await pause(100);
      const after = await playground.person.command('who said', question);
      expect(after.ephemeral).toBe(true);
      expect(textOf(after.message ?? {})).toContain('try again in a minute');
      expect(textOf((await inHand).message ?? {})).toContain('CNN');
      const { code, errors } = await program.ended;
      expect(code).toBe(0);
      expect(errors).toContain('"result":"turned away"');
      await playground.close();
    },
  );

  test('a second signal ends it at once, with 1', inTurn, async ({ expect }) => {
    const playground = await startPlayground({ port: anyPort, folder: undefined });
    const program = startProgram(settingsOf(playground));
    await program.firstLine;
    playground.faults.next('late', { route: 'callback', milliseconds: 60_000 });
    void playground.person.command('who said', question);
    await expect.poll(() => playground.faults.met, { timeout: 30_000 }).toBe(1);
    program.signal('SIGTERM');
    await pause(100);
    program.signal('SIGTERM');
    expect((await program.ended).code).toBe(1);
    await playground.close();
  });

  test('stopped before it has started, it exits with 0', inTurn, async ({ expect }) => {
    const playground = await startPlayground({ port: anyPort, folder: undefined });
    playground.faults.next('late', { milliseconds: 30_000 });
    const program = startProgram(settingsOf(playground));
    // It has asked for the gateway's address, and waits.
    await expect.poll(() => playground.faults.met, { timeout: 30_000 }).toBe(1);
    program.signal('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0, output: '', errors: '' });
    await playground.close();
  });
});

describe.concurrent('broken', () => {
  test.for([
    ['thrown', 'throw new RangeError("the secret plan")'],
    ['a rejection that nobody handles', 'void Promise.reject(new RangeError("the secret plan"))'],
    ['again and again', 'setInterval(() => { throw new RangeError("the secret plan") }, 20)'],
  ] as const)(
    'an unexpected error is logged once, and it exits with 1 after pending answers: %s',
    inTurn,
    async ([, statement], { expect }) => {
      const playground = await startPlayground({ port: anyPort, folder: undefined });
      const program = startFragile(playground, statement);
      await program.firstLine;
      await warmUp(playground);
      playground.faults.next('late', { route: 'callback', milliseconds });
      const inHand = playground.person.command('who said', question);
      await expect.poll(() => playground.faults.met, { timeout: 30_000 }).toBe(1);
      program.signal('SIGUSR2');
      expect(textOf((await inHand).message ?? {})).toContain('CNN');
      const { code, errors } = await program.ended;
      expect(code).toBe(1);
      expect(errors.trim().split('\n')).toHaveLength(1);
      expect(JSON.parse(errors)).toMatchObject({ level: 60, error: { name: 'RangeError' } });
      expect(errors).not.toContain('secret plan');
      await playground.close();
    },
  );
});

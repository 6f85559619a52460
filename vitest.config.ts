import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Tests that start the bot, its commands, a store or a browser, or that wait. They begin first, or the last of them would
 * run alone.
 */
const LONG = /\/test\/(?:(?:end-to-end|following|library|page|terminal)\/|discord\/gateway-watchdog\.)/v;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))];
  }
}

/** A file system in memory, on Linux. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * Returns the folder of temporary files: in memory if there's room, since each commit of a library waits for the disk,
 * which no test is about. Of containers' `/dev/shm`, there are only 64 MB, from which no program can be run.
 */
function temporaryFolder(): string {
  const mounts = process.platform === 'linux' ? readFileSync('/proc/mounts', 'utf8').split('\n') : [];
  const [, , , options] = mounts.findLast(line => line.split(' ')[1] === MEMORY)?.split(' ') ?? [];
  if (process.env.TMPDIR !== undefined || options === undefined || options.includes('noexec')) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH_BYTES ? MEMORY : tmpdir();
}

/** Node's cache of compiled programs, which load twice as fast from it. */
const CACHE = join(import.meta.dirname, 'node_modules/.cache/node');
/** Less than 100 MB. Each run adds its test files, which Vitest loads under new addresses. */
const MOST_CACHED = 10_000;

/** Node deletes nothing from its cache. */
function limitCache(): void {
  mkdirSync(CACHE, { recursive: true });
  if (readdirSync(CACHE, { recursive: true }).length > MOST_CACHED) rmSync(CACHE, { recursive: true, force: true });
}

// `npm run test:deep` runs in the mode `deep`: new random cases each time, and more of everything (test/depth.ts).
export default defineConfig(({ mode }) => {
  limitCache();
  const isDeep = mode === 'deep';
  const seed = process.env.SEED ?? (isDeep ? `${Date.now() % 2 ** 31}` : '1');
  return {
    test: {
      env: {
        DEPTH: mode,
        SEED: seed,
        TMPDIR: temporaryFolder(),
        NODE_COMPILE_CACHE: CACHE,
      },
      // Files share the modules and networks of their worker: loading them anew for each file takes longer than most
      // tests. All are in one project, since another would have workers of its own.
      isolate: false,
      // Node runs TypeScript itself. Vite would transform each module first, and calls between modules would take longer.
      experimental: { viteModuleRunner: false, nodeLoader: false },
      // Many tests wait, for a timer or a process.
      maxWorkers: availableParallelism() + 2,
      // Nearly all that tests make is garbage soon. In MB: by default, V8 starts with one, and collects it far more often.
      execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64'],
      testTimeout: isDeep ? 600_000 : 120_000,
      hookTimeout: 60_000,
      // What never comes fails, however slow the machine is.
      expect: { poll: { timeout: 20_000 } },
      include: ['test/**/*.test.ts'],
      globalSetup: 'test/postgres/run.ts',
      sequence: { sequencer: LongFirst },
    },
  };
});

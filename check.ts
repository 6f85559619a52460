import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Scripts of package.json. They run side by side, since Knip uses only one core. */
const CHECKS = ['types', 'lint', 'unused'];

/** Runs a script of package.json. Returns its exit code. */
async function run(script: string): Promise<unknown> {
  const check = spawn(process.execPath, ['--run', script], { stdio: 'inherit' });
  const [code]: readonly unknown[] = await once(check, 'close');
  return code;
}

const codes = await Promise.all(CHECKS.map(run));
if (codes.some(code => code !== 0)) process.exitCode = 1;

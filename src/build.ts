import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };

/** The version of the running bot. */
export interface Build {
  readonly version: string;
  /** Undefined if it wasn't installed with Git. */
  readonly commit: string | undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Returns the commit that is checked out in a folder; undefined if Git didn't make it. */
export function commitOf(folder: string): string | undefined {
  const file = (name: string) => read(join(folder, '.git', name));
  const head = file('HEAD');
  const branch = /^ref: (?<name>refs\/heads\/.+)$/v.exec(head)?.groups?.name;
  const packed = () =>
    file('packed-refs')
      .split('\n')
      .find(line => line.endsWith(` ${branch}`)) ?? '';
  const found = branch === undefined ? head : file(branch) || packed();
  return /^[\da-f]{40,64}\b/v.exec(found)?.[0];
}

export function buildHere(): Build {
  return { version: packageJson.version, commit: commitOf(join(import.meta.dirname, '..')) };
}

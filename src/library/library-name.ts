import { CannotKeep } from './faults.ts';
import type { Owner } from './library.ts';

const form = /^(?:server|person)-[1-9]\d{0,19}$/v;
const beforeServers = 'server-';

/** What a library is called in its place. Checked: nothing that somebody sent reaches the disk or a statement. */
export function nameOf({ kind, id }: Owner): string {
  const name = `${kind}-${id}`;
  if (!form.test(name)) throw new CannotKeep('This is not the id of a server or of a person.');
  return name;
}

/** The id of the server whose library is called so; `undefined` where it is a person's. */
export function serverOf(name: string): string | undefined {
  return name.startsWith(beforeServers) ? name.slice(beforeServers.length) : undefined;
}

import { StorageError } from './store/errors.ts';

/** A server, or a person in direct messages. */
export interface Owner {
  readonly kind: 'server' | 'person';
  /** A snowflake; opening a library validates it. */
  readonly id: string;
}

/** What the backend calls the library of a server or a person. */
export const LIBRARY_NAME = /^(?:server|person)-[1-9]\d{0,19}$/v;

/** Returns a library's name in the backend. Validated, so nothing a user sent reaches the disk or SQL. */
export function nameOf({ kind, id }: Owner): string {
  const name = `${kind}-${id}`;
  if (!LIBRARY_NAME.test(name)) throw new StorageError("That isn't the id of a server or a person.");
  return name;
}

/** Returns the owner of the library with this name. */
export function ownerNamed(name: string): Owner {
  const id = name.slice(name.indexOf('-') + 1);
  return { kind: name.startsWith('server-') ? 'server' : 'person', id };
}

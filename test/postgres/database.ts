import { inject } from 'vitest';
import { createDatabase } from './server.ts';

/** Creates an empty database on the server that all test files share, and returns its URL. */
export function makeDatabase(): Promise<string> {
  return createDatabase(inject('postgres'));
}

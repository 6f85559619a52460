/**
 * A stand-in for the thread that changes libraries. Ends over a path `crash` or `throw`, and removes nothing from any
 * other.
 */
import { parentPort } from 'node:worker_threads';
import type { ThreadAnswer, ThreadMessage } from '../../../../src/library/store/sqlite/threads.ts';

parentPort?.on('message', (message: ThreadMessage) => {
  if (message.kind === 'units') return;
  if (message.path === 'crash') process.exit(3);
  if (message.path === 'throw') throw new TypeError('thrown in a thread');
  parentPort?.postMessage({ kind: 'done', json: '["removed nothing"]' } satisfies ThreadAnswer);
});

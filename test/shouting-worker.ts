/** A worker, as a child process or a thread, that answers a text in capitals and never answers `hang`. */
import { parentPort } from 'node:worker_threads';

const shout = (text: string) => {
  while (text === 'hang');
  parentPort?.postMessage(text.toUpperCase());
  process.send?.(text.toUpperCase());
};
if (parentPort === null) process.on('message', shout);
else parentPort.on('message', shout);

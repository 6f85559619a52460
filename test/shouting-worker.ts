/** A worker, as a child process or a thread, that answers a text in capitals and never answers `hang`. */
import { parentPort } from 'node:worker_threads';
import { answerParent } from '../src/workers.ts';

const shout = (text: string) => {
  while (text === 'hang');
  return text.toUpperCase();
};
if (parentPort === null) answerParent(shout);
else parentPort.on('message', text => parentPort?.postMessage(shout(text)));

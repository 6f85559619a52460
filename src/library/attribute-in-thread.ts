/** The thread of an attributor: takes articles as texts, one at a time, and answers with what is derived from each. */
import { parentPort } from 'node:worker_threads';
import { attribute } from '../attribution/attribute.ts';
import { toArticle } from '../news/build.ts';
import { type Text, writeDerived } from './derived.ts';

parentPort?.on('message', ({ id, text, ...masthead }: Text) => {
  parentPort?.postMessage(writeDerived(attribute(toArticle(id, masthead, text))));
});

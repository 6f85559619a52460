/** A child process that takes two seconds to start, and then answers a text in capitals. */
import { setTimeout } from 'node:timers/promises';
import { answerParent } from '../src/workers.ts';

await setTimeout(2000);
answerParent((text: string) => text.toUpperCase());

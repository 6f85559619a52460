import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Answered } from './answered.ts';
import { readable } from './readable.ts';

const standardError = 2;

/** The log on standard error: a line each, for reading where that is a terminal, else as JSON. */
export function openLog(level: string, isTerminal: boolean): Logger {
  // Written before the call returns: an error that ends the process is not lost with it.
  const lines = destination({ dest: standardError, sync: true });
  const forReading: DestinationStream = { write: line => lines.write(readable(line)) };
  return pino({ level }, isTerminal ? forReading : lines);
}

const levels = {
  answered: 'info',
  'turned away': 'info',
  expired: 'info',
  superseded: 'debug',
  late: 'info',
  failed: 'error',
} as const;
const sentences = {
  answered: 'An interaction was answered',
  'turned away': 'An interaction was turned away',
  expired: 'An interaction was given up: its answer would have been too late',
  superseded: 'A completion was given up: the same person has typed on',
  late: 'An interaction failed: nobody waited for its answer any more',
  failed: 'An interaction failed',
};

/** One line an interaction. Choices while somebody types are many, and told to those alone who want to know everything. */
export function logAnswered(log: Logger, answered: Answered): void {
  const isUsual = answered.answer === 'choices' && answered.result === 'answered';
  log[isUsual ? 'debug' : levels[answered.result]](answered, sentences[answered.result]);
}

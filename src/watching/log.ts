import { type DestinationStream, destination, type Logger, levels, pino } from 'pino';
import type { Answered } from './meter.ts';

/** What pino adds to each line, and what stands in front of it here. */
const ownKeys: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'hostname', 'msg']);
/** Of ISO 8601: to the second, in UTC. */
const toTheSecond = 19;
/** Of a stack, with how many more there are: where it broke, and who asked for it. */
const mostFrames = 3;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Line ends and controls would let a value look like lines of the log, or command the terminal. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gv, ' ');
}

/** Whoever needs all of a stack reads the log as JSON. */
function shortened(value: unknown): unknown {
  if (!isRecord(value) || !Array.isArray(value.frames) || value.frames.length <= mostFrames) return value;
  const { frames, ...rest } = value;
  const first = frames.slice(0, mostFrames).map(frame => String(frame).trim());
  return { ...rest, frames: [...first, `${frames.length - mostFrames} more`] };
}

/** One of pino's lines of JSON as a line for people: `2024-05-02 12:34:56 INFO  An interaction was answered  command=who said`. */
export function readable(json: string): string {
  const line: unknown = JSON.parse(json);
  if (!isRecord(line)) return json;
  const time = new Date(Number(line.time)).toISOString().slice(0, toTheSecond).replace('T', ' ');
  const level = levels.labels[Number(line.level)] ?? String(line.level);
  const rest = Object.entries(line).filter(([key]) => !ownKeys.has(key));
  const details = rest.map(([key, value]) => `${key}=${shown(shortened(value))}`).join('  ');
  return `${time} ${level.toUpperCase().padEnd(5)} ${shown(line.msg ?? '')}${details === '' ? '' : `  ${details}`}\n`;
}

const standardError = 2;

/** The log on standard error: a line each, for reading where that is a terminal, else as JSON. */
export function openLog(level: string, isTerminal: boolean): Logger {
  // Written before the call returns: an error that ends the process is not lost with it.
  const lines = destination({ dest: standardError, sync: true });
  const forReading: DestinationStream = { write: line => lines.write(readable(line)) };
  return pino({ level }, isTerminal ? forReading : lines);
}

const levelOf = {
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
  log[isUsual ? 'debug' : levelOf[answered.result]](answered, sentences[answered.result]);
}

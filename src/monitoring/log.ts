import { type DestinationStream, destination, type Logger, levels, pino } from 'pino';
import type { InteractionRecord } from './metrics.ts';

/** The fields that pino adds; they are shown first, or not at all. */
const PINO_KEYS: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'hostname', 'msg']);
/** The length of an ISO 8601 time to the second. */
const TIME_LENGTH = 19;
/** Stack frames shown; the rest is counted. */
const MOST_FRAMES = 3;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Line breaks would let a value look like log lines, and control characters control the terminal. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gv, ' ');
}

/** Shortens the stack; the JSON log has all of it. */
function shortened(value: unknown): unknown {
  if (!isRecord(value) || !Array.isArray(value.frames) || value.frames.length <= MOST_FRAMES) return value;
  const { frames, ...rest } = value;
  const first = frames.slice(0, MOST_FRAMES).map(frame => String(frame).trim());
  return { ...rest, frames: [...first, `${frames.length - MOST_FRAMES} more`] };
}

/** Formats one of pino's JSON lines to read: `2024-05-02 12:34:56 INFO  Interaction answered  command=who said`. */
export function readable(json: string): string {
  const line: unknown = JSON.parse(json);
  if (!isRecord(line)) return json;
  const time = new Date(Number(line.time)).toISOString().slice(0, TIME_LENGTH).replace('T', ' ');
  const level = levels.labels[Number(line.level)] ?? String(line.level);
  const rest = Object.entries(line).filter(([key]) => !PINO_KEYS.has(key));
  const details = rest.map(([key, value]) => `${key}=${shown(shortened(value))}`).join('  ');
  return `${time} ${level.toUpperCase().padEnd(5)} ${shown(line.msg ?? '')}${details === '' ? '' : `  ${details}`}\n`;
}

const STANDARD_ERROR = 2;

/** Opens the log on standard error: readable lines on a terminal, else JSON. */
export function openLog(level: string, isTerminal: boolean): Logger {
  // Synchronous, so that the error that ends the process is written.
  const lines = destination({ dest: STANDARD_ERROR, sync: true });
  const forReading: DestinationStream = { write: line => lines.write(readable(line)) };
  return pino({ level }, isTerminal ? forReading : lines);
}

/** The level and message of each result. */
const RESULTS = {
  answered: ['info', 'Interaction answered'],
  'turned away': ['info', 'Interaction rejected: shutting down'],
  ignored: ['debug', 'Message ignored'],
  expired: ['info', 'Interaction dropped: too late to answer'],
  superseded: ['debug', 'Completion dropped: the user typed on'],
  late: ['info', 'Interaction failed: no longer waited for'],
  failed: ['error', 'Interaction failed'],
} as const;

/** Logs a line per interaction. Completions are frequent, so answered ones are logged at debug level. */
export function logInteraction(log: Logger, answered: InteractionRecord): void {
  const [level, sentence] = RESULTS[answered.result];
  const isUsual = answered.answer === 'choices' && answered.result === 'answered';
  log[isUsual ? 'debug' : level](answered, sentence);
}

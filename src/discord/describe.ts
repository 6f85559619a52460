import { DiscordAPIError } from 'discord.js';
import { CannotKeep } from '../library/store/faults.ts';
import { CannotStart } from './refusal.ts';
import { Unconfirmed } from './send-once.ts';

/** Their messages are sentences of ours, in which nobody’s words stand. */
const ours = [CannotKeep, CannotStart, Unconfirmed];
/** As `ENOSPC`, `57P01` or `UND_ERR_SOCKET`, and of HTTP `POST`. */
const codeForm = /^[A-Z0-9_]{1,60}$/v;
const deepest = 3;

/** What of an error may be kept: never what somebody typed, nor the interaction's token, which Discord's errors hold. */
export function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const isExpected = error instanceof DiscordAPIError || isOurs(error);
  return { ...signsOf(error, deepest), ...(isExpected ? {} : { frames: framesOf(error) }) };
}

/** The stack begins with the message, in which a line may look like one of a stack. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  return stack.split('\n').filter(line => line.startsWith('    at ') && !message.includes(line));
}

/** By what kind it is, all codes that it and its causes give; the message only where it is one of ours. */
function signsOf(error: Error, depth: number): object {
  if (error instanceof DiscordAPIError) return { code: error.code, status: error.status, method: error.method };
  const { cause } = error;
  return {
    name: error.name,
    ...(isOurs(error) ? { message: error.message } : {}),
    ...Object.fromEntries(
      signs.map(sign => [sign, signOf(error, sign)] as const).filter(([, value]) => value !== undefined),
    ),
    ...placeOf(error),
    ...(cause instanceof Error && depth > 0 ? { cause: signsOf(cause, depth - 1) } : {}),
  };
}

function isOurs(error: Error): boolean {
  return ours.some(kind => error instanceof kind);
}

/** The number that SQLite gives, the system's code or the server's, and what HTTP answered. */
const signs = ['code', 'errcode', 'status', 'method'] as const;

function signOf(error: Error, sign: (typeof signs)[number]): string | number | undefined {
  const value: unknown = Reflect.get(error, sign);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && codeForm.test(value) ? value : undefined;
}

/** What the system could not do with which file or port. Nobody's words are in the name of a file here. */
function placeOf(error: Error): object {
  const [errno, syscall, path, port]: readonly unknown[] = ['errno', 'syscall', 'path', 'port'].map(key =>
    Reflect.get(error, key),
  );
  if (typeof errno !== 'number' || typeof syscall !== 'string') return {};
  return { syscall, ...(typeof path === 'string' ? { path } : {}), ...(typeof port === 'number' ? { port } : {}) };
}

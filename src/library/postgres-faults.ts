import { type Told, told } from '../wording/say.ts';
import { CannotKeep } from './faults.ts';

const nobody = told('keeping.database-silent');
const refused = told('keeping.database-refused');
const full = told('keeping.database-full');
const crowded = told('keeping.database-crowded');
const slow = told('keeping.database-slow');
const damaged = told('keeping.database-damaged');

/** What PostgreSQL, or its client here, said: by its code, since a message may hold what was to be stored. */
class PostgresError extends Error {
  override readonly name = 'PostgresError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`PostgreSQL: ${code} ${message}`.trimEnd());
    this.code = code;
  }
}

/** By SQLSTATE, or the class that is its first two characters (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const sentences: Readonly<Record<string, Told>> = {
  '08': nobody,
  '28': refused,
  '3D': refused,
  '40': slow,
  '42501': refused,
  '53': nobody,
  '53100': full,
  '53300': crowded,
  '55P03': slow,
  '57': nobody,
  '57014': slow,
  '25006': nobody,
  XX: damaged,
};

/** The system’s own names for a connection that could not be made or went, as `ECONNREFUSED`, `ENETUNREACH` or `EAI_AGAIN`. */
const bySystem = /^E(?:AI_)?[A-Z]+$/v;
const byServer = /^[\dA-Z]{5}$/v;

/** What pg says without any code. */
const lostByMessage =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection is closed|is not queryable/v;

/** Another connection may do what this one could not: it was lost, or others stood in its way. */
const again = /^(?:08|40|53[03]|57P0|25006)/v;

/** Whether the same transaction, tried anew on another connection, may go well. */
export function mayBeTriedAgain(error: unknown): boolean {
  return isLost(error) || again.test(codeOf(error));
}

/** Whether nobody knows what became of the last statement. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return bySystem.test(code) || /^(?:08|57P0)/v.test(code) || lostByMessage.test(messageOf(error));
}

/**
 * An outage as CannotKeep, a bug as an error of its own. Of what the client and the server say only the code and the first line
 * go on: details hold values of rows, and other properties the address with its password.
 */
export function explainPostgres(error: unknown): unknown {
  if (error instanceof CannotKeep) return error;
  const code = codeOf(error);
  const known = isLost(error) ? nobody : (sentences[code] ?? sentences[code.slice(0, 2)]);
  if (code === '' && known === undefined) return error;
  const cause = new PostgresError(code === '' ? codeFor(messageOf(error)) : code, messageOf(error));
  return known === undefined ? cause : new CannotKeep(known, { cause });
}

/**
 * What kept a connection from being made. Where it is neither the network nor the server’s word, both sides do not agree on how they talk: one
 * has no TLS, or a certificate that the other does not trust. The address or the server’s settings must change.
 */
export function explainConnecting(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof CannotKeep || isLost(error) || byServer.test(code)) return error;
  return new CannotKeep(refused, { cause: new PostgresError(code === '' ? 'NO_AGREEMENT' : code, messageOf(error)) });
}

/** Where a host has several addresses Node gathers what each of them said. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

/** Where the client has a sentence and no code: `CONNECTION_TERMINATED`. */
function codeFor(message: string): string {
  const [sentence = ''] = lostByMessage.exec(message) ?? [];
  return sentence.toUpperCase().replaceAll(' ', '_');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import * as z from 'zod/mini';
import { parseJson } from '../library/store/json.ts';

/** A message was sent and Discord didn't confirm it, so it may or may not have arrived. */
export class Unconfirmed extends Error {
  override readonly name = 'Unconfirmed';
}

type MakeRequest = RESTOptions['makeRequest'];

/**
 * `POST /webhooks/:application/:token` creates another message each time, and `POST /channels/:forum/threads` another
 * post. First responses and edits are idempotent.
 */
const CREATING_ROUTE = /\/(?:webhooks\/\d+\/[^\/?]+|channels\/\d+\/threads)(?:\?|$)/v;

const [FIRST_REDIRECT, FIRST_CLIENT_ERROR, FIRST_SERVER_ERROR, FIRST_BEYOND] = [300, 400, 500, 600];

/** A request got no answer from Discord, or only part of it. discord.js repeats it because of the code. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly code = 'ECONNRESET';
}

const TOO_MANY_REQUESTS = 429;
/** In seconds. The header `Retry-After` has whole ones only, which is too coarse: a first response is due within three. */
const waitShape = z.object({ retry_after: z.number().check(z.nonnegative()) });

/** Errors of a connection that was closed before the response's end, other than those that discord.js knows. */
const CLOSINGS: ReadonlySet<unknown> = new Set(['EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

/**
 * Returns a response with its whole body, and the exact wait of a 429 in its header. Throws `NoAnswer` if the
 * connection was closed before, or for a redirect, which discord.js would take for an answer. Discord has none:
 * something in between sent it.
 */
const request: MakeRequest = async (url, options) => {
  try {
    const response = await DefaultRestOptions.makeRequest(url, options);
    const { status, statusText, headers } = response;
    const body = await response.arrayBuffer();
    const lines = new Headers([...headers]);
    const wait = status === TOO_MANY_REQUESTS ? parseJson(waitShape, new TextDecoder().decode(body)) : undefined;
    if (wait !== undefined) lines.set('retry-after', String(wait.retry_after));
    if (status >= FIRST_REDIRECT && status < FIRST_CLIENT_ERROR) throw new NoAnswer(`Discord answered with ${status}`);
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers: lines });
  } catch (cause) {
    const isClosed = cause instanceof Error && CLOSINGS.has(Reflect.get(cause, 'code'));
    throw isClosed ? new NoAnswer('Discord closed the connection', { cause }) : cause;
  }
};

/**
 * Sends follow-up messages and posts of forums once and throws `Unconfirmed` if Discord doesn't confirm them.
 * discord.js would retry without a response or on a 5xx, and these have no nonce by which Discord could drop the second.
 */
export const sendOnce: MakeRequest = async (url, options) => {
  const isCreating = options.method === 'POST' && CREATING_ROUTE.test(url);
  if (!isCreating) return await request(url, options);
  const response = await request(url, options).catch((cause: unknown) => {
    throw new Unconfirmed('Discord didn’t confirm a message', { cause });
  });
  if (response.status < FIRST_SERVER_ERROR || response.status >= FIRST_BEYOND) return response;
  throw new Unconfirmed(`Discord answered a message with ${response.status}`);
};

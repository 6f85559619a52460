import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import type { Answered } from '../commands/command.ts';
import type { Reply } from '../replies/reply.ts';

/** A message was sent and Discord didn't confirm it, so it may or may not have arrived. */
export class Unconfirmed extends Error {
  override readonly name = 'Unconfirmed';
}

type MakeRequest = RESTOptions['makeRequest'];

/** `POST /webhooks/:application/:token` creates another message each time. First responses and edits are idempotent. */
const followUp = /\/webhooks\/\d+\/[^\/?]+(?:\?|$)/v;

const [firstServerError, firstBeyond] = [500, 600];

/**
 * Sends follow-up messages once and throws `Unconfirmed` if Discord doesn't confirm them. discord.js would retry
 * without a response or on a 5xx, and follow-ups have no nonce by which Discord could drop the second.
 */
export const sendOnce: MakeRequest = async (url, options) => {
  const isFollowUp = options.method === 'POST' && followUp.test(url);
  if (!isFollowUp) return await DefaultRestOptions.makeRequest(url, options);
  const response = await DefaultRestOptions.makeRequest(url, options).catch((cause: unknown) => {
    throw new Unconfirmed('Discord didn’t confirm a message', { cause });
  });
  if (response.status < firstServerError || response.status >= firstBeyond) return response;
  // An unread body would keep the connection.
  await response.arrayBuffer().catch(() => undefined);
  throw new Unconfirmed(`Discord answered a message with ${response.status}`);
};

/** A few minutes of a busy bot. Duplicates come within seconds. */
const most = 10_000;

/** Recognises interactions that Discord delivers twice, for instance after a reconnect. */
export class DuplicateFilter {
  readonly #ids = new Set<string>();

  /** True for an id that wasn't seen before. */
  isFirst(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > most && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}

async function* eachIn(answers: Exclude<Answered, Reply>, change: (reply: Reply) => Promise<Reply>) {
  for await (const answer of answers) yield await change(answer);
}

/** Applies a change to each message of an answer, as it comes. */
export async function eachReply(
  answer: Promise<Answered>,
  change: (reply: Reply) => Promise<Reply>,
): Promise<Answered> {
  const answered = await answer;
  return 'components' in answered ? await change(answered) : eachIn(answered, change);
}

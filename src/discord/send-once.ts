import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import type { Answered } from '../commands/command.ts';
import type { Reply } from '../replies/reply.ts';

/** Discord was sent a message and did not say that it has it: whether it is there, nobody knows. */
export class Unconfirmed extends Error {
  override readonly name = 'Unconfirmed';
}

type MakeRequest = RESTOptions['makeRequest'];

/** `POST /webhooks/:application/:token`: each makes one more message, where a first answer or a change is the same when it is sent again. */
const furtherMessage = /\/webhooks\/\d+\/[^\/?]+(?:\?|$)/v;

const [firstServerError, firstBeyond] = [500, 600];

/**
 * discord.js sends again what got no answer, or 500 and more. Discord may have taken it by then, and has no nonce for these
 * messages by which it would know that: so they are sent once.
 */
export const sendOnce: MakeRequest = async (url, options) => {
  const isFurther = options.method === 'POST' && furtherMessage.test(url);
  if (!isFurther) return await DefaultRestOptions.makeRequest(url, options);
  const response = await DefaultRestOptions.makeRequest(url, options).catch((cause: unknown) => {
    throw new Unconfirmed('Discord gave no answer to a message', { cause });
  });
  if (response.status < firstServerError || response.status >= firstBeyond) return response;
  // Unread, it would keep the connection.
  await response.arrayBuffer().catch(() => undefined);
  throw new Unconfirmed(`Discord answered a message with ${response.status}`);
};

/** Some minutes of a busy bot; what Discord delivers twice comes within seconds. */
const most = 10_000;

/** Discord may deliver an interaction twice, as after a connection that broke: it must not be acted on twice, nor answered. */
export class Deliveries {
  readonly #ids = new Set<string>();

  /** Whether the interaction with this id is here for the first time. */
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

/** The answer with something done to each message of it, as it comes. */
export async function eachReply(
  answer: Promise<Answered>,
  change: (reply: Reply) => Promise<Reply>,
): Promise<Answered> {
  const answered = await answer;
  return 'components' in answered ? await change(answered) : eachIn(answered, change);
}

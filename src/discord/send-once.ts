import { DefaultRestOptions, type RESTOptions } from 'discord.js';

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

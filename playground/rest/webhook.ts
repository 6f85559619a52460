import { IncomingWebhookRequestPartialSchema, IncomingWebhookUpdateRequestPartialSchema } from 'discord-api-spec/zod';
import type { APIMessage } from 'discord-api-types/v10';
import type { Interaction } from '../world/interactions.ts';
import { isThinking } from '../world/messages.ts';
import { composeContext, type Platform } from '../world/platform.ts';
import type { Received } from './body.ts';
import { fill, postAnswer } from './compose.ts';
import { checkMessage } from './message-rules.ts';
import { type ApiResponse, NO_CONTENT, ok, UNKNOWN_MESSAGE } from './responses.ts';

/** `POST /webhooks/:app/:token`: a follow-up, or the answer itself after a deferral. */
export function followUp(platform: Platform, token: string, received: Received, waits: boolean): ApiResponse {
  const found = platform.interactions.toFollow(token);
  if (found.kind === 'refused') return found.reply;
  const { interaction } = found;
  const original =
    interaction.original === undefined ? undefined : platform.messages.find(interaction.original)?.message;
  if (original !== undefined && isThinking(original)) return rewrite(platform, interaction, original, received);
  const { files } = received;
  const schema = IncomingWebhookRequestPartialSchema;
  const checked = checkMessage(received.body, { schema, prefix: [], current: undefined, files });
  if (checked.kind === 'refused') return checked.reply;
  const message = postAnswer(platform, interaction, checked.value, files);
  interaction.final.resolve({ kind: 'message', message });
  return waits ? ok(message) : NO_CONTENT;
}

export function edit(platform: Platform, token: string, id: string, received: Received): ApiResponse {
  return withMessage(platform, token, id, (interaction, message) => rewrite(platform, interaction, message, received));
}

export function remove(platform: Platform, token: string, id: string): ApiResponse {
  return withMessage(platform, token, id, (interaction, message) => {
    platform.messages.remove(message.id);
    // If “thinking…” is deleted, another message follows.
    if (!isThinking(message)) interaction.final.resolve({ kind: 'updated', message: undefined });
    return NO_CONTENT;
  });
}

/** A token gives access to its interaction's own messages and to the message whose button was pressed. */
function withMessage(
  platform: Platform,
  token: string,
  id: string,
  then: (interaction: Interaction, message: APIMessage) => ApiResponse,
): ApiResponse {
  const found = platform.interactions.toFollow(token);
  if (found.kind === 'refused') return found.reply;
  const { interaction } = found;
  const message = platform.messages.find(id === '@original' ? (interaction.original ?? '') : id)?.message;
  if (message === undefined) return UNKNOWN_MESSAGE;
  const isOwn = message.id === interaction.original || message.interaction_metadata?.id === interaction.id;
  return isOwn ? then(interaction, message) : UNKNOWN_MESSAGE;
}

function rewrite(
  platform: Platform,
  interaction: Interaction,
  current: APIMessage,
  { body, files }: Received,
): ApiResponse {
  const schema = IncomingWebhookUpdateRequestPartialSchema;
  const checked = checkMessage(body, { schema, prefix: [], current, files });
  if (checked.kind === 'refused') return checked.reply;
  const filled = fill(current, checked.value, files, composeContext(platform));
  const now = new Date(platform.clock.now()).toISOString();
  const message = { ...filled.message, edited_timestamp: isThinking(current) ? null : now };
  platform.messages.change(message, filled.files);
  const isUpdate = message.id === interaction.source?.id;
  interaction.final.resolve({ kind: isUpdate ? 'updated' : 'message', message });
  interaction.isDeferred = false;
  return ok(message);
}

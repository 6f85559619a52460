import { IncomingWebhookRequestPartialSchema, IncomingWebhookUpdateRequestPartialSchema } from 'discord-api-spec/zod';
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { fill } from './compose.ts';
import type { Interaction } from './interactions.ts';
import { frameOf, type Platform } from './platform.ts';
import { postAnswer } from './post.ts';
import { noContent, ok, type Reply, unknownMessage } from './refusal.ts';
import type { Received } from './upload.ts';
import { checkMessage } from './validation.ts';

/** `POST /webhooks/:app/:token`: a further message; straight after a deferral it becomes the answer itself. */
export function followUp(platform: Platform, token: string, received: Received, waits: boolean): Reply {
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
  return waits ? ok(message) : noContent;
}

export function read(platform: Platform, token: string, id: string): Reply {
  return withMessage(platform, token, id, (_, message) => ok(message));
}

export function edit(platform: Platform, token: string, id: string, received: Received): Reply {
  return withMessage(platform, token, id, (interaction, message) => rewrite(platform, interaction, message, received));
}

export function remove(platform: Platform, token: string, id: string): Reply {
  return withMessage(platform, token, id, (interaction, message) => {
    platform.messages.remove(message.id);
    // In the place of "thinking…" comes another message.
    if (!isThinking(message)) interaction.final.resolve({ kind: 'updated', message: undefined });
    return noContent;
  });
}

/** Still without its answer after a deferral. */
export function isThinking(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
}

/** The token reaches the messages that answered its own interaction, and the one whose button was pressed. */
function withMessage(
  platform: Platform,
  token: string,
  id: string,
  then: (interaction: Interaction, message: APIMessage) => Reply,
): Reply {
  const found = platform.interactions.toFollow(token);
  if (found.kind === 'refused') return found.reply;
  const { interaction } = found;
  const message = platform.messages.find(id === '@original' ? (interaction.original ?? '') : id)?.message;
  if (message === undefined) return unknownMessage;
  const isOwn = message.id === interaction.original || message.interaction_metadata?.id === interaction.id;
  return isOwn ? then(interaction, message) : unknownMessage;
}

function rewrite(platform: Platform, interaction: Interaction, current: APIMessage, { body, files }: Received): Reply {
  const schema = IncomingWebhookUpdateRequestPartialSchema;
  const checked = checkMessage(body, { schema, prefix: [], current, files });
  if (checked.kind === 'refused') return checked.reply;
  const filled = fill(current, checked.value, files, frameOf(platform));
  const now = new Date(platform.clock.now()).toISOString();
  const message = { ...filled.message, edited_timestamp: isThinking(current) ? null : now };
  platform.messages.change(message, filled.files);
  const isUpdate = message.id === interaction.source?.id;
  interaction.final.resolve({ kind: isUpdate ? 'updated' : 'message', message });
  interaction.isDeferred = false;
  return ok(message);
}

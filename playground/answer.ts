import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  ModalInteractionCallbackRequestDataSchema,
} from 'discord-api-spec/zod';
import { InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { checkChoices } from './choices.ts';
import { fill } from './compose.ts';
import type { Interaction } from './interactions.ts';
import { objectToModal } from './modal-rules.ts';
import { frameOf, type Platform } from './platform.ts';
import { postAnswer, postThinking } from './post.ts';
import { type FieldError, noContent, ok, type Reply, refuseForm, unknownMessage } from './refusal.ts';
import { checkShape, isRecord, required } from './schema.ts';
import type { Received } from './upload.ts';
import { checkMessage } from './validation.ts';

type Answering = (platform: Platform, interaction: Interaction, received: Received) => Reply;

const answerings: Readonly<Record<number, Answering>> = {
  [InteractionResponseType.ChannelMessageWithSource]: withMessage,
  [InteractionResponseType.DeferredChannelMessageWithSource]: deferred,
  [InteractionResponseType.DeferredMessageUpdate]: deferredUpdate,
  [InteractionResponseType.UpdateMessage]: withUpdate,
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: withChoices,
  [InteractionResponseType.Modal]: withModal,
};

/** The kinds of answer that each kind of interaction takes; the last two of a modal only where a message opened it. */
const takes: Readonly<Record<number, readonly number[]>> = {
  [InteractionType.ApplicationCommand]: [4, 5, 9],
  [InteractionType.MessageComponent]: [4, 5, 6, 7, 9],
  [InteractionType.ApplicationCommandAutocomplete]: [8],
  [InteractionType.ModalSubmit]: [4, 5, 6, 7],
};

/** `POST /interactions/:id/:token/callback`: the first answer. */
export function answer(
  platform: Platform,
  id: string,
  token: string,
  received: Received,
  wantsResource: boolean,
): Reply {
  const found = platform.interactions.toAcknowledge(id, token);
  if (found.kind === 'refused') return found.reply;
  const { interaction } = found;
  const type = isRecord(received.body) ? received.body.type : undefined;
  if (type === undefined) return refuseForm([{ path: ['type'], ...required }]);
  const allowed = (takes[interaction.type] ?? []).filter(
    one => interaction.source !== undefined || (one !== 6 && one !== 7),
  );
  const answering = typeof type === 'number' && allowed.includes(type) ? answerings[type] : undefined;
  if (typeof type !== 'number' || answering === undefined) return refuseForm([wrongType(allowed)]);
  const reply = answering(platform, interaction, received);
  if (reply.status >= 400 || !wantsResource) return reply;
  return ok(callbackResource(platform, interaction, type));
}

function wrongType(allowed: readonly number[]): FieldError {
  return { path: ['type'], code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${allowed.join(', ')}}.` };
}

function payloadOf(received: Received): unknown {
  return isRecord(received.body) ? received.body.data : undefined;
}

function withMessage(platform: Platform, interaction: Interaction, received: Received): Reply {
  const { files } = received;
  const schema = IncomingWebhookInteractionRequestSchema;
  const checked = checkMessage(payloadOf(received), { schema, prefix: ['data'], current: undefined, files });
  if (checked.kind === 'refused') return checked.reply;
  const message = postAnswer(platform, interaction, checked.value, files);
  interaction.original = message.id;
  platform.interactions.acknowledge(interaction, { kind: 'message', message });
  return noContent;
}

function deferred(platform: Platform, interaction: Interaction, received: Received): Reply {
  const shape = checkShape(IncomingWebhookInteractionRequestSchema, payloadOf(received) ?? {}, ['data']);
  if (shape.kind === 'refused') return refuseForm(shape.fields);
  const message = postThinking(platform, interaction, shape.value.flags ?? 0);
  interaction.original = message.id;
  interaction.isDeferred = true;
  platform.interactions.acknowledge(interaction, { kind: 'message', message });
  return noContent;
}

function deferredUpdate(platform: Platform, interaction: Interaction): Reply {
  interaction.original = interaction.source?.id;
  interaction.isDeferred = true;
  platform.interactions.acknowledge(interaction, { kind: 'updated', message: interaction.source });
  return noContent;
}

function withUpdate(platform: Platform, interaction: Interaction, received: Received): Reply {
  const { files } = received;
  const current = platform.messages.find(interaction.source?.id ?? '')?.message;
  if (current === undefined) return unknownMessage;
  const schema = IncomingWebhookUpdateRequestPartialSchema;
  const checked = checkMessage(payloadOf(received), { schema, prefix: ['data'], current, files });
  if (checked.kind === 'refused') return checked.reply;
  const filled = fill(current, checked.value, files, frameOf(platform));
  const message = { ...filled.message, edited_timestamp: new Date(platform.clock.now()).toISOString() };
  platform.messages.change(message, filled.files);
  interaction.original = message.id;
  platform.interactions.acknowledge(interaction, { kind: 'updated', message });
  return noContent;
}

function withChoices(platform: Platform, interaction: Interaction, received: Received): Reply {
  const checked = checkChoices(interaction.completing, payloadOf(received));
  if (checked.kind === 'refused') return checked.reply;
  platform.interactions.acknowledge(interaction, { kind: 'choices', choices: checked.value });
  return noContent;
}

function withModal(platform: Platform, interaction: Interaction, received: Received): Reply {
  const shape = checkShape(ModalInteractionCallbackRequestDataSchema, payloadOf(received), ['data']);
  if (shape.kind === 'refused') return refuseForm(shape.fields);
  const objections = objectToModal(shape.value);
  if (objections.length > 0) return refuseForm(objections.map(one => ({ ...one, path: ['data', ...one.path] })));
  interaction.modal = shape.value;
  platform.interactions.acknowledge(interaction, { kind: 'modal', modal: shape.value });
  return noContent;
}

function callbackResource(platform: Platform, interaction: Interaction, type: number): unknown {
  const message = interaction.original === undefined ? undefined : platform.messages.find(interaction.original);
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message && {
        response_message_id: message.message.id,
        response_message_loading: interaction.isDeferred,
        response_message_ephemeral: message.reader !== undefined,
      }),
    },
    ...(message && { resource: { type, message: message.message } }),
  };
}

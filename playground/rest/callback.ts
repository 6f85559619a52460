import {
  type ChoicesBody,
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  ModalInteractionCallbackRequestDataSchema,
  InteractionApplicationCommandAutocompleteCallbackStringDataSchema as StringChoices,
} from 'discord-api-spec/zod';
import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import { isRecord } from '../json.ts';
import type { Interaction } from '../world/interactions.ts';
import { composeContext, type Platform } from '../world/platform.ts';
import type { Received } from './body.ts';
import { allComponents, type Found, repeatedCustomIds, unmodelled } from './components.ts';
import { fill, postAnswer, postThinking } from './compose.ts';
import { checkMessage } from './message-rules.ts';
import { type ApiResponse, type FieldError, invalidForm, NO_CONTENT, UNKNOWN_MESSAGE } from './responses.ts';
import { type Checked, checkBody, REQUIRED } from './schema.ts';

/** Returns what Discord rejects in a modal although its published schema allows it. */
function modalErrors(modal: APIModalInteractionResponseCallbackData): readonly FieldError[] {
  const tooMany = modal.components.length > 5;
  const length = { path: ['components'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 5 in length.' };
  const components = allComponents(modal.components);
  return [
    ...(tooMany ? [length] : []),
    ...repeatedCustomIds(components),
    ...contradictions(components),
    ...unmodelled(components, MODELLED_TYPES),
  ];
}

const MODELLED_TYPES = new Set([ComponentType.Label, ComponentType.TextInput, ComponentType.FileUpload]);

/** Text inputs whose `min_length` or value exceeds `max_length`. */
function contradictions(components: readonly Found[]): readonly FieldError[] {
  return components.flatMap(({ component, path }) => {
    if (component.type !== ComponentType.TextInput) return [];
    const { min_length: least, max_length: greatest, value } = component;
    if (typeof greatest !== 'number') return [];
    const message = `Must be ${greatest} or fewer in length.`;
    const named = {
      least: typeof least === 'number' && least > greatest,
      value: typeof value === 'string' && value.length > greatest,
    };
    return [
      ...(named.least ? [{ path: [...path, 'min_length'], code: 'NUMBER_TYPE_MAX', message }] : []),
      ...(named.value ? [{ path: [...path, 'value'], code: 'BASE_TYPE_MAX_LENGTH', message }] : []),
    ];
  });
}

const MAX_VALUE_LENGTH = 100;

/** Validates the choices for a string option. Discord's schema allows longer values than Discord does. */
function checkChoices(body: unknown): Checked<readonly APIApplicationCommandOptionChoice[]> {
  const checked = checkBody(StringChoices, body ?? {}, ['data'], value => longValues(choicesIn(value)));
  return checked.kind === 'refused' ? checked : { kind: 'fits', value: choicesIn(checked.value) };
}

function choicesIn({ choices }: ChoicesBody): readonly APIApplicationCommandOptionChoice[] {
  return (choices ?? []).filter(choice => choice !== null);
}

function longValues(choices: readonly APIApplicationCommandOptionChoice[]): readonly FieldError[] {
  const message = `Must be ${MAX_VALUE_LENGTH} or fewer in length.`;
  return choices.flatMap(({ value }, index) =>
    String(value).length <= MAX_VALUE_LENGTH
      ? []
      : [{ path: ['choices', index, 'value'], code: 'BASE_TYPE_MAX_LENGTH', message }],
  );
}

type Handler = (platform: Platform, interaction: Interaction, received: Received) => ApiResponse;

const HANDLERS: Readonly<Record<number, Handler>> = {
  [InteractionResponseType.ChannelMessageWithSource]: withMessage,
  [InteractionResponseType.DeferredChannelMessageWithSource]: deferred,
  [InteractionResponseType.DeferredMessageUpdate]: deferredUpdate,
  [InteractionResponseType.UpdateMessage]: withUpdate,
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: withChoices,
  [InteractionResponseType.Modal]: withModal,
};

/**
 * The response types that each interaction type allows. A modal allows 6 and 7 only if a message component opened it.
 */
const ALLOWED_TYPES: Readonly<Record<number, readonly number[]>> = {
  [InteractionType.ApplicationCommand]: [4, 5, 9],
  [InteractionType.MessageComponent]: [4, 5, 6, 7, 9],
  [InteractionType.ApplicationCommandAutocomplete]: [8],
  [InteractionType.ModalSubmit]: [4, 5, 6, 7],
};

/** `POST /interactions/:id/:token/callback`: the initial response. */
export function answer(platform: Platform, id: string, token: string, received: Received): ApiResponse {
  const found = platform.interactions.toAcknowledge(id, token);
  if (found.kind === 'refused') return found.reply;
  const { interaction } = found;
  const type = isRecord(received.body) ? received.body.type : undefined;
  if (type === undefined) return invalidForm([{ path: ['type'], ...REQUIRED }]);
  const allowed = (ALLOWED_TYPES[interaction.type] ?? []).filter(
    one => interaction.source !== undefined || (one !== 6 && one !== 7),
  );
  const handler = typeof type === 'number' && allowed.includes(type) ? HANDLERS[type] : undefined;
  return handler === undefined ? invalidForm([wrongType(allowed)]) : handler(platform, interaction, received);
}

function wrongType(allowed: readonly number[]): FieldError {
  return { path: ['type'], code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${allowed.join(', ')}}.` };
}

function payloadOf(received: Received): unknown {
  return isRecord(received.body) ? received.body.data : undefined;
}

function withMessage(platform: Platform, interaction: Interaction, received: Received): ApiResponse {
  const { files } = received;
  const schema = IncomingWebhookInteractionRequestSchema;
  const checked = checkMessage(payloadOf(received), { schema, prefix: ['data'], current: undefined, files });
  if (checked.kind === 'refused') return checked.reply;
  const message = postAnswer(platform, interaction, checked.value, files);
  interaction.original = message.id;
  platform.interactions.acknowledge(interaction, { kind: 'message', message });
  return NO_CONTENT;
}

function deferred(platform: Platform, interaction: Interaction, received: Received): ApiResponse {
  const checked = checkBody(IncomingWebhookInteractionRequestSchema, payloadOf(received) ?? {}, ['data']);
  if (checked.kind === 'refused') return checked.reply;
  const message = postThinking(platform, interaction, checked.value.flags ?? 0);
  interaction.original = message.id;
  interaction.isDeferred = true;
  platform.interactions.acknowledge(interaction, { kind: 'message', message });
  return NO_CONTENT;
}

function deferredUpdate(platform: Platform, interaction: Interaction): ApiResponse {
  interaction.original = interaction.source?.id;
  interaction.isDeferred = true;
  platform.interactions.acknowledge(interaction, { kind: 'updated', message: interaction.source });
  return NO_CONTENT;
}

function withUpdate(platform: Platform, interaction: Interaction, received: Received): ApiResponse {
  const { files } = received;
  const current = platform.messages.find(interaction.source?.id ?? '')?.message;
  if (current === undefined) return UNKNOWN_MESSAGE;
  const schema = IncomingWebhookUpdateRequestPartialSchema;
  const checked = checkMessage(payloadOf(received), { schema, prefix: ['data'], current, files });
  if (checked.kind === 'refused') return checked.reply;
  const filled = fill(current, checked.value, files, composeContext(platform));
  const message = { ...filled.message, edited_timestamp: new Date(platform.clock.now()).toISOString() };
  platform.messages.change(message, filled.files);
  interaction.original = message.id;
  platform.interactions.acknowledge(interaction, { kind: 'updated', message });
  return NO_CONTENT;
}

function withChoices(platform: Platform, interaction: Interaction, received: Received): ApiResponse {
  const checked = checkChoices(payloadOf(received));
  if (checked.kind === 'refused') return checked.reply;
  platform.interactions.acknowledge(interaction, { kind: 'choices', choices: checked.value });
  return NO_CONTENT;
}

function withModal(platform: Platform, interaction: Interaction, received: Received): ApiResponse {
  const checked = checkBody(ModalInteractionCallbackRequestDataSchema, payloadOf(received), ['data'], modalErrors);
  if (checked.kind === 'refused') return checked.reply;
  interaction.modal = checked.value;
  platform.interactions.acknowledge(interaction, { kind: 'modal', modal: checked.value });
  return NO_CONTENT;
}

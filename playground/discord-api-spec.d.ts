/** Types for the schemas that the playground uses; the package has none. */
declare module 'discord-api-spec/zod' {
  import type {
    APIApplicationCommand,
    APIApplicationCommandOption,
    APIApplicationCommandOptionChoice,
    APIMessage,
    APIModalInteractionResponseCallbackData,
    LocalizationMap,
    RESTPostAPIWebhookWithTokenJSONBody,
  } from 'discord-api-types/v10';
  import type { ZodMiniType } from 'zod/mini';

  type Nullable<T> = { [Key in keyof T]?: T[Key] | null | undefined };

  export type MessageBody = Nullable<
    Pick<
      RESTPostAPIWebhookWithTokenJSONBody,
      'content' | 'embeds' | 'components' | 'attachments' | 'flags' | 'tts' | 'poll' | 'allowed_mentions'
    >
  >;
  export type ChannelMessageBody = MessageBody & {
    nonce?: string | number | null;
    enforce_nonce?: boolean | null;
    message_reference?: Nullable<{ message_id: string; fail_if_not_exists: boolean }> | null;
  };
  export interface ForumPostBody {
    name: string;
    applied_tags?: string[] | null;
  }
  export interface CommandBody {
    name: string;
    name_localizations?: LocalizationMap | null;
    description?: string | null;
    description_localizations?: LocalizationMap | null;
    options?: APIApplicationCommandOption[] | null;
    default_member_permissions?: number | null;
    dm_permission?: boolean | null;
    contexts?: number[] | null;
    integration_types?: number[] | null;
    nsfw?: boolean | null;
    type?: number | null;
  }
  export interface ChoicesBody {
    choices?: (APIApplicationCommandOptionChoice | null)[] | null;
  }

  export const BaseCreateMessageCreateRequestSchema: ZodMiniType<MessageBody>;
  export const CreateForumThreadRequestSchema: ZodMiniType<ForumPostBody>;
  export const ApplicationCommandResponseSchema: ZodMiniType<APIApplicationCommand>;
  export const ApplicationCommandUpdateRequestSchema: ZodMiniType<CommandBody>;
  export const InteractionApplicationCommandAutocompleteCallbackStringDataSchema: ZodMiniType<ChoicesBody>;
  export const IncomingWebhookInteractionRequestSchema: ZodMiniType<MessageBody>;
  export const IncomingWebhookUpdateRequestPartialSchema: ZodMiniType<MessageBody>;
  export const IncomingWebhookRequestPartialSchema: ZodMiniType<MessageBody>;
  export const MessageCreateRequestSchema: ZodMiniType<ChannelMessageBody>;
  export const ModalInteractionCallbackRequestDataSchema: ZodMiniType<APIModalInteractionResponseCallbackData>;
  export const MessageResponseSchema: ZodMiniType<APIMessage>;
}

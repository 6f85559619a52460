import type { Choice, Command, Message, Modal, OptionValue, User } from './discord.ts';

export interface State {
  /** `DIRECT` and no name for direct messages. */
  readonly guild: { readonly id: string; readonly name: string };
  readonly channel: { readonly id: string; readonly name: string };
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly user: User;
  /** The servers to switch to, and who to be in them. */
  readonly servers: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly { readonly user: User; readonly isManager: boolean }[];
  readonly bot: { readonly user: User; readonly online: boolean };
  readonly commands: readonly Command[];
  /** Those that the person lacks Manage Server for. Discord's clients don't show them. */
  readonly hidden: readonly Command[];
  readonly messages: readonly Message[];
}

export type PageEvent =
  | { readonly t: 'commands'; readonly commands: readonly Command[]; readonly hidden: readonly Command[] }
  | { readonly t: 'message' | 'update'; readonly message: Message }
  | { readonly t: 'delete'; readonly id: string }
  | { readonly t: 'bot'; readonly online: boolean };

/**
 * Returns the state after an event. An update for an unknown message adds it, since events may arrive before the state.
 */
export function receive(state: State, event: PageEvent): State {
  switch (event.t) {
    case 'commands':
      return { ...state, commands: event.commands, hidden: event.hidden };
    case 'bot':
      return { ...state, bot: { ...state.bot, online: event.online } };
    case 'delete':
      return { ...state, messages: state.messages.filter(message => message.id !== event.id) };
    case 'message':
    case 'update':
      return { ...state, messages: withMessage(state.messages, event.message) };
  }
}

function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findIndex(known => known.id === message.id);
  return at < 0 ? [...messages, message] : messages.with(at, message);
}

/** What stands for direct messages with the bot in place of a server's id. */
export const DIRECT = 'direct';

export function displayName(user: User): string {
  return user.global_name ?? user.username;
}

export interface UploadedFile {
  readonly id: string;
  readonly filename: string;
  readonly content_type: string;
  readonly size: number;
  /** Base64. */
  readonly data: string;
}

export interface SubmittedComponent {
  readonly type: number;
  readonly custom_id?: string;
  readonly value?: string;
  readonly values?: readonly string[];
  readonly component?: SubmittedComponent;
  readonly components?: readonly SubmittedComponent[];
}

interface Filled {
  readonly data: { readonly options: readonly OptionValue[]; readonly target_id?: string };
  readonly commandId: string;
  readonly files?: readonly UploadedFile[];
}

export type Interaction =
  | ({ readonly kind: 'command' | 'autocomplete' } & Filled)
  | {
      readonly kind: 'component';
      readonly messageId: string;
      readonly customId: string;
      readonly componentType: number;
      readonly values?: readonly string[];
    }
  | {
      readonly kind: 'modal';
      readonly customId: string;
      readonly interactionId: string;
      readonly messageId?: string;
      readonly components: readonly SubmittedComponent[];
      readonly files?: readonly UploadedFile[];
    };

export interface Outcome {
  readonly ok?: boolean;
  readonly choices?: readonly Choice[];
  readonly modal?: Modal;
  readonly failed?: string;
  /** True if the playground couldn't be reached. */
  readonly unreachable?: true;
}

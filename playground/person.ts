import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  ComponentType,
  type Locale,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Action, GivenOption, OptionValue, SentFile } from './client/actions.ts';
import { type Forged, forgeInteraction, forgePress, type Performed, perform } from './client/perform.ts';
import { type Draft, post } from './client/post.ts';
import { isRecord } from './json.ts';
import { allComponents } from './rest/components.ts';
import type { Platform } from './world/platform.ts';
import { type Actor, BOT, DIRECT, directMessages, type Location } from './world/servers.ts';

interface Answer {
  /** The answer; after a deferral, the edited message. */
  readonly message: APIMessage | undefined;
  readonly ephemeral: boolean;
  /** The modal that the bot opened. */
  readonly modal: OpenModal | undefined;
  /** True if the message with the pressed button was edited instead of a new one posted. */
  readonly updated: boolean;
  /** The error shown to the person. */
  readonly failed: string | undefined;
  /** The time to the initial response. */
  readonly milliseconds: number;
}

interface OpenModal {
  readonly interactionId: string;
  readonly modal: APIModalInteractionResponseCallbackData;
}

type Choices = readonly APIApplicationCommandOptionChoice[];

type GivenOptions = Readonly<Record<string, OptionValue>>;

/** A file to attach to a command or a message. */
export interface PersonFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

function toSent({ name, contentType, bytes }: PersonFile, order: number): SentFile {
  return {
    id: String(order),
    filename: name,
    content_type: contentType,
    data: Buffer.from(bytes).toString('base64'),
  };
}

/** A person in a channel, for tests. Acts like the page, with the same validation. */
export class Person {
  readonly #platform: Platform;
  readonly #actor: Actor;

  constructor(platform: Platform, actor: Actor) {
    this.#platform = platform;
    this.#actor = actor;
  }

  get id(): string {
    return this.#actor.user.id;
  }

  /** Returns the same person with another Discord language. */
  speaking(locale: Locale): Person {
    return new Person(this.#platform, { ...this.#actor, locale });
  }

  /** Returns the same person where only they installed the bot: in a server, by index, or in direct messages. */
  alone(where: number | 'direct'): Person {
    const location = locationAt(this.#platform, where, this.#actor.user);
    return new Person(this.#platform, { ...this.#actor, location, installedBy: 'person' });
  }

  /** Uses a command by its full name, such as `who said`. Files are keyed by option. */
  command(path: string, options: GivenOptions = {}, files: Readonly<Record<string, PersonFile>> = {}): Promise<Answer> {
    const values = Object.fromEntries(Object.keys(files).map((option, order) => [option, String(order)]));
    const action = this.#toCommand(path, { ...options, ...values }, undefined);
    if (action === undefined) return Promise.resolve(noAnswer(`There is no command /${path}.`));
    return this.#perform({ kind: 'command', ...action, files: Object.values(files).map(toSent) });
  }

  /** Posts a message in the channel. */
  say(
    content: string,
    files: readonly PersonFile[] = [],
    others: Omit<Draft, 'content' | 'attachments'> = {},
  ): APIMessage {
    const attachments = files.map((file, order) => this.#platform.attached.keep(toSent(file, order)));
    return post(this.#platform, this.#actor, { content, attachments, ...others });
  }

  /** Returns the bot's reply to a message, once there is one. */
  async answerTo({ id }: APIMessage): Promise<APIMessage> {
    const isAnswer = ({ author, message_reference: reference }: APIMessage) =>
      author.id === BOT.id && reference?.message_id === id;
    const before = this.sees().find(isAnswer);
    if (before !== undefined) return before;
    return await new Promise(resolve => {
      const stop = this.#platform.events.subscribe(event => {
        if (event.kind !== 'posted' || !isAnswer(event.kept.message)) return;
        stop();
        resolve(event.kept.message);
      });
    });
  }

  /** Deletes a message in the channel, as its author may. */
  delete({ id }: APIMessage): void {
    this.#platform.messages.remove(id);
  }

  /** Uses a message command. */
  use(name: string, message: APIMessage): Promise<Answer> {
    const command = this.#named(name);
    if (command === undefined) return Promise.resolve(noAnswer(`There is no command ${name}.`));
    return this.#perform({ kind: 'command', commandId: command.id, data: { target_id: message.id } });
  }

  /** Returns the autocomplete choices for an option. Throws if there are none. */
  async autocomplete(path: string, option: string, typed: string, others: GivenOptions = {}): Promise<Choices> {
    const action = this.#toCommand(path, { ...others, [option]: typed }, option);
    if (action === undefined) throw new Error(`There is no command /${path}.`);
    const done = perform(this.#platform, this.#actor, { kind: 'autocomplete', ...action });
    if (done.kind === 'failed') throw new Error(done.reason);
    const outcome = await done.interaction.first.promise;
    if (outcome.kind === 'choices') return outcome.choices;
    throw new Error(outcome.kind === 'failed' ? outcome.reason : 'The bot sent no choices.');
  }

  /** Presses a button, by custom_id or label, or chooses the entry of a menu, by value or label. */
  press(message: APIMessage, customIdOrLabel: string): Promise<Answer> {
    const shown = this.#platform.messages.find(message.id)?.message ?? message;
    const components = allComponents(shown.components).map(({ component }) => component);
    const byId = components.find(component => component.custom_id === customIdOrLabel);
    const button = byId ?? components.find(({ label }) => label === customIdOrLabel);
    const menu = button === undefined ? entryIn(components, customIdOrLabel) : undefined;
    if (menu !== undefined) return this.select(message, menu.customId, [menu.value]);
    const customId = String(button?.custom_id ?? customIdOrLabel);
    return this.#perform({ kind: 'component', messageId: message.id, customId, componentType: ComponentType.Button });
  }

  select(message: APIMessage, customId: string, values: readonly string[]): Promise<Answer> {
    const componentType = ComponentType.StringSelect;
    return this.#perform({ kind: 'component', messageId: message.id, customId, componentType, values: [...values] });
  }

  /** Sends a button press that no message offers. */
  forge(customId: string, message: APIMessage): Promise<Answer> {
    return answerOf(forgePress(this.#platform, this.#actor, message, customId));
  }

  /** Sends any interaction, as a malicious client could. */
  send(forged: Forged): Promise<Answer> {
    return answerOf(forgeInteraction(this.#platform, this.#actor, forged));
  }

  /** Submits a modal. Fields and files are keyed by custom_id. */
  submit(
    { interactionId, modal }: OpenModal,
    fields: Readonly<Record<string, string>>,
    files: Readonly<Record<string, PersonFile>> = {},
  ): Promise<Answer> {
    const uploads = Object.keys(files).map((customId, at) => {
      const component = { type: ComponentType.FileUpload, custom_id: customId, values: [String(at)] };
      return { type: ComponentType.Label, component };
    });
    const components = [...filledIn(modal, fields), ...uploads];
    const sent = Object.values(files).map(toSent);
    return this.#perform({ kind: 'modal', customId: modal.custom_id, interactionId, components, files: sent });
  }

  /** Returns the messages that this person sees, oldest first. */
  sees(): readonly APIMessage[] {
    return this.#platform.messages.list(this.#actor.location.channel.id, this.#actor.user.id);
  }

  #perform(action: Action): Promise<Answer> {
    return answerOf(perform(this.#platform, this.#actor, action));
  }

  #named(name: string): APIApplicationCommand | undefined {
    return this.#platform.commands.named(name);
  }

  #toCommand(path: string, options: GivenOptions, focused: string | undefined) {
    const command = this.#named(path);
    if (command === undefined) return undefined;
    const names = path.split(' ').slice(1);
    return { commandId: command.id, data: { options: nested(command.options ?? [], names, options, focused) } };
  }
}

/** Returns a server by index, or a user's direct messages. Throws `RangeError` if there is none. */
export function locationAt({ locations }: Platform, where: number | 'direct', user: Actor['user']): Location {
  const location = where === DIRECT ? directMessages(user) : locations[where];
  if (location === undefined) throw new RangeError(`There is no server ${where}`);
  return location;
}

/** Returns the entry with this label or value, of whichever menu has it. */
function entryIn(components: readonly Readonly<Record<string, unknown>>[], asked: string) {
  for (const { custom_id: customId, options } of components) {
    const entry = Array.isArray(options)
      ? options.find(option => isRecord(option) && [option.label, option.value].includes(asked))
      : undefined;
    if (entry !== undefined) return { customId: String(customId), value: String(entry.value) };
  }
  return undefined;
}

/** Waits for the bot's final answer. */
async function answerOf(done: Performed): Promise<Answer> {
  if (done.kind === 'failed') return noAnswer(done.reason);
  const { interaction } = done;
  const started = performance.now();
  await interaction.first.promise;
  const milliseconds = performance.now() - started;
  const outcome = await interaction.final.promise;
  const base = { ...noAnswer(undefined), milliseconds };
  if (outcome.kind === 'failed') return { ...base, failed: outcome.reason };
  if (outcome.kind === 'modal') return { ...base, modal: { interactionId: interaction.id, modal: outcome.modal } };
  if (outcome.kind === 'choices') return base;
  const { message } = outcome;
  const ephemeral = ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  return { ...base, message, ephemeral, updated: outcome.kind === 'updated' };
}

function noAnswer(failed: string | undefined): Answer {
  return { message: undefined, ephemeral: false, modal: undefined, updated: false, failed, milliseconds: 0 };
}

/** Nests options in their subcommands as Discord does, with the command's option types. */
function nested(
  wanted: readonly APIApplicationCommandOption[],
  [subcommand, ...deeper]: readonly string[],
  options: GivenOptions,
  focused: string | undefined,
): GivenOption[] {
  if (subcommand === undefined) {
    return Object.entries(options).map(([name, value]) => {
      const type = wanted.find(option => option.name === name)?.type ?? ApplicationCommandOptionType.String;
      return { name, type, value, ...(name === focused ? { focused: true } : {}) };
    });
  }
  const chosen = wanted.find(option => option.name === subcommand);
  const inner = chosen !== undefined && 'options' in chosen ? (chosen.options ?? []) : [];
  const type = chosen?.type ?? ApplicationCommandOptionType.Subcommand;
  return [{ name: subcommand, type, options: nested(inner, deeper, options, focused) }];
}

function filledIn(modal: APIModalInteractionResponseCallbackData, fields: Readonly<Record<string, string>>): unknown[] {
  const inputs = allComponents(modal.components).filter(({ component }) => component.type === ComponentType.TextInput);
  return inputs.map(({ component }) => {
    const customId = String(component.custom_id);
    const value = fields[customId] ?? component.value ?? '';
    return { type: ComponentType.Label, component: { type: ComponentType.TextInput, custom_id: customId, value } };
  });
}

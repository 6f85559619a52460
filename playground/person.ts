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
import { type Act, act, type Forged, forge, forgeInteraction } from './act.ts';
import { allComponents } from './components.ts';
import type { Deed, GivenOption, OptionValue, SentFile } from './deed.ts';
import { post } from './page-acts.ts';
import type { Platform } from './platform.ts';
import { type Actor, directPlace, type Place } from './world.ts';

interface Answer {
  /** As it stands when the bot has answered; after a deferral, once it was edited. */
  readonly message: APIMessage | undefined;
  readonly ephemeral: boolean;
  /** A form that the bot opened instead of a message. */
  readonly modal: OpenModal | undefined;
  /** Whether the message whose button was pressed was changed, rather than a new one posted. */
  readonly updated: boolean;
  /** What the person is told when nothing came of it. */
  readonly failed: string | undefined;
  /** From the deed to the first answer. */
  readonly milliseconds: number;
}

interface OpenModal {
  readonly interactionId: string;
  readonly modal: APIModalInteractionResponseCallbackData;
}

type Choices = readonly APIApplicationCommandOptionChoice[];

type GivenOptions = Readonly<Record<string, OptionValue>>;

/** A file to give to a command or to put into a message. */
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

/** Somebody in the channel; does what the page does, through the same checks. */
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

  /** The same person, with their Discord in another language. */
  speaking(locale: Locale): Person {
    return new Person(this.#platform, { ...this.#actor, locale });
  }

  /** The same person where the bot is installed by nobody but themselves: in a server, from 0, or in direct messages. */
  alone(where: number | 'direct'): Person {
    const place = placeAt(this.#platform, where, this.#actor.user);
    return new Person(this.#platform, { ...this.#actor, place, installedBy: 'person' });
  }

  /** A command by its whole name, `who said`; files by the options that they are for. */
  command(path: string, options: GivenOptions = {}, files: Readonly<Record<string, PersonFile>> = {}): Promise<Answer> {
    const values = Object.fromEntries(Object.keys(files).map((option, order) => [option, String(order)]));
    const deed = this.#toCommand(path, { ...options, ...values }, undefined);
    if (deed === undefined) return Promise.resolve(noAnswer(`There is no command /${path}.`));
    return this.#perform({ kind: 'command', ...deed, files: Object.values(files).map(toSent) });
  }

  /** Writes a message into the channel. */
  say(content: string, files: readonly PersonFile[] = []): APIMessage {
    const attachments = files.map((file, order) => this.#platform.attached.keep(toSent(file, order)));
    return post(this.#platform, this.#actor, content, attachments);
  }

  /** A message command on a message. */
  use(name: string, message: APIMessage): Promise<Answer> {
    const command = this.#named(name);
    if (command === undefined) return Promise.resolve(noAnswer(`There is no command ${name}.`));
    return this.#perform({ kind: 'command', commandId: command.id, data: { target_id: message.id } });
  }

  /** The completions of an option while somebody types; throws when the bot gives none. */
  async autocomplete(path: string, option: string, typed: string, others: GivenOptions = {}): Promise<Choices> {
    const deed = this.#toCommand(path, { ...others, [option]: typed }, option);
    if (deed === undefined) throw new Error(`There is no command /${path}.`);
    const done = act(this.#platform, this.#actor, { kind: 'autocomplete', ...deed });
    if (done.kind === 'failed') throw new Error(done.reason);
    const outcome = await done.interaction.first.promise;
    if (outcome.kind === 'choices') return outcome.choices;
    throw new Error(outcome.kind === 'failed' ? outcome.reason : 'No choices came.');
  }

  /** A button by its custom_id or its label. */
  press(message: APIMessage, customIdOrLabel: string): Promise<Answer> {
    const shown = this.#platform.messages.find(message.id)?.message ?? message;
    const buttons = allComponents(shown.components).map(({ component }) => component);
    const byId = buttons.find(button => button.custom_id === customIdOrLabel);
    const button = byId ?? buttons.find(({ label }) => label === customIdOrLabel);
    const customId = String(button?.custom_id ?? customIdOrLabel);
    return this.#perform({ kind: 'component', messageId: message.id, customId, componentType: ComponentType.Button });
  }

  select(message: APIMessage, customId: string, values: readonly string[]): Promise<Answer> {
    const componentType = ComponentType.StringSelect;
    return this.#perform({ kind: 'component', messageId: message.id, customId, componentType, values: [...values] });
  }

  /** A button press that no message offers. */
  forge(customId: string, message: APIMessage): Promise<Answer> {
    return follow(forge(this.#platform, this.#actor, message, customId));
  }

  /** Anything that could come from a client that keeps to no rule. */
  send(forged: Forged): Promise<Answer> {
    return follow(forgeInteraction(this.#platform, this.#actor, forged));
  }

  /** A form's text fields by their custom_id. */
  submit({ interactionId, modal }: OpenModal, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const components = filledIn(modal, fields);
    return this.#perform({ kind: 'modal', customId: modal.custom_id, interactionId, components });
  }

  /** What this person sees in the channel, oldest first. */
  sees(): readonly APIMessage[] {
    return this.#platform.messages.list(this.#actor.place.channel.id, this.#actor.user.id);
  }

  #perform(deed: Deed): Promise<Answer> {
    return follow(act(this.#platform, this.#actor, deed));
  }

  #named(name: string): APIApplicationCommand | undefined {
    return this.#platform.commands.named(name, this.#actor.place.guild?.id);
  }

  #toCommand(path: string, options: GivenOptions, focused: string | undefined) {
    const command = this.#named(path);
    if (command === undefined) return undefined;
    const names = path.split(' ').slice(1);
    return { commandId: command.id, data: { options: nested(command.options ?? [], names, options, focused) } };
  }
}

/** A server by its number, or somebody's direct messages. */
export function placeAt({ places }: Platform, where: number | 'direct', user: Actor['user']): Place {
  const place = where === 'direct' ? directPlace(user) : places[where];
  if (place === undefined) throw new RangeError(`There is no server ${where}.`);
  return place;
}

/** Waits until the bot has answered for good. */
async function follow(done: Act): Promise<Answer> {
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

/** Options in Discord's nesting of subcommands, with the types that the command asks for. */
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

import { ApplicationCommandUpdateRequestSchema, type CommandBody } from 'discord-api-spec/zod';
import { type APIApplicationCommand, ApplicationCommandType, ChannelType } from 'discord-api-types/v10';
import { isRecord } from '../json.ts';
import { withoutNothings } from '../rest/body.ts';
import { commandErrors, MAX_COMMANDS, repeatedCommands, withoutLocalizations } from '../rest/command-rules.ts';
import { type ApiResponse, apiError, invalidForm, ok } from '../rest/responses.ts';
import { type Checked, checkBody, refused } from '../rest/schema.ts';
import type { Events } from './events.ts';
import { APPLICATION_ID } from './servers.ts';

/** Persists commands. */
export interface CommandStorage {
  readonly kept: readonly APIApplicationCommand[];
  write(commands: readonly APIApplicationCommand[]): void;
}

const TOO_MANY = apiError(400, 30032, 'Maximum number of application commands reached (100)');
const NOT_A_LIST = invalidForm([
  { path: [], code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
]);

/** The bot's registered commands, all of them global. */
export class Commands {
  readonly #events: Events;
  readonly #storage: CommandStorage;
  readonly #nextId: () => string;
  #all: readonly APIApplicationCommand[];

  constructor(events: Events, storage: CommandStorage, nextId: () => string) {
    this.#events = events;
    this.#storage = storage;
    this.#nextId = nextId;
    this.#all = storage.kept;
  }

  get all(): readonly APIApplicationCommand[] {
    return this.#all;
  }

  /** Finds a command by its full name, such as `who said`. */
  named(name: string): APIApplicationCommand | undefined {
    return this.#all.find(command => command.name === name || name.startsWith(`${command.name} `));
  }

  /** `withLocalizations` includes translations. */
  list(withLocalizations: boolean): ApiResponse {
    return ok(withLocalizations ? this.#all : withoutLocalizations(this.#all));
  }

  replaceAll(body: unknown): ApiResponse {
    const checked = checkAll(body);
    if (checked.kind === 'refused') return checked.reply;
    const commands = checked.value.map(one => this.#register(one));
    if (exceeds(commands)) return TOO_MANY;
    this.#all = commands;
    this.#storage.write(commands);
    this.#events.emit({ kind: 'commands' });
    return ok(commands);
  }

  /** A command with the same type and name keeps its id. */
  #register(body: CommandBody): APIApplicationCommand {
    const known = this.#all.find(({ name, type }) => name === body.name && type === (body.type ?? 1));
    return toCommand(body, known?.id ?? this.#nextId(), this.#nextId());
  }
}

function exceeds(commands: readonly APIApplicationCommand[]): boolean {
  const counts = new Map<ApplicationCommandType, number>();
  for (const { type } of commands) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].some(([type, count]) => count > (MAX_COMMANDS[type] ?? 1));
}

function checkAll(body: unknown): Checked<readonly CommandBody[]> {
  if (!Array.isArray(body)) return refused(NOT_A_LIST);
  const values: CommandBody[] = [];
  for (const [index, one] of body.entries()) {
    const checked = checkOne(one, index);
    if (checked.kind === 'refused') return checked;
    values.push(checked.value);
  }
  const repeated = repeatedCommands(values);
  return repeated.length > 0 ? refused(invalidForm(repeated)) : { kind: 'fits', value: values };
}

function checkOne(body: unknown, index: number): Checked<CommandBody> {
  const known = mediaAsForums(numericPermissions(body));
  const checked = checkBody(ApplicationCommandUpdateRequestSchema, known, [index], commandErrors);
  if (checked.kind === 'refused' || !isRecord(body)) return checked;
  return { kind: 'fits', value: Object.assign(checked.value, { options: body.options }) };
}

/** Returns a copy with forums in place of media channels, which Discord's published schema doesn't know yet. */
export function mediaAsForums(body: unknown): unknown {
  if (!isRecord(body)) return body;
  return JSON.parse(JSON.stringify(body), (key, value) =>
    key === 'channel_types' && Array.isArray(value)
      ? value.map(type => (type === ChannelType.GuildMedia ? ChannelType.GuildForum : type))
      : value,
  );
}

/** Discord accepts permissions as a string of digits, its published schema only as a number. */
function numericPermissions(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const permissions = body.default_member_permissions;
  if (typeof permissions !== 'string' || !/^\d{1,16}$/v.test(permissions)) return body;
  return { ...body, default_member_permissions: Number(permissions) };
}

function toCommand(body: CommandBody, id: string, version: string): APIApplicationCommand {
  const { default_member_permissions: permissions, options, description } = body;
  return {
    id,
    application_id: APPLICATION_ID,
    version,
    type: body.type ?? ApplicationCommandType.ChatInput,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: description ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: permissions === undefined || permissions === null ? null : String(permissions),
    dm_permission: body.dm_permission ?? true,
    contexts: body.contexts ?? null,
    integration_types: body.integration_types ?? [0],
    nsfw: body.nsfw ?? false,
    ...(options && options.length > 0 ? { options: withoutDefaults(options) } : {}),
  };
}

/** Discord returns neither `required: false` nor `autocomplete: false`. */
function withoutDefaults<T>(options: T): T {
  const copy = withoutNothings(options);
  dropFalse(copy);
  return copy;
}

function dropFalse(value: unknown): void {
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === false && (key === 'required' || key === 'autocomplete')) Reflect.deleteProperty(value, key);
    dropFalse(inner);
  }
}

import type { AutocompleteInteraction, CommandInteraction, Interaction, REST } from 'discord.js';
import {
  ApplicationCommandOptionType,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import type { Command } from '../commands/command.ts';
import { buttonName, formName } from '../commands/components.ts';
import { isObject } from '../library/store/json.ts';

type Json = Readonly<Record<string, unknown>>;

/** Defaults that Discord fills in. */
const DEFAULTS: Json = {
  type: 1,
  required: false,
  autocomplete: false,
  nsfw: false,
  options: [],
  choices: [],
  description: '',
};
/** Makes Discord return the names in every language too. */
export const IN_ALL_LANGUAGES = { with_localizations: 'true' } as const;

/** Fields that Discord adds. */
const ADDED_BY_DISCORD = new Set([
  ...['id', 'application_id', 'guild_id', 'version', 'default_permission', 'dm_permission', 'handler'],
  ...['name_localized', 'description_localized'],
]);
/** Lists in any order. */
const UNORDERED = new Set(['contexts', 'integration_types']);

function matters(key: string, value: unknown): boolean {
  if (value === undefined || value === null || ADDED_BY_DISCORD.has(key)) return false;
  return JSON.stringify(value) !== JSON.stringify(DEFAULTS[key]);
}

/** Returns a command, or a part of one, in one order and without what makes no difference. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, part]) => matters(key, part));
  return Object.fromEntries(
    kept
      .map(
        ([key, part]) => [key, UNORDERED.has(key) && Array.isArray(part) ? part.toSorted() : normalise(part)] as const,
      )
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function inOneOrder(commands: readonly Json[]): string {
  return JSON.stringify(commands.map(command => JSON.stringify(normalise(command))).sort());
}

/** True if Discord's list of commands is the same as ours, apart from what Discord adds. */
export function sameCommands(registered: readonly Json[], ours: readonly Json[]): boolean {
  return inOneOrder(registered) === inOneOrder(ours);
}

function idsOf(registered: readonly Json[]): ReadonlyMap<string, string> {
  return new Map(
    registered.flatMap(({ name, id }) =>
      typeof name === 'string' && typeof id === 'string' ? [[name, id] as const] : [],
    ),
  );
}

function listOf(answer: unknown): readonly Json[] {
  return Array.isArray(answer) ? answer.filter(isObject) : [];
}

/** Registers our commands unless Discord has the same ones. Returns their ids by name. */
export async function register(
  rest: REST,
  applicationId: string,
  ours: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<ReadonlyMap<string, string>> {
  const route = Routes.applicationCommands(applicationId);
  const registered = listOf(await rest.get(route, { query: new URLSearchParams(IN_ALL_LANGUAGES) }));
  if (sameCommands(registered, listOf(ours))) return idsOf(registered);
  return idsOf(listOf(await rest.put(route, { body: ours })));
}

/** Returns the full names of a command's subcommands, such as `who said`, or its own. */
function pathsOf({ builder }: Command): readonly string[] {
  const body = builder.toJSON();
  const options = 'options' in body ? (body.options ?? []) : [];
  const subcommands = options.filter(option => option.type === ApplicationCommandOptionType.Subcommand);
  return subcommands.length === 0 ? [builder.name] : subcommands.map(({ name }) => `${builder.name} ${name}`);
}

function pathOf(interaction: CommandInteraction | AutocompleteInteraction): string {
  const name = interaction.commandName;
  if (!interaction.isChatInputCommand() && !interaction.isAutocomplete()) return name;
  const subcommand = interaction.options.getSubcommand(false);
  return subcommand === null ? name : `${name} ${subcommand}`;
}

/**
 * Returns a function that names interactions in logs and metrics. It uses only our own names, never anything received.
 */
export function namerOf(commands: readonly Command[]): (interaction: Interaction) => string {
  const paths = new Set(commands.flatMap(pathsOf));
  return interaction => {
    if (interaction.isButton()) return buttonName(interaction.customId);
    if (interaction.isStringSelectMenu()) return buttonName(interaction.values[0] ?? '');
    if (interaction.isModalSubmit()) return formName(interaction.customId);
    if (!interaction.isCommand() && !interaction.isAutocomplete()) return 'other';
    const path = pathOf(interaction);
    return paths.has(path) ? path : 'other';
  };
}

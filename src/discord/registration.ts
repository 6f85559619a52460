import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type CommandInteraction,
  type Interaction,
  type REST,
} from 'discord.js';
import { type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord-api-types/v10';
import type { Command } from '../commands/command.ts';
import { decode } from '../replies/custom-id.ts';
import { forms } from '../replies/form.ts';
import { decodeDeed } from '../replies/removal.ts';
import { askerIn } from '../replies/take-back.ts';

type Json = Readonly<Record<string, unknown>>;

/** What Discord fills in where a command leaves it out: a difference in these alone is none. */
const defaults: Json = {
  type: 1,
  required: false,
  autocomplete: false,
  nsfw: false,
  options: [],
  choices: [],
  description: '',
};
/** Asks Discord for what everything is called in every language, too. */
export const inAllLanguages = { with_localizations: 'true' } as const;

/** What Discord adds of its own. */
const itsOwn = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'default_permission',
  'dm_permission',
  'handler',
  'name_localized',
  'description_localized',
]);
/** Lists whose order means nothing. */
const unordered = new Set(['contexts', 'integration_types']);

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matters(key: string, value: unknown): boolean {
  if (value === undefined || value === null || itsOwn.has(key)) return false;
  return JSON.stringify(value) !== JSON.stringify(defaults[key]);
}

/** A command, or a part of one, in one order and without what makes no difference. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, part]) => matters(key, part));
  return Object.fromEntries(
    kept
      .map(
        ([key, part]) => [key, unordered.has(key) && Array.isArray(part) ? part.toSorted() : normalise(part)] as const,
      )
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function inOneOrder(commands: readonly Json[]): string {
  return JSON.stringify(commands.map(command => JSON.stringify(normalise(command))).sort());
}

/** Whether Discord's list of commands says the same as ours, whatever it has added to it. */
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

/** Makes Discord's list of our commands the same as ours, and sends nothing if it is. Returns the ids by name. */
export async function register(
  rest: REST,
  applicationId: string,
  ours: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<ReadonlyMap<string, string>> {
  const route = Routes.applicationCommands(applicationId);
  const registered = listOf(await rest.get(route, { query: new URLSearchParams(inAllLanguages) }));
  if (sameCommands(registered, listOf(ours))) return idsOf(registered);
  return idsOf(listOf(await rest.put(route, { body: ours })));
}

/** Every command by its whole name, `who said`. */
function pathsOf({ builder }: Command): readonly string[] {
  const body = builder.toJSON();
  const options = 'options' in body ? (body.options ?? []) : [];
  const subcommands = options.filter(option => option.type === ApplicationCommandOptionType.Subcommand);
  return subcommands.length === 0 ? [builder.name] : subcommands.map(({ name }) => `${builder.name} ${name}`);
}

function nameOfButton(customId: string): string {
  if (askerIn(customId) !== undefined) return 'button delete';
  const kind = decodeDeed(customId)?.kind ?? decode(customId)?.view.kind;
  return kind === undefined ? 'button' : `button ${kind}`;
}

function pathOf(interaction: CommandInteraction | AutocompleteInteraction): string {
  const name = interaction.commandName;
  if (!interaction.isChatInputCommand() && !interaction.isAutocomplete()) return name;
  const subcommand = interaction.options.getSubcommand(false);
  return subcommand === null ? name : `${name} ${subcommand}`;
}

/** What interactions are called in logs and figures: by names that are ours, so that nothing that was sent gets there. */
export function namerOf(commands: readonly Command[]): (interaction: Interaction) => string {
  const paths = new Set(commands.flatMap(pathsOf));
  const ids: ReadonlySet<string> = new Set(Object.values(forms));
  return interaction => {
    if (interaction.isButton()) return nameOfButton(interaction.customId);
    if (interaction.isStringSelectMenu()) return nameOfButton(interaction.values[0] ?? '');
    if (interaction.isModalSubmit()) return ids.has(interaction.customId) ? `form ${interaction.customId}` : 'form';
    if (!interaction.isCommand() && !interaction.isAutocomplete()) return 'other';
    const path = pathOf(interaction);
    return paths.has(path) ? path : 'other';
  };
}

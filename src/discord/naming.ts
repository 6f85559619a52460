import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type CommandInteraction,
  type Interaction,
} from 'discord.js';
import type { Command } from '../commands/command.ts';
import { decode } from '../replies/custom-id.ts';
import { decodeDeed } from '../replies/deed.ts';
import { forms } from '../replies/form.ts';

/** Every command by its whole name, `who said`. */
function pathsOf({ builder }: Command): readonly string[] {
  const body = builder.toJSON();
  const options = 'options' in body ? (body.options ?? []) : [];
  const subcommands = options.filter(option => option.type === ApplicationCommandOptionType.Subcommand);
  return subcommands.length === 0 ? [builder.name] : subcommands.map(({ name }) => `${builder.name} ${name}`);
}

function nameOfButton(customId: string): string {
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

import { type APIApplicationCommandOption, ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { GivenOption } from './deed.ts';

type Wanted = readonly APIApplicationCommandOption[];

const nesting: ReadonlySet<number> = new Set([
  ApplicationCommandOptionType.Subcommand,
  ApplicationCommandOptionType.SubcommandGroup,
]);

/** What Discord's own client says before it would send such options; undefined when it would send them. */
export function objectToOptions(
  wanted: Wanted,
  given: readonly GivenOption[],
  isComplete: boolean,
): string | undefined {
  const [chosen] = given;
  const subcommands = wanted.filter(option => nesting.has(option.type));
  if (subcommands.length > 0) return objectToSubcommand(subcommands, given, chosen, isComplete);
  const objections = given.map(option => objectToOption(wanted, given, option));
  const missing = wanted.find(
    option => isComplete && option.required && !given.some(({ name }) => name === option.name),
  );
  return (
    objections.find(objection => objection !== undefined) ?? (missing && `${missing.name}: This option is required.`)
  );
}

function objectToSubcommand(
  subcommands: Wanted,
  given: readonly GivenOption[],
  chosen: GivenOption | undefined,
  isComplete: boolean,
): string | undefined {
  const wanted = subcommands.find(({ name, type }) => name === chosen?.name && type === chosen.type);
  if (chosen === undefined || wanted === undefined || given.length > 1) return 'Choose one of the subcommands.';
  return objectToOptions('options' in wanted ? (wanted.options ?? []) : [], chosen.options ?? [], isComplete);
}

function objectToOption(wanted: Wanted, given: readonly GivenOption[], option: GivenOption): string | undefined {
  const known = wanted.find(({ name, type }) => name === option.name && type === option.type);
  if (known === undefined) return `${option.name}: There is no such option.`;
  if (given.filter(({ name }) => name === option.name).length > 1) return `${option.name}: This option is given twice.`;
  // While somebody types, the focused option may still be anything.
  if (option.focused === true) return typeof option.value === 'string' ? undefined : `${option.name}: Type something.`;
  const problem = objectToValue(known, option.value);
  return problem && `${option.name}: ${problem}`;
}

function objectToValue(option: APIApplicationCommandOption, value: GivenOption['value']): string | undefined {
  switch (option.type) {
    case ApplicationCommandOptionType.String:
      if (typeof value !== 'string') return 'Input a valid string.';
      return objectToLength(value, option.min_length ?? 0, option.max_length ?? 6000) ?? objectToChoice(option, value);
    case ApplicationCommandOptionType.Integer:
      if (!Number.isSafeInteger(value)) return 'Input a valid integer.';
      return objectToSize(Number(value), option) ?? objectToChoice(option, value);
    case ApplicationCommandOptionType.Number:
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'Input a valid number.';
      return objectToSize(value, option) ?? objectToChoice(option, value);
    case ApplicationCommandOptionType.Boolean:
      return typeof value === 'boolean' ? undefined : 'Input True or False.';
    default:
      return typeof value === 'string' && /^\d{1,20}$/v.test(value) ? undefined : 'Input a valid id.';
  }
}

function objectToLength(text: string, least: number, greatest: number): string | undefined {
  if (text.length < Math.max(least, 1)) return `Must be ${Math.max(least, 1)} or more characters.`;
  return text.length > greatest ? `Must be ${greatest} or fewer characters.` : undefined;
}

interface Range {
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
}

function objectToSize(value: number, { min_value: least, max_value: greatest }: Range): string | undefined {
  if (least !== undefined && value < least) return `Must be ${least} or more.`;
  return greatest !== undefined && value > greatest ? `Must be ${greatest} or less.` : undefined;
}

function objectToChoice(option: object, value: unknown): string | undefined {
  const choices: unknown = 'choices' in option ? option.choices : undefined;
  if (!Array.isArray(choices) || choices.length === 0) return undefined;
  return choices.some(choice => choice.value === value) ? undefined : 'Choose one of the choices.';
}

/** The whole name, `who said`, with the subcommands that were chosen. */
export function wholeName(command: string, given: readonly GivenOption[]): string {
  const [chosen] = given;
  return chosen !== undefined && nesting.has(chosen.type)
    ? `${command} ${wholeName(chosen.name, chosen.options ?? [])}`
    : command;
}

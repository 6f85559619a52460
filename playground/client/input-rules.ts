import {
  type APIApplicationCommandOption,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  ComponentType,
} from 'discord-api-types/v10';
import { allComponents } from '../rest/components.ts';
import type { GivenOption } from './actions.ts';

type Field = Readonly<Record<string, unknown>>;

/** Returns the error that Discord's client shows for a modal's answers, or undefined. */
export function modalAnswersError(
  modal: APIModalInteractionResponseCallbackData,
  answers: readonly unknown[],
): string | undefined {
  const asked = fieldsOf(modal.components);
  const given = fieldsOf(answers);
  const unasked = [...given.keys()].find(id => !asked.has(id));
  if (unasked !== undefined) return 'This form has no such field.';
  for (const [id, field] of asked) {
    const error = fieldError(field, given.get(id));
    if (error !== undefined) return error;
  }
  return undefined;
}

function fieldsOf(components: unknown): Map<string, Field> {
  const named = allComponents(components).filter(({ component }) => typeof component.custom_id === 'string');
  return new Map(named.map(({ component }) => [String(component.custom_id), component]));
}

function fieldError(asked: Field, given: Field | undefined): string | undefined {
  const isRequired = asked.required !== false;
  if (asked.type === ComponentType.TextInput) return textError(asked, given?.value ?? '', isRequired);
  const isFilled = Array.isArray(given?.values) && given.values.length > 0;
  return isRequired && !isFilled ? 'Fill in all required fields.' : undefined;
}

function textError(asked: Field, text: unknown, isRequired: boolean): string | undefined {
  if (typeof text !== 'string') return 'Input a valid string.';
  if (text === '') return isRequired ? 'Fill in all required fields.' : undefined;
  const least = Number(asked.min_length ?? 0);
  const greatest = Number(asked.max_length ?? 4000);
  if (text.length < least) return `Must be ${least} or more characters.`;
  return text.length > greatest ? `Must be ${greatest} or fewer characters.` : undefined;
}

type Wanted = readonly APIApplicationCommandOption[];

const NESTING: ReadonlySet<number> = new Set([
  ApplicationCommandOptionType.Subcommand,
  ApplicationCommandOptionType.SubcommandGroup,
]);

/** Returns the error that Discord's client shows for a command's options, or undefined. */
export function optionsError(wanted: Wanted, given: readonly GivenOption[], isComplete: boolean): string | undefined {
  const [chosen] = given;
  const subcommands = wanted.filter(option => NESTING.has(option.type));
  if (subcommands.length > 0) return subcommandError(subcommands, given, chosen, isComplete);
  const errors = given.map(option => optionError(wanted, given, option));
  const missing = wanted.find(
    option => isComplete && option.required && !given.some(({ name }) => name === option.name),
  );
  return errors.find(error => error !== undefined) ?? (missing && `${missing.name}: This option is required.`);
}

function subcommandError(
  subcommands: Wanted,
  given: readonly GivenOption[],
  chosen: GivenOption | undefined,
  isComplete: boolean,
): string | undefined {
  const wanted = subcommands.find(({ name, type }) => name === chosen?.name && type === chosen.type);
  if (chosen === undefined || wanted === undefined || given.length > 1) return 'Choose one of the subcommands.';
  return optionsError('options' in wanted ? (wanted.options ?? []) : [], chosen.options ?? [], isComplete);
}

function optionError(wanted: Wanted, given: readonly GivenOption[], option: GivenOption): string | undefined {
  const known = wanted.find(({ name, type }) => name === option.name && type === option.type);
  if (known === undefined) return `${option.name}: This option doesn’t exist.`;
  if (given.filter(({ name }) => name === option.name).length > 1) return `${option.name}: This option is given twice.`;
  // An option being typed may have any text.
  if (option.focused === true) return typeof option.value === 'string' ? undefined : `${option.name}: Type something.`;
  const problem = valueError(known, option.value);
  return problem && `${option.name}: ${problem}`;
}

function valueError(option: APIApplicationCommandOption, value: GivenOption['value']): string | undefined {
  switch (option.type) {
    case ApplicationCommandOptionType.String:
      if (typeof value !== 'string') return 'Input a valid string.';
      return lengthError(value, option.min_length ?? 0, option.max_length ?? 6000) ?? choiceError(option, value);
    case ApplicationCommandOptionType.Integer:
      if (!Number.isSafeInteger(value)) return 'Input a valid integer.';
      return rangeError(Number(value), option) ?? choiceError(option, value);
    case ApplicationCommandOptionType.Boolean:
      return typeof value === 'boolean' ? undefined : 'Input True or False.';
    default:
      return typeof value === 'string' && /^\d{1,20}$/v.test(value) ? undefined : 'Input a valid id.';
  }
}

function lengthError(text: string, least: number, greatest: number): string | undefined {
  if (text.length < Math.max(least, 1)) return `Must be ${Math.max(least, 1)} or more characters.`;
  return text.length > greatest ? `Must be ${greatest} or fewer characters.` : undefined;
}

interface Range {
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
}

function rangeError(value: number, { min_value: least, max_value: greatest }: Range): string | undefined {
  if (least !== undefined && value < least) return `Must be ${least} or more.`;
  return greatest !== undefined && value > greatest ? `Must be ${greatest} or less.` : undefined;
}

function choiceError(option: object, value: unknown): string | undefined {
  const choices: unknown = 'choices' in option ? option.choices : undefined;
  if (!Array.isArray(choices) || choices.length === 0) return undefined;
  return choices.some(choice => choice.value === value) ? undefined : 'Choose one of the choices.';
}

/** Returns the full name with subcommands, such as `who said`. */
export function fullName(command: string, given: readonly GivenOption[]): string {
  const [chosen] = given;
  return chosen !== undefined && NESTING.has(chosen.type)
    ? `${command} ${fullName(chosen.name, chosen.options ?? [])}`
    : command;
}

import type { CommandBody } from 'discord-api-spec/zod';
import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10';
import { isRecord } from '../json.ts';
import type { FieldError } from './responses.ts';
import { REQUIRED } from './schema.ts';

type Texts = Readonly<Record<string, string | null | undefined>> | null | undefined;

/** A command, option or choice with its names in each language. */
interface Localized {
  readonly name: string;
  readonly name_localizations?: Texts;
  readonly description?: string | null | undefined;
  readonly description_localizations?: Texts;
}

/** Returns the index of the first item whose name repeats an earlier one in some language, or -1. */
function repeatedAt(siblings: readonly Localized[]): number {
  const locales = siblings.flatMap(({ name_localizations: others }) => Object.keys(others ?? {}));
  const ways = [undefined, ...new Set(locales)];
  const names = ways.map(way => siblings.map(each => nameIn(each, way)));
  return siblings.findIndex((_, order) => names.some(all => all.indexOf(all[order] ?? '') < order));
}

function nameIn({ name, name_localizations: others }: Localized, locale: string | undefined): string {
  return (locale === undefined ? undefined : others?.[locale]) ?? name;
}

/** Returns the length that Discord counts: the longest translation of the name plus that of the description. */
function lengthOf(each: Localized): number {
  return longest(each.name, each.name_localizations) + longest(each.description ?? '', each.description_localizations);
}

function longest(text: string, others: Texts): number {
  return Math.max(text.length, ...Object.values(others ?? {}).map(other => other?.length ?? 0));
}

/** Returns a copy without translations, as Discord returns it unless `with_localizations` is set. */
export function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !/^(?:name|description)_localizations$/v.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLocalizations(inner)]));
}

type Path = FieldError['path'];

interface CommandRule {
  readonly name: string;
  readonly errors: (command: CommandBody) => readonly FieldError[];
}

const RULES: readonly CommandRule[] = [
  { name: 'names are lower case letters, digits, - and _', errors: badName },
  { name: 'only slash commands have a description', errors: badDescription },
  { name: 'option names are unique in each language', errors: command => eachLevel(command, repeatedNames) },
  { name: 'option names follow the same pattern', errors: command => eachLevel(command, badOptionNames) },
  { name: 'required options come first', errors: command => eachLevel(command, lateRequired) },
  { name: 'subcommands and other options are not mixed', errors: command => eachLevel(command, mixedKinds) },
  { name: 'an option has choices or autocomplete, not both', errors: command => eachLevel(command, twoWays) },
  { name: 'at most 8,000 characters', errors: tooLarge },
];

const NAME_PATTERN = /^[\-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/v;
const MAX_CHARACTERS = 8000;

const isChatInput = (command: CommandBody) =>
  (command.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;

/** Returns what Discord rejects in a command although its published schema allows it. */
export function commandErrors(command: CommandBody): readonly FieldError[] {
  return RULES.flatMap(rule => rule.errors(command));
}

/** Maximum number of commands of each type. */
export const MAX_COMMANDS: Readonly<Record<number, number>> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
};

/** Returns an error for each type with two commands of the same name in some language. */
export function repeatedCommands(commands: readonly CommandBody[]): readonly FieldError[] {
  const code = 'APPLICATION_COMMANDS_DUPLICATE_NAME';
  const message = 'Application command names must be unique';
  return [...new Set(commands.map(({ type }) => type ?? ApplicationCommandType.ChatInput))].flatMap(type => {
    const alike = commands.filter(command => (command.type ?? ApplicationCommandType.ChatInput) === type);
    const repeated = alike[repeatedAt(alike)];
    return repeated === undefined ? [] : [{ path: [commands.indexOf(repeated)], code, message }];
  });
}

function invalidName(path: Path): FieldError {
  return { path, code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' };
}

function isGoodName(name: string): boolean {
  return NAME_PATTERN.test(name) && name === name.toLowerCase();
}

function badName(command: CommandBody): readonly FieldError[] {
  return isChatInput(command) ? badNames(command, []) : [];
}

function badNames(named: Localized, path: Path): readonly FieldError[] {
  const others = Object.entries(named.name_localizations ?? {}).filter(([, name]) => !isGoodName(name ?? ''));
  return [
    ...(isGoodName(named.name) ? [] : [invalidName([...path, 'name'])]),
    ...others.map(([locale]) => invalidName([...path, 'name_localizations', locale])),
  ];
}

function badDescription(command: CommandBody): readonly FieldError[] {
  const described = (command.description ?? '').trim() !== '';
  if (isChatInput(command)) return described ? [] : [{ path: ['description'], ...REQUIRED }];
  if (!described) return [];
  const code = 'APPLICATION_COMMAND_DESCRIPTION_UNSUPPORTED';
  return [{ path: ['description'], code, message: 'Context menu commands cannot have a description' }];
}

type Level = readonly APIApplicationCommandOption[];

function eachLevel(command: CommandBody, check: (options: Level, path: Path) => readonly FieldError[]): FieldError[] {
  return descend(command.options ?? [], ['options'], check);
}

function descend(
  options: Level,
  path: Path,
  check: (options: Level, path: Path) => readonly FieldError[],
): FieldError[] {
  const deeper = options.flatMap((option, index) =>
    'options' in option ? descend(option.options ?? [], [...path, index, 'options'], check) : [],
  );
  return [...check(options, path), ...deeper];
}

function repeatedNames(options: Level, path: Path): readonly FieldError[] {
  const index = repeatedAt(options);
  if (index < 0) return [];
  const code = 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS';
  return [{ path: [...path, index, 'name'], code, message: 'Option name already exists in this list of options' }];
}

function badOptionNames(options: Level, path: Path): readonly FieldError[] {
  return options.flatMap((option, index) => badNames(option, [...path, index]));
}

function lateRequired(options: Level, path: Path): readonly FieldError[] {
  const firstOptional = options.findIndex(option => !option.required);
  const index = options.findIndex((option, order) => option.required && order > firstOptional);
  if (firstOptional < 0 || index < 0) return [];
  const code = 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID';
  return [{ path: [...path, index], code, message: 'Required options must be placed before non-required options' }];
}

function mixedKinds(options: Level, path: Path): readonly FieldError[] {
  const nesting = options.filter(option => option.type <= ApplicationCommandOptionType.SubcommandGroup);
  if (nesting.length === 0 || nesting.length === options.length) return [];
  const code = 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID';
  const message = 'Sub-command and sub-command group option types are mutually exclusive to all other types';
  return [{ path, code, message }];
}

function twoWays(options: Level, path: Path): readonly FieldError[] {
  return options.flatMap((option, index) => {
    const both =
      'autocomplete' in option && option.autocomplete && 'choices' in option && (option.choices ?? []).length > 0;
    if (!both) return [];
    const code = 'APPLICATION_COMMAND_AUTOCOMPLETE_NOT_ALLOWED';
    return [{ path: [...path, index, 'autocomplete'], code, message: 'Options with choices cannot complete' }];
  });
}

function tooLarge(command: CommandBody): readonly FieldError[] {
  if (lengthOf(command) + sizeOf(command.options ?? []) <= MAX_CHARACTERS) return [];
  const message = `Command exceeds maximum size (${MAX_CHARACTERS})`;
  return [{ path: [], code: 'APPLICATION_COMMAND_TOO_LARGE', message }];
}

function sizeOf(options: Level): number {
  return options.reduce((sum, option) => {
    const choices = 'choices' in option ? (option.choices ?? []) : [];
    const chosen = choices.reduce((size, choice) => size + lengthOf(choice) + String(choice.value).length, 0);
    const nested = 'options' in option ? sizeOf(option.options ?? []) : 0;
    return sum + lengthOf(option) + chosen + nested;
  }, 0);
}

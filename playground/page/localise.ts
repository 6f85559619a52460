import type { Choice, Command, CommandOption } from './discord.ts';

export const LANGUAGES = ['en-US', 'zh-TW', 'zh-CN'] as const;

/** A Discord locale that the page supports. */
export type Language = (typeof LANGUAGES)[number];

/** Returns the supported locale nearest to a browser's. */
export function nearest(tag: string): Language {
  if (/^zh-(?:TW|HK|MO|Hant)\b/iv.test(tag)) return 'zh-TW';
  return /^zh\b/iv.test(tag) ? 'zh-CN' : 'en-US';
}

/** Returns a command with localised names; `original` keeps the name to send. */
export function localise(command: Command, language: Language): Command {
  return { ...command, ...called(command, language), ...localised(command.options, language) };
}

function localised(options: readonly CommandOption[] | undefined, language: Language) {
  return options === undefined ? {} : { options: options.map(option => localiseOption(option, language)) };
}

function localiseOption(option: CommandOption, language: Language): CommandOption {
  const choices = option.choices?.map(choice => localiseChoice(choice, language));
  const inner = localised(option.options, language);
  return { ...option, ...called(option, language), ...inner, ...(choices === undefined ? {} : { choices }) };
}

function localiseChoice(choice: Choice, language: Language): Choice {
  return { ...choice, name: choice.name_localizations?.[language] ?? choice.name };
}

function called(named: Command | CommandOption, language: Language) {
  return {
    name: named.name_localizations?.[language] ?? named.name,
    description: named.description_localizations?.[language] ?? named.description,
    original: named.name,
  };
}

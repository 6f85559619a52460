import type { CommandOption } from '../discord.ts';
import { type Entry, fixedChoices } from './command.ts';

/** Discord's default `max_length`. */
const MAX_CHARACTERS = 6000;

/** Why an option's input is invalid: the key of the message and its values. */
export type Problem =
  | { readonly says: 'fill' | 'takesWhole' }
  | { readonly says: 'choose' | 'tooShort' | 'least' | 'most'; readonly with: readonly [string] }
  | { readonly says: 'tooLong'; readonly with: readonly [most: string, now: string] };

type Reading =
  | { readonly kind: 'read'; readonly value: string | number | boolean }
  | { readonly kind: 'wrong'; readonly problem: Problem };

/** Returns the value that Discord would send, or why the input is invalid. */
export function readValue(option: CommandOption, entry: Entry): Reading {
  const text = entry.text.trim();
  if (text === '') return wrong({ says: 'fill' });
  if (fixedChoices(option)) return readChoice(option, entry);
  if (entry.chosen !== undefined) return read(entry.chosen);
  return option.type === 4 ? readNumber(option, text) : readText(option, text);
}

function readChoice(option: CommandOption, { text, chosen }: Entry): Reading {
  const choices = fixedChoices(option) ?? [];
  const typed = text.trim().toLowerCase();
  // Channels and roles are found without their signs, as in Discord.
  const sign = option.type === 7 ? '#' : '@';
  const names = option.type === 7 || option.type === 8 ? [typed, `${sign}${typed}`] : [typed];
  const same = choices.find(({ name, value }) => value === chosen || names.includes(name.toLowerCase()));
  if (!same) return wrong({ says: 'choose', with: [choices.map(({ name }) => name).join(', ')] });
  return read(option.type === 5 ? same.value === 'true' : same.value);
}

function readNumber(option: CommandOption, text: string): Reading {
  const number = Number(text);
  const { min_value: least = -Infinity, max_value: most = Infinity } = option;
  if (!Number.isInteger(number)) return wrong({ says: 'takesWhole' });
  if (number < least) return wrong({ says: 'least', with: [String(least)] });
  return number > most ? wrong({ says: 'most', with: [String(most)] }) : read(number);
}

function readText(option: CommandOption, text: string): Reading {
  const { min_length: least = 0, max_length: most = MAX_CHARACTERS } = option;
  if (text.length < least) return wrong({ says: 'tooShort', with: [String(least)] });
  return text.length > most ? wrong({ says: 'tooLong', with: [String(most), String(text.length)] }) : read(text);
}

function read(value: string | number | boolean): Reading {
  return { kind: 'read', value };
}

function wrong(problem: Problem): Reading {
  return { kind: 'wrong', problem };
}

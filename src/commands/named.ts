import { type Language, languages } from '../wording/languages.ts';
import type { ChoiceName, MenuName, OptionName, Path } from '../wording/names.ts';
import { type Key, sayIn } from '../wording/say.ts';

type Described = `command.${Path}` | `option.${OptionName}`;
type NameKey = Described | `menu.${MenuName}` | `choice.${ChoiceName}`;
/** An option may be for something else than usual: `option.words.subject`. */
type DoesKey = `${Described}.does` | Exclude<Extract<Key, `option.${string}`>, Described>;

type Localizations = Partial<Record<Exclude<Language, 'en'>, string>>;

interface Nameable {
  setName(name: string): unknown;
  setNameLocalizations(names: Localizations): unknown;
}

interface Describable extends Nameable {
  setDescription(description: string): unknown;
  setDescriptionLocalizations(descriptions: Localizations): unknown;
}

interface Choosable {
  readonly name: string;
  readonly name_localizations: Localizations;
  readonly value: string;
}

function inOthers(textIn: (language: Language) => string): Localizations {
  return Object.fromEntries(
    languages.flatMap(language => (language === 'en' ? [] : [[language, textIn(language)] as const])),
  );
}

/** A subcommand is called by the last word of its path. */
function nameIn(language: Language, key: NameKey): string {
  const name = sayIn(language)(key);
  return key.startsWith('command.') ? name.slice(name.lastIndexOf(' ') + 1) : name;
}

/** A command in the menu of a message, in every language. */
export function named<Builder extends Nameable>(builder: Builder, key: `menu.${MenuName}` | Described): Builder {
  builder.setName(nameIn('en', key));
  builder.setNameLocalizations(inOthers(language => nameIn(language, key)));
  return builder;
}

/** A command, a subcommand or an option, and what it does or is for, in every language. */
export function described<Builder extends Describable>(
  builder: Builder,
  key: Described,
  does: DoesKey = `${key}.does`,
): Builder {
  builder.setDescription(sayIn('en')(does));
  builder.setDescriptionLocalizations(inOthers(language => sayIn(language)(does)));
  return named(builder, key);
}

/** A value that can be chosen, called by its name in every language; in English that is itself. */
export function choice(value: ChoiceName): Choosable {
  const key = `choice.${value}` as const;
  return { name: nameIn('en', key), name_localizations: inOthers(language => nameIn(language, key)), value };
}

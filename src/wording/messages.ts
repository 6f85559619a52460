import type { english } from './en.ts';

/** Text before a branch of a plural, whose brace opens a text, not a value. */
type BeforeBranch = `${string} ${'zero' | 'one' | 'two' | 'few' | 'many' | 'other' | `=${number}`} `;

/** `count, plural, …` and `count, number` take a number; a name alone takes a text. */
type ValueIn<Inside extends string> = Inside extends `${infer Name}, ${string}`
  ? Readonly<Record<Name, number>>
  : Readonly<Record<Inside, string>>;

/** The values that an ICU message (https://unicode-org.github.io/icu/userguide/format_parse/messages/) needs. */
export type ValuesIn<Message extends string, Found = unknown> = Message extends `${infer Before}{${infer After}`
  ? Before extends BeforeBranch
    ? ValuesIn<After, Found>
    : After extends `${infer Inside}}${infer Rest}`
      ? Inside extends `${string}{${string}`
        ? ValuesIn<After, Found & ValueIn<Inside>>
        : ValuesIn<Rest, Found & ValueIn<Inside>>
      : Found
  : Found;

/** The keys of names that are only written in other languages: in English, commands and options are called by their key. */
type NameKey<Described = keyof typeof english> = Described extends `${infer Named}.does` ? Named : never;

export type Messages = typeof english & Readonly<Record<NameKey, string>>;

/** The key of a message: `button.share`. */
export type Key = keyof Messages;

/** The catalogue of another language: the same keys, and values that `catalogues.test.ts` compares. */
export type Translation = Readonly<Record<Key, string>>;

/** The rest of a key after a prefix: `who said` of `command.who said`. */
type After<Prefix extends string, Of extends Key = Key> = Of extends `${Prefix}.${infer Rest}` ? Rest : never;
/** `option.words` is a name; `option.words.does` describes it. */
type Name<Rest> = Rest extends `${string}.${string}` ? never : Rest;

/** A command or subcommand as typed: `who said`. */
export type Path = Name<After<'command'>>;
export type OptionName = Name<After<'option'>>;
/** A command in a message's menu. */
export type MenuName = After<'menu'>;
/** A choice of an option. */
export type ChoiceName = After<'choice'>;

/** What stands before a branch of a plural: the brace after it opens a text, not a value. */
type BeforeBranch = `${string} ${'zero' | 'one' | 'two' | 'few' | 'many' | 'other' | `=${number}`} `;

/** `count, plural, …` and `count, number` are numbers; a name alone is a text. */
type ValueIn<Inside extends string> = Inside extends `${infer Name}, ${string}`
  ? Readonly<Record<Name, number>>
  : Readonly<Record<Inside, string>>;

/** What a message of ICU's form (https://unicode-org.github.io/icu/userguide/format_parse/messages/) must be given. */
export type ValuesIn<Message extends string, Found = unknown> = Message extends `${infer Before}{${infer After}`
  ? Before extends BeforeBranch
    ? ValuesIn<After, Found>
    : After extends `${infer Inside}}${infer Rest}`
      ? Inside extends `${string}{${string}`
        ? ValuesIn<After, Found & ValueIn<Inside>>
        : ValuesIn<Rest, Found & ValueIn<Inside>>
      : Found
  : Found;

/** The same messages in another language. */
export type Translation<Messages> = { readonly [Key in keyof Messages]: string };

import { IntlMessageFormat } from 'intl-messageformat';
import { type Language, spoken } from './languages.ts';
import type { Key, Messages, ValuesIn } from './messages.ts';

type Values<Message extends string> = unknown extends ValuesIn<Message> ? [] : [ValuesIn<Message>];

/** The same, where another message may stand as a text. */
type ToldValues<Message extends string> = unknown extends ValuesIn<Message> ? [] : [WithTold<ValuesIn<Message>>];
type WithTold<Given> = { readonly [Name in keyof Given]: Given[Name] extends string ? string | Told : Given[Name] };

/** A message with what it is about, in no language yet: what an error carries. */
export interface Told {
  readonly key: Key;
  readonly values: Readonly<Record<string, string | number | Told>>;
}

/** Says things in one language. What is quoted from an article or was typed by somebody is a value, and never translated. */
export interface Say {
  /** Values stand in the message as they are: to escape them is the caller's part. */
  <Asked extends Key>(key: Asked, ...values: Values<Messages[Asked]>): string;
  readonly language: Language;
}

/** Each message is read once. */
const read = new Map<string, IntlMessageFormat>();

function formatOf(language: Language, key: Key): IntlMessageFormat {
  const called = `${language} ${key}`;
  const known = read.get(called);
  if (known !== undefined) return known;
  // What looks like a tag is Markdown of Discord's, as in `</who said:1>`.
  const format = new IntlMessageFormat(spoken[language].messages[key], language, undefined, { ignoreTag: true });
  read.set(called, format);
  return format;
}

export function tell({ key, values }: Told, language: Language): string {
  return String(formatOf(language, key).format(inLanguage(values, language)));
}

/** Messages among the values are said in the language of the message that they stand in. */
function inLanguage(values: Told['values'], language: Language): Told['values'] {
  const said = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' ? [[name, tell(value, language)] as const] : [],
  );
  return said.length === 0 ? values : { ...values, ...Object.fromEntries(said) };
}

/** A message for later, when it is known who reads it. */
export function told<Asked extends Key>(key: Asked, ...values: Values<Messages[Asked]>): Told;
export function told<Asked extends Key>(key: Asked, ...values: ToldValues<Messages[Asked]>): Told;
export function told(key: Key, values: Told['values'] = {}): Told {
  return { key, values };
}

export function sayIn(language: Language): Say {
  const say = <Asked extends Key>(key: Asked, ...values: Values<Messages[Asked]>) =>
    tell(told(key, ...values), language);
  return Object.assign(say, { language });
}

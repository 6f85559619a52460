import { IntlMessageFormat } from 'intl-messageformat';
import { type Language, SPOKEN } from './languages.ts';
import type { Key, Messages, ValuesIn } from './messages.ts';
import { traditional } from './zh-TW.ts';

type Values<Message extends string> = unknown extends ValuesIn<Message> ? [] : [ValuesIn<Message>];

/** The same, with messages allowed instead of texts. */
type NestedValues<Message extends string> = unknown extends ValuesIn<Message> ? [] : [Nested<ValuesIn<Message>>];
type Nested<Given> = { readonly [Name in keyof Given]: Given[Name] extends string ? string | Message : Given[Name] };

/** A message whose language isn't known yet: what an error carries. */
export interface Message {
  readonly key: Key;
  readonly values: Readonly<Record<string, string | number | Message>>;
}

/** Formats messages in one language. Quotes and what users typed are values and never translated. */
export interface Say {
  /** Values are inserted as they are; the caller escapes them. */
  <Name extends Key>(key: Name, ...values: Values<Messages[Name]>): string;
  readonly language: Language;
}

/** Parsed messages by language and key. */
const parsed = new Map<string, IntlMessageFormat>();

function formatOf(language: Language, key: Key): IntlMessageFormat {
  const name = `${language} ${key}`;
  const known = parsed.get(name);
  if (known !== undefined) return known;
  // Without `ignoreTag`, Discord's Markdown (`</who said:1>`) would be parsed as tags.
  const format = new IntlMessageFormat(SPOKEN[language].pattern(key), language, undefined, { ignoreTag: true });
  parsed.set(name, format);
  return format;
}

export function format({ key, values }: Message, language: Language): string {
  const pattern = SPOKEN[language].pattern(key);
  // Describing the commands takes hundreds of these at each start, and parsing them a tenth of its time.
  if (PLAIN.test(pattern)) return pattern;
  const text = String(formatOf(language, key).format(inLanguage(values, language)));
  return OPENS_WITH_SOMEBODY.test(pattern) ? text.replace(SMALL_FIRST, withCapital) : text;
}

/** Without values, and without the marks that quote braces. */
const PLAIN = /^[^\{\}']*$/v;

/** A sentence that opens with a speaker: "{name} isn’t quoted here." */
const OPENS_WITH_SOMEBODY = /^\{name\}.*[.:]$/sv;
/** A first word in small letters, perhaps in bold. What users typed is between quotation marks and stays. */
const SMALL_FIRST = /^\**\p{Ll}(?=[\p{Ll}'’\-]*(?:[\s*]|$))/v;

function withCapital(found: string): string {
  return found.toUpperCase();
}

/** Formats the messages among the values. */
function inLanguage(values: Message['values'], language: Language): Message['values'] {
  const nested = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' ? [[name, format(value, language)] as const] : [],
  );
  return nested.length === 0 ? values : { ...values, ...Object.fromEntries(nested) };
}

/** Returns a message to format later, once its reader's language is known. */
export function message<Name extends Key>(key: Name, ...values: Values<Messages[Name]>): Message;
export function message<Name extends Key>(key: Name, ...values: NestedValues<Messages[Name]>): Message;
export function message(key: Key, values: Message['values'] = {}): Message {
  return { key, values };
}

/** Returns a stored message; `undefined` if it isn't one that this version knows. */
export function decodeMessage(stored: unknown): Message | undefined {
  if (typeof stored !== 'object' || stored === null || !('key' in stored) || !('values' in stored)) return undefined;
  const { key, values } = stored;
  if (!isKey(key) || typeof values !== 'object' || values === null) return undefined;
  const plain = Object.entries(values).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return { key, values: Object.fromEntries(plain) };
}

export function isKey(key: unknown): key is Key {
  return typeof key === 'string' && Object.hasOwn(traditional, key);
}

export function sayIn(language: Language): Say {
  const say = <Name extends Key>(key: Name, ...values: Values<Messages[Name]>) =>
    format(message(key, ...values), language);
  return Object.assign(say, { language });
}

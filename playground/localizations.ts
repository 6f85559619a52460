import { isRecord } from './schema.ts';

type Texts = Readonly<Record<string, string | null | undefined>> | null | undefined;

/** A command, an option or a choice, as it is called in each language. */
export interface Localized {
  readonly name: string;
  readonly name_localizations?: Texts;
  readonly description?: string | null | undefined;
  readonly description_localizations?: Texts;
}

/** Where the first one stands that is called as one before it, in some language; -1 where none is. */
export function repeatedAt(siblings: readonly Localized[]): number {
  const locales = siblings.flatMap(({ name_localizations: others }) => Object.keys(others ?? {}));
  const ways = [undefined, ...new Set(locales)];
  const names = ways.map(way => siblings.map(each => nameIn(each, way)));
  return siblings.findIndex((_, order) => names.some(all => all.indexOf(all[order] ?? '') < order));
}

function nameIn({ name, name_localizations: others }: Localized, locale: string | undefined): string {
  return (locale === undefined ? undefined : others?.[locale]) ?? name;
}

/** What Discord counts: of name and description, each in the language where it is longest. */
export function lengthOf(each: Localized): number {
  return longest(each.name, each.name_localizations) + longest(each.description ?? '', each.description_localizations);
}

function longest(text: string, others: Texts): number {
  return Math.max(text.length, ...Object.values(others ?? {}).map(other => other?.length ?? 0));
}

/** As Discord gives it to whoever does not ask for all languages. */
export function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !/^(?:name|description)_localizations$/v.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLocalizations(inner)]));
}

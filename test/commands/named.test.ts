import type { APIApplicationCommandOption, APIApplicationCommandOptionChoice, Locale } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { Commands } from '../../playground/world/commands.ts';
import { createEvents } from '../../playground/world/events.ts';
import { commands } from '../../src/commands/index.ts';
import { LANGUAGES, SPOKEN } from '../../src/wording/languages.ts';
import { isKey } from '../../src/wording/say.ts';
import { traditional } from '../../src/wording/zh-TW.ts';

const chinese = LANGUAGES.filter(language => language !== 'en');
const languageNames = Object.values(SPOKEN).map(({ name }): string => name);
const bodies = commands.map(({ builder }) => builder.toJSON());

type Localizations = { readonly [In in Locale]?: string | null | undefined } | null | undefined;

/** A command, option or choice, with its path. */
interface Named {
  readonly path: string;
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly description?: string | undefined;
  readonly description_localizations?: Localizations;
}

function called(name: string, inside: string): string {
  return `${inside}/${name}`;
}

function choicesOf(option: APIApplicationCommandOption): readonly APIApplicationCommandOptionChoice[] {
  return 'choices' in option ? (option.choices ?? []) : [];
}

/** Returns each list of siblings: the options of a command, the choices of an option. */
function levels(options: readonly APIApplicationCommandOption[], inside: string): readonly (readonly Named[])[] {
  const here = options.map(option => ({ ...option, path: called(option.name, inside) }));
  const below = options.flatMap(option => {
    const path = called(option.name, inside);
    const choices = choicesOf(option).map(choice => ({ ...choice, path: called(choice.name, path) }));
    return [choices, ...('options' in option ? levels(option.options ?? [], path) : [])];
  });
  return [here, ...below];
}

const all: readonly (readonly Named[])[] = [
  bodies.map(body => ({ ...body, path: body.name })),
  ...bodies.flatMap(body => ('options' in body ? levels(body.options ?? [], body.name) : [])),
].filter(level => level.length > 0);
/** A language is called by its own name in every language. */
const everything = all.flat().filter(({ name }) => !languageNames.includes(name));

function messagesIn(language: (typeof chinese)[number]): Readonly<Record<string, string>> {
  const keys = Object.keys(traditional).filter(isKey);
  return Object.fromEntries(keys.map(key => [key, SPOKEN[language].pattern(key)]));
}

function nameOf({ name, name_localizations: others }: Named, language: (typeof chinese)[number]): string {
  return others?.[language] ?? name;
}

test('there are many names to check', () => {
  expect(everything.length).toBeGreaterThan(70);
});

describe.each(chinese)('in %s', language => {
  test.each(everything.map(each => [each.path, each] as const))('%s has a name and a description', (_, each) => {
    expect(each.name_localizations?.[language]).toMatch(/\p{sc=Han}/v);
    expect(Object.keys(each.name_localizations ?? {}).sort()).toEqual(chinese.toSorted());
    if (each.description === undefined) return;
    expect(each.description_localizations?.[language]).toMatch(/\p{sc=Han}/v);
  });

  test('no two siblings have the same name', () => {
    for (const level of all) {
      const names = level.map(each => nameOf(each, language));
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test('a subcommand is mentioned by its name, after that of its command', () => {
    const paths = bodies.flatMap(body => {
      const parts = 'options' in body ? (body.options ?? []).filter(({ type }) => type === 1) : [];
      const name = body.name_localizations?.[language] ?? '';
      return parts.map(part => [`command.${body.name} ${part.name}`, `${name} ${part.name_localizations?.[language]}`]);
    });
    expect(paths.length).toBeGreaterThan(5);
    for (const [key, path] of paths) expect(messagesIn(language)).toHaveProperty([key ?? ''], path);
  });

  test('every option that the help mentions belongs to its command', () => {
    for (const [key, advice] of Object.entries(messagesIn(language))) {
      if (!key.startsWith('advice.')) continue;
      const inside = `${key.slice('advice.'.length).replace(' ', '/')}/`;
      const names = everything.flatMap(each => (each.path.startsWith(inside) ? [nameOf(each, language)] : []));
      for (const [, option] of advice.matchAll(/`(?<option>[^`]+)`/gv)) expect(names).toContain(option);
    }
  });
});

test('an English name is the one that Discord sends', () => {
  for (const key of Object.keys(traditional).filter(isKey)) {
    const sent = /^(?:command|option)\.(?<name>[a-z]+(?: [a-z]+)?)$/v.exec(key)?.groups?.name;
    if (sent !== undefined) expect(SPOKEN.en.pattern(key)).toBe(sent);
  }
});

test('Discord refuses none of it', () => {
  const discord = new Commands(createEvents(), { kept: [], write: () => undefined }, () => '1');
  expect(discord.replaceAll(JSON.parse(JSON.stringify(bodies)))).toMatchObject({ status: 200 });
});

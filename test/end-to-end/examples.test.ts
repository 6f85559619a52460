import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Locale } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Leaf, leavesOf, originalOf, readTyped } from '../../playground/page/composer/command.ts';
import { readValue } from '../../playground/page/composer/value.ts';
import type { Command } from '../../playground/page/discord.ts';
import { localise, nearest } from '../../playground/page/localise.ts';
import { commands } from '../../src/commands/index.ts';
import { menuIn, textOf } from '../replies/read-reply.ts';
import { isEphemeral, messageOf } from './article-steps.ts';
import { root, startVerbatim, type Verbatim } from './start-verbatim.ts';

/** Discord in each language of the bot. */
const locales = [Locale.EnglishUS, Locale.ChineseTW, Locale.ChineseCN] as const;
type Spoken = (typeof locales)[number];

const inHelp = /`(?<example>\/[^`]+)`/gv;
const inReadme = /^- `(?<example>\/[^`]+)`/gmv;

let verbatim: Verbatim;
beforeAll(async () => {
  verbatim = await startVerbatim({ isForNewcomers: true, guilds: 2 });
});
afterAll(() => verbatim.stop());

/** Returns the commands as they are called in a language. */
function leavesIn(locale: Spoken): readonly Leaf[] {
  const bodies: readonly Command[] = JSON.parse(JSON.stringify(commands.map(({ builder }) => builder.toJSON())));
  return leavesOf(bodies.map(body => localise(body, nearest(locale))));
}

/** Returns an example as it is typed and as Discord sends it. Throws if a name in it isn't the one shown there. */
function read(example: string, locale: Spoken) {
  const typed = readTyped(leavesIn(locale), `${example} `);
  if (typed === undefined) throw new Error(`${example} is no command`);
  const { leaf, texts } = typed;
  const written = [...texts].map(([name, text]) => `${name}:${text}`);
  expect([`/${leaf.path}`, ...written].join(' ')).toBe(example);
  const values = leaf.options.flatMap(option => {
    const text = texts.get(option.name);
    if (text === undefined) return [];
    const reading = readValue(option, { text, chosen: undefined });
    return [[originalOf(option), reading.kind === 'read' ? reading.value : '']];
  });
  return { path: leaf.original, options: Object.fromEntries(values) };
}

function examplesIn(text: string, where: RegExp): readonly string[] {
  return [...text.matchAll(where)].map(({ groups }) => groups?.example ?? '');
}

/** Commands whose answers must be private: those for who manages the library, and the export. */
const privately = /^(?:article (?:remove|export)|library reports|settings|feed (?:follow|list)|watch (?:add|list))$/v;
const withForm = new Set(['article add', 'library erase']);

/** Throws unless the example gets the answer it asks for; "not found" must be private, or a verdict of `/check`. */
async function tryOut(example: string, locale: Spoken): Promise<void> {
  const { path, options } = read(example, locale);
  const { message, modal, failed } = await verbatim.playground.person.speaking(locale).command(path, options);
  expect(failed, example).toBeUndefined();
  expect(modal !== undefined, example).toBe(withForm.has(path));
  if (message === undefined) return;
  expect(isEphemeral(message), example).toBe(privately.test(path));
  expect(textOf(message), example).not.toContain('### Not found here');
}

/** Returns what the help says about each command: one at a time, chosen from its menu. */
async function helpIn(locale: Spoken): Promise<readonly string[]> {
  const person = verbatim.playground.person.speaking(locale);
  const overview = await messageOf(person.command('help'));
  const menu = menuIn(overview);
  const texts: string[] = [];
  for (const { value } of menu?.options ?? []) {
    texts.push(textOf(await messageOf(person.select(overview, menu?.custom_id ?? '', [value]))));
  }
  return texts;
}

test.each(locales)('in %s every command has an example in the help, and each gets its answer', async locale => {
  const examples = (await helpIn(locale)).flatMap(text => examplesIn(text, inHelp));
  const paths = commands.flatMap(({ advice }) => advice.map(({ path }) => path));
  expect(examples.map(example => read(example, locale).path).sort()).toEqual(paths.toSorted());
  // Examples with a link are tested against a local site, in library.test.ts.
  for (const example of examples) if (!example.includes('https:')) await tryOut(example, locale);
});

test('each example in the README gets its answer', async () => {
  const examples = examplesIn(readFileSync(join(root, 'README.md'), 'utf8'), inReadme);
  expect(examples.length).toBeGreaterThanOrEqual(10);
  const here = examples.map(example => example.replace('http://127.0.0.1:3000', verbatim.playground.address));
  for (const example of here) await tryOut(example, Locale.EnglishUS);
});

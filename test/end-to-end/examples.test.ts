import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Locale } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Leaf, leavesOf, originalOf, readTyped } from '../../playground/page/composer/command.ts';
import { readValue } from '../../playground/page/composer/value.ts';
import type { Command } from '../../playground/page/discord.ts';
import { localise, nearest } from '../../playground/page/localise.ts';
import { commands } from '../../src/commands/index.ts';
import { textOf } from '../replies/read-reply.ts';
import { isEphemeral, messageOf } from './article-steps.ts';
import { root, startVerbatim, type Verbatim } from './start-verbatim.ts';

/** Somebody's Discord, in a language that the bot speaks. */
const locales = [Locale.EnglishUS, Locale.ChineseTW, Locale.ChineseCN] as const;
type Spoken = (typeof locales)[number];

const inHelp = /`(?<example>\/[^`]+)`/gv;
const inReadme = /^- `(?<example>\/[^`]+)`/gmv;

let verbatim: Verbatim;
beforeAll(async () => {
  verbatim = await startVerbatim();
});
afterAll(() => verbatim.stop());

/** The commands as they are called there. */
function leavesIn(locale: Spoken): readonly Leaf[] {
  const bodies: readonly Command[] = JSON.parse(JSON.stringify(commands.map(({ builder }) => builder.toJSON())));
  return leavesOf(bodies.map(body => localise(body, nearest(locale))));
}

/** An example as it is typed, and as Discord sends it; fails where a name in it is not the one that is seen there. */
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

/** What must not be for all to see: what changes the library, and the file of all that is in it. */
const privately = /^(?:article (?:remove|export)|settings)$/v;
const withForm = new Set(['article add', 'library erase']);

/** Fails unless the example is answered with what it asks for: what was not found is told privately, or by `/check` as such. */
async function tryOut(example: string, locale: Spoken): Promise<void> {
  const { path, options } = read(example, locale);
  const { message, modal, failed } = await verbatim.playground.person.speaking(locale).command(path, options);
  expect(failed, example).toBeUndefined();
  expect(modal !== undefined, example).toBe(withForm.has(path));
  if (message === undefined) return;
  expect(isEphemeral(message), example).toBe(privately.test(path));
  expect(textOf(message), example).not.toContain('### Not found here');
}

test.each(locales)('in %s every command has an example in the help, and each gets its answer', async locale => {
  const help = textOf(await messageOf(verbatim.playground.person.speaking(locale).command('help')));
  const examples = examplesIn(help, inHelp);
  const paths = commands.flatMap(({ advice }) => advice.map(({ path }) => path));
  expect(examples.map(example => read(example, locale).path).sort()).toEqual(paths.toSorted());
  // What would fetch a page of the internet is tried with a site of the test's own, in library.test.ts.
  for (const example of examples) if (!example.includes('https:')) await tryOut(example, locale);
});

test('each example in the README gets its answer', async () => {
  const examples = examplesIn(readFileSync(join(root, 'README.md'), 'utf8'), inReadme);
  expect(examples.length).toBeGreaterThanOrEqual(10);
  for (const example of examples) await tryOut(example, Locale.EnglishUS);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { textOf } from '../replies/check.ts';
import { isEphemeral, messageOf } from './librarian.ts';
import { root, startVerbatim, type Verbatim } from './verbatim.ts';

/** A command as it is typed: `/compare a:CNN b:Jake Sullivan`. */
const typed = /^\/(?<path>[a-z]+(?: [a-z]+)*)(?= [a-z]+:|$)(?<options>.*)$/v;
const typedOption = / (?<name>[a-z]+):(?<value>.+?)(?= [a-z]+:|$)/gv;
const inHelp = /`(?<example>\/[^`]+)`/gv;
const inReadme = /^- `(?<example>\/[^`]+)`/gmv;

let verbatim: Verbatim;
beforeAll(async () => {
  verbatim = await startVerbatim();
});
afterAll(() => verbatim.stop());

function read(example: string) {
  const { path = '', options = '' } = typed.exec(example)?.groups ?? {};
  const values = [...options.matchAll(typedOption)].map(({ groups }) => [groups?.name ?? '', groups?.value ?? '']);
  return { path, options: Object.fromEntries(values) };
}

function examplesIn(text: string, where: RegExp): readonly string[] {
  return [...text.matchAll(where)].map(({ groups }) => groups?.example ?? '');
}

/** What must not be for all to see: what changes the library, and the file of all that is in it. */
const privately = /^(?:article (?:remove|export)|settings)$/v;
const withForm = new Set(['article add', 'library erase']);

/** Fails unless the example is answered with what it asks for: what was not found is told privately, or by `/check` as such. */
async function tryOut(example: string): Promise<void> {
  const { path, options } = read(example);
  const { message, modal, failed } = await verbatim.playground.person.command(path, options);
  expect(failed, example).toBeUndefined();
  expect(modal !== undefined, example).toBe(withForm.has(path));
  if (message === undefined) return;
  expect(isEphemeral(message), example).toBe(privately.test(path));
  expect(textOf(message), example).not.toContain('### Not found here');
}

test('every command has an example in the help, and each gets its answer', async () => {
  const help = textOf(await messageOf(verbatim.playground.person.command('help')));
  const examples = examplesIn(help, inHelp);
  const paths = commands.flatMap(({ advice }) => advice.map(({ path }) => path));
  expect(examples.map(example => read(example).path).sort()).toEqual(paths.toSorted());
  // What would fetch a page of the internet is tried with a site of the test's own, in library.test.ts.
  for (const example of examples) if (!example.includes(' link:')) await tryOut(example);
});

test('each example in the README gets its answer', async () => {
  const examples = examplesIn(readFileSync(join(root, 'README.md'), 'utf8'), inReadme);
  expect(examples.length).toBeGreaterThanOrEqual(10);
  for (const example of examples) await tryOut(example);
});

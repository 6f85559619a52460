import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { Attributor } from '../../src/library/attributor.ts';
import { writeDerived } from '../../src/library/derived.ts';
import { toArticle } from '../../src/news/build.ts';
import { untitled } from './contract.ts';

const opened: Attributor[] = [];
afterEach(() => Promise.all(opened.splice(0).map(attributor => attributor.close())));

function openAttributor(processes: number, program?: URL): Attributor {
  const attributor = new Attributor(processes, program);
  opened.push(attributor);
  return attributor;
}

const crashing = new URL('./crashing.ts', import.meta.url);
const of = (text: string) => ({ id: 'any', ...untitled, updated: false, text });

test('derives in another process what is derived here, whatever the text', async () => {
  const attributor = openAttributor(2);
  const texts = ['', '“Rain,” said Ann Lee.', 'Half \ud800 of “a \udc00”, Bo said.\0', '“习近平”，他说。'];
  const derived = await Promise.all(texts.map(text => attributor.derive(of(text))));
  expect(derived).toEqual(texts.map(text => writeDerived(attribute(toArticle('any', untitled, text)))));
});

test('a process that dies is replaced, and its article given to the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-crash-'));
  const attributor = openAttributor(1, crashing);
  const texts = ['one', `crash ${join(folder, 'once')}`, 'two'];
  expect(await Promise.all(texts.map(text => attributor.derive(of(text))))).toEqual(texts.map(text => `read ${text}`));
  rmSync(folder, { recursive: true });
});

test('an article over which two died is an error; the others are read', async () => {
  const attributor = openAttributor(1, crashing);
  const outcomes = await Promise.allSettled(['one', 'crash', 'two'].map(text => attributor.derive(of(text))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { message: 'The process that attributes ended with SIGKILL.' } });
});

test('closing ends what is in hand with an error', async () => {
  const attributor = openAttributor(1);
  const derived = expect(attributor.derive(of('“Rain,” said Ann Lee. '.repeat(1000)))).rejects.toThrow(
    'Nothing is attributed any more.',
  );
  await Promise.all([attributor.close(), derived]);
});

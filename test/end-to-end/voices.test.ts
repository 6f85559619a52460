import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { idOf, quotedLines, textOf } from '../replies/read-reply.ts';
import { addFile, bridge, dam, messageOf } from './article-steps.ts';
import { startVerbatim } from './start-verbatim.ts';

/** Data of both the bot and Discord, so that both can be restarted. */
const folder = mkdtempSync(join(tmpdir(), 'verbatim-voices-'));
const places = { folder: join(folder, 'playground'), libraryFolder: join(folder, 'libraries') };
let verbatim = await startVerbatim(places);
let person: Person;
beforeAll(async () => {
  person = verbatim.playground.person;
  await addFile(person, 'The dam', dam);
  const more = ['It will take two weeks', 'Or three', 'I shall not resign'];
  await addFile(person, 'The bridge', [...bridge, ...more.map(words => `“${words},” said Mayor Petra Lind.`)]);
});
afterAll(async () => {
  await verbatim.stop();
  rmSync(folder, { recursive: true });
});

test('/compare shows two people from different articles, with citations', async () => {
  const message = await messageOf(person.command('compare', { a: 'Petra Lind', b: 'Ilse Brandt' }));
  expect(textOf(message)).toContain('The dam at Morva will hold through the winter');
  expect(textOf(message)).toMatch(/### Petra Lind[\s\S]*### Ilse Brandt/v);
  const subject = await messageOf(
    person.command('compare', { a: 'Petra Lind', b: 'Ilse Brandt', words: 'the bridge stays closed' }),
  );
  expect(quotedLines(subject).join('\n')).toContain('The bridge stays closed until every bolt is checked');
  expect(textOf(subject)).toContain('no quotes by **Ilse Brandt** on');
});

test('/random shows a quote from an article, with its speaker', async () => {
  const message = await messageOf(person.command('random', { speaker: 'Ilse Brandt' }));
  expect(textOf(message)).toContain('### Ilse Brandt');
  expect(quotedLines(message)).toEqual([dam[0]]);
  expect((await messageOf(person.command('random'))).components).toBeDefined();
});

test('names have completion in /compare, /timeline and /random', async () => {
  for (const [path, option] of [
    ['compare', 'a'],
    ['compare', 'b'],
    ['timeline', 'speaker'],
    ['random', 'speaker'],
  ] as const) {
    expect((await person.autocomplete(path, option, 'petra'))[0]?.value).toBe('Petra Lind');
  }
});

test('/timeline turns its pages, also after a restart', async () => {
  const first = await messageOf(person.command('timeline', { speaker: 'Petra Lind' }));
  expect(textOf(first)).toContain('**Date unknown**');
  const second = await messageOf(person.press(first, idOf(first, 'Next')));
  expect(second.id).toBe(first.id);
  expect(quotedLines(second).join('\n')).toContain('I shall not resign');
  await verbatim.stop();
  verbatim = await startVerbatim(places);
  person = verbatim.playground.person;
  const kept = person.sees().find(({ id }) => id === first.id) ?? expect.fail('not kept');
  const again = await messageOf(person.press(kept, idOf(kept, 'Previous')));
  expect(textOf(again)).toBe(textOf(first));
});

import { expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { startPlayground } from '../../playground/playground.ts';
import { fileOf, messageOf } from './article-steps.ts';
import { startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

/** Appears in everything typed, linked, attached, pasted, forged and named below, and nowhere else. */
const canary = 'zanzibarcanary';
const texts = { words: canary, name: canary, speaker: canary, article: canary };

/** Does everything a user can do, with the canary in every input. */
async function doEverything(person: Person): Promise<void> {
  for (const path of ['quote', 'who said'] as const) {
    await person.command(path, { words: `${canary} open lines`, speaker: canary });
    await person.command(path, { words: canary, article: canary });
    await person.autocomplete(path, 'words', canary);
  }
  await person.command('who is', { name: canary });
  await person.autocomplete('who is', 'name', canary);
  for (const path of ['summary', 'article show', 'article remove']) {
    await person.command(path, { article: texts.article });
    await person.autocomplete(path, 'article', canary);
  }
  await person.command('article list', { find: canary });
  await person.command('article add', { link: `http://127.0.0.1:9/${canary}?${canary}#${canary}` });
  await person.command('article export');
  await person.command('help');
  await addAndRemove(person);
  await fillInForms(person);
}

async function addAndRemove(person: Person): Promise<void> {
  const file = fileOf(`${canary}.txt`, canary, [
    `“The ${canary} will hold,” said ${canary} Lee.`,
    `And ${canary} again.`,
  ]);
  const shown = await messageOf(person.command('article add', {}, { file }));
  await person.press(shown, 'Keep');
  const found = await messageOf(person.command('quote', { words: `the ${canary} will hold` }));
  await person.forge(canary, found);
  await person.forge(`K${canary}`, found);
  await person.use('Add to library', person.say(`Read https://127.0.0.1:9/${canary}`, [file]));
  const [choice] = await person.autocomplete('article remove', 'article', canary);
  const question = await messageOf(person.command('article remove', { article: String(choice?.value) }));
  await person.press(await messageOf(person.press(question, 'Remove')), 'Undo');
}

async function fillInForms(person: Person): Promise<void> {
  const { modal: paste } = await person.command('article add');
  if (paste === undefined) throw new Error('No form opened');
  await person.submit(paste, { title: canary, link: `https://${canary}.example`, text: `${canary} `.repeat(60) });
  const { modal: erase } = await person.command('library erase');
  if (erase === undefined) throw new Error('No form opened');
  await person.submit(erase, { words: canary });
}

test('logs at no level contain user input, article text or tokens; one line per interaction', async () => {
  const playground = await startPlayground({ port: anyPort, folder: undefined });
  const program = startProgram({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
    LOG_LEVEL: 'trace',
  });
  await program.firstLine;
  await doEverything(playground.person);
  playground.faults.next('500', { route: 'callback', times: 10 });
  await playground.person.command('quote', { words: canary });
  playground.faults.next('reset', { route: 'callback', times: 10 });
  await playground.person.command('quote', { words: canary });
  playground.faults.duplicate();
  await playground.person.command('who said', { words: canary });
  program.signal('SIGTERM');
  const { code, output, errors } = await program.ended;
  await playground.close();
  expect(code).toBe(0);
  expect((output + errors).toLowerCase()).not.toContain(canary);
  for (const part of playground.token.split('.')) expect(output + errors).not.toContain(part);
  // Interactions have tokens of their own, of 88 characters.
  expect(errors).not.toMatch(/[\w\-]{60}/v);
  const lines = errors
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  // Failures are logged all the same.
  expect(errors).toMatch(/"name":"HTTPError","status":500,"method":"POST"/v);
  expect(errors).toMatch(/"code":"(?:ECONNRESET|UND_ERR_SOCKET)"/v);
  const told = lines.filter(line => 'command' in line);
  expect(told.length).toBeGreaterThan(30);
  expect(new Set(told.map(line => line.interaction)).size).toBe(told.length);
  for (const { command } of told)
    expect(command).toMatch(/^(?:quote|who|summary|article|help|library|Add|button|form)/v);
  // Only a slow machine is seen thinking.
  expect(new Set(told.map(line => line.answer).filter(answer => answer !== 'thinking'))).toEqual(
    new Set(['message', 'private message', 'update', 'choices', 'form', 'none']),
  );
});

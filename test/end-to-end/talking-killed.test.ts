import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
import { times } from '../depth.ts';
import { startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

/** How long after the first message the process is killed, in milliseconds. */
const moments = Array.from({ length: times(3, 12) }, (_, at) => 20 + 45 * at);

test('killed at any moment, a message is answered at most once, and later ones are answered', async () => {
  const playground = await startPlayground({ port: anyPort, folder: undefined });
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-killed-'));
  const settings = { DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl, DATA_DIR: folder };
  const direct = playground.person.alone('direct');
  for (const moment of moments) {
    const program = startProgram(settings);
    await program.firstLine;
    const first = direct.say('Jake Sullivan');
    expect((await direct.answerTo(first)).message_reference?.message_id).toBe(first.id);
    for (let sent = 0; sent < 6; sent += 1) direct.say(`What did CNN report about ration packs? ${sent}`);
    await pause(moment);
    program.signal('SIGKILL');
    await program.ended;
  }
  const questions = direct.sees().filter(({ author }) => author.bot !== true);
  const answers = direct.sees().flatMap(({ message_reference: reference }) => reference?.message_id ?? []);
  expect(questions).toHaveLength(7 * moments.length);
  expect(new Set(answers).size).toBe(answers.length);
  await playground.close();
  rmSync(folder, { recursive: true });
});

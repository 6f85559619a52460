import { expect, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
import { textOf } from '../replies/read-reply.ts';
import { dam, messageOf } from './article-steps.ts';
import { openNewsSite, pageOf } from './news-site.ts';
import { startProgram } from './program.ts';
import { anyPort, startVerbatim } from './start-verbatim.ts';

test('a “thinking” message whose receipt is lost is followed by its answer', async () => {
  const pages = await openNewsSite({ '/slow': pageOf('Dam', dam) });
  const verbatim = await startVerbatim();
  const { person, faults } = verbatim.playground;
  faults.next('lost', { route: 'callback' });
  const shown = await messageOf(person.command('article add', { link: `${pages.address}/slow` }));
  expect(textOf(shown)).toContain('Keep this article?');
  await pages.close();
  const alreadyAcknowledged = 40_060;
  await verbatim.stopRefused([alreadyAcknowledged]);
});

test('guilds that arrive late do not keep the bot from answering', async () => {
  const playground = await startPlayground({ port: anyPort, folder: undefined });
  playground.faults.lateGuilds(5_000);
  const program = startProgram({ DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl });
  await program.firstLine;
  const { message } = await playground.person.command('who said', { words: 'ration packs' });
  expect(textOf(message ?? {})).toContain('CNN');
  program.signal('SIGTERM');
  expect((await program.ended).code).toBe(0);
  await playground.close();
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
import { textOf } from '../replies/read-reply.ts';
import { dam, messageOf } from './article-steps.ts';
import { openNewsSite, pageOf } from './news-site.ts';
import { startProgram } from './program.ts';
import { anyPort, startVerbatim, type Verbatim } from './start-verbatim.ts';

const question = { words: 'ration packs' };

async function answersAgain({ playground }: Verbatim): Promise<void> {
  await expect
    .poll(
      async () => {
        const { message } = await playground.person.command('who said', question);
        return textOf(message ?? {});
      },
      { timeout: 20_000, interval: 250 },
    )
    .toContain('CNN');
}

describe('the next command is answered after', () => {
  let verbatim: Verbatim;
  beforeAll(async () => {
    verbatim = await startVerbatim();
  });
  afterAll(() => verbatim.stop());

  test('a dropped socket', async () => {
    verbatim.playground.faults.dropSocket();
    await answersAgain(verbatim);
  });

  test('a dropped socket whose session cannot be resumed', async () => {
    verbatim.playground.faults.dropSession();
    await answersAgain(verbatim);
  });

  test.each([true, false])('an invalid session (resumable: %s)', async resumable => {
    verbatim.playground.faults.invalidSession(resumable);
    await answersAgain(verbatim);
  });

  test.each(['429', '500', '502', 'reset'] as const)('an answer that met %s', async fault => {
    verbatim.playground.faults.next(fault, { route: 'callback' });
    await verbatim.playground.person.command('who said', question);
    await answersAgain(verbatim);
  });
});

test('a command delivered twice is answered once', async () => {
  const verbatim = await startVerbatim();
  verbatim.playground.faults.duplicate();
  await verbatim.playground.person.command('who said', question);
  await answersAgain(verbatim);
  expect(verbatim.playground.person.sees()).toHaveLength(2);
  await verbatim.stop();
});

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
  const { message } = await playground.person.command('who said', question);
  expect(textOf(message ?? {})).toContain('CNN');
  program.signal('SIGTERM');
  expect((await program.ended).code).toBe(0);
  await playground.close();
});

import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startPlayground } from '../../playground/playground.ts';
import { makeDatabase } from '../postgres/database.ts';
import { freePort } from '../postgres/server.ts';
import { startProgram } from './program.ts';
import { anyPort } from './start-verbatim.ts';

test('while the database keeps queries waiting, the metrics can be read and say so; the log names the slow statement', async () => {
  const url = await makeDatabase();
  const playground = await startPlayground({ port: anyPort, folder: undefined });
  const port = await freePort();
  const program = startProgram({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
    METRICS_PORT: String(port),
    DATABASE_URL: url,
    LOG_LEVEL: 'info',
  });
  await program.firstLine;
  const figure = async (name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find(line => line.startsWith(`${name} `))
        ?.slice(name.length),
    );
  };
  const ask = () => playground.person.command('quote', { words: 'ration packs' });
  await ask();
  expect([await figure('verbatim_open_libraries'), await figure('verbatim_articles')]).toEqual([1, 1]);
  expect(await figure('verbatim_database_waiting')).toBe(0);
  const before = await figure('verbatim_database_wait_seconds_count');
  expect(before).toBeGreaterThan(0);

  const other = new Client(url);
  await other.connect();
  await other.query('BEGIN; LOCK TABLE verbatim.libraries IN ACCESS EXCLUSIVE MODE');
  const asked = Array.from({ length: 12 }, ask);
  // Eight connections, all of them taken.
  await expect.poll(() => figure('verbatim_database_waiting')).toBeGreaterThanOrEqual(4);
  expect(await figure('verbatim_articles')).toBeNaN();
  await other.query('COMMIT');
  await other.end();
  await Promise.all(asked);

  expect(await figure('verbatim_database_waiting')).toBe(0);
  expect(await figure('verbatim_articles')).toBe(1);
  expect(await figure('verbatim_database_wait_seconds_count')).toBeGreaterThan(before + asked.length);
  expect(await figure('verbatim_slow_statements_total')).toBeGreaterThan(0);
  program.signal('SIGTERM');
  const { code, errors } = await program.ended;
  expect(code).toBe(0);
  expect(errors).toMatch(/"statement":"SELECT [^"]*verbatim\.libraries[^"]*","milliseconds":\d+,"msg":"Slow database/v);
  expect(errors).not.toContain('ration');
  await playground.close();
});

import { readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { freePort } from '../postgres/server.ts';
import { messageOf } from './article-steps.ts';
import { startProgram } from './program.ts';
import { anyPort, root } from './start-verbatim.ts';

let playground: Playground;
let program: ReturnType<typeof startProgram>;
let port = 0;
beforeAll(async () => {
  playground = await startPlayground({ port: anyPort, folder: undefined });
  port = await freePort();
  program = startProgram({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.apiUrl,
    METRICS_PORT: String(port),
  });
  await program.firstLine;
});
afterAll(() => playground.close());

async function read(path: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text() };
}

/** Returns the value of a metric, with its labels as they are written. */
function figureIn(text: string, figure: string): number {
  const line = text.split('\n').find(each => each.startsWith(`${figure} `));
  return Number(line?.slice(figure.length));
}

test('health, readiness and metrics, on the configured port', async () => {
  expect(await read('/healthz')).toEqual({ status: 200, text: 'alive\n' });
  expect(await read('/readyz')).toEqual({
    status: 200,
    text: 'gateway connected: yes\nstore answering: yes\ntaking new work: yes\n',
  });
  expect((await read('/')).status).toBe(404);
  // The first command opens the library, and its answer may be late.
  await playground.person.command('help');
  await playground.person.command('quote', { words: 'ration packs' });
  await playground.person.command('who said', { words: 'ration packs' });
  await playground.person.command('who said', { words: 'ration packs' });
  await playground.person.autocomplete('quote', 'words', 'open');
  const choices = 'verbatim_interactions_total{command="quote",result="answered",answer="choices"}';
  await expect.poll(async () => figureIn((await read('/metrics')).text, choices), { timeout: 20_000 }).toBe(1);
  const { status, text } = await read('/metrics');
  expect(status).toBe(200);
  const answered = 'verbatim_interactions_total{command="who said",result="answered",answer="message"}';
  expect(figureIn(text, answered)).toBe(2);
  expect(figureIn(text, 'verbatim_first_answer_seconds_count{command="who said"}')).toBe(2);
  expect(figureIn(text, 'verbatim_final_answer_seconds_count{command="who said"}')).toBe(2);
  expect(figureIn(text, 'verbatim_gateway_connected')).toBe(1);
  expect(figureIn(text, 'verbatim_open_libraries')).toBe(1);
  expect(figureIn(text, 'verbatim_articles')).toBe(1);
  expect(figureIn(text, 'verbatim_refused_bodies_total')).toBe(0);
  const { bavail, blocks, bsize } = statfsSync(program.folder);
  expect(figureIn(text, 'verbatim_disk_free_bytes') % bsize).toBe(0);
  expect(figureIn(text, 'verbatim_disk_free_bytes')).toBeGreaterThan((bavail * bsize) / 2);
  expect(figureIn(text, 'verbatim_disk_free_bytes')).toBeLessThan(blocks * bsize);
  expect(text).toMatch(
    /^verbatim_build_info\{version="\d+\.\d+\.\d+",node="v\d\d\.[\d.]+"(?:,commit="[\da-f]{40}")?\} 1$/mv,
  );
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds ');
  expect(text).toContain('process_resident_memory_bytes ');
  expect(text).not.toContain('packs');
});

test('docs/operating.md names every metric of ours, and no other', async () => {
  const { text } = await read('/metrics');
  const served = [...text.matchAll(/^# TYPE (?<name>verbatim_\w+) /gmv)].map(({ groups }) => groups?.name);
  const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
  const documented = [...page.matchAll(/verbatim_[a-z_]+/gv)].map(([name]) => name);
  expect(served.length).toBeGreaterThan(10);
  expect([...new Set(documented)].toSorted()).toEqual(served.toSorted());
});

test('counts added articles, with replacements counted separately', async () => {
  const figure = async (kind: string) =>
    figureIn((await read('/metrics')).text, `verbatim_articles_taken_total{kind="${kind}"}`);
  const paste = async (text: string) => {
    const { modal } = await playground.person.command('article add');
    if (modal === undefined) throw new Error('No form opened');
    const fields = { title: 'Rain', link: 'https://news.example/rain', text };
    return await messageOf(playground.person.submit(modal, fields));
  };
  const keep = async (text: string) => messageOf(playground.person.press(await paste(text), 'Keep'));
  expect([await figure('added'), await figure('updated')]).toEqual([0, 0]);
  await keep('“Rain fell on the harbour all day,” said Ann Lee.');
  expect([await figure('added'), await figure('updated')]).toEqual([1, 0]);
  await paste('“Rain fell on the harbour all day,” said Ann Lee.');
  await keep('“Rain fell on the town all day,” said Ann Lee.');
  expect([await figure('added'), await figure('updated')]).toEqual([1, 1]);
});

test('counts lost connections and failures', async () => {
  playground.faults.dropSocket();
  const reconnects = async () => figureIn((await read('/metrics')).text, 'verbatim_gateway_reconnects_total');
  await expect.poll(reconnects, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(async () => (await read('/readyz')).status, { timeout: 20_000 }).toBe(200);
  const late = 'verbatim_interactions_total{command="help",result="late",answer="none"}';
  const tooLate = 'verbatim_interaction_errors_total{error="10062"}';
  const figures = async () => {
    const { text } = await read('/metrics');
    return [late, tooLate].map(figure => figureIn(text, figure));
  };
  // On a busy machine, others may have been late. A metric with labels appears with its first case.
  const before = (await figures()).map(figure => (Number.isNaN(figure) ? 0 : figure));
  playground.faults.next('late', { route: 'callback', milliseconds: 3300 });
  await playground.person.command('help');
  await expect.poll(figures, { timeout: 20_000 }).toEqual(before.map(figure => figure + 1));
});

// This ends the program of the tests before it.
test('while stopping, it is alive but not ready', async () => {
  await playground.person.command('who said', { words: 'ration packs' });
  playground.faults.next('late', { route: 'callback', milliseconds: 2000 });
  const asked = playground.person.command('who said', { words: 'ration packs' });
  await expect.poll(() => playground.faults.met, { timeout: 20_000 }).toBe(1);
  program.signal('SIGTERM');
  await pause(100);
  expect((await read('/healthz')).status).toBe(200);
  const { status, text } = await read('/readyz');
  expect(status).toBe(503);
  expect(text).toContain('taking new work: no');
  await asked;
  expect((await program.ended).code).toBe(0);
});

test('a port in use: one sentence, exit code 1', async () => {
  const taken = new URL(playground.address).port;
  const { code, errors } = await startProgram({ METRICS_PORT: taken }).ended;
  expect(code).toBe(1);
  expect(errors).toBe('The port in METRICS_PORT is in use. Choose another one, or remove the setting.\n');
});

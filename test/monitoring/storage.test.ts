import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Metrics } from '../../src/monitoring/metrics.ts';
import { monitorStorage } from '../../src/monitoring/warnings.ts';

test('a slow statement is counted, and logged by its first words', async () => {
  const lines: string[] = [];
  const metrics = new Metrics();
  const { ran, waited } = monitorStorage(pino({}, { write: line => lines.push(line) }), metrics);
  ran('SELECT 1', 499.9);
  ran(`SELECT number,\n      words FROM units WHERE ${'number = ? OR '.repeat(50)}FALSE`, 500.4);
  waited(20);
  expect(lines.map(line => JSON.parse(line))).toEqual([
    expect.objectContaining({
      level: 30,
      statement: `SELECT number, words FROM units WHERE ${'number = ? OR '.repeat(50)}`.slice(0, 120),
      milliseconds: 500,
      msg: 'Slow database statement',
    }),
  ]);
  const text = await metrics.render();
  expect(text).toContain('verbatim_slow_statements_total 1\n');
  expect(text).toContain('verbatim_database_wait_seconds_sum 0.02\n');
});

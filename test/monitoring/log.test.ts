import { expect, test } from 'vitest';
import { readable } from '../../src/monitoring/log.ts';

const time = Date.UTC(2024, 4, 2, 12, 34, 56);

test('a log record becomes one readable line', () => {
  const line = {
    level: 30,
    time,
    pid: 1,
    hostname: 'h',
    command: 'who said',
    final: 12,
    error: { code: 40060 },
    msg: 'Done',
  };
  expect(readable(`${JSON.stringify(line)}\n`)).toBe(
    '2024-05-02 12:34:56 INFO  Done  command=who said  final=12  error={"code":40060}\n',
  );
});

test('no value can end the line or send terminal control codes', () => {
  const line = { level: 50, time, reason: 'one\n12:00:00 INFO two', msg: 'a\u001b[2Jb\u2028c' };
  expect(readable(JSON.stringify(line))).toBe('2024-05-02 12:34:56 ERROR a [2Jb c  reason=one 12:00:00 INFO two\n');
});

test('shows the first frames of a stack', () => {
  const frames = Array.from(
    { length: 9 },
    (_, number) => `    at step${number} (file:///verbatim/src/a.ts:1:${number})`,
  );
  const line = { level: 60, time, error: { name: 'TypeError', frames }, msg: 'Something broke' };
  const shown = readable(JSON.stringify(line));
  expect(shown).toContain('at step2 (file:///verbatim/src/a.ts:1:2)","6 more"]');
  expect(shown.length).toBeLessThan(300);
});

import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Shutdown } from '../../src/discord/shutdown.ts';

beforeEach(() => {
  // Keeps the test process running.
  vi.spyOn(process, 'exit').mockImplementation(code => {
    throw new Error(`exit ${code}`);
  });
  vi.useFakeTimers();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('closes in reverse order of opening, then exits', async () => {
  const shutdown = new Shutdown(pino({ enabled: false }));
  const closed: string[] = [];
  for (const name of ['store', 'bot']) shutdown.afterwards(async () => void closed.push(name));
  await expect(shutdown.end(0)).rejects.toThrow('exit 0');
  expect(closed).toEqual(['bot', 'store']);
});

test('closes what is opened meanwhile, too', async () => {
  const shutdown = new Shutdown(pino({ enabled: false }));
  const closed: string[] = [];
  const open = (name: string) => shutdown.afterwards(async () => void closed.push(name));
  open('store');
  const opening = ['bot'];
  shutdown.afterwards(async () => opening.splice(0).forEach(open));
  await expect(shutdown.end(0)).rejects.toThrow('exit 0');
  expect(closed).toEqual(['bot', 'store']);
});

test.each([
  [0, 1],
  [1, 0],
])('exits with 1 if asked for %d, then for %d while closing', async (first, later) => {
  const shutdown = new Shutdown(pino({ enabled: false }));
  shutdown.afterwards(() => shutdown.end(later));
  await expect(shutdown.end(first)).rejects.toThrow('exit 1');
});

test('exits with 1 if something fails to close, and closes the rest', async () => {
  const shutdown = new Shutdown(pino({ enabled: false }));
  const closed: string[] = [];
  shutdown.afterwards(async () => void closed.push('store'));
  shutdown.afterwards(() => Promise.reject(new Error('stuck')));
  await expect(shutdown.end(0)).rejects.toThrow('exit 1');
  expect(closed).toEqual(['store']);
});

test('exits with 1 after 20 seconds, whatever is still closing', () => {
  const shutdown = new Shutdown(pino({ enabled: false }));
  shutdown.afterwards(() => new Promise(() => undefined));
  void shutdown.end(0);
  vi.advanceTimersByTime(19_999);
  expect(() => vi.advanceTimersByTime(1)).toThrow('exit 1');
});

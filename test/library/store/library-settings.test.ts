import { expect, test } from 'vitest';
import { SettingsCache } from '../../../src/library/caches.ts';
import { DEFAULT_SETTINGS } from '../../../src/library/store/library-settings.ts';

const hidden = { ...DEFAULT_SETTINGS, privacy: 'private' } as const;

/** Settings on a clock set by hand, with the number of reads. */
function onClock() {
  const clock = { now: 0, reads: 0 };
  const read = new SettingsCache(() => clock.now);
  const of = (choices = hidden) =>
    read.of('server-1', () => {
      clock.reads += 1;
      return Promise.resolve(choices);
    });
  return { clock, read, of };
}

test('are read once in half a minute, however many ask at once', async () => {
  const { clock, of } = onClock();
  expect(await Promise.all([of(), of()])).toEqual([hidden, hidden]);
  clock.now = 29_999;
  await of();
  expect(clock.reads).toBe(1);
  clock.now = 30_000;
  await of();
  expect(clock.reads).toBe(2);
});

test('what was set while they were read counts', async () => {
  const { read, of } = onClock();
  const { promise, resolve } = Promise.withResolvers<typeof hidden>();
  const reading = read.of('server-1', () => promise);
  read.keep('server-1', DEFAULT_SETTINGS);
  resolve(hidden);
  await reading;
  expect(await of()).toEqual(DEFAULT_SETTINGS);
});

test('are read again after a failure or an invalidation', async () => {
  const { clock, read, of } = onClock();
  await expect(read.of('server-1', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await of()).toEqual(hidden);
  read.forget('server-1');
  await of();
  clock.now = 30_000;
  read.forgetStale();
  await of();
  expect(clock.reads).toBe(3);
});

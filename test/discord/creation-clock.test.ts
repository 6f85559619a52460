import { expect, test } from 'vitest';
import { CreationClock } from '../../src/discord/connection.ts';

const discordIsAhead = 7_000_000;

test('measures ages from the fastest arrival, whatever Discord’s clock says', () => {
  const clock = new CreationClock();
  expect(clock.createdAt(1000 + discordIsAhead, 1000)).toBe(1000);
  expect(clock.createdAt(1500 + discordIsAhead, 4500)).toBe(1500);
  expect(clock.createdAt(5000 + discordIsAhead, 5000)).toBe(5000);
});

test('nothing counts as older than later arrivals allow', () => {
  const clock = new CreationClock();
  expect(clock.createdAt(0, 2000)).toBe(2000);
  expect(clock.createdAt(3000, 3100)).toBe(3100);
  expect(clock.createdAt(3000, 5100)).toBe(3100);
});

test('trusts a clock that was changed after two minutes at the latest', () => {
  const clock = new CreationClock();
  clock.createdAt(0, 0);
  // From here on, Discord's clock is ten seconds behind.
  expect(clock.createdAt(-9000, 1000)).toBe(-9000);
  for (let second = 2; second < 119; second += 1) clock.createdAt(second * 1000 - 10_000, second * 1000);
  expect(clock.createdAt(110_000, 120_000)).toBe(120_000);
});

test('after an hour without interactions, the first one counts as new', () => {
  const clock = new CreationClock();
  clock.createdAt(0, 0);
  expect(clock.createdAt(3_600_000 - 10_000, 3_600_000)).toBe(3_600_000);
});

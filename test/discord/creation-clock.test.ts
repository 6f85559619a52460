import { expect, test } from 'vitest';
import { CreationClock } from '../../src/discord/connection.ts';

const discordIsAhead = 7_000_000;
const second = 1000;

/** Returns a clock that has seen this many interactions arrive at once, one a second from 0 on. */
function usedClock(number: number, ahead = 0): CreationClock {
  const clock = new CreationClock();
  for (let at = 0; at < number; at += 1) clock.createdAt(at * second + ahead, at * second);
  return clock;
}

test('measures ages from the fastest arrivals, whatever Discord’s clock says', () => {
  const clock = usedClock(10, discordIsAhead);
  expect(clock.createdAt(10_000 + discordIsAhead, 10_000)).toBe(10_000);
  expect(clock.createdAt(10_500 + discordIsAhead, 13_500)).toBe(10_500);
  expect(clock.createdAt(14_000 + discordIsAhead, 14_000)).toBe(14_000);
});

test('nothing counts as older than later arrivals allow, nor as newer than its arrival', () => {
  const clock = new CreationClock();
  expect(clock.createdAt(0, 2000)).toBe(2000);
  for (let at = 3000; at < 8000; at += second) expect(clock.createdAt(at, at + 100)).toBe(at + 100);
  expect(clock.createdAt(8000, 10_100)).toBe(8100);
  expect(clock.createdAt(12_000, 11_000)).toBe(11_000);
});

test.each([
  ['ahead', 3000],
  ['behind', -3000],
  ['in another era', 1e15],
])('a few ids that are dated %s don’t make others seem old or new', (_, off) => {
  const wrong = 4;
  for (const number of [0, 1, 30, 119]) {
    const clock = usedClock(number);
    const now = number * second;
    for (let each = 0; each < wrong; each += 1) clock.createdAt(now + off, now);
    for (let each = 0; each < 100; each += 1) expect(clock.createdAt(now, now)).toBe(now);
    if (number >= 30) expect(clock.createdAt(now, now + 2600)).toBe(now);
  }
});

test('a burst of wrong dates counts like a few', () => {
  const clock = usedClock(100);
  for (let each = 0; each < 1000; each += 1) clock.createdAt(103_000, 100_000);
  expect(clock.createdAt(100_500, 101_000)).toBe(100_500);
});

test('a burst of late arrivals doesn’t make them seem new', () => {
  const clock = usedClock(100);
  for (let each = 0; each < 1000; each += 1) expect(clock.createdAt(100_000, 102_600)).toBe(100_000);
});

test.each([-10_000, 10_000])('trusts a clock that was changed by %i ms after two minutes at the latest', change => {
  const clock = usedClock(120);
  for (let at = 120; at < 240; at += 1) clock.createdAt(at * second + change, at * second);
  expect(clock.createdAt(237_000 + change, 240_000)).toBe(237_000);
  expect(clock.createdAt(241_000 + change, 241_000)).toBe(241_000);
});

test('after an hour without interactions, the first one counts as new', () => {
  const clock = usedClock(100);
  expect(clock.createdAt(3_600_000 - 10_000, 3_600_000)).toBe(3_600_000);
});

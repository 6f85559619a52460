import { describe, expect, test } from 'vitest';
import { parseDays } from '../../src/news/days.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

const now = new Date('2024-03-01T01:30:00Z');

describe('days as users type them', () => {
  test.each([
    ['2022-03-14', '2022-03-14', '2022-03-14'],
    [' 2022-3-4 ', '2022-03-04', '2022-03-04'],
    ['2022-02', '2022-02-01', '2022-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2022-12', '2022-12-01', '2022-12-31'],
    ['2022', '2022-01-01', '2022-12-31'],
    ['14 March 2022', '2022-03-14', '2022-03-14'],
    ['3rd mar. 2022', '2022-03-03', '2022-03-03'],
    ['March 14, 2022', '2022-03-14', '2022-03-14'],
    ['Sept 2022', '2022-09-01', '2022-09-30'],
    ['2022年3月14日', '2022-03-14', '2022-03-14'],
    [' 2022 年 3 月 4 号 ', '2022-03-04', '2022-03-04'],
    ['2024年2月', '2024-02-01', '2024-02-29'],
    ['2022年', '2022-01-01', '2022-12-31'],
    ['今天', '2024-03-01', '2024-03-01'],
    ['昨日', '2024-02-29', '2024-02-29'],
    ['today', '2024-03-01', '2024-03-01'],
    ['Yesterday', '2024-02-29', '2024-02-29'],
  ])('%s', (typed, first, last) => {
    expect(parseDays(typed, now)).toEqual({ first, last });
  });

  test.each([
    '',
    '2022-13',
    '2022-02-29',
    '31 June 2022',
    '2022年13月',
    '2022年2月29日',
    '3月14日',
    '0000',
    '14/03/2022',
    '14 Brumaire 2022',
    '20220314',
    'May',
    '1st of nothing',
  ])('rejects: %s', typed => {
    expect(parseDays(typed, now)).toBeUndefined();
  });
});

test.each(LANGUAGES)('every day suggested in %s is one that is accepted', language => {
  const say = sayIn(language);
  expect(parseDays(say('day.today'), now)).toEqual(parseDays('2024-03-01', now));
  expect(parseDays(say('day.yesterday'), now)).toEqual(parseDays('2024-02-29', now));
});

test('accepted input always gives calendar days, and what was read is accepted again', () => {
  const part = fc.constantFrom(
    '1',
    '31',
    '02',
    '2022',
    '9999',
    '-',
    ' ',
    'mar',
    'December',
    '年',
    '月',
    '日',
    ',',
    'yesterday',
  );
  const typed = fc.oneof(
    fc.string({ unit: anyCodePoint }),
    fc.array(part).map(parts => parts.join('')),
  );
  fc.assert(
    fc.property(typed, words => {
      const days = parseDays(words, now);
      if (days === undefined) return;
      expect(days.first <= days.last).toBe(true);
      for (const day of [days.first, days.last]) expect(parseDays(day, now)).toEqual({ first: day, last: day });
    }),
    { numRuns: times(300, 10_000) },
  );
});

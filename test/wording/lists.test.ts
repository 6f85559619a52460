import { expect, test } from 'vitest';
import { listIn } from '../../src/wording/lists.ts';

test.each([
  ['en', 'or', ['a'], 'a'],
  ['en', 'or', ['a', 'b'], 'a or b'],
  ['en', 'and', ['a', 'b', 'c'], 'a, b and c'],
  ['zh-TW', 'or', ['甲', '乙', '丙'], '甲、乙或丙'],
  ['zh-CN', 'and', ['甲', '乙'], '甲和乙'],
  ['zh-CN', 'and', [], ''],
] as const)('%s %s %j', (language, kind, items, list) => {
  expect(listIn(language, kind, items)).toBe(list);
});

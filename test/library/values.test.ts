import { expect, test } from 'vitest';
import * as postgres from '../../src/library/store/postgres/values.ts';
import * as sqlite from '../../src/library/store/sqlite/values.ts';

const numbers = [0, 1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

test('numbers of up to 32 bits are unpacked as they were packed', () => {
  expect([...sqlite.unpackNumbers(sqlite.packNumbers(numbers))]).toEqual(numbers);
  expect([...postgres.unpackNumbers(postgres.packNumbers(numbers))]).toEqual(numbers);
});

import { expect, test } from 'vitest';
import { translator } from '../../../src/library/store/script.ts';

const { sqlOf, valuesOf } = translator({
  name: name => `<${name}>`,
  value: nth => `$${nth + 1}`,
  among: (column, value) => `${column} = ANY (${value})`,
  table: (value, alias, columns) => `rows(${value}) AS ${alias} (${columns})`,
  text: text => JSON.stringify(text),
});

test.each([
  ['SELECT id FROM {articles} WHERE {here}', 'SELECT id FROM <articles> WHERE <here>'],
  ['{id in ?1} AND number > ?2 LIMIT ?10', 'id = ANY ($2) AND number > $3 LIMIT $11'],
  [
    'FROM {?1 as more (asked text, said bigint)} WHERE {here}',
    'FROM rows($2) AS more (asked text, said bigint) WHERE <here>',
  ],
  ["SELECT '{}' WHERE a = ?1 OR b = ?1", "SELECT '{}' WHERE a = $2 OR b = $2"],
])('translates %s', (sql, translated) => {
  expect(sqlOf({ sql, values: [] })).toBe(translated);
  expect(sqlOf({ sql, values: [] }), 'from the cache').toBe(translated);
});

test('encodes only what is stored as JSON, in lists too', () => {
  const values = ['plain', 1, null, { json: 'a"\0' }, [2, { json: '\ud800' }, 'plain']];
  expect(valuesOf({ sql: '', values })).toEqual(['plain', 1, null, '"a\\"\\u0000"', [2, '"\\ud800"', 'plain']]);
});

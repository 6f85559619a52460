import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function versionsIn(part: 'dependencies' | 'devDependencies'): ReadonlyMap<string, string> {
  const described: unknown = JSON.parse(read('package.json'));
  const versions: unknown = Reflect.get(Object(described), part);
  return new Map(Object.entries(Object(versions)).map(([name, version]) => [name, String(version)]));
}

const all = new Map([...versionsIn('dependencies'), ...versionsIn('devDependencies')]);

test.each([...all.keys()])('%s is in docs/dependencies.md with its reason', name => {
  expect(read('docs/dependencies.md')).toMatch(new RegExp(`^\\| .*\`${name}\``, 'mv'));
});

test('each is pinned to one version', () => {
  for (const version of all.values()) expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/v);
});

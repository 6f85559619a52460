import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = `
  import { attribute } from '${join(import.meta.dirname, '../src/attribution/attribute.ts')}';
  import { toArticle, UNKNOWN_METADATA } from '${join(import.meta.dirname, '../src/news/article.ts')}';
  const { attributions } = await attribute(toArticle('a', UNKNOWN_METADATA, '“It rained,” Ann Lee said.'));
  console.log(attributions.length);`;

test('the runtime of networks reports nothing to its makers', () => {
  const home = mkdtempSync(join(tmpdir(), 'verbatim-home-'));
  try {
    // Without CI, which switches it off, too.
    const options = { env: { HOME: home, XDG_CACHE_HOME: home }, encoding: 'utf8' } as const;
    expect(execFileSync(process.execPath, ['--input-type=module', '--eval', program], options)).toBe('1\n');
    // It would leave an id and a queue of reports.
    expect(readdirSync(home)).toEqual([]);
  } finally {
    rmSync(home, { recursive: true });
  }
});

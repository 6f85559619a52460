import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadItems } from '../../src/terminal/article-sources.ts';

test('a page without an article is refused, in English', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-sources-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const page = join(folder, 'page.html');
  writeFileSync(page, '<p>Rain.</p>');
  const items = [];
  for await (const item of loadItems([page])) items.push(item);
  const reason = expect.stringContaining('no article');
  expect(items).toMatchObject([{ place: page, reading: { kind: 'refused', reason } }]);
});

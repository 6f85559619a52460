import { expect, onTestFinished, test } from 'vitest';
import { DocumentReader } from '../../src/reading/document-reader.ts';
import { message } from '../../src/wording/say.ts';
import { plainPage } from './pages.ts';

const program = new URL('./blocking-reader.ts', import.meta.url);

function startReader(...options: ConstructorParameters<typeof DocumentReader>): DocumentReader {
  const reader = new DocumentReader(...options);
  onTestFinished(() => reader.close());
  return reader;
}

function fileOf(name: string) {
  return { kind: 'file', name, contentType: undefined, bytes: Buffer.from('The ferry is back.') } as const;
}

test('reads files and pages in a process, as they would be read here', async () => {
  const reader = startReader();
  const page = { contentType: 'text/html', bytes: Buffer.from(plainPage()), address: 'https://news.test/a' };
  expect(await reader.read(fileOf('news.txt'), 'ann')).toMatchObject({ kind: 'article', text: 'The ferry is back.' });
  expect(await reader.read({ kind: 'page', ...page }, 'ann')).toMatchObject({
    kind: 'article',
    metadata: { url: 'https://news.test/a' },
  });
  expect(await reader.read(fileOf('news.pdf'), 'ann')).toEqual({
    kind: 'refused',
    reason: message('reading.kind-of-file'),
  });
});

test('fails if the process crashes, and goes on with another', async () => {
  const reader = startReader(5000, program);
  await expect(reader.read(fileOf('crash'), 'ann')).rejects.toThrow('The reading process ended with SIGKILL');
  expect(await reader.read(fileOf('news.txt'), 'ann')).toMatchObject({ kind: 'article' });
});

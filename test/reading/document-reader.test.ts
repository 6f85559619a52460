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

test('refuses what crashes the process, and goes on with another', async () => {
  const reader = startReader(5000, program);
  expect(await reader.read(fileOf('crash'), 'ann')).toEqual({ kind: 'refused', reason: message('reading.unwieldy') });
  expect(await reader.read(fileOf('news.txt'), 'ann')).toMatchObject({ kind: 'article' });
});

test('throws once it is closed, what is being read included', async () => {
  const reader = startReader(5000, program);
  const reading = expect(reader.read(fileOf('hang'), 'ann')).rejects.toThrow('Reading has stopped.');
  await reader.close();
  await reading;
  await expect(reader.read(fileOf('news.txt'), 'ann')).rejects.toThrow('Reading has stopped.');
});

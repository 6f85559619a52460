import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEnvFile } from '../src/env-file.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-env-'));
  path = join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('none', () => {
  expect(readEnvFile(folder)).toEqual({ kind: 'none', path });
});

test.each([
  ['as people write them', '# mine\n\nDISCORD_TOKEN=x\n  LOG_LEVEL = "info" # loud\nexport DATA_DIR=\n'],
  ['with the line ends of Windows and its mark of UTF-8', '\ufeffDISCORD_TOKEN=x\r\nLOG_LEVEL=info\r\nDATA_DIR=\r\n'],
])('lines %s', (_, text) => {
  writeFileSync(path, text);
  const values = { DISCORD_TOKEN: 'x', LOG_LEVEL: 'info', DATA_DIR: '' };
  expect(readEnvFile(folder)).toEqual({ kind: 'read', path, values });
});

test('the example that ships has no line that sets nothing', () => {
  writeFileSync(path, readFileSync(join(import.meta.dirname, '../.env.example')));
  expect(readEnvFile(folder).kind).toBe('read');
});

test.each([
  ['a name alone', 'LOG_LEVEL=info\n\nDISCORD_TOKEN\n', 3],
  ['a token alone', 'MTIzNDU2.GabcDE.secret\n', 1],
  ['words', 'LOG_LEVEL=info\nmy token is secret\n', 2],
])('a line that sets nothing is told by its number, and not repeated: %s', (_, text, number) => {
  writeFileSync(path, text);
  const problems = [`Line ${number} of .env sets nothing: it must be like NAME=value, or begin with #.`];
  expect(readEnvFile(folder)).toEqual({ kind: 'problems', path, problems });
});

test.each([
  ['UTF-16 with its mark', Buffer.from('\ufeffDISCORD_TOKEN=x\n', 'utf16le')],
  ['UTF-16 without', Buffer.from('DISCORD_TOKEN=x\n', 'utf16le')],
  ['an old encoding', Buffer.from('DATA_DIR=caf\u00e9\n', 'latin1')],
])('what is not UTF-8 is told: %s', (_, bytes) => {
  writeFileSync(path, bytes);
  expect(readEnvFile(folder)).toMatchObject({
    kind: 'problems',
    problems: [expect.stringContaining('not text in UTF-8')],
  });
});

test('a folder', () => {
  mkdirSync(path);
  expect(readEnvFile(folder)).toMatchObject({ problems: ['.env is a folder: it must be a file, or not there.'] });
});

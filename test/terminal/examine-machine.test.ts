import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Encoder } from '../../src/answering/networks/encoder.ts';
import { unloadable } from '../../src/cards/canvas.ts';
import { fontFilesFor } from '../../src/cards/typefaces.ts';
import { examineFonts, examineJudge, examineReader, findingOf } from '../../src/terminal/doctor/machine.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbatim-fonts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the shipped fonts load: Latin, Chinese, emoji', async () => {
  expect(await examineFonts()).toEqual({
    kind: 'good',
    about: 'fonts',
    sentence: 'Cards can be drawn: Latin, Chinese, emoji.',
  });
});

test('a letter that no font has', async () => {
  const finding = await examineFonts('a\u0905');
  expect(finding).toMatchObject({ kind: 'bad', sentence: expect.stringContaining('for \u0905') });
});

test.each(['cut off', 'missing', 'its italics missing'])('a broken file: %s', kind => {
  const [whole] = fontFilesFor(['a']);
  if (whole === undefined) throw new Error('There is a typeface');
  const path = join(folder, 'serif.woff2');
  if (kind === 'cut off') writeFileSync(path, readFileSync(whole.path).subarray(0, 2000));
  const broken = kind === 'its italics missing' ? { ...whole, italicPath: path } : { ...whole, path };
  expect(unloadable([whole])).toEqual([]);
  expect(unloadable([whole, broken])).toEqual([broken]);
  const finding = findingOf([], [{ ...broken, path }]);
  expect(finding.kind).toBe('bad');
  expect(finding.sentence).toMatch(/^Fonts can't be loaded \(serif\.woff2\)\. Run npm ci/v);
});

test('without a runtime for the network that reads articles: says where there is one', async () => {
  const finding = await examineReader(() =>
    Promise.reject(new Error('Cannot find module ../bin/binding.node\n  at …')),
  );
  expect(finding.kind).toBe('bad');
  expect(finding.sentence).toMatch(
    /can't be loaded \(Cannot find module \.\.\/bin\/binding\.node\)\. .* Apple silicon\.$/v,
  );
});

test('without the weights of that network: says how to restore them', async () => {
  const finding = await examineReader(() => Promise.reject(new Error("File doesn't exist: src/reader.onnx")));
  expect(finding.kind).toBe('bad');
  expect(finding.sentence).toMatch(/src\/reader\.onnx\)\. If a file .* is missing, restore it \(git checkout src\)/v);
});

test('without the networks for questions: says how to restore them, and what /ask does until then', async () => {
  const program = join(folder, 'encode.mjs');
  writeFileSync(program, "throw new Error('judge.onnx does not exist');");
  const { kind, sentence } = await examineJudge(new Encoder(1, pathToFileURL(program)));
  expect(kind).toBe('bad');
  expect(sentence).toMatch(/restore it \(git checkout src\)\. .* \/ask only searches for words\.$/v);
  expect(await examineJudge()).toMatchObject({ kind: 'good', about: 'judge' });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../end-to-end/start-verbatim.ts';
import { takePictures } from './pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'verbatim-pictures-'));
let files: readonly string[] = [];
// One bot after the other, and a browser: a busy machine takes minutes.
beforeAll(async () => {
  files = await takePictures(folder);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

const pictures = () => files.filter(file => file.endsWith('.png'));

/** Returns width and height from the header of a PNG. */
function sizeOf(file: string): readonly [number, number] {
  const bytes = readFileSync(file);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('takes the pictures from the real playground, at twice the size of the page', () => {
  const widths = pictures().map(file => `${basename(file)} ${sizeOf(file)[0]}`);
  expect(widths).toEqual([
    'quote.png 1600',
    'who-said.png 1600',
    'summary.png 1600',
    'completion.png 1600',
    'card.png 1600',
    'check.png 1600',
    'speakers.png 1600',
    'chinese.png 1600',
    'mention.png 1600',
    'digest.png 1600',
    'phone.png 780',
    'light.png 1600',
  ]);
  for (const file of pictures()) expect(sizeOf(file)[1]).toBeGreaterThan(600);
});

test('the tour is an animation of many frames under 2 MB', () => {
  const bytes = readFileSync(files.find(file => file.endsWith('tour.gif')) ?? '');
  expect(bytes.subarray(0, 6).toString('latin1')).toBe('GIF89a');
  expect(bytes.toString('latin1').split('\x21\xf9\x04').length).toBeGreaterThan(20);
  expect(bytes.length).toBeLessThan(2_000_000);
});

test('takes every picture that the README shows', () => {
  const shown = [
    ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/docs\/images\/(?<name>[a-z\-]+\.(?:png|gif))/gv),
  ];
  const names = files.map(file => basename(file));
  expect(shown.length).toBeGreaterThan(0);
  for (const { groups } of shown) expect(names).toContain(groups?.name);
  expect(readdirSync(join(root, 'docs/images')).sort()).toEqual(names.toSorted());
});

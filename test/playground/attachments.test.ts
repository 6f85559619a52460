import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { sizeOfPicture } from '../../playground/world/attachments.ts';

test('reads width and height of a PNG', () => {
  expect(sizeOfPicture(createCanvas(1200, 630).toBuffer('image/png'))).toEqual({ width: 1200, height: 630 });
});

test.each([
  ['another picture', createCanvas(3, 2).toBuffer('image/jpeg')],
  ['text', Buffer.from('PNG')],
  ['the beginning of a PNG', createCanvas(3, 2).toBuffer('image/png').subarray(0, 20)],
])('reads nothing from %s', (_, bytes) => {
  expect(sizeOfPicture(bytes)).toEqual({});
});

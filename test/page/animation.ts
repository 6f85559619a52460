import { createCanvas, GifEncoder, loadImage } from '@napi-rs/canvas';

export interface Frame {
  readonly png: Buffer;
  /** How long it is shown. */
  readonly milliseconds: number;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

async function decode(png: Buffer): Promise<Pixels> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}

/** The changed part of a frame. */
interface Change extends Pixels {
  readonly left: number;
  readonly top: number;
}

/** Returns the smallest rectangle with all pixels that differ; one pixel if none do. */
function changeBetween(before: Pixels, after: Pixels): Change {
  let [left, right, top, bottom] = [after.width, 0, after.height, 0];
  for (let y = 0; y < after.height; y += 1) {
    // Most rows are the same, and comparing bytes is fast.
    if (Buffer.compare(bytesOf(before, y), bytesOf(after, y)) === 0) continue;
    const old = pixelsOf(before, y);
    const differs = (pixel: number, x: number) => pixel !== old[x];
    const fresh = pixelsOf(after, y);
    [left, right] = [Math.min(left, fresh.findIndex(differs)), Math.max(right, fresh.findLastIndex(differs))];
    [top, bottom] = [Math.min(top, y), y];
  }
  return right < left ? cut(after, 0, 0, 1, 1) : cut(after, left, top, right - left + 1, bottom - top + 1);
}

function bytesOf({ width, data }: Pixels, row: number): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset + row * width * 4, width * 4);
}

function pixelsOf({ width, data }: Pixels, row: number): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset + row * width * 4, width);
}

function cut({ width: all, data }: Pixels, left: number, top: number, width: number, height: number): Change {
  const part = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const start = ((top + row) * all + left) * 4;
    part.set(data.subarray(start, start + width * 4), row * width * 4);
  }
  return { left, top, width, height, data: part };
}

/** Returns an animated GIF that starts again at its end. All frames must have one size. Each stores only what it changes. */
export async function animate(frames: readonly Frame[]): Promise<Buffer> {
  const pictures = await Promise.all(frames.map(({ png }) => decode(png)));
  const [first] = pictures;
  if (first === undefined) throw new RangeError('An animation needs a frame');
  const encoder = new GifEncoder(first.width, first.height, { quality: 5 });
  for (const [at, picture] of pictures.entries()) {
    const before = pictures[at - 1];
    const whole = cut(picture, 0, 0, picture.width, picture.height);
    const { left, top, width, height, data } = before === undefined ? whole : changeBetween(before, picture);
    const delay = frames[at]?.milliseconds ?? 0;
    encoder.addFrame(new Uint8Array(data.buffer), width, height, { delay, left, top });
  }
  return encoder.finish();
}

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
  const { width, data } = after;
  const [old, fresh] = [before.data, data].map(each => new Uint32Array(each.buffer, each.byteOffset, each.length / 4));
  let [left, right, top, bottom] = [width, 0, after.height, 0];
  for (const [at, pixel] of (fresh ?? []).entries()) {
    if (pixel === old?.[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  return right < left ? cut(after, 0, 0, 1, 1) : cut(after, left, top, right - left + 1, bottom - top + 1);
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

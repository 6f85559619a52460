import { GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Palette } from './card.ts';
import type { Box, Font, Measure, TextRun } from './lay-out.ts';
import { type FontFile, fontFilesFor } from './typefaces.ts';

const registered = new Set<FontFile>();

function register(files: readonly FontFile[]): void {
  for (const file of files.filter(each => !registered.has(each))) {
    GlobalFonts.registerFromPath(file.path, file.family);
    if (file.italicPath !== undefined) GlobalFonts.registerFromPath(file.italicPath, file.family);
    registered.add(file);
  }
}

/** Returns the files that the canvas can't load. It would silently use another font instead. */
export function unloadable(files: readonly FontFile[]): readonly FontFile[] {
  return files.filter(({ family, path, italicPath }) =>
    [path, italicPath].some(
      each => each !== undefined && GlobalFonts.registerFromPath(each, `Looked at: ${family}`) === null,
    ),
  );
}

/** Registers the fonts that the texts need and returns them as a CSS font family. */
export function familiesFor(texts: readonly string[]): string {
  const files = fontFilesFor(texts);
  register(files);
  return files.map(({ family }) => `"${family}"`).join(', ');
}

export function cssOf({ size, weight, isItalic }: Font, families: string): string {
  return `${isItalic ? 'italic ' : ''}${weight} ${size}px ${families}`;
}

export function measureWith(context: SKRSContext2D, families: string): Measure {
  return (text, font) => {
    context.font = cssOf(font, families);
    return context.measureText(text).width;
  };
}

export function drawRuns(context: SKRSContext2D, runs: readonly TextRun[], palette: Palette, families: string): void {
  for (const { text, left, baseline, font, colour } of runs) {
    context.font = cssOf(font, families);
    context.fillStyle = palette[colour];
    context.fillText(text, left, baseline);
  }
}

/** Runs `draw`, clipped to the box. */
export function clipTo(context: SKRSContext2D, { left, top, width, height }: Box, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  draw();
  context.restore();
}

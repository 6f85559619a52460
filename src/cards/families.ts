import { GlobalFonts } from '@napi-rs/canvas';
import type { Font } from './layout.ts';
import { type FontFile, fontFilesFor } from './typefaces.ts';

const registered = new Set<FontFile>();

function register(files: readonly FontFile[]): void {
  for (const file of files.filter(each => !registered.has(each))) {
    GlobalFonts.registerFromPath(file.path, file.family);
    if (file.italicPath !== undefined) GlobalFonts.registerFromPath(file.italicPath, file.family);
    registered.add(file);
  }
}

/** Those of the files that the canvas cannot load: it draws on without them, with whatever other letters it finds. */
export function unloadable(files: readonly FontFile[]): readonly FontFile[] {
  return files.filter(({ family, path, italicPath }) =>
    [path, italicPath].some(
      each => each !== undefined && GlobalFonts.registerFromPath(each, `Looked at: ${family}`) === null,
    ),
  );
}

/** Registers what the texts' letters need, and names it as the canvas wants it. */
export function familiesFor(texts: readonly string[]): string {
  const files = fontFilesFor(texts);
  register(files);
  return files.map(({ family }) => `"${family}"`).join(', ');
}

export function cssOf({ size, weight, isItalic }: Font, families: string): string {
  return `${isItalic ? 'italic ' : ''}${weight} ${size}px ${families}`;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMainlyHan } from '../news/chinese.ts';

/** A file with part of a typeface: all of Chinese is too large to load for each card. */
export interface FontFile {
  /** Name for the canvas, unique per file so that each can be selected. */
  readonly family: string;
  readonly path: string;
  readonly italicPath: string | undefined;
  readonly ranges: readonly (readonly [number, number])[];
  /** Scripts that the typeface really has; its style sheet claims more. */
  readonly scripts: RegExp;
}

const require = createRequire(import.meta.url);
const FONT_FACE = /url\(\.\/files\/(?<file>[^\)]+)\)[^\}]*unicode-range: (?<ranges>[^;]+);/gv;
/** Drawn as nothing in any typeface: spaces, joiners, variation selectors, flag tags. */
const INVISIBLE = /[\s\p{Cf}\p{Variation_Selector}]/v;

function readRanges(written: string): (readonly [number, number])[] {
  return written.split(',').map(range => {
    const [first = '', last = first] = range.trim().slice(2).split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}

/** Returns the files of a typeface, from the style sheet of the package with this manifest. */
function filesOf(manifest: string, hasItalic: boolean, scripts: RegExp): FontFile[] {
  const folder = dirname(manifest);
  return [...readFileSync(join(folder, 'index.css'), 'utf8').matchAll(FONT_FACE)].map(({ groups }) => {
    const path = join(folder, 'files', groups?.file ?? '');
    return {
      family: `Card ${groups?.file?.replace('.woff2', '')}`,
      path,
      italicPath: hasItalic ? path.replace('normal.woff2', 'italic.woff2') : undefined,
      ranges: readRanges(groups?.ranges ?? ''),
      scripts,
    };
  });
}

/** Source Serif; Noto Serif for Chinese, designed to match it; emoji in outline. All under the OFL 1.1. */
const LATIN = filesOf(
  require.resolve('@fontsource-variable/source-serif-4/package.json'),
  true,
  /[[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Zyyy}\p{sc=Zinh}]--[\p{Emoji_Presentation}\u02ea-\u02ff\u0526-\u052f\u1c80-\u1dbf\ua640-\ua7ff]]/v,
);
const CHINESE = filesOf(
  require.resolve('@fontsource-variable/noto-serif-sc/package.json'),
  false,
  /[[\p{sc=Hani}\p{sc=Bopo}\p{sc=Hira}\p{sc=Kana}\p{sc=Latn}\p{sc=Zyyy}\p{sc=Zinh}]--[\p{Extended_Pictographic}\u02ea-\u02ff\u1c80-\u1dbf\ua640-\ua7ff\uf900-\ufaff]]/v,
);
const EMOJI = filesOf(require.resolve('@fontsource-variable/noto-emoji/package.json'), false, /\p{Emoji}/v);

function has({ ranges, scripts }: FontFile, letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return scripts.test(letter) && ranges.some(([first, last]) => code >= first && code <= last);
}

function lettersOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.join(''))].filter(letter => !INVISIBLE.test(letter));
}

/** Returns the files that have the letters of the texts, in the order in which the canvas should search them. */
export function fontFilesFor(texts: readonly string[]): readonly FontFile[] {
  const order = isMainlyHan(texts.join(' ')) ? [...CHINESE, ...LATIN, ...EMOJI] : [...LATIN, ...CHINESE, ...EMOJI];
  const wanted = new Set<FontFile>();
  for (const letter of lettersOf(texts)) {
    const file = order.find(each => has(each, letter));
    if (file !== undefined) wanted.add(file);
  }
  return order.filter(file => wanted.has(file));
}

/** Returns the letters that no font here has, which would be drawn as boxes. */
export function lettersWithoutFont(texts: readonly string[]): readonly string[] {
  const all = [...LATIN, ...CHINESE, ...EMOJI];
  return lettersOf(texts).filter(letter => !all.some(file => has(file, letter)));
}

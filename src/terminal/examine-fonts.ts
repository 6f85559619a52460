import { basename } from 'node:path';
import type { FontFile } from '../cards/typefaces.ts';
import type { Finding } from './finding.ts';

const about = 'fonts';
/** A letter of each kind that cards are drawn with. */
const letters = { Latin: 'é', Chinese: '新', emoji: '\u{1f600}' };
const advice = 'run npm ci, which brings them; until then cards are drawn wrong or not at all.';

/** Whether the drawer of cards can load what it draws with: its canvas, and the typefaces that ship. */
export async function examineFonts(text = Object.values(letters).join('')): Promise<Finding> {
  try {
    // Where the canvas is not made for this machine, or a typeface is missing, this fails, and nothing else here must.
    const [{ unloadable }, typefaces] = await Promise.all([
      import('../cards/families.ts'),
      import('../cards/typefaces.ts'),
    ]);
    return findingOf(typefaces.lettersWithoutFont([text]), unloadable(typefaces.fontFilesFor([text])));
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { kind: 'bad', about, sentence: `The drawer of cards cannot be loaded (${first}): ${advice}` };
  }
}

/** What is to be told of letters that no typeface has, and of files that cannot be loaded. */
export function findingOf(missing: readonly string[], broken: readonly FontFile[]): Finding {
  const kinds = Object.keys(letters).join(', ');
  if (missing.length === 0 && broken.length === 0) {
    return { kind: 'good', about, sentence: `Cards can be drawn: ${kinds}.` };
  }
  const named = [...missing.map(letter => `of ${letter}`), ...broken.map(({ path }) => basename(path))].join(', ');
  return { kind: 'bad', about, sentence: `Typefaces cannot be loaded (${named}): ${advice}` };
}

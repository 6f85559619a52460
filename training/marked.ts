import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quote } from '../bench/agreement.ts';

/** An article with its reports. */
export interface MarkedArticle {
  readonly id: string;
  readonly text: string;
  readonly quotes: readonly (Quote & {
    readonly cue?: readonly (readonly [number, number])[] | null;
    /** Whose words these are. */
    readonly who?: string;
  })[];
}

interface Line {
  readonly id: string;
  readonly text?: string;
  readonly library?: string;
  /** `who` may be where the text says so. */
  readonly quotes: readonly (MarkedArticle['quotes'][number] | (Quote & { readonly who: readonly [number, number] }))[];
}

const linesOf = (file: string) => readFileSync(file, 'utf8').trim().split('\n');

/**
 * Reads articles, a line each. The text of a line without one is in `library-NAME.jsonl` of the folder of libraries, where
 * NAME is its `library`.
 */
export function readMarked(file: string, libraries: string): readonly MarkedArticle[] {
  const texts = new Map<string, ReadonlyMap<string, string>>();
  const readTexts = (name: string): ReadonlyMap<string, string> => {
    const articles: readonly { id: string; text: string }[] = linesOf(join(libraries, `library-${name}.jsonl`)).map(
      line => JSON.parse(line),
    );
    return new Map(articles.map(({ id, text }) => [id, text]));
  };
  return linesOf(file).map(line => {
    const { id, library = '', quotes, ...rest }: Line = JSON.parse(line);
    const ofLibrary = rest.text === undefined ? (texts.get(library) ?? readTexts(library)) : undefined;
    if (ofLibrary !== undefined) texts.set(library, ofLibrary);
    const text = rest.text ?? ofLibrary?.get(id);
    if (text === undefined) throw new Error(`There is no ${id} in library-${library}.jsonl.`);
    const named = quotes.map(({ who, ...quote }) =>
      who === undefined ? quote : { ...quote, who: typeof who === 'string' ? who : text.slice(...who) },
    );
    return { id, text, quotes: named };
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { type MarkedAttribution, readMarked } from './read-marked.ts';

type Range = readonly [number, number];

/** An attribution in the form that `npm run score` reads. */
export interface GoldQuote {
  readonly content: readonly Range[];
  readonly cue: readonly Range[] | null;
  /** The source mention. */
  readonly speaker: readonly Range[] | null;
  /** The speaker's name, or null if the article doesn't say. */
  readonly speaker_name: string | null;
  readonly type: 'direct' | 'indirect' | 'mixed';
  readonly certainty: MarkedAttribution['certainty'];
}

/** An article whose attributions were marked by a human reader. */
export interface GoldArticle {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly quotes: readonly GoldQuote[];
}

const folder = new URL('articles/', import.meta.url);
/** `kind: …` and `notes: …`, then an empty line, then the article. */
const FILE = /^kind: (?<kind>[^\n]+)\nnotes: [^\n]+\n\n(?<marked>[\s\S]+)$/v;

/** Returns all of test/gold/articles. Throws if a file isn't marked as test/gold/README.md requires. */
export function goldArticles(): readonly GoldArticle[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.txt'));
  return names.sort().map(name => goldArticle(name, readFileSync(new URL(name, folder), 'utf8')));
}

function goldArticle(name: string, file: string): GoldArticle {
  const { kind, marked } = FILE.exec(file)?.groups ?? {};
  if (kind === undefined || marked === undefined) throw new Error(`${name}: "kind:" and "notes:" were expected first`);
  const { text, attributions } = readMarked(marked.trimEnd());
  const quotes = attributions.map((each, index) => goldQuote(text, each, `${name}, attribution ${index + 1}`));
  return { id: name.replace(/\.txt$/v, ''), kind, text, quotes };
}

function goldQuote(text: string, attribution: MarkedAttribution, place: string): GoldQuote {
  const { content, cue, source, certainty, type } = attribution;
  if (content.length === 0) throw new Error(`${place}: a content was expected`);
  if (type === undefined) throw new Error(`${place}: the content’s type was expected`);
  const words = source === undefined ? null : text.slice(source.start, source.end);
  return {
    content: content.map(({ start, end }): Range => [start, end]),
    cue: cue.length === 0 ? null : cue.map(({ start, end }): Range => [start, end]),
    speaker: source === undefined ? null : [[source.start, source.end]],
    speaker_name: attribution.speaker ?? (certainty === 'stated' ? words : null),
    type,
    certainty,
  };
}

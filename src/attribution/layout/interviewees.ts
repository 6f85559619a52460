import type { Article } from '../../news/article.ts';
import type { Span } from '../../news/span.ts';

const NAME = /\p{Lu}[\p{L}\p{M}.'’\-]+(?: (?:(?:de|der|van|von|den|da|del|al|bin) )*\p{Lu}[\p{L}\p{M}'’\-]*){1,4}/v;
const NAMES = new RegExp(NAME.source, 'gv');
const FIRST_NAME = new RegExp(
  `^${NAME.source}(?=,? \\p{Ll}| \\()(?!,? (?:met|meets|spoke|speaks|talked|talks|sat|interviewed|asks|asked)\\b)`,
  'v',
);
/** How much of an introduction is searched, in UTF-16 units. */
const LONGEST_INTRODUCTION = 4000;

/** The person with whom an interview’s introduction begins: "Ann Lee has built bridges for years. We met in Ostby." */
export function findInterviewee({ text, paragraphs }: Article, before: number): Span | undefined {
  for (const { start, end } of paragraphs.slice(1, Math.min(before - 1, 5))) {
    const name = FIRST_NAME.exec(text.slice(start, Math.min(end, start + 120)))?.[0];
    if (name !== undefined) return { start, end: start + name.length };
  }
  return undefined;
}

/** Returns the only names before a position by their initials: "LBO" for Lena Brandt-Olsen. */
export function findInitials(text: string, before: number): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  const several = new Set<string>();
  for (const { 0: name, index } of text.slice(0, Math.min(before, LONGEST_INTRODUCTION)).matchAll(NAMES)) {
    for (const initials of [initialsOf(name, /[ \-]/v), initialsOf(name, / /v)]) {
      const known = found.get(initials);
      if (known !== undefined && text.slice(known.start, known.end) !== name) several.add(initials);
      found.set(initials, { start: index, end: index + name.length });
    }
  }
  for (const initials of several) found.delete(initials);
  return found;
}

function initialsOf(name: string, separator: RegExp): string {
  return name
    .split(separator)
    .map(word => /^\p{Lu}/v.exec(word)?.[0] ?? '')
    .join('');
}

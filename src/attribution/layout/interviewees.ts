import type { Article } from '../../news/article.ts';
import type { Span } from '../../news/span.ts';

const WORD = "\\p{Lu}(?:\\.|[\\p{L}\\p{M}'’\\-]+)";
const NAME = `${WORD}(?: (?:(?:de|der|van|von|den|da|del|al|bin) )*${WORD}){1,4}`;
const NAMES = new RegExp(NAME, 'gv');
/** "Ann Lee has built", "The builder Ann Lee, 52, has built", but not "Ann Lee met". */
const FIRST_NAME = new RegExp(
  `^(?:(?:The|An?) (?:\\p{Ll}[\\p{L}\\-]+ ){1,4})?(?<name>${NAME})(?=,? \\p{Ll}|,? \\d| \\()(?!,? (?:met|meets|spoke|speaks|talked|talks|sat|interviewed|asks|asked)\\b)`,
  'v',
);
/** How much of an introduction is searched, in UTF-16 units. */
const LONGEST_INTRODUCTION = 4000;

/** The person with whom an interview’s introduction begins: "Ann Lee has built bridges for years. We met in Ostby." */
export function findInterviewee({ text, paragraphs }: Article, before: number): Span | undefined {
  for (const { start, end } of paragraphs.slice(1, Math.min(before - 1, 5))) {
    const found = FIRST_NAME.exec(text.slice(start, Math.min(end, start + 120)));
    const to = start + (found?.[0].length ?? 0);
    if (found !== null) return { start: to - (found.groups?.name ?? '').length, end: to };
  }
  return undefined;
}

/** Returns the only names before a position by their initials: "LBO" for Lena Brandt-Olsen. */
export function findInitials(text: string, before: number): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  const several = new Set<string>();
  for (const { 0: full, index } of text.slice(0, Math.min(before, LONGEST_INTRODUCTION)).matchAll(NAMES)) {
    const end = index + full.length;
    // "Yesterday Ann Lee"
    for (let name = full; name.includes(' '); name = name.slice(name.indexOf(' ') + 1)) {
      for (const initials of new Set([initialsOf(name, /[ \-]/v), initialsOf(name, / /v)])) {
        const known = found.get(initials);
        if (known !== undefined && text.slice(known.start, known.end) !== name) several.add(initials);
        found.set(initials, { start: end - name.length, end });
      }
    }
  }
  for (const initials of several) found.delete(initials);
  return found;
}

function initialsOf(name: string, separator: RegExp): string {
  const words = name.split(separator).filter(word => /^\p{Lu}/v.test(word));
  return words.map(([first = '']) => first).join('');
}

import { foldSign } from '../words/words.ts';
import { OPENINGS } from './lexicon/asking.ts';

/** Ways to say something, by what it means, in simplified characters. Those with groups need the flag `d`. */
type Forms = Readonly<Record<string, readonly RegExp[]>>;

/** Returns the first kind of which a text has a form, and the groups that matched, as `cut` out of what was typed. */
export function findForm<Kinds extends Forms>(
  forms: Kinds,
  typed: string,
  cut = (start: number, end: number) => typed.slice(start, end),
) {
  const simple = toSimplified(typed);
  for (const kind in forms) {
    for (const form of forms[kind] ?? []) {
      const found = form.exec(simple);
      if (found === null) continue;
      const places = Object.entries(found.indices?.groups ?? {}).filter(([, place]) => place !== undefined);
      const groups: Readonly<Record<string, string>> = Object.fromEntries(
        places.map(([name, place]) => [name, cut(...place)]),
      );
      return { kind, groups };
    }
  }
  return undefined;
}

/** Returns patterns of a whole text, from forms in which words in capitals stand for parts. Spaces in forms are dropped. */
export function spellOut(parts: Readonly<Record<string, string>>, ...forms: readonly string[]): readonly RegExp[] {
  const spelt = (form: string): string => form.replaceAll(/ |[A-Z]+/gv, word => spelt(parts[word] ?? ''));
  return forms.map(form => new RegExp(`^${spelt(form)}$`, 'dv'));
}

/** Returns a text in simplified characters, as long as it is. */
export function toSimplified(text: string): string {
  return text.replaceAll(/\p{sc=Han}/gv, sign => {
    const folded = foldSign(sign);
    return folded.length === sign.length ? folded : sign;
  });
}

/** Returns a text with single spaces, and without the marks that end it. */
export function withoutEnd(text: string): string {
  return text.replaceAll(/\s+/gv, ' ').replaceAll(/^\s|(?<![\s?!.…？！。])[\s?!.…？！。]+$/gv, '');
}

const OPENING = new RegExp(`^(?:${OPENINGS.map(({ source }) => source).join('|')})*`, 'iv');

/** Leaves out what people say before they ask: "hey, can you tell me". */
export function withoutOpening(text: string): string {
  return text.slice(OPENING.exec(toSimplified(text))?.[0].length);
}

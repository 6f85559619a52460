import { foldSign } from '../words/words.ts';
import { OPENINGS } from './lexicon/asking.ts';

/** A way to say something. It is in simplified characters; what its groups find needs the flag `d`. */
export type Form<Kind> = readonly [Kind, RegExp];

/** Returns the kind of the first form that a text has, and its groups as typed. */
export function findForm<Kind>(forms: readonly Form<Kind>[], typed: string) {
  const simple = simplified(typed);
  for (const [kind, form] of forms) {
    const found = form.exec(simple);
    if (found === null) continue;
    const places = Object.entries(found.indices?.groups ?? {});
    const groups: Readonly<Record<string, string | undefined>> = Object.fromEntries(
      places.map(([name, place]) => [name, place && typed.slice(...place)]),
    );
    return { kind, groups };
  }
  return undefined;
}

/** Returns a text in simplified characters, as long as it is. */
export function simplified(text: string): string {
  return text.replaceAll(/\p{sc=Han}/gv, sign => {
    const folded = foldSign(sign);
    return folded.length === sign.length ? folded : sign;
  });
}

/** Returns a text with single spaces, and without the marks that end it. */
export function withoutEnd(text: string): string {
  return text.replaceAll(/\s+/gv, ' ').replaceAll(/^\s|[\s?!.…？！。]+$/gv, '');
}

/** Leaves out what people say before they ask: "hey, can you tell me". */
export function withoutOpening(text: string): string {
  let left = text;
  for (let before = ''; before !== left; ) {
    before = left;
    for (const opening of OPENINGS) left = left.slice(opening.exec(simplified(left))?.[0].length ?? 0);
  }
  return left;
}

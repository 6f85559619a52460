import { accents } from './reply.ts';

const hexadecimal = /^#?(?<digits>[0-9a-f]{6}|[0-9a-f]{3})$/iv;

/** So far apart in red, green and blue together, two colours at an answer's edge are told apart at a glance. */
const leastDistance = 80;

/** `#5865F2`, `5865f2` and `#58f` as 0xrrggbb. */
export function readColour(typed: string): number | undefined {
  const digits = hexadecimal.exec(typed.trim())?.groups?.digits;
  if (digits === undefined) return undefined;
  return Number.parseInt(digits.length === 3 ? [...digits].map(digit => digit + digit).join('') : digits, 16);
}

export function writeColour(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0').toUpperCase()}`;
}

/** Whether a colour could be taken for one that warns of a speaker who was inferred, or is left open. */
export function looksLikeWarning(colour: number): boolean {
  return [accents.likely, accents.unclear].some(warning => distance(colour, warning) < leastDistance);
}

function distance(one: number, other: number): number {
  const apart = [16, 8, 0].map(shift => ((one >> shift) & 0xff) - ((other >> shift) & 0xff));
  return Math.hypot(...apart);
}

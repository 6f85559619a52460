/**
 * linkedom makes a node of its own of every entity, so a page of a million `&lt;` would be a million nodes, each time
 * that Readability writes the page out and reads it again. While it is at work, four characters that are no characters
 * of any text stand for those that HTML escapes.
 */
const MASKS: ReadonlyMap<string, string> = new Map([
  ['&', '\uFDD0'],
  ['<', '\uFDD1'],
  ['>', '\uFDD2'],
  ['\xA0', '\uFDD3'],
]);
const MASKED: ReadonlyMap<string, string> = new Map([...MASKS].map(([character, mask]) => [mask, character]));

const ESCAPED = /[&<>\xA0\uFDD0-\uFDD3]/gv;
const MASK = /[\uFDD0-\uFDD3]/gv;

/** Text that needs no escaping in HTML. */
export function mask(text: string): string {
  return text.trim() === ''
    ? ' '.repeat(Math.min(text.length, 1))
    : text.replace(ESCAPED, found => MASKS.get(found) ?? '');
}

/** The text that was masked. */
export function unmask(text: string): string {
  return text.replace(MASK, found => MASKED.get(found) ?? '');
}

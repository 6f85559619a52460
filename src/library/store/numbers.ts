/** Units and speakers are numbered by article, so that those of an article form a range. */
const ROOM = 2 ** 20;

/** The number of an article's unit or speaker. */
export function numberIn(article: number, place: number): number {
  return article * ROOM + place;
}

export function articleOf(number: number): number {
  return Math.floor(number / ROOM);
}

export function placeOf(number: number): number {
  return number % ROOM;
}

/** Returns the range of numbers of an article's units or speakers, both inclusive. */
export function rangeOf(article: number): readonly [first: number, last: number] {
  return [numberIn(article, 0), numberIn(article, ROOM - 1)];
}

/** The most units and speakers that are indexed of one article. News of 2 MB has 10,000 units. */
export const MAX_PER_ARTICLE = 2 ** 16;

/** True if a number from outside can be valid. */
export function isValidNumber(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}

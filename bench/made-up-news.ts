/** Returns a seeded generator of numbers from 0 to 1 (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface MadeUpArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const onsets = 'b br c ch d dr f g gr h j k l m n p pl r s st t tr v w'.split(' ');
const vowels = 'a e i o u ea ou ai'.split(' ');
const codas = 'n r s t l nd st rm ck m d'.split(' ');
const common = 'the of and to a in that for on with as it by from at will have be not more this their has was'.split(
  ' ',
);
const surnames = 'Abara Brandt Cheng Dufour Eriksen Falk Garza Hale Ito Jansen Kovac Lindqvist Moreau Nakata'.split(
  ' ',
);
const firstNames = 'Anna Boris Clara David Elena Frank Grace Henry Iris Jonas'.split(' ');
const roles = ['Minister', 'Senator', 'Professor', 'Police Chief', 'spokeswoman'];
const cues = ['said', 'added', 'told reporters', 'warned', 'argued'];

const vocabularySize = 8_000;
const paragraphsEach = 12;

export function makeNews(count: number, seed = 1): MadeUpArticle[] {
  const random = randomFrom(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const syllable = () => pick(onsets) + pick(vowels) + pick(codas);
  const vocabulary = Array.from({ length: vocabularySize }, () => syllable() + (random() < 0.6 ? syllable() : ''));
  // Zipf's law: a word's frequency is 1/rank, so the rank is exponential in a uniform draw.
  const rareWord = () => vocabulary[Math.floor(vocabularySize ** random()) - 1] ?? 'word';
  const words = (length: number) =>
    Array.from({ length }, () => (random() < 0.45 ? pick(common) : rareWord())).join(' ');
  const sentence = () => {
    const text = words(8 + Math.floor(random() * 16));
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const person = () => `${pick(roles)} ${pick(firstNames)} ${pick(surnames)}`;
  const paragraph = () => {
    if (random() < 0.4) return `“${sentence()},” ${person()} ${pick(cues)}. “${sentence()}.”`;
    if (random() < 0.3) return `${person()} ${pick(['said', 'argued'])} that ${words(14)}.`;
    return `${sentence()}. ${sentence()}.`;
  };
  return Array.from({ length: count }, (_, at) => ({
    id: `made-up-${at}`,
    title: sentence(),
    text: Array.from({ length: paragraphsEach }, paragraph).join('\n'),
  }));
}

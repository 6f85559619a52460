import type { Card } from '../../src/cards/card.ts';

/** Returns a card with some of its properties changed. */
export function cardOf(text: string, changes: Partial<Card> = {}): Card {
  return {
    isQuotation: true,
    parts: [{ text, afterOmission: false }],
    speaker: 'Ann Lee',
    role: 'mayor of Springfield',
    notes: [],
    source: ['Example Wire', '14 March 2022', '¶4'],
    link: 'example.com/rain',
    shape: 'wide',
    theme: 'paper',
    ...changes,
  };
}

const english = `We will rebuild the bridge, and the school beside it. Nobody asked us whether “now” is the time – it is! (It was
yesterday, too.) The water took 1,200 homes in Springfield’s old quarter; those who lived there want to come back. `;
const chinese =
  '我們希望雙方保持溝通，「對話」永遠比對抗好——這是人民的共識。他说：“不必着急，慢慢来。”（2022年3月14日）';

/** Endlessly long texts of several kinds, to be cut to length. */
export const texts: Readonly<Record<string, string>> = {
  english: english.repeat(9),
  chinese: chinese.repeat(20),
  mixed: `${english}${chinese}`.repeat(6),
  'one long word': 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(20),
  'wide letters': 'WWWW MMMM '.repeat(100),
  emoji: 'Rain 🌧️ and 👩‍🚀👍🏽, 🇹🇼! '.repeat(50),
  'towers of accents': `Z${'\u0301\u0302\u0303'.repeat(4)}algo `.repeat(60),
  'nothing but marks': '“‘(—…)’”'.repeat(120),
};

/** Returns the first `length` UTF-16 units, or one fewer so as not to split a character. */
export function firstOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/v, '');
}

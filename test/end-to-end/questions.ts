import type { Question } from './follow-answers.ts';

type Options = NonNullable<Question['options']>;

const quote: readonly Options[] = [
  { words: 'open lines of communication' },
  { words: 'they dont share comon systems' },
  { words: 'the' },
  { words: 'a tunnel with two ends', speaker: 'Ebbing' },
  { words: 'new kiln', speaker: 'Belkadi' },
  { words: 'the minister said that the', speaker: 'Vandersloot', outlet: 'Valley Courier' },
  { words: 'plan', after: '2022', before: '2024-06' },
  { words: 'plan', after: 'March 2023', private: true },
  { words: '習近平' },
  { words: '台灣 海山' },
  { words: 'xyzzy plugh' },
  { words: 'communication', article: 'us-china-rome-meeting', private: true },
  { words: 'minister', outlet: 'No such outlet' },
  { words: 'plan', after: 'no day' },
  { words: 'will be not more this their' },
  { words: 'pand of the with have' },
  { words: 'wist and chonsis that' },
  { words: 'the of', speaker: 'Falk' },
  { words: 'pand', speaker: 'Minister Anna Brandt' },
  { words: 'of and', outlet: 'Harbour Post', after: '2021' },
];

const whoSaid: readonly Options[] = [
  { words: 'open lines of communication' },
  { words: 'we flipped a coin for who would speak' },
  { words: 'it was page eleven' },
  { words: 'the harbor' },
  { words: 'said that', outlet: 'Harbour Post' },
  { words: 'have her was not', before: '2023', private: true },
];

const ask: readonly Options[] = [
  { question: 'What did US officials say about drones?' },
  { question: 'did Vandersloot say the tunnel is finished?' },
  { question: 'who said we flipped a coin for who would speak?', outlet: 'Valley Courier' },
  { question: 'What did the minister say', private: true },
  { question: 'how long was the meeting in Rome', article: 'us-china-rome-meeting' },
  { question: 'what did Nobody Whatsoever say about the plan', after: '2022' },
  { question: '誰提到習近平？' },
];

const whoIs: readonly Options[] = [
  { name: 'Jake Sullivan' },
  { name: 'Belkadi' },
  { name: 'Lin' },
  { name: 'Minister' },
  { name: '沈柏綸' },
  { name: 'Jonas Ito' },
  { name: 'the official' },
  { name: 'Sulivan', private: true },
  { name: 'Nobody Whatsoever' },
  { name: 'Restrepo', article: 'Politics' },
];

const others: readonly Question[] = [
  { path: 'summary' },
  { path: 'summary', options: { length: 'long', private: true } },
  { path: 'summary', options: { article: 'us-china-rome-meeting', length: 'short' } },
  { path: 'summary', options: { article: 'court' } },
  { path: 'speakers' },
  { path: 'speakers', options: { article: 'us-china-rome-meeting', private: true } },
  { path: 'compare', options: { a: 'Vandersloot', b: 'Ebbing' } },
  { path: 'compare', options: { a: 'Lin Hsiu-chen', b: 'Lin Tien-fu', words: 'harbor' } },
  { path: 'compare', options: { a: 'Grace Falk', b: 'Henry Hale', words: 'the of and', private: true } },
  { path: 'compare', options: { a: 'Sullivan', b: 'CNN' } },
  { path: 'timeline', options: { speaker: 'Petra Lindqvist' } },
  { path: 'timeline', options: { speaker: 'Anna Brandt' } },
  { path: 'timeline', options: { speaker: 'Falk', after: '2022-01', before: '2025', words: 'the' } },
  { path: 'timeline', options: { speaker: 'Sullivan', private: true } },
  { path: 'random', options: { speaker: 'Felix Aumont' } },
  { path: 'random', options: { speaker: 'CNN', private: true } },
  { path: 'card', options: { words: 'you could have flown everybody to the other side' } },
  { path: 'card', options: { words: 'they’ve already decided', theme: 'night', shape: 'square', private: true } },
  { path: 'article list' },
  { path: 'article list', options: { find: 'minister' } },
  { path: 'article list', options: { find: 'speech', private: true } },
  { path: 'article show', options: { article: 'us-china-rome-meeting' } },
  { path: 'article show', options: { article: 'sisters' } },
  { path: 'article show', options: { article: 'no such article' } },
  { path: 'article export' },
  { path: 'check', options: { words: 'I guess it depends on how you define success' } },
  { path: 'check', options: { words: '“We flipped a coin and I lost,” said Noor Belkadi.' } },
  { path: 'check', options: { words: 'The plant is needed at any price', speaker: 'Mayor Shen', private: true } },
  { path: 'check', options: { words: 'Nobody has ever said this of anything' } },
  {
    path: 'Check quote',
    on: '“You could have flown everybody to the other side,” says Aumont. “See you in the cave.”',
  },
  { path: 'help' },
  { path: 'settings' },
];

const typing: readonly Question[] = [
  ...['', 'the', 'a', 'to of t', 'pa', 'chonsis w', 'we f', 'communication wi', '習', 'xyzzy'].map(words => ({
    path: 'quote',
    options: { words },
  })),
  { path: 'quote', options: { words: 'the t', speaker: 'Ebbing' } },
  { path: 'quote', options: { words: 'of th', speaker: 'Anna' } },
  { path: 'quote', options: { words: '', speaker: 'Falk' } },
  { path: 'quote', options: { words: '', outlet: 'Valley Courier' } },
  { path: 'quote', options: { words: 'and', after: '2022', before: '2023' } },
  { path: 'who said', options: { words: 'minis', outlet: 'Valley Courier' } },
  { path: 'check', options: { words: 'i suppose' } },
  { path: 'compare', options: { words: 'tun', a: 'Vandersloot', b: 'Ebbing' } },
].map(each => ({ ...each, typing: 'words' }));

const typingNames: readonly Question[] = [
  '',
  'l',
  'li',
  'sul',
  'MINISTER',
  '沈',
  'belkadi n',
  'an',
  'hal',
  'zzz',
].flatMap(name => [
  { path: 'who is', options: { name }, typing: 'name' },
  { path: 'quote', options: { words: 'plan', speaker: name }, typing: 'speaker' },
]);

const typingOthers: readonly Question[] = [
  ...['', 'us', 'speech', 'the'].map(article => ({ path: 'article show', options: { article }, typing: 'article' })),
  ...['', 'val', 'post'].map(outlet => ({ path: 'quote', options: { words: 'plan', outlet }, typing: 'outlet' })),
  ...[
    { outlet: 'Valley Courier' },
    { after: '2022', before: '2024' },
    { outlet: 'Harbour Post', after: '2021-03' },
  ].map(where => ({
    path: 'quote',
    options: { words: 'plan', speaker: '', ...where },
    typing: 'speaker',
  })),
  { path: 'quote', options: { words: 'plan', after: 'march 2023' }, typing: 'after' },
  { path: 'article list', options: { find: 'cou' }, typing: 'find' },
  { path: 'timeline', options: { speaker: 'fa' }, typing: 'speaker' },
  { path: 'compare', options: { a: 'b', b: 'Ebbing' }, typing: 'a' },
  { path: 'settings', options: { accent: 'bl' }, typing: 'accent' },
];

/** Returns the question as typed, to name a test. */
function nameOf({ path, options = {}, typing, on }: Question): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${value}`);
  const asked = [on === undefined ? `/${path}` : `${path}: ${on}`, ...given].join(' ');
  return typing === undefined ? asked : `${asked} (typing ${typing})`;
}

/** Every command that changes nothing, each in several ways, and the suggestions for its options. */
export const questions: readonly (readonly [name: string, question: Question])[] = [
  ...quote.map(options => ({ path: 'quote', options })),
  ...whoSaid.map(options => ({ path: 'who said', options })),
  ...ask.map(options => ({ path: 'ask', options })),
  ...whoIs.map(options => ({ path: 'who is', options })),
  ...others,
  ...typing,
  ...typingNames,
  ...typingOthers,
].map(question => [nameOf(question), question]);

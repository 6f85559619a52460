import { expect, test } from 'vitest';
import { check } from '../../src/checking/check.ts';
import { slice } from '../../src/news/span.ts';
import { buildArticle } from '../search/build-article.ts';
import { candidatesIn } from './candidates.ts';

const people = [
  { id: 'dole', name: 'Frank Dole' },
  { id: 'marsh', name: 'Ann Marsh' },
];
const text = [
  'Frank Dole rejected claims that dockers had been paid to stay home. The gate was shut.',
  'Ann Marsh did not say that the port would close. Later Dole said that the gate was open.',
  'Frank Dole denied that Marsh had said the port was safe.',
  'Ann Marsh denied that the gate was open. She said that the union would not move.',
].join('\n');
const indirect = { type: 'indirect' } as const;
const dole = { ...indirect, source: 'Frank Dole', speaker: 'dole' };
const marsh = { ...indirect, source: 'Ann Marsh', speaker: 'marsh' };
const strike = buildArticle('strike', text, people, [
  { ...dole, paragraph: 1, cue: 'rejected', content: ['claims that dockers had been paid to stay home'] },
  { ...marsh, paragraph: 2, cue: 'did not say', content: ['the port would close'] },
  { ...dole, paragraph: 2, source: 'Dole', cue: 'said', content: ['the gate was open'] },
  { ...dole, paragraph: 3, cue: 'denied', content: ['Marsh had said the port was safe'] },
  { ...marsh, paragraph: 3, source: 'Marsh', cue: 'said', content: ['the port was safe'], reportedBy: 3 },
  { ...marsh, paragraph: 4, cue: 'denied', content: ['the gate was open'] },
  { ...marsh, paragraph: 4, source: 'She', cue: 'said', content: ['the union would not move'] },
]);
const search = candidatesIn([strike]);

test.each([
  ['dockers had been paid to stay home', 'Frank Dole', 'Frank Dole rejected', 'dole'],
  ['the port would close', 'Ann Marsh', 'Ann Marsh did not say', 'marsh'],
  ['the port would close', undefined, 'Ann Marsh did not say', 'marsh'],
  ['the port would close', 'Frank Dole', 'Ann Marsh did not say', 'marsh'],
  ['the port was safe', 'Ann Marsh', 'Frank Dole denied', 'dole'],
])('what somebody denies or didn’t say is Denied: %s, %s', async (words, credited, cue, denier) => {
  const finding = await check({ words, credited }, search);
  expect(finding.verdict).toBe('denied');
  if (finding.verdict === 'not found') return;
  const [place] = finding.passages;
  expect(slice(text, place.excerpt)).toContain(cue);
  expect(place.denial?.speaker?.id).toBe(denier);
});

test.each([
  ['the gate was open', undefined, 'paraphrase'],
  ['the gate was open', 'Frank Dole', 'paraphrase'],
  // Dole said so, but the quote is credited to Marsh.
  ['the gate was open', 'Ann Marsh', 'denied'],
  ['the gate was open', 'Joe Biden', 'wrong name'],
  ['the union would not move', 'Ann Marsh', 'paraphrase'],
  ['dockers have been paid to stay home', 'Frank Dole', 'altered'],
  ['Ann Marsh did say that the port would close', undefined, 'altered'],
  ['Ann Marsh did not say that the port would close', undefined, 'own voice'],
])('%s, %s: %s', async (words, credited, verdict) => {
  expect((await check({ words, credited }, search)).verdict).toBe(verdict);
});

test.each([
  ['the goat was to blame', 'Mayor Ann Lee', 'denied'],
  ['the goat was to blame', 'Lee', 'denied'],
  ['the goat was to blame', 'the mayor', 'denied'],
  ['the goat was to blame', undefined, 'exact'],
  ['the goat was to blame', 'Al Ray', 'wrong name'],
  // Her own words are no hearsay.
  ['the goat ate it', 'Ann Lee', 'exact'],
  ['I hate that goat', 'Bo Cho', 'denied'],
])('what somebody’s office denies outweighs what somebody else says they said: %s — %s: %s', async (...row) => {
  const [words, credited, verdict] = row;
  const lee = { source: 'Ann Lee', cue: 'said', speaker: 'lee' };
  const office = { source: 'her office', cue: 'said', speaker: 'office' };
  const goat = buildArticle(
    'goat',
    [
      'Mayor Ann Lee did not say that “the goat was to blame” or that “the goat ate it”, her office said.',
      '“She said, ‘Well, the goat was to blame,’ and left,” Bo Cho said.',
      '“The goat ate it,” Ann Lee said.',
      'Bo Cho’s lawyer denied that he had said “I hate that goat”. “He told me ‘I hate that goat’,” said Ann Lee.',
    ].join('\n'),
    [
      { id: 'lee', name: 'Ann Lee', role: 'Mayor' },
      { id: 'office', name: 'her office', named: false, kind: 'organisation' },
      { id: 'cho', name: 'Bo Cho' },
      { id: 'lawyer', name: 'Bo Cho’s lawyer', named: false },
    ],
    [
      {
        ...office,
        paragraph: 1,
        type: 'mixed',
        content: ['Mayor Ann Lee did not say that “the goat was to blame” or that “the goat ate it”,'],
      },
      {
        paragraph: 2,
        content: ['She said, ‘Well, the goat was to blame,’ and left,'],
        source: 'Bo Cho',
        cue: 'said',
        speaker: 'cho',
      },
      {
        ...lee,
        paragraph: 2,
        source: 'She',
        content: ['Well, the goat was to blame,'],
        certainty: 'inferred',
        reportedBy: 1,
      },
      { ...lee, paragraph: 3, content: ['The goat ate it,'] },
      {
        paragraph: 4,
        type: 'mixed',
        content: ['he had said “I hate that goat”'],
        source: 'Bo Cho’s lawyer',
        cue: 'denied',
        speaker: 'lawyer',
      },
      { ...lee, paragraph: 4, cue: 'said Ann', content: ['He told me ‘I hate that goat’,'] },
      {
        paragraph: 4,
        content: ['I hate that goat’,'],
        source: 'He',
        cue: 'told',
        speaker: 'cho',
        reportedBy: 5,
      },
    ],
  );
  expect((await check({ words, credited }, candidatesIn([goat]))).verdict).toBe(verdict);
});

test.each([
  ['the van carried geese', 'denied'],
  ['the geese flew away', 'denied'],
  ['the van carried flour', 'paraphrase'],
  ['the van was empty', 'paraphrase'],
])('what a correction takes back is Denied: %s', async (words, verdict) => {
  const [we, firm] = [
    { source: 'we', speaker: 'we' },
    { source: 'The firm', speaker: 'firm' },
  ] as const;
  const van = buildArticle(
    'van',
    [
      'Correction: we earlier reported that the van carried geese. The firm says the van carried flour.',
      'An earlier version of this article said that the geese flew away.',
      'Later we said that the van was empty.',
    ].join('\n'),
    [
      { id: 'we', name: 'we', named: false },
      { id: 'firm', name: 'The firm', named: false },
    ],
    [
      { ...indirect, ...we, paragraph: 1, cue: 'reported', content: ['the van carried geese'] },
      { ...indirect, ...firm, paragraph: 1, cue: 'says', content: ['the van carried flour'] },
      {
        ...indirect,
        ...we,
        source: 'An earlier version of this article',
        paragraph: 2,
        cue: 'said',
        content: ['the geese flew away'],
      },
      { ...indirect, ...we, paragraph: 3, cue: 'said', content: ['the van was empty'] },
    ],
  );
  expect((await check({ words, credited: undefined }, candidatesIn([van]))).verdict).toBe(verdict);
});

const bankText = [
  '“I never said the bank is bankrupt,” Olga Reinholt told shareholders.',
  '“At no point did I tell anyone that the vault is empty,” she added.',
  'Viktor Saal said: “It is a lie that I took the gold.”',
  'Reinholt said she had never told staff that “the party is over”.',
  '“Nobody is claiming that the loans were illegal,” said Saal.',
  '“I said that the bank is sound. It’s simply not true that we want to sell it,” Reinholt said.',
  '“If I had said ‘the merger is dead’, you would have it on tape,” Reinholt said.',
  '“I cannot deny that the rates are too high,” Saal said. “It would be wrong to say that we are in crisis. It is not a lie that we lost money.”',
  '“Nobody told me that the doors were locked, and I never said a word, so the guards went home,” Saal explained.',
].join('\n');
const reinholt = { type: 'direct', source: 'Olga Reinholt', speaker: 'reinholt' } as const;
const saal = { type: 'direct', source: 'Viktor Saal', speaker: 'saal' } as const;
const bank = buildArticle(
  'bank',
  bankText,
  [
    { id: 'reinholt', name: 'Olga Reinholt' },
    { id: 'saal', name: 'Viktor Saal' },
  ],
  [
    { ...reinholt, paragraph: 1, cue: 'told', content: ['I never said the bank is bankrupt,'] },
    {
      ...reinholt,
      paragraph: 2,
      source: 'she',
      cue: 'added',
      content: ['At no point did I tell anyone that the vault is empty,'],
    },
    { ...saal, paragraph: 3, cue: 'said', content: ['It is a lie that I took the gold.'] },
    {
      ...reinholt,
      type: 'mixed',
      paragraph: 4,
      source: 'Reinholt',
      cue: 'said',
      content: ['she had never told staff that “the party is over”'],
    },
    {
      ...saal,
      paragraph: 5,
      source: 'Saal',
      cue: 'said',
      content: ['Nobody is claiming that the loans were illegal,'],
    },
    {
      ...reinholt,
      paragraph: 6,
      source: 'Reinholt',
      cue: 'said',
      content: ['I said that the bank is sound. It’s simply not true that we want to sell it,'],
    },
    {
      ...reinholt,
      paragraph: 7,
      source: 'Reinholt',
      cue: 'said',
      content: ['If I had said ‘the merger is dead’, you would have it on tape,'],
    },
    {
      ...saal,
      paragraph: 8,
      source: 'Saal',
      cue: 'said',
      content: [
        'I cannot deny that the rates are too high,',
        'It would be wrong to say that we are in crisis. It is not a lie that we lost money.',
      ],
    },
    {
      ...saal,
      paragraph: 9,
      source: 'Saal',
      cue: 'explained',
      content: ['Nobody told me that the doors were locked, and I never said a word, so the guards went home,'],
    },
  ],
);

test.each([
  ['the bank is bankrupt', 'denied'],
  ['the vault is empty', 'denied'],
  ['I took the gold', 'denied'],
  ['the party is over', 'denied'],
  ['the loans were illegal', 'denied'],
  ['we want to sell it', 'denied'],
  ['the merger is dead', 'denied'],
  ['we are in crisis', 'denied'],
  ['I never said the bank is bankrupt', 'exact'],
  ['It is a lie that I took the gold', 'exact'],
  ['the bank is sound', 'exact'],
  ['the rates are too high', 'exact'],
  ['we lost money', 'exact'],
  ['so the guards went home', 'exact'],
])(
  'words that follow what says that nobody said them, or that they aren’t so, are Denied: %s',
  async (words, verdict) => {
    expect((await check({ words, credited: undefined }, candidatesIn([bank]))).verdict).toBe(verdict);
  },
);

test('words after endless spaces are Denied, too', async () => {
  // A quadratic search would take half an hour.
  const said = `It was late.${' '.repeat(1_000_000)}I never said that the vault is empty,`;
  const vault = buildArticle('vault', `“${said}” Ann Marsh said.`, people.slice(1), [
    { paragraph: 1, source: 'Ann Marsh', cue: 'said', speaker: 'marsh', content: [said] },
  ]);
  const finding = await check({ words: 'the vault is empty', credited: undefined }, candidatesIn([vault]));
  expect(finding.verdict).toBe('denied');
});

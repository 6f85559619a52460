import { describe, expect, test } from 'vitest';
import { check } from '../../src/checking/check.ts';
import { creditedAfter } from '../../src/checking/read-credit.ts';
import { slice } from '../../src/news/span.ts';
import { buildArticle, buildNested, buildRepeated, buildSeed } from '../search/build-article.ts';
import { candidatesIn } from './candidates.ts';
import { shown } from './show-difference.ts';

const bridge = buildArticle(
  'bridge',
  [
    '“The bridge will cost $5 million and 20% of the budget, and it will not open before 2031,” Ann Lee, the mayor, said. “We have no choice.”',
    'The council meets again on Thursday to decide about the money for the ferry.',
    '“I would rather swim across the river than pay for that,” Bo Cho said. A sign said: “Nothing is over, it’s only late.”',
    '“It [the ferry] can’t re-sign anybody,” the official said. 王小明說：「我們需要這座橋，因為渡輪太慢了。」',
  ].join('\n'),
  [
    { id: 'lee', name: 'Ann Lee', role: 'the mayor' },
    { id: 'cho', name: 'Bo Cho' },
    { id: 'official', name: 'the official', named: false },
    { id: 'wang', name: '王小明' },
  ],
  [
    {
      paragraph: 1,
      content: [
        'The bridge will cost $5 million and 20% of the budget, and it will not open before 2031,',
        'We have no choice.',
      ],
      source: 'Ann Lee',
      cue: 'said',
      speaker: 'lee',
    },
    {
      paragraph: 3,
      content: ['I would rather swim across the river than pay for that,'],
      source: 'Bo Cho',
      cue: 'said',
      speaker: 'cho',
    },
    {
      paragraph: 4,
      content: ['It [the ferry] can’t re-sign anybody,'],
      source: 'the official',
      cue: 'said',
      speaker: 'official',
      certainty: 'unclear',
    },
    { paragraph: 4, content: ['我們需要這座橋，因為渡輪太慢了。'], source: '王小明', cue: '說', speaker: 'wang' },
  ],
);
const search = candidatesIn([buildSeed(), bridge]);

async function verdictOf(words: string, credited?: string): Promise<string> {
  return (await check({ words, credited }, search)).verdict;
}

describe('unchanged: the article has exactly these words', () => {
  test.each([
    'I would rather swim across the river than pay for that',
    'i would rather swim across the river, than pay for that!!',
    'I would ra\u00adther swim across the ri\u200bver than pay for that',
    'The bridge will cost $5 million and 20 per cent of the budget',
    'The bridge will cost 5$ million',
    'The bridge will cost $5 million … and it will not open before 2031',
    'The bridge will cost $5 million [...] and it will not open before 2031',
    'The bridge will cost $5 million . . . and it will not open before 2031',
    '[The new bridge] will cost $5 million',
    '[t]he bridge will cost $5 million',
    'The bridge [over the river] will cost $5 million',
    'The bridge will cost $5 million [sic] and 20% of the budget',
    'it will not open before 2031. We have no choice',
    'it will not open before 2031, … We have no choice',
    "It can't re-sign anybody",
    'It cant re-sign anybody',
    'nothing is over, its only late',
    'It [the ferry] can’t re‑sign anybody',
    '我们需要这座桥,因为渡轮太慢了',
  ])('%s', async words => {
    expect(await verdictOf(words)).toBe('exact');
  });
});

describe('words that are written as one or as two', () => {
  const flats = buildArticle(
    'flats',
    '“Once it’s flats, it’s flats for ever,” said Isolde Grey. “The healthcare of the rapist is now here, and not able men forgive.”',
    [{ id: 'grey', name: 'Isolde Grey' }],
    [
      {
        paragraph: 1,
        content: [
          'Once it’s flats, it’s flats for ever,',
          'The healthcare of the rapist is now here, and not able men forgive.',
        ],
        source: 'Isolde Grey',
        cue: 'said',
        speaker: 'grey',
      },
    ],
  );

  test.each([
    ['Once it’s flats, it’s flats forever', 'exact'],
    ['it’s flats forever', 'exact'],
    ['it’s flats for-ever', 'exact'],
    ['The health care of the rapist is now here', 'exact'],
    ['The healthcare of therapist is now here', 'altered'],
    ['The healthcare of the rapist is nowhere', 'altered'],
    ['now here, and notable men forgive', 'altered'],
  ])('%s: %s', async (words, verdict) => {
    expect((await check({ words, credited: undefined }, candidatesIn([flats]))).verdict).toBe(verdict);
  });
});

describe('Altered: any changed word, with the difference', () => {
  test.each([
    [
      'I would sooner swim across the river than pay for that',
      'I would {-rather-} {+sooner+} swim across the river than pay for that',
    ],
    [
      'I would rather swim across the wide river than pay for that',
      'I would rather swim across the {+wide+} river than pay for that',
    ],
    ['The bridge will cost £5 million', 'The bridge will cost {-$5-} {+£5+} million'],
    ['The bridge will cost 5 € million', 'The bridge will cost {-$5-} {+5 €+} million'],
    ['The bridge will cost €5', 'The bridge will cost {-$5-} {+€5+}'],
    ['The bridge will cost $6 million', 'The bridge will cost {-$5-} {+$6+} million'],
    [
      'The bridge will cost $5 billion and 20% of the budget',
      'The bridge will cost $5 {-million-} {+billion+} and 20% of the budget',
    ],
    ['it will open before 2031', 'it will {-not-} open before 2031'],
    ['it will … open before 2031', 'it will {-not-} open before 2031'],
    ['20% of the budget, and it will', '20% of the budget, and it will {-not-}'],
    ['it will [surely] open before 2031', 'it will {-not-} [surely] open before 2031'],
    ['I would not rather swim across the river', 'I would {+not+} rather swim across the river'],
    ['It can re-sign anybody', 'It {-can’t-} {+can+} re-sign anybody'],
    ['It nobody can’t re-sign anybody', 'It {-[the ferry]-} {+nobody+} can’t re-sign anybody'],
    [
      'It [the Bo] can’t re-sign anybody, [not ever]',
      'It {-[the ferry]-} {+[the Bo]+} can’t re-sign anybody {+[not ever]+}',
    ],
    ['It, a ferry, can’t re-sign anybody', 'It {-[the ferry]-} {+a ferry+} can’t re-sign anybody'],
    ['我們需要那座橋，因為渡輪太慢了', '我們需要 {-這-} {+那+} 座橋，因為渡輪太慢了'],
  ])('%s', async (words, difference) => {
    const finding = await check({ words, credited: undefined }, search);
    expect(finding.verdict).toBe('altered');
    expect(shown(finding)).toBe(difference);
  });

  test.each([
    ['I would rather swim than walk', '{-I’d-} {+I would+} rather swim than walk'],
    ['swim than walk before we eat it', 'swim than walk before we eat {+it+}'],
    ['Stay. We’ll rather go on foot to sea', '{-Go. We’d-} {+Stay. We’ll+} rather go on foot to {-the-} sea'],
  ])('a changed end leaves out nothing of the next sentence: %s', async (words, difference) => {
    const lee = { paragraph: 1, cue: 'said', speaker: 'lee' };
    const swim = buildArticle(
      'swim',
      'Lee said it was low and would stay. “I’d rather swim than walk before we eat. Nobody minds. Go. We’d rather go on foot to the sea,” she said.',
      [{ id: 'lee', name: 'Lee' }],
      [
        { ...lee, content: ['it was low and would stay'], source: 'Lee', type: 'indirect' },
        {
          ...lee,
          content: ['I’d rather swim than walk before we eat. Nobody minds. Go. We’d rather go on foot to the sea,'],
          source: 'she',
        },
      ],
    );
    expect(shown(await check({ words, credited: undefined }, candidatesIn([swim])))).toBe(difference);
  });

  test('a name in brackets does not replace another name', async () => {
    expect(await verdictOf('It really is a project of [Joe Biden]. He is totally, fundamentally behind this')).toBe(
      'altered',
    );
    expect(await verdictOf('It really is a project of [Russian President] Xi Jinping')).toBe('altered');
    expect(await verdictOf('It really is a project of [President] Xi Jinping')).toBe('exact');
    expect(await verdictOf('Both sides understand that [Chinese firms] don’t share common systems')).toBe('exact');
    expect(await verdictOf('I would rather [be swimming] across the river than pay for [it]')).toBe('exact');
  });
});

test('a hyphen that makes a different word', async () => {
  const words = 'They say that the players will re-sign for the club in May';
  const club = candidatesIn([buildArticle('club', `${words}.`)]);
  expect((await check({ words: words.replace('re-sign', 'resign'), credited: undefined }, club)).verdict).toBe(
    'altered',
  );
  expect((await check({ words: words.replace('re-sign', 're–sign'), credited: undefined }, club)).verdict).toBe(
    'own voice',
  );
});

test.each([
  ['It is safe to cross, and it is useful to all of us', 'It is [un]safe to cross, and it is useful to all of us'],
  ['It is unsafe to cross, and it is useful to all of us', 'It is [s]afe to cross, and it is useful to all of us'],
  ['It is safe to cross, and it is useful to all of us', 'It is safe to cross, and it is use[less] to all of us'],
  ['We will pay for the bridge that you want', '[H]e will pay for the bridge that you want'],
  ['It carries $5-10 million of goods a year', 'It carries $510 million of goods a year'],
  ['They won the first of the games 3-0', 'They won the first of the games 30'],
  ['Joe Biden paid for the bridge over the river', '[Donald Trump] paid for the bridge over the river'],
  ['Biden paid for it, and nobody thanked Biden', '[Trump] paid for it, and nobody thanked Biden'],
  ['We would be fools to wait for the winter', 'We would be [wise] to wait for the winter'],
])('%s isn’t %s', async (said, words) => {
  const article = candidatesIn([buildArticle('said', `“${said},” he said.`)]);
  expect((await check({ words, credited: undefined }, article)).verdict).toBe('altered');
});

test('a power is another number than its digits', async () => {
  const plant = candidatesIn([buildArticle('plant', 'The plant made 10⁶ tonnes a year on 5,000² m² of land.')]);
  const verdict = async (words: string) => (await check({ words, credited: undefined }, plant)).verdict;
  expect(await verdict('The plant made 10⁶ tonnes a year on 5000² m2 of land')).toBe('own voice');
  expect(await verdict('The plant made 106 tonnes a year')).toBe('altered');
  expect(await verdict('tonnes a year on 50002 m² of land')).toBe('altered');
});

test('a number below zero is another number, in any currency', async () => {
  const firm = candidatesIn([
    buildArticle('firm', 'The firm made −5 € a share and -$7 for each of its clients in May.'),
  ]);
  const verdict = async (words: string) => (await check({ words, credited: undefined }, firm)).verdict;
  expect(await verdict('The firm made -€5 a share and −7$ for each of its clients')).toBe('own voice');
  expect(await verdict('The firm made 5 € a share and -$7 for each of its clients')).toBe('altered');
  expect(await verdict('a share and $7 for each of its clients in May')).toBe('altered');
});

describe('Cut: words left out without a sign', () => {
  test.each([
    ['I would rather swim than pay for that', 'I would rather swim {-across the river-} than pay for that'],
    [
      'The bridge will cost $5 million and it will not open before 2031',
      'The bridge will cost $5 million {-and 20% of the budget-} and it will not open before 2031',
    ],
    // At an end, too: the next to last words, or those after the first.
    ['I would rather swim across river', 'I would rather swim across {-the-} river'],
    ['The bridge will cost $5 million and 20% budget', 'The bridge will cost $5 million and 20% {-of the-} budget'],
    ['The will cost $5 million and 20% of the budget', 'The {-bridge-} will cost $5 million and 20% of the budget'],
    // Either the article's own brackets are left out completely, or words are missing.
    ['It ferry can’t re-sign anybody', 'It {-[the ferry]-} {+ferry+} can’t re-sign anybody'],
  ])('%s', async (words, difference) => {
    const finding = await check({ words, credited: undefined }, search);
    expect(finding.verdict).toBe('cut');
    expect(shown(finding).replaceAll('{-20% of the budget, and-} ', '')).toBe(difference);
  });
});

describe('Stitched: from different places or people', () => {
  test.each([
    'We have no choice. I would rather swim across the river than pay for that',
    'We have no choice … I would rather swim across the river than pay for that',
    'I would rather swim across the river. It was an intense seven-hour session',
    'I would rather swim across the river … The bridge will cost $5 million',
    'They underscored that today … Both sides understand that they don’t share common systems',
    'drones, Moscow had feigned interest in diplomacy',
    'drones … Moscow had feigned interest in diplomacy',
    'It was an intense seven-hour session … frailty',
  ])('%s', async words => {
    const finding = await check({ words, credited: undefined }, search);
    expect(finding.verdict).toBe('stitched');
    if (finding.verdict === 'stitched') expect(finding.passages.length).toBeGreaterThan(1);
  });
});

test('a stitched part is no single word that happens to stand after “he said”', async () => {
  const zoo = candidatesIn([
    buildArticle(
      'zoo',
      'Finch said: “The lion is called Doris.” Lee told me: “I said I’d ring him back.”\nDole said the keeper would stay.',
      [
        { id: 'finch', name: 'Finch' },
        { id: 'lee', name: 'Lee' },
        { id: 'dole', name: 'Dole' },
      ],
      [
        { paragraph: 1, content: ['The lion is called Doris.'], source: 'Finch', cue: 'said', speaker: 'finch' },
        { paragraph: 1, content: ['I said I’d ring him back.'], source: 'Lee', cue: 'told', speaker: 'lee' },
        { paragraph: 2, content: ['the keeper would stay'], source: 'Dole', cue: 'said', speaker: 'dole' },
      ],
    ),
  ]);
  const words = 'I said I’d ring him back. The lion is called Doris.';
  const finding = await check({ words, credited: undefined }, zoo);
  expect(finding.verdict).toBe('stitched');
  if (finding.verdict === 'not found') return;
  const matches = finding.passages.map(({ from, matches }) => matches.map(match => slice(from.article.text, match)));
  expect(matches).toEqual([['I said I’d ring him back'], ['The lion is called Doris']]);
});

describe('two paragraphs of one speaker: both are shown', () => {
  test.each([
    ['It was an intense seven-hour session. I suppose it depends on how you define success', 'cut'],
    ['It was an intense seven-hour session … I suppose it depends on how you define success', 'exact'],
  ])('%s', async (words, verdict) => {
    const finding = await check({ words, credited: 'the official' }, search);
    expect(finding.verdict).toBe(verdict);
    if (finding.verdict === 'not found') return;
    expect(finding.isStitched).toBe(false);
    expect(finding.passages.map(({ paragraph }) => paragraph.number)).toEqual([4, 5]);
  });
});

describe('the credited name', () => {
  const swim = 'I would rather swim across the river than pay for that';
  test.each([
    ['Bo Cho', 'exact'],
    ['Cho', 'exact'],
    ['Mr. Cho', 'exact'],
    ['bo cho', 'exact'],
    ['Ann Lee', 'wrong name'],
    ['Al Cho', 'wrong name'],
    ['Bo Chi', 'wrong name'],
    ['Joe Biden', 'wrong name'],
  ])('%s: %s', async (credited, verdict) => {
    expect(await verdictOf(swim, credited)).toBe(verdict);
  });

  test('accepts a role that the article gives the speaker', async () => {
    expect(await verdictOf('We have no choice', 'the mayor')).toBe('exact');
    expect(await verdictOf('We have no choice', 'Mayor Ann Lee')).toBe('exact');
    expect(await verdictOf('We have no choice', 'Mayor Bo Lee')).toBe('wrong name');
  });

  test.each([
    ['Bo Cho, Harbour Commissioner', 'exact'],
    ['Harbour Commissioner, Bo Cho', 'exact'],
    ['Harbour Commissioner Bo Cho', 'exact'],
    ['Campaigner Bo Cho', 'exact'],
    ['State Senator Bo Cho, Independent from Westport', 'exact'],
    ['State Senator Cho', 'exact'],
    ['Skater Cho', 'name open'],
    ['The son of Bo Cho', 'name open'],
    ['Wife of Mr Cho', 'name open'],
    ['A spokesman for Bo Cho', 'name open'],
    ['Lawyer to Bo Cho', 'name open'],
    ['Al Ray and Bo Cho', 'name open'],
    ['Al Ray & Bo Cho', 'name open'],
    ['Bo Cho and Al Ray', 'name open'],
    ['Al Ray and Ann Lee', 'wrong name'],
    ['Mary Bo Cho', 'name open'],
    ['Dean of Arts Bo Cho', 'exact'],
    ['Christian Aid director Bo Cho', 'exact'],
    ['Campaigner Al Cho', 'wrong name'],
    ['Bo Cho MP', 'exact'],
    ['Bo Cho of the Harbour Union', 'exact'],
    ['Al Cho of the Harbour Union', 'wrong name'],
    ['a swimmer', 'name open'],
    ['the head of the harbour', 'name open'],
    ['Harbour Commissioner, Ann Lee', 'wrong name'],
    ['State Senator Al Cho, Independent from Westport', 'wrong name'],
  ])('with a role: %s: %s', async (written, verdict) => {
    expect(await verdictOf(swim, creditedAfter(`— ${written}`))).toBe(verdict);
  });

  test.each([
    ['Brackley’s two MPs, Hugh Marr and Una Drax', 'exact'],
    ['Marr’s brothers, Hugh Marr and Abel Marr', 'exact'],
    ['Lawyers for Hugh Marr and Una Drax', 'name open'],
    ['Lawyers for the two MPs, Hugh Marr and Una Drax', 'name open'],
    ['Lawyers representing the MPs, Hugh Marr and Una Drax', 'name open'],
    ['Lawyers who represent the MPs, Hugh Marr and Una Drax', 'name open'],
  ])('of two people named after what they are: %s: %s', async (source, verdict) => {
    const content = 'We will fight for every last job,';
    const others = ['Una Drax', 'Abel Marr'].filter(name => source.includes(name));
    const from = buildArticle(
      'jobs',
      `“${content}” said ${source}.`,
      [
        { id: 'both', name: source, kind: 'group', named: false },
        ...['Hugh Marr', ...others].map(name => ({ id: name, name })),
      ],
      [{ paragraph: 1, content: [content], source, cue: 'said', speaker: 'both' }],
    );
    for (const credited of ['Hugh Marr', ...others])
      expect((await check({ words: content, credited }, candidatesIn([from]))).verdict).toBe(verdict);
  });

  describe('what tells apart two people of one name', () => {
    const toll = buildArticle(
      'toll',
      [
        '“The toll is unfair,” said Helena Marsh, the ferry’s owner.',
        '“I never met Mr Dole about it,” she said.',
        '“It paid for the road,” said Theodore Fry.',
        '“Dad paid it every day,” said Al Dole Jr.',
        '“I walked instead,” said Al Dole Sr.',
        'A passenger, who calls herself Bea Roth, said: “I swam.” Later, she said that Bo Cho had paid for her.',
      ].join('\n'),
      [
        { id: 'marsh', name: 'Helena Marsh', role: 'the ferry’s owner' },
        { id: 'fry', name: 'Theodore Fry' },
        { id: 'junior', name: 'Al Dole Jr' },
        { id: 'senior', name: 'Al Dole Sr' },
        { id: 'passenger', name: 'A passenger', named: false },
        { id: 'bea', name: 'Bea Roth' },
        { id: 'cho', name: 'Bo Cho' },
      ],
      [
        { paragraph: 1, content: ['The toll is unfair,'], source: 'Helena Marsh', cue: 'said', speaker: 'marsh' },
        { paragraph: 2, content: ['I never met Mr Dole about it,'], source: 'she', cue: 'said', speaker: 'marsh' },
        { paragraph: 3, content: ['It paid for the road,'], source: 'Theodore Fry', cue: 'said', speaker: 'fry' },
        { paragraph: 4, content: ['Dad paid it every day,'], source: 'Al Dole Jr', cue: 'said', speaker: 'junior' },
        { paragraph: 5, content: ['I walked instead,'], source: 'Al Dole Sr', cue: 'said', speaker: 'senior' },
        { paragraph: 6, content: ['I swam.'], source: 'A passenger', cue: 'said', speaker: 'passenger' },
      ],
    );
    test.each([
      ['The toll is unfair', 'Mrs Marsh', 'exact'],
      ['The toll is unfair', 'Lord Mayor Helena Marsh', 'exact'],
      ['The toll is unfair', 'Mr Marsh', 'wrong name'],
      ['I never met Mr Dole about it', 'Mr Marsh', 'wrong name'],
      ['The toll is unfair', 'the ferry', 'name open'],
      ['The toll is unfair', 'the council', 'wrong name'],
      ['The toll is unfair', 'one parent', 'name open'],
      ['It paid for the road', 'Mr Fry', 'exact'],
      // By the first name alone.
      ['It paid for the road', 'Mrs Fry', 'name open'],
      ['Dad paid it every day', 'Al Dole Jr.', 'exact'],
      ['Dad paid it every day', 'Al Dole', 'exact'],
      ['Dad paid it every day', 'Al Dole Sr.', 'wrong name'],
      ['I walked instead', 'Dole Sr', 'exact'],
      ['I swam', 'Bea Roth', 'name open'],
      ['I swam', 'Bo Cho', 'wrong name'],
    ])('%s — %s: %s', async (words, credited, verdict) => {
      expect((await check({ words, credited }, candidatesIn([toll]))).verdict).toBe(verdict);
    });
  });

  test.each([
    ['The oars are very tired of me', 'Una Aas', 'altered', 2],
    ['The oars are very tired of me', undefined, 'altered', 2],
    ['The oars are tired of me', undefined, 'exact', 2],
    ['The oars are tired of me', 'Una Aas', 'exact', 2],
    ['The oars are very tired of me', 'Bo Cho', 'altered', 3],
  ])(
    'of places with the same words, altered or not, takes the one that supports the quote: %s — %s',
    async (...row) => {
      const [words, credited, verdict, paragraph] = row;
      const found = await check({ words, credited }, candidatesIn([buildRepeated()]));
      expect(found.verdict).toBe(verdict);
      expect(found.verdict === 'not found' ? undefined : found.deciding.paragraph.number).toBe(paragraph);
    },
  );

  test('does not call a name wrong where the attribution is unclear', async () => {
    expect(await verdictOf('It can’t re-sign anybody', 'Ann Lee')).toBe('name open');
    expect(await verdictOf('It can’t re-sign anybody', 'the official')).toBe('exact');
  });

  test.each([
    ['The levee held all night and nobody was hurt … Now we rebuild', 'exact'],
    ['nobody was hurt … Now we rebuild what the water took', 'name open'],
  ])('spread over two paragraphs, from the one with most of the words: %s', async (words, verdict) => {
    const text =
      '“The levee held all night and nobody was hurt,” Ann Lee said.\n“Now we rebuild what the water took,” she said.';
    const lee = { cue: 'said', speaker: 'lee' };
    const levee = buildArticle(
      'levee',
      text,
      [{ id: 'lee', name: 'Ann Lee' }],
      [
        { ...lee, paragraph: 1, source: 'Ann Lee', content: ['The levee held all night and nobody was hurt,'] },
        { ...lee, paragraph: 2, source: 'she', content: ['Now we rebuild what the water took,'], certainty: 'unclear' },
      ],
    );
    expect((await check({ words, credited: 'Ann Lee' }, candidatesIn([levee]))).verdict).toBe(verdict);
  });

  test('neither confirms nor rejects a name by an uncertain attribution', async () => {
    const attributions = bridge.attributions.map(each => ({ ...each, doubtful: true }));
    const doubtful = candidatesIn([{ ...bridge, attributions }]);
    const words = 'I would rather swim across the river';
    expect((await check({ words, credited: 'Bo Cho' }, doubtful)).verdict).toBe('name open');
    expect((await check({ words, credited: 'Ann Lee' }, doubtful)).verdict).toBe('name open');
    expect((await check({ words, credited: undefined }, doubtful)).verdict).toBe('exact');
  });

  test('does not take an unnamed official for a named person', async () => {
    expect(await verdictOf('it depends on how you define success', 'Jake Sullivan')).toBe('wrong name');
    expect(await verdictOf('it depends on how you define success', 'a senior US official')).toBe('exact');
    // Nobody else in the article, so perhaps the official.
    expect(await verdictOf('it depends on how you define success', 'Quorra Aab')).toBe('name open');
  });

  test('leaves open whether a description of several people includes the one who is credited', async () => {
    const words = 'is contemplating sending military supplies such as armed drones';
    expect(await verdictOf(words, 'Jake Sullivan')).toBe('name open');
    expect(await verdictOf(words, 'US officials')).toBe('paraphrase');
  });

  test('accepts the reported speaker, and neither confirms nor rejects the reporting one', async () => {
    const nested = candidatesIn([buildNested()]);
    const words = 'the bridge was safe';
    expect((await check({ words, credited: 'Bo Cho' }, nested)).verdict).toBe('paraphrase');
    expect((await check({ words, credited: 'Ann Lee' }, nested)).verdict).toBe('name open');
    expect((await check({ words, credited: 'Joe Biden' }, nested)).verdict).toBe('wrong name');
  });

  describe('what somebody says that somebody else said', () => {
    const pump = buildArticle(
      'pump',
      [
        'ROSA PYM: The crew told me that the pump had failed twice. It failed once.',
        'Milo Banks told the hearing that Pym had shouted “I will drown you all” before the pump stopped.',
        '“Most sailors say ‘what is the captain doing up there’, and I said ‘he is asleep again’,” Banks added.',
        'Ada Firth said she wanted “a pump that works” and that the ship’s report “was written by a gull”. What Pym had told her was “an insult to gulls”, she said.',
      ].join('\n'),
      [
        { id: 'pym', name: 'ROSA PYM' },
        { id: 'crew', name: 'The crew', named: false, kind: 'group' },
        { id: 'banks', name: 'Milo Banks' },
        { id: 'firth', name: 'Ada Firth' },
      ],
      [
        {
          paragraph: 1,
          content: ['The crew told me that the pump had failed twice. It failed once.'],
          source: 'ROSA PYM',
          cue: ':',
          speaker: 'pym',
        },
        {
          paragraph: 1,
          content: ['the pump had failed twice'],
          source: 'The crew',
          cue: 'told',
          speaker: 'crew',
          type: 'indirect',
          reportedBy: 0,
        },
        {
          paragraph: 2,
          content: ['Pym had shouted “I will drown you all” before the pump stopped'],
          source: 'Milo Banks',
          cue: 'told',
          speaker: 'banks',
          type: 'mixed',
        },
        {
          paragraph: 3,
          content: ['Most sailors say ‘what is the captain doing up there’, and I said ‘he is asleep again’,'],
          source: 'Banks',
          cue: 'added',
          speaker: 'banks',
        },
        {
          paragraph: 4,
          content: ['she wanted “a pump that works” and that the ship’s report “was written by a gull”'],
          source: 'Ada Firth',
          cue: 'said',
          speaker: 'firth',
          type: 'mixed',
        },
        {
          paragraph: 4,
          content: ['What Pym had told her was “an insult to gulls”,'],
          source: 'she',
          cue: 'said.',
          speaker: 'firth',
          type: 'mixed',
        },
      ],
    );
    test.each([
      ['the pump had failed twice', undefined, 'paraphrase'],
      ['the pump had failed twice', 'the crew', 'paraphrase'],
      ['the pump had failed twice', 'Rosa Pym', 'name open'],
      ['The crew told me that the pump had failed twice', 'Rosa Pym', 'exact'],
      ['It failed once', 'Rosa Pym', 'exact'],
      ['I will drown you all', 'Rosa Pym', 'name open'],
      ['I will drown you all', 'Milo Banks', 'name open'],
      ['what is the captain doing up there', 'Milo Banks', 'name open'],
      ['what is the captain doing up there', 'the sailors', 'name open'],
      ['he is asleep again', 'Milo Banks', 'exact'],
      ['a pump that works', 'Ada Firth', 'exact'],
      ['a pump that works', 'Milo Banks', 'wrong name'],
      ['was written by a gull', 'Ada Firth', 'exact'],
      ['an insult to gulls', 'Ada Firth', 'exact'],
    ])('%s — %s: %s', async (words, credited, verdict) => {
      expect((await check({ words, credited }, candidatesIn([pump]))).verdict).toBe(verdict);
    });
  });

  test.each([
    ['I’m on the boat till nine', 'Ivor Lund', 'name open'],
    ['I’m on the boat till nine', 'Ivor', 'exact'],
    ['I’m on the boat till nine', 'Al Ivor', 'exact'],
    ['I’m on the boat till nine', 'Ann Lund', 'wrong name'],
    ['We’ll swim to the boat', 'Ann Firth', 'name open'],
    ['We’ll swim to the boat', 'Ann Lund', 'wrong name'],
  ])('leaves open whether a given name or a family is the one who is credited: %s — %s: %s', async (...row) => {
    const [words, credited, verdict] = row;
    const boat = buildArticle(
      'boat',
      'Her husband, Ivor, shrugged. “I’m on the boat till nine,” he said.\n“We’ll swim to the boat,” the Firths said.',
      [
        { id: 'ivor', name: 'Ivor' },
        { id: 'firths', name: 'Firths', kind: 'group' },
      ],
      [
        { paragraph: 1, content: ['I’m on the boat till nine,'], source: 'he', cue: 'said', speaker: 'ivor' },
        { paragraph: 2, content: ['We’ll swim to the boat,'], source: 'the Firths', cue: 'said', speaker: 'firths' },
      ],
    );
    expect((await check({ words, credited }, candidatesIn([boat]))).verdict).toBe(verdict);
  });

  test('matches a Chinese name, traditional or simplified', async () => {
    expect(await verdictOf('我們需要這座橋', '王小明')).toBe('exact');
    expect(await verdictOf('我們需要這座橋', '習近平')).toBe('wrong name');
  });

  test('reports a changed word before a wrong name', async () => {
    expect(await verdictOf('I would rather walk across the river than pay for that', 'Ann Lee')).toBe('altered');
  });
});

describe('words without a speaker', () => {
  test('the article’s own voice', async () => {
    expect(await verdictOf('The council meets again on Thursday to decide about the money', 'Ann Lee')).toBe(
      'own voice',
    );
  });

  test('belong to somebody if in quotation marks, even if no speaker was found', async () => {
    const orphan = buildArticle('orphan', 'There was a note. “Nobody may cross the river by night.” It was old.');
    const found = await check(
      { words: 'Nobody may cross the river by night', credited: 'Ann Lee' },
      candidatesIn([orphan]),
    );
    expect(found.verdict).toBe('name open');
  });

  test('not found, with the nearest passage if there is one', async () => {
    const finding = await check(
      { words: 'The river will never forgive any of us for the ferry', credited: undefined },
      search,
    );
    expect(finding.verdict).toBe('not found');
    if (finding.verdict === 'not found') expect(finding.nearest).toBeDefined();
    for (const words of ['no link here', 'buffalo '.repeat(380), 'we would not have that']) {
      expect(await check({ words, credited: undefined }, search)).toMatchObject({ nearest: undefined });
    }
    expect(await verdictOf('zzz')).toBe('not found');
    expect(await verdictOf('…')).toBe('not found');
  });
});

describe('words that the article reports, but doesn’t quote', () => {
  const well = buildArticle(
    'well',
    [
      'The inspectors said there was “no evidence” of danger to the old well.',
      'Ann Lee said on Monday that the well would stay open.',
      'Juno Pell: Will the well stay open?',
      'Ann Lee: It will stay open as long as I live.',
      'A note on the lid said: “Nobody drinks here on a Sunday,” and little more.',
    ].join('\n'),
    [
      { id: 'inspectors', name: 'The inspectors', named: false, kind: 'group' },
      { id: 'lee', name: 'Ann Lee' },
    ],
    [
      {
        paragraph: 1,
        content: ['there was “no evidence” of danger to the old well'],
        source: 'The inspectors',
        cue: 'said',
        speaker: 'inspectors',
        type: 'mixed',
      },
      {
        paragraph: 2,
        content: ['the well would stay open'],
        source: 'Ann Lee',
        cue: 'said',
        speaker: 'lee',
        type: 'indirect',
      },
      { paragraph: 4, content: ['It will stay open as long as I live.'], source: 'Ann Lee', cue: ':', speaker: 'lee' },
    ],
  );

  test.each([
    ['No evidence of danger', undefined, 'paraphrase', ['no evidence']],
    ['no evidence', undefined, 'exact', ['no evidence']],
    ['the well would stay open', 'Ann Lee', 'paraphrase', []],
    ['Ann Lee said the well would stay open', undefined, 'cut', []],
    ['the well would stay open', 'Bo Cho', 'wrong name', []],
    ['It will stay open as long as I live', 'Ann Lee', 'exact', ['It will stay open as long as I live']],
    ['Nobody drinks here on a Sunday', undefined, 'exact', ['Nobody drinks here on a Sunday']],
    ['Nobody drinks here on a Sunday, and little', undefined, 'paraphrase', ['Nobody drinks here on a Sunday']],
  ])('%s (%s): %s', async (words, credited, verdict, verbatim) => {
    const found = await check({ words, credited }, candidatesIn([well]));
    expect(found.verdict).toBe(verdict);
    if (found.verdict === 'not found') throw new Error('It is there');
    expect(found.deciding.verbatim.map(span => slice(well.article.text, span))).toEqual(verbatim);
  });
});

test('everything shown of an article is cut from it', async () => {
  const finding = await check({ words: 'I would rather swim than pay for that', credited: undefined }, search);
  if (finding.verdict === 'not found') throw new Error('It is there');
  const [{ from, matches }] = finding.passages;
  expect(matches.map(match => slice(from.article.text, match)).join(' ')).toBe('I would rather swim than pay for that');
});

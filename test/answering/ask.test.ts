import { describe, expect, test } from 'vitest';
import { type Answer, ask } from '../../src/answering/ask.ts';
import { formsOfName } from '../../src/answering/named.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import type { Passage } from '../../src/search/passages.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { buildArticle, buildDenied } from '../search/build-article.ts';

const harbour = buildArticle(
  'harbour',
  [
    '“The ferry will run again in May,” the prime minister, Ines Marrow, said.',
    '“The tunnel is a waste of money,” said Tom Okafor, the harbour master.',
    '“Ferry tickets will cost more,” the minister said.',
    'The old pier was closed in 1987. Sela Varga was at the pier.',
  ].join('\n'),
  [
    { id: 'marrow', name: 'Ines Marrow', role: 'the prime minister' },
    { id: 'okafor', name: 'Tom Okafor', role: 'the harbour master' },
    { id: 'varga', name: 'Sela Varga' },
  ],
  [
    {
      paragraph: 1,
      content: ['The ferry will run again in May,'],
      source: 'the prime minister, Ines Marrow',
      cue: 'said',
      speaker: 'marrow',
    },
    {
      paragraph: 2,
      content: ['The tunnel is a waste of money,'],
      source: 'Tom Okafor, the harbour master',
      cue: 'said',
      speaker: 'okafor',
    },
    {
      paragraph: 3,
      content: ['Ferry tickets will cost more,'],
      source: 'the minister',
      cue: 'said',
      speaker: 'marrow',
      certainty: 'unclear',
    },
  ],
);
const council = buildArticle(
  'council',
  '“The tunnel needs two more years,” Ada Okafor said.\n“The bakery stays,” Ada Okafor said.',
  [{ id: 'ada', name: 'Ada Okafor' }],
  [
    { paragraph: 1, content: ['The tunnel needs two more years,'], source: 'Ada Okafor', cue: 'said', speaker: 'ada' },
    { paragraph: 2, content: ['The bakery stays,'], source: 'Ada Okafor', cue: 'said', speaker: 'ada' },
  ],
);
const unclear = buildArticle(
  'unclear',
  'The inspector said the ferry had been doing 14 knots.',
  [{ id: 'inspector', name: 'The inspector', named: false }],
  [
    {
      paragraph: 1,
      content: ['the ferry had been doing 14 knots'],
      source: 'The inspector',
      cue: 'said',
      speaker: 'inspector',
      certainty: 'unclear',
    },
  ],
);
const chinese = buildArticle('橋', '市長林小明說，新橋很安全，下個月開放。');
const library = await openTestLibrary([harbour, council, chinese, buildDenied()]);

function shown({ from, excerpt }: Passage): string {
  return slice(from.article.text, excerpt);
}

/** Returns an answer's passages, or why there are none. */
function told(answer: Answer): readonly string[] {
  if (answer.kind === 'answered') return answer.passages.map(shown);
  return answer.kind === 'nothing' ? [answer.why] : answer.answers.flatMap(told);
}

async function answerTo(question: string): Promise<Answer> {
  return await ask(library, question, NO_FILTER_OPTIONS);
}

describe('by words alone', () => {
  test.each([
    ['what did the pm say abt the ferry?', '“The ferry will run again in May,” the prime minister, Ines Marrow, said.'],
    [
      'what did marrow say about the ferry',
      '“The ferry will run again in May,” the prime minister, Ines Marrow, said.',
    ],
    [
      'what did the pm’s office say about the ferry',
      '“The ferry will run again in May,” the prime minister, Ines Marrow, said.',
    ],
    [
      'who said the tunnel is a waste of money?',
      '“The tunnel is a waste of money,” said Tom Okafor, the harbour master.',
    ],
    [
      'did the harbour master call the tunnel a waste?',
      '“The tunnel is a waste of money,” said Tom Okafor, the harbour master.',
    ],
    [
      'What did Bay Ferries CEO Tom Okafor say about the tunnel?',
      '“The tunnel is a waste of money,” said Tom Okafor, the harbour master.',
    ],
    ['when was the old pier closed?', 'The old pier was closed in 1987.'],
    ['what did Okafor say about the bakery', '“The bakery stays,” Ada Okafor said.'],
    ['誰說新橋很安全？', '市長林小明說，新橋很安全，下個月開放。'],
    ['林小明有沒有說新橋安全', '市長林小明說，新橋很安全，下個月開放。'],
  ])('%s', async (question, first) => {
    const answer = await answerTo(question);
    expect(answer).toMatchObject({ kind: 'answered', degree: 'unsure' });
    expect(told(answer)[0]).toContain(first);
  });

  test.each([
    ['what did Sela Varga say about the pier?', 'not-quoted'],
    ['what did Bo Cho say about the tunnel?', 'not-quoted'],
    ['what did Tom Varga say about the pier?', 'not-quoted'],
    ['what did the harbour master of Perth say about the tunnel?', 'not-quoted'],
    ['what did the harbour master say about wheat?', 'not-on-this'],
    ['what did Ines Marrow say about tickets?', 'not-on-this'],
    ['who said the wheat harvest failed?', 'not-mentioned'],
    ['how many seals live in the bay?', 'not-mentioned'],
    ['林小明對小麥說了什麼？', 'not-quoted'],
  ])('%s: nothing, %s', async (question, why) => {
    const answer = await answerTo(question);
    expect(answer).toMatchObject({ kind: 'nothing', why, articles: 4 });
  });

  test('a body isn’t called silent above the words of one of its members', async () => {
    const [source, content] = ['the Opposition’s Gavan Orr', 'the wheat sales have failed growers'] as const;
    const wheat = buildArticle(
      'wheat',
      `But ${source} says ${content}.\nThe mayor’s driver, Bo Cho, says the wheat is gone.`,
      [
        { id: 'orr', name: 'Gavan Orr' },
        { id: 'cho', name: 'Bo Cho' },
      ],
      [
        { paragraph: 1, type: 'indirect', content: [content], source, cue: 'says', speaker: 'orr' },
        {
          paragraph: 2,
          type: 'indirect',
          content: ['the wheat is gone'],
          source: 'The mayor’s driver, Bo Cho',
          cue: 'says',
          speaker: 'cho',
        },
      ],
    );
    const wheatLibrary = await openTestLibrary([wheat]);
    const whyOf = (who: string) => ask(wheatLibrary, `what did ${who} say about wheat?`, NO_FILTER_OPTIONS);
    expect(await whyOf('the opposition')).toMatchObject({ kind: 'nothing', why: 'not-mentioned' });
    expect(await whyOf('the union')).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
    expect(await whyOf('the mayor')).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
    const saidOf = (who: string) => ask(wheatLibrary, `what did ${who} say?`, NO_FILTER_OPTIONS);
    const port = buildArticle(
      'port',
      'A spokesman for the Hull Chamber of Trade says it is full.\nHull waits.',
      [
        { id: 'spokesman', name: 'A spokesman for the Hull Chamber of Trade', named: false },
        { id: 'board', name: 'Hull Chamber of Trade', kind: 'organisation' },
      ],
      [
        {
          paragraph: 1,
          type: 'indirect',
          content: ['it is full'],
          source: 'A spokesman for the Hull Chamber of Trade',
          cue: 'says',
          speaker: 'spokesman',
        },
      ],
    );
    const ofBoard = await ask(
      await openTestLibrary([port]),
      'what did the Hull Chamber of Trade say?',
      NO_FILTER_OPTIONS,
    );
    expect(ofBoard).toMatchObject({ kind: 'nothing', why: 'not-mentioned' });
    expect(await saidOf('the opposition')).toMatchObject({ kind: 'nothing', why: 'not-mentioned' });
    expect(await saidOf('the mayor')).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
  });

  test('what somebody said, whatever it is about, needs no hedge', async () => {
    const answer = await answerTo('what did Ines Marrow say?');
    expect(answer).toMatchObject({ kind: 'answered', degree: 'sure' });
    expect(told(answer)).toHaveLength(1);
  });

  test('what somebody said in one paragraph is one passage, unless somebody else speaks between', async () => {
    const text =
      '“It leaks,” Ann Lee said. “It always did.”\n“Go,” Ann Lee said. “No,” Bo Cho said. “Go on,” Ann Lee said.';
    const lee = { source: 'Ann Lee', cue: 'said', speaker: 'lee' };
    const weir = buildArticle(
      'weir',
      text,
      [
        { id: 'lee', name: 'Ann Lee' },
        { id: 'cho', name: 'Bo Cho' },
      ],
      [
        { ...lee, paragraph: 1, content: ['It leaks,'] },
        { ...lee, paragraph: 1, content: ['It always did.'] },
        { ...lee, paragraph: 2, content: ['Go,'] },
        { source: 'Bo Cho', cue: 'said', speaker: 'cho', paragraph: 2, content: ['No,'] },
        { ...lee, paragraph: 2, content: ['Go on,'] },
      ],
    );
    const answer = await ask(await openTestLibrary([weir]), 'what did Ann Lee say?', NO_FILTER_OPTIONS);
    expect(told(answer)).toEqual([
      '“It leaks,” Ann Lee said. “It always did.”',
      '“Go,” Ann Lee said.',
      '“Go on,” Ann Lee said.',
    ]);
  });

  test('what several articles have word for word is one passage, with the others', async () => {
    const words = 'The union accepts cameras instead of a second person on each bus,';
    const story = (id: string, more: string) =>
      buildArticle(
        id,
        `“${words}” Ann Lee said.\n${more}`,
        [{ id: 'lee', name: 'Ann Lee' }],
        [{ paragraph: 1, content: [words], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
      );
    const twice = await openTestLibrary([story('one', 'Night buses return.'), story('two', 'It was cold.')]);
    for (const question of ['what did Ann Lee say?', 'what did Ann Lee say about cameras?']) {
      const answer = await ask(twice, question, NO_FILTER_OPTIONS);
      if (answer.kind !== 'answered') return expect.fail('Nothing was found');
      expect(answer.passages.map(({ also }) => also?.length)).toEqual([1]);
    }
  });

  test('two people whom a name fits, with something on the topic each, are both answers', async () => {
    const answer = await answerTo('What did Okafor say about the tunnel?');
    expect(answer).toMatchObject({ kind: 'which', typed: 'Okafor' });
    expect(told(answer)).toEqual([
      expect.stringContaining('two more years'),
      expect.stringContaining('waste of money'),
    ]);
  });

  test.each([
    ['what did tom okafor and Ines Marrow say', ['waste of money', 'will run again'], []],
    ['What did Ada Okafor and Tom Okafor say about the tunnel?', ['two more years', 'waste of money'], []],
    ['What did Ines Marrow and Tom Okafor say about the tunnel?', ['waste of money'], ['Ines Marrow']],
    ['What did Okafor and Ines Marrow say', ['two more years', 'will run again', 'waste of money'], []],
    ['What did Tom Okafor & Bo Cho say about the tunnel?', ['waste of money'], ['Bo Cho']],
  ])('%s: each of several people', async (question, words, silent) => {
    const answer = await answerTo(question);
    expect(answer).toMatchObject({ kind: 'answered', degree: expect.not.stringMatching('others'), silent });
    expect(told(answer)).toEqual(words.map(each => expect.stringContaining(each)));
  });

  test('of several people who say nothing on it, none is named alone', async () => {
    const answer = await answerTo('What did Ines Marrow and Tom Okafor say about wheat?');
    expect(answer).toMatchObject({ kind: 'nothing', person: undefined });
  });

  test('at most two nearest passages come with nothing', async () => {
    const answer = await answerTo('What did Bo Cho say about the tunnel?');
    expect(answer.kind === 'nothing' && answer.nearest.map(shown)).toHaveLength(2);
  });

  test('a filter holds for answers, and for how many articles were searched', async () => {
    const within = { ...NO_FILTER_OPTIONS, article: 'council' };
    expect(told(await ask(library, 'What did Okafor say about the tunnel?', within))).toEqual([
      expect.stringContaining('two more years'),
    ]);
    expect(await ask(library, 'What did Marrow say about the tunnel?', within)).toMatchObject({ articles: 1 });
    expect(await ask(library, 'how many seals?', { ...NO_FILTER_OPTIONS, after: '2020-01-01' })).toMatchObject({
      articles: undefined,
    });
  });
});

test('the encoder reads the whole name of whoever is asked about', async () => {
  const read: string[] = [];
  const encodeQuestion = (question: string) => {
    read.push(question);
    return Promise.resolve(undefined);
  };
  const listening = Object.assign(await openTestLibrary([harbour]), { encodeQuestion });
  for (const who of ['Marrow', 'the pm', 'Ines Marrow', 'PM Ines Marrow', 'Bo Cho'])
    await ask(listening, `what did ${who} say about the ferry?`, NO_FILTER_OPTIONS);
  expect(read).toEqual(
    ['Ines Marrow', 'the pm Ines Marrow', 'Ines Marrow', 'PM Ines Marrow', 'Bo Cho'].map(
      who => `what did ${who} say about the ferry?`,
    ),
  );
});

test('an outlet’s words come only from the articles that a filter leaves', async () => {
  const outlets = ['Bay News', 'Hill Post'].map(outlet => {
    const from = buildArticle(outlet, `The ferry sank off the pier, as ${outlet} found.`);
    return { ...from, article: { ...from.article, outlet } };
  });
  const there = await openTestLibrary(outlets);
  const question = 'What did Bay News report about the ferry?';
  expect(await ask(there, question, NO_FILTER_OPTIONS)).toMatchObject({ passages: [{ from: outlets[0] }] });
  const within = { ...NO_FILTER_OPTIONS, outlet: 'Hill Post' };
  expect(await ask(there, question, within)).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
});

test.each([
  ['the pm', ['the prime minister']],
  ['the ceo', ['the chief executive']],
  ['the trade minister’s office', ['the trade minister']],
  ['surveyor Robert Webb', ['Robert Webb']],
  ['UBS’s Mark Shepperd', ['Mark Shepperd']],
  ['Mark Shepperd’s mother', []],
  ['Mark Shepperd’s statement', ['Mark Shepperd’s']],
  ['Andrew Williams of Perth', ['Andrew Williams']],
  ['prosecutor trevidic', ['trevidic']],
  ['former AWB boss Lindberg', ['Lindberg']],
  ['Apple CEO Tim Cook', ['Apple chief executive Tim Cook', 'Tim Cook']],
  ['wheelwright Jan van der Berg', ['Jan van der Berg']],
  ['Slater and Gordon', []],
  ['Don Brash', []],
  ['Guy Sebastian', []],
  ['perth mayor ann lee', ['ann lee']],
  ['Professor Ann Lee from Perth City College', ['Professor Ann Lee', 'Ann Lee']],
  ['Ann Lee', []],
  ['the minister', []],
  ['the mayor of Perth', []],
  ['Japan’s prime minister', []],
  ['tom smith', []],
])('%s may be written %j', (typed, forms) => {
  expect(formsOfName(typed)).toEqual([typed, ...forms]);
});

describe('whom a name means', async () => {
  const news = {
    nurses: `Theodore Marsh, the health minister, promised 450 nurses on Wednesday.
“We will have 450 new nurses by the autumn,” Marsh said in Carrow.
Marsh is the younger brother of the transport minister, Helena Marsh.`,
    call: `The transport minister, Helena Marsh, denied the call. “I have never spoken to him,” Marsh said.`,
    ferry: `Captain Yusuf Demirel ran his ferry aground. “The sandbank was not there in March,” he said.
The owner, Katarzyna Boll, did not accept that. “I told him on Friday,” she said.
Sister Mary Benedict, who was on board, said she prayed. “And I keep a boat,” Sister Mary said.
An earlier post said that two people had died. The poet was on board.`,
    post: `Kofi Lund deleted a post in which he called the referee “a traffic cone with a whistle”.
“Emotions were high,” Lund said. The referee has not responded.`,
    strike: `“The depot has vermin,” said the mayor of Dalebridge, Ottoline Crane.`,
    storm: `The mayor, Ilse Brandvold, was late. “We did not have a wall,” Brandvold said.`,
    letters: `“It is his handwriting,” said Prof. Alan Reed. “It is,” Prof. Reed added.
“The ink is too young,” said Marian Reed, a chemist.`,
    elsewhere: '“The letters smell of smoke,” Reed said.',
    court: `“You will read nothing about this,” said the judge, Recorder Frances Holm. “Nothing,” Recorder Holm said.`,
    coin: `Carrow High Court Judge Leo Abara sighed. “It is only a coin,” Abara said.
“I would have ruled otherwise,” said the former judge, Ada Quill.`,
    honey: `Judge Marcia Delacroix cleared Hollis Brandt, 58, on Tuesday. His lawyer, Priya Raman, smiled.
“They wanted a trial,” Raman said.`,
    late: `Her lawyer, Tom Arne, smiled. “We will wait,” Arne said. The singer, Maria Storm, was late.`,
    speech: `The chancellor, Rupert Vane, rose at ten. “I shall be brief,” Vane said. He then spoke for 51 minutes.`,
  };
  const read = Object.entries(news).map(([id, text]) => attribute(toArticle(id, UNKNOWN_METADATA, text)));
  const there = await openTestLibrary(await Promise.all(read));
  const answer = (question: string) => ask(there, question, NO_FILTER_OPTIONS);

  test.each([
    ['what did Thea Marsh say', 'not-quoted'],
    ['what did the poet say', 'not-quoted'],
    ['what did Mr Boll say', 'not-quoted'],
    ['what did Mrs Demirel say', 'not-quoted'],
    ['what did Father Benedict say', 'not-quoted'],
    ['what did the referee say', 'not-quoted'],
    ['what did Delacroix’s lawyer say', 'not-quoted'],
    ['what did Storm’s lawyer say', 'not-quoted'],
  ])('%s: nothing, %s', async (question, why) => {
    expect(await answer(question)).toMatchObject({ kind: 'nothing', why });
  });

  test.each([
    ['what did Mrs Boll say', 'I told him on Friday'],
    ['what did Captain Demirel say', 'The sandbank was not there'],
    ['what did Sister Benedict say', 'And I keep a boat'],
    ['what did Mrs Marsh say', 'I have never spoken to him'],
    ['what did Helena Marsh say', 'I have never spoken to him'],
    ['what did Prof. Reed say', 'It is his handwriting'],
    ['what did Frances Holm say', 'You will read nothing about this'],
    ['what did Theo Marsh say', '450 new nurses'],
    ['what did Brandt’s lawyer say', 'They wanted a trial'],
  ])('%s: “%s”', async (question, words) => {
    const found = await answer(question);
    expect(found).toMatchObject({ kind: 'answered', degree: 'sure' });
    expect(told(found).join('\n')).toContain(words);
  });

  test.each([
    ['what did Marsh say?', ['450', 'I have never spoken to him']],
    ['what did Reed say?', ['It is his handwriting', 'The ink is too young', 'The letters smell']],
    ['what did the mayor say', ['The depot has vermin', 'We did not have a wall']],
    ['what did the judge say', ['You will read nothing', 'It is only a coin']],
  ])('%s: one of several', async (question, words) => {
    const found = await answer(question);
    expect(found).toMatchObject({ kind: 'which', answers: { length: words.length } });
    for (const each of words) expect(told(found).join('\n')).toContain(each);
  });

  test('what only one of them speaks of is that one’s', async () => {
    const found = await answer('did Marsh promise 450 nurses?');
    expect(found).toMatchObject({ kind: 'answered', degree: expect.not.stringMatching('others') });
    expect(told(found)[0]).toContain('450');
  });
});

describe('whom a typed name means', async () => {
  const bands = buildArticle(
    'bands',
    [
      '“The drum is too loud,” Dr Ada Holt said.',
      '“The flute is too soft,” Dr Piet Holt said.',
      '“We were better,” said the former Rovers captain, Ola Gunn.',
      '“We are better,” said the captain of Rovers, Uwe Pall.',
      '“It met the order,” said Marl Electric of Ningbo.',
      '“It is in the budget,” said Chief Minister Ann Bell-Ward.',
    ].join('\n'),
    [
      { id: 'ada', name: 'Ada Holt', aliases: ['Dr Ada Holt'] },
      { id: 'piet', name: 'Piet Holt' },
      { id: 'gunn', name: 'Ola Gunn', role: 'former Rovers captain' },
      { id: 'pall', name: 'Uwe Pall', role: 'captain of Rovers' },
      { id: 'marl', name: 'Marl Electric of Ningbo', kind: 'organisation' },
      { id: 'ward', name: 'Ann Bell-Ward', role: 'Chief Minister' },
    ],
    [
      { paragraph: 1, content: ['The drum is too loud,'], source: 'Dr Ada Holt', cue: 'said', speaker: 'ada' },
      { paragraph: 2, content: ['The flute is too soft,'], source: 'Dr Piet Holt', cue: 'said', speaker: 'piet' },
      { paragraph: 3, content: ['We were better,'], source: 'Ola Gunn', cue: 'said', speaker: 'gunn' },
      { paragraph: 4, content: ['We are better,'], source: 'Uwe Pall', cue: 'said', speaker: 'pall' },
      { paragraph: 5, content: ['It met the order,'], source: 'Marl Electric', cue: 'said', speaker: 'marl' },
      { paragraph: 6, content: ['It is in the budget,'], source: 'Ann Bell-Ward', cue: 'said', speaker: 'ward' },
    ],
  );
  const there = await openTestLibrary([bands]);

  test.each([
    // Both are doctors.
    ['what did dr holt say', ['too loud', 'too soft']],
    ['what did dr holt say about the flute', ['too soft']],
    ['what did the captain say', ['are better']],
    ['what did the former captain say', ['were better']],
    ['what did marl say', ['met the order']],
    ['what did ningbo say', ['not-quoted']],
    ['what did the cm say', ['in the budget']],
    ['what did bell ward say', ['in the budget']],
    ['what did ann bell ward allege', ['in the budget']],
  ])('%s: %s', async (question, words) => {
    const answer = await ask(there, question, NO_FILTER_OPTIONS);
    expect(told(answer)).toEqual(words.map(each => expect.stringContaining(each)));
  });

  test('above what somebody says with half of a topic’s words, it isn’t said that they say nothing on it', async () => {
    const question = (topic: string) => `what did Uwe Pall say about ${topic}?`;
    const whyNot = (topic: string) => ask(there, question(topic), NO_FILTER_OPTIONS);
    expect(await whyNot('better weather')).toMatchObject({ kind: 'nothing', why: 'not-mentioned' });
    expect(await whyNot('loud weather')).toMatchObject({ kind: 'nothing', why: 'not-on-this' });
  });
});

test('what may be theirs is shown with a hedge if nothing clearly is', async () => {
  const answer = await ask(await openTestLibrary([unclear]), 'what did the inspector say', NO_FILTER_OPTIONS);
  expect(answer).toMatchObject({ kind: 'answered', degree: 'unsure' });
  expect(told(answer)[0]).toContain('14 knots');
});

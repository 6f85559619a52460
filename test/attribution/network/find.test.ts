import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findReports } from '../../../src/attribution/network/find-reports.ts';
import { type Article, toArticle, UNKNOWN_METADATA } from '../../../src/news/article.ts';
import { type Span, slice } from '../../../src/news/span.ts';
import { times } from '../../depth.ts';
import { fc } from '../../fast-check.ts';

function articleOf(text: string): Article {
  return toArticle('made-up', UNKNOWN_METADATA, text);
}

/** Returns each result as `source | cue | content`, the parts of a content joined by ` … `. */
async function read(text: string): Promise<readonly string[]> {
  const words = (span: Span | undefined): string => (span === undefined ? '?' : slice(text, span));
  const reports = await findReports(articleOf(text));
  return reports.map(({ source, cue, content }) =>
    [words(source), words(cue), content.map(words).join(' … ')].join(' | '),
  );
}

test('finds all eight reports in the seed article and nothing else', async () => {
  const text = readFileSync(new URL('../../../seeds/us-china-rome-meeting.txt', import.meta.url), 'utf8');
  expect(await read(text.slice(text.indexOf('China has')))).toEqual([
    'US officials | said | China has already decided to provide Russia with economic and financial support during its war with Ukraine, and is contemplating sending military supplies such as armed drones',
    'US National Security Adviser Jake Sullivan | pointing out | Moscow had feigned interest in diplomacy while preparing for invasion, and also that the Russian military was clearly showing signs of frailty',
    'a senior US official | said | It was an intense seven-hour session, reflecting the gravity of the moment, as well as our commitment to maintaining open lines of communication, … This meeting was not about negotiating specific issues or outcomes, but about a candid, direct exchange of views.',
    'the official | replied | I suppose it depends on how you define success, but we believe that it is important to keep open lines of communication between the United States and China, especially on areas where we disagree.',
    'another US official familiar with the discussions | said | The key here is first to get China to recalculate and re-evaluate their position. We see no sign of that re-evaluation, … They’ve already decided that they’re going to provide economic and financial support, and they underscored that today. The question really is whether they will go further.',
    'the official | said | Both sides understand that they don’t share common systems, and so that makes it problematic,',
    'CNN | reported | the Russian military is also asking for ration packs, underlining its severe logistical problems in a more prolonged and tougher conflict than it anticipated',
    'the US official | said | It really is a project of [Chinese President] Xi Jinping (習近平). He is totally, fundamentally behind this closer partnership with Russia,',
  ]);
});

describe('contents', () => {
  test.each([
    ['interrupted', '“We,” she said, “will rebuild.”', ['she | said | We, … will rebuild.']],
    [
      'continued in the next sentence, the full source phrase',
      '‘The council must act,’ said Sarah Smith, a spokeswoman for the agency. ‘It cannot wait.’',
      ['Sarah Smith, a spokeswoman for the agency | said | The council must act,', '? | ? | It cannot wait.'],
    ],
    [
      'two clauses',
      'Lee said that taxes would rise, and also that spending would fall.',
      ['Lee | said | taxes would rise, and also that spending would fall'],
    ],
    [
      'denied',
      'In a statement, the company denied that it had paid bribes.',
      ['the company | denied | it had paid bribes'],
    ],
    [
      'according to',
      'According to Reuters, the ship sank off Crete.',
      ['Reuters | According to | the ship sank off Crete'],
    ],
    [
      'a document',
      'The report said that two in three wells were dry.',
      ['The report | said | two in three wells were dry'],
    ],
    [
      'the source doesn’t end in the middle of a phrase',
      'The tram to Lantern Hill has divided Gullhaven, and on Thursday night it divided one surname.\n“The tram will pay for itself in eleven years, and I have counted them twice,” said Mayor Petra Lindqvar at a hearing in the old customs house.',
      ['Mayor Petra Lindqvar | said | The tram will pay for itself in eleven years, and I have counted them twice,'],
    ],
    ['asked, by somebody', '“Why now?” asked Lee.', ['Lee | asked | Why now?']],
    [
      'a dateline is nobody’s words',
      'MOSCOW (Reuters) — Russia will not attend the talks, the Kremlin said on Monday.',
      ['the Kremlin | said | Russia will not attend the talks'],
    ],
    [
      'a clause about the source is not in the content',
      'According to the police report, which was released on Friday, the driver had been drinking.',
      ['the police report | According to | the driver had been drinking'],
    ],
    ['guillemets', 'Moreau told Le Monde: «Nous partirons.»', ['Moreau | told | Nous partirons.']],
    [
      'over paragraphs, opened again and closed once',
      '“The river rose for days,” Ortiz said. “Nobody came to help us in the village.\n\n“Then the bridge fell and we were alone.”',
      [
        'Ortiz | said | The river rose for days, … Nobody came to help us in the village. … Then the bridge fell and we were alone.',
      ],
    ],
    [
      'a quotation that is a paragraph of its own has words and nobody named',
      'The mayor would not speak to the press.\n\n"We were told to leave the house at once and never to come back."',
      ['? | ? | We were told to leave the house at once and never to come back.'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });
});

test.each([
  'The film “The Last Harbour” opened on Friday.',
  'The so-called “smart” city was never built.',
  'He believes the war is over.',
  'The road to Arles was closed for three days.',
  'James “Jim” Porter won the race.',
  'When asked about the strike, the minister left the room.',
])('finds no speaker: %s', async text => {
  expect(await read(text)).toEqual([]);
});

test.each([
  [
    'transcript',
    'SMITH: Are you going to run?\n\nLEE: I have not made up my mind yet.',
    ['SMITH | ? | Are you going to run?', 'LEE | ? | I have not made up my mind yet.'],
  ],
  [
    'a transcript whose turns open with a stray mark',
    '"SMITH: Are you going to run?\n\n"LEE: I have not made up my mind yet."',
    ['SMITH | ? | Are you going to run?', 'LEE | ? | I have not made up my mind yet.'],
  ],
  [
    'signed',
    '“The sea takes what it wants.” — Maria Olsen, fisher',
    ['Maria Olsen, fisher | ? | The sea takes what it wants.'],
  ],
  [
    'signed on the next line',
    '"The sea takes what it wants."\n- Maria Olsen',
    ['Maria Olsen | ? | The sea takes what it wants.'],
  ],
])('finds the speaker from the layout: %s', async (_, text, expected) => {
  expect(await read(text)).toEqual(expected);
});

test.each(['Image: a crane in the port.\n\nSource: the ministry.', 'Where: the town hall.\n\nWhen: at noon.'])(
  'does not take a label for a speaker: %s',
  async text => {
    expect(await read(text)).toEqual([]);
  },
);

test('reads a paragraph the same way whatever was read before', async () => {
  const one = '“It is over,” the minister told reporters on Friday.';
  const other = 'According to Reuters, the ship sank off Crete.';
  const alone = await read(one);
  await read(other);
  expect(await read(one)).toEqual(alone);
  expect(await read(`${other}\n\n${one}`)).toEqual([...(await read(other)), ...alone]);
});

test('returns non-empty slices in order for any text', async () => {
  const word = fc.constantFrom(
    '“',
    '”',
    '"',
    '‘',
    '’',
    '«',
    '»',
    'said',
    'she',
    'Lee',
    'that',
    ',',
    '.',
    '\n',
    '😀',
    '習',
    'told',
  );
  const texts = fc.array(fc.oneof(word, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(texts, async words => {
      const text = words.join(' ');
      for (const { content, cue, source } of await findReports(articleOf(text))) {
        const spans = [...content, ...(cue === undefined ? [] : [cue]), ...(source === undefined ? [] : [source])];
        for (const { start, end } of spans) expect(start >= 0 && start < end && end <= text.length).toBe(true);
        for (const [index, piece] of content.entries())
          expect(piece.start >= (content[index - 1]?.end ?? 0)).toBe(true);
      }
    }),
    { numRuns: times(100, 3000) },
  );
});

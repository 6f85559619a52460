import { describe, expect, test } from 'vitest';
import { ask } from '../../src/answering/ask.ts';
import { findJudged } from '../../src/answering/candidates.ts';
import { DIMENSIONS, MODEL_ID } from '../../src/answering/networks/model.ts';
import { passagesOf } from '../../src/answering/networks/passages.ts';
import { parseQuestion } from '../../src/answering/question.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { Library } from '../../src/library/library.ts';
import { findArticleRefs } from '../../src/library/store/articles.ts';
import { saveVectors } from '../../src/library/store/changes.ts';
import { NO_FILTER } from '../../src/library/store/library-index.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { judgeByWords, wordVector, wordVectors } from '../library/word-vectors.ts';
import { buildArticle } from '../search/build-article.ts';

const lee = { source: 'Ann Lee', cue: 'said', speaker: 'lee' };
const ferry = buildArticle(
  'ferry',
  [
    '“The ferry is safe,” Ann Lee said. “The ferry is old,” Bo Cho said.',
    'The ferry had sailed since 1987. “It will sail on,” Ann Lee said.',
    'The ferry sank in the harbour.',
  ].join('\n'),
  [
    { id: 'lee', name: 'Ann Lee' },
    { id: 'cho', name: 'Bo Cho' },
  ],
  [
    { ...lee, paragraph: 1, content: ['The ferry is safe,'] },
    { source: 'Bo Cho', cue: 'said', speaker: 'cho', paragraph: 1, content: ['The ferry is old,'] },
    { ...lee, paragraph: 2, content: ['It will sail on,'] },
  ],
);
const strike = buildArticle('strike', 'The strike at the harbour began on Monday.');

/** Opens a library in which some of the articles have vectors, by their words. */
async function openMeaning(all: readonly AttributedArticle[], encoded = all): Promise<Library> {
  const library = await openTestLibrary(all);
  for (const from of encoded) {
    const refs = await library.read(findArticleRefs, { by: 'id', values: [from.article.id] });
    for (const ref of refs) await library.write(saveVectors, ref, MODEL_ID, wordVectors(passagesOf(from)));
  }
  return {
    read: library.read,
    encodeQuestion: question => Promise.resolve(wordVector(question)),
    judge: (question, passages) => Promise.resolve(judgeByWords(question, passages)),
    count: () => library.count(),
    article: id => library.article(id),
    articles: ids => library.articles(ids),
    articleOfCode: code => library.articleOfCode(code),
    newest: (from, most) => library.newest(from, most),
    listed: ids => library.listed(ids),
  };
}

const library = await openMeaning([ferry, strike]);
const surely = (_: string, texts: readonly string[]) =>
  Promise.resolve(texts.map(() => ({ logit: 40, words: { start: 0, end: 1 }, odds: 0 })));

async function shownFor(question: string, paragraph: number): Promise<unknown> {
  const found = await findJudged(library, parseQuestion(question), NO_FILTER, undefined);
  const passage = found?.find(each => each.from.article.id === 'ferry' && each.paragraph.number === paragraph);
  if (passage === undefined) throw new Error('Not found');
  const { speaker } = passage.attribution ?? {};
  return [slice(ferry.article.text, passage.excerpt), speaker?.id];
}

describe('a paragraph is shown', () => {
  test('with the words of the one who says most of what matches, if several speak', async () => {
    expect(await shownFor('who said the ferry is old?', 1)).toEqual(['“The ferry is old,” Bo Cho said.', 'cho']);
    expect(await shownFor('who said the ferry is safe?', 1)).toEqual(['“The ferry is safe,” Ann Lee said.', 'lee']);
  });

  test('whole if only one person speaks', async () => {
    const whole = 'The ferry had sailed since 1987. “It will sail on,” Ann Lee said.';
    expect(await shownFor('who said it will sail on?', 2)).toEqual([whole, 'lee']);
  });

  test('as the article’s own words for a fact that is outside all quotes', async () => {
    expect(await shownFor('since when had the ferry sailed?', 2)).toEqual([
      'The ferry had sailed since 1987. “It will sail on,” Ann Lee said.',
      undefined,
    ]);
    expect(await shownFor('did the ferry sink?', 3)).toEqual(['The ferry sank in the harbour.', undefined]);
  });
});

test('a heading answers nothing', async () => {
  const text = 'The old pier\nAnn Lee opened the old pier in 1987.\nThe old pier';
  const found = await findJudged(
    await openMeaning([buildArticle('opened', text)]),
    parseQuestion('when was the old pier opened?'),
    NO_FILTER,
  );
  expect(found?.map(({ paragraph: { number } }) => number).toSorted()).toEqual([2, 3]);
});

test('a heading that asks answers nothing, but a statement before a question may', async () => {
  const text =
    'When was the old pier opened?\nAnn Lee opened the old pier in 1987. Why?\nWas the old pier ever shut after 1987?\nNo.';
  const found = await findJudged(
    await openMeaning([buildArticle('asked', text)]),
    parseQuestion('when was the old pier opened?'),
    NO_FILTER,
  );
  expect(found?.map(({ paragraph: { number } }) => number).toSorted()).toEqual([2, 4]);
});

test('a credit in brackets answers nothing, but a statement in brackets may', async () => {
  const text = 'Ann Lee opened the old pier in 1987.\n(The old pier was shut.)\n(Reporting at the old pier by Ann Lee)';
  const found = await findJudged(
    await openMeaning([buildArticle('credited', text)]),
    parseQuestion('who was at the old pier?'),
    NO_FILTER,
  );
  expect(found?.map(({ paragraph: { number } }) => number).toSorted()).toEqual([1, 2]);
});

describe('a fact', () => {
  const pier = buildArticle(
    'pier',
    [
      'The mayor and the tram driver met at the old pier. “I would trade the pier for a boat,” Ann Lee whispered.',
      '“A hill needs no tram,” said Bo Cho, who isn’t related to the mayor of the old town.',
    ].join('\n'),
    [
      { id: 'lee', name: 'Ann Lee' },
      { id: 'cho', name: 'Bo Cho' },
    ],
    [
      { ...lee, cue: 'whispered', paragraph: 1, content: ['I would trade the pier for a boat,'] },
      { source: 'Bo Cho', cue: 'said', speaker: 'cho', paragraph: 2, content: ['A hill needs no tram,'] },
    ],
  );
  const shownOf = async (paragraph: number, words: string, odds = 0.9) => {
    const judge = (_: string, texts: readonly string[]) =>
      Promise.resolve(
        texts.map(text => {
          const start = Math.max(0, text.indexOf(words));
          return { logit: 1, words: { start, end: start + words.length }, odds };
        }),
      );
    const from = { ...(await openMeaning([pier])), judge };
    const question = parseQuestion('why did the mayor and the tram driver meet at the old pier?');
    const found = await findJudged(from, question, NO_FILTER, undefined);
    const passage = found?.find(({ paragraph: { number } }) => number === paragraph);
    return passage && [slice(pier.article.text, passage.excerpt), passage.attribution?.speaker?.id];
  };

  test('that somebody says is in their words, whatever the article says around them', async () => {
    expect(await shownOf(1, 'I would trade')).toEqual([expect.stringContaining('“I would trade the pier'), 'lee']);
    expect(await shownOf(2, 'hill needs no')).toEqual([expect.stringContaining('“A hill needs no tram,”'), 'cho']);
  });

  test('that the article tells is the article’s, with what somebody says beside it', async () => {
    const told = [expect.stringMatching(/^The mayor and the tram driver met .*Ann Lee whispered\.$/v), undefined];
    expect(await shownOf(1, 'driver met')).toEqual(told);
    expect(await shownOf(1, 'driver met', 0)).toEqual(told);
  });

  test('that the article tells in a sentence with a quote is nobody’s words', async () => {
    expect(await shownOf(2, 'isn’t related')).toEqual([expect.stringContaining('“A hill needs no tram,”'), undefined]);
  });

  test('is theirs if somebody speaks in every sentence that matches, and it isn’t known which words answer', async () => {
    expect(await shownOf(2, '', 0)).toEqual([expect.stringContaining('“A hill needs no tram,”'), 'cho']);
  });
});

/** Returns what is shown of the only paragraph of an article, if these words answer. */
async function shownIf(words: string, question: string, from: AttributedArticle) {
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(
      texts.map(text => {
        const start = Math.max(0, text.lastIndexOf(words));
        return { logit: 20, words: { start, end: start + words.length }, odds: words === '' ? 0 : 1 };
      }),
    );
  const answer = await ask({ ...(await openMeaning([from])), judge }, question, NO_FILTER_OPTIONS);
  if (answer.kind !== 'answered') return expect.fail('Nothing was found');
  const [{ excerpt, attribution, matches }] = answer.passages;
  const { text } = from.article;
  return {
    degree: answer.degree,
    shown: slice(text, excerpt),
    said: attribution?.content.map(span => slice(text, span)),
    bold: matches.map(match => slice(text, match)),
  };
}

describe('the heading is true of the words in bold', () => {
  const people = [
    { id: 'lee', name: 'Ann Lee' },
    { id: 'cho', name: 'Bo Cho' },
  ];
  const cho = { paragraph: 1, source: 'Bo Cho', cue: 'said', speaker: 'cho' } as const;

  test('what somebody hasn’t said is nobody’s words', async () => {
    const silent = buildArticle('silent', 'Ann Lee has not responded. Bo Cho said he “found it funny”.', people, [
      { ...cho, content: ['found it funny'] },
    ]);
    expect(await shownIf('has not responded', 'what was the comment of Ann Lee?', silent)).toMatchObject({
      ...{
        shown: 'Ann Lee has not responded. Bo Cho said he “found it funny”.',
        said: undefined,
        bold: ['has not responded'],
      },
    });
  });

  test('a few words in bold aren’t the verdict', async () => {
    const text = '“The reasons why the trade stopped cannot continue,” Bo Cho said.';
    const trade = buildArticle('trade', text, people.slice(1), [
      { ...cho, content: ['The reasons why the trade stopped cannot continue,'] },
    ]);
    const verdict = await shownIf('cannot continue', 'did Bo Cho say that the trade stopped for good?', trade);
    expect(verdict).toMatchObject({ degree: 'sure', bold: [] });
  });

  test('of a denial and a direct quote, it is the one that answers', async () => {
    const text = 'Ann Lee denied that the bridge call took place. “I never spoke to him,” she said.';
    const denied = buildArticle('denied', text, people.slice(0, 1), [
      { paragraph: 1, source: 'Ann Lee', cue: 'denied', speaker: 'lee', content: ['the bridge call took place'] },
      { paragraph: 1, source: 'she', cue: 'said', speaker: 'lee', content: ['I never spoke to him,'] },
    ]);
    expect(await shownIf('I never spoke to him', 'what did Ann Lee say about the bridge call?', denied)).toMatchObject({
      ...{ shown: text, said: ['I never spoke to him,'], bold: ['I never spoke to him'] },
    });
    // Nobody's words can't be hers.
    const denying = await shownIf('denied', 'what did Ann Lee say about the bridge call?', denied);
    const said = ['the bridge call took place'];
    // What she did say isn't under "denied".
    expect(denying).toMatchObject({ shown: 'Ann Lee denied that the bridge call took place.', said, bold: [] });
  });

  test('whoever speaks of it isn’t who did it', async () => {
    const stolen = buildArticle('stolen', '“Whoever took the boat knew the harbour,” said Bo Cho.', people.slice(1), [
      { ...cho, content: ['Whoever took the boat knew the harbour,'] },
    ]);
    const words = 'Whoever took the boat knew the harbour,';
    for (const question of ['who took the boat in the harbour?', 'whose is the boat in the harbour?']) {
      expect(await shownIf('Bo Cho', question, stolen)).toMatchObject({
        degree: 'unsure',
        said: [words],
        bold: ['boat', 'harbour'],
      });
    }
    expect(await shownIf('Bo Cho', 'who said the harbour was known?', stolen)).toMatchObject({ bold: ['Bo Cho'] });
  });

  test('whoever something is done to isn’t who did it', async () => {
    const text = 'Bo Cho said a bottle was thrown at an umpire by Ann Lee.';
    const thrown = buildArticle('thrown', text, people.slice(1), [
      { ...cho, content: ['a bottle was thrown at an umpire by Ann Lee'] },
    ]);
    const sure = async (words: string, question: string) => (await shownIf(words, question, thrown)).bold;
    expect(await shownIf('an umpire', 'who threw the bottle?', thrown)).toMatchObject({
      ...{ degree: 'unsure', bold: expect.not.arrayContaining(['an umpire']) },
    });
    expect(await sure('Ann Lee', 'who threw the bottle?')).toEqual(['Ann Lee']);
    expect(await sure('an umpire', 'who was the bottle thrown at?')).toEqual(['an umpire']);
  });

  test('what is beside all that anybody says is nobody’s words', async () => {
    const text = 'There was a shout of “Shame!” from the back, and Ann Lee said that she would clear the room.';
    const shout = buildArticle('shout', text, people.slice(0, 1), [
      { paragraph: 1, source: 'Ann Lee', cue: 'said', speaker: 'lee', content: ['she would clear the room'] },
    ]);
    expect(await shownIf('', 'whose was the shout of shame?', shout)).toMatchObject({ said: undefined });
    expect(await shownIf('', 'who would clear the room?', shout)).toMatchObject({ said: [expect.any(String)] });
  });

  test('whoever asks doesn’t answer', async () => {
    const text = 'Ann Lee asked whether passengers would pay. “Not directly,” said Bo Cho.';
    const asked = buildArticle('asked', text, people, [
      { paragraph: 1, source: 'Ann Lee', cue: 'asked', speaker: 'lee', content: ['whether passengers would pay'] },
      { ...cho, content: ['Not directly,'] },
    ]);
    expect(await shownIf('', 'will passengers pay?', asked)).toMatchObject({ shown: text, said: ['Not directly,'] });
    expect(await shownIf('', 'who asked whether passengers would pay?', asked)).toMatchObject({
      said: ['whether passengers would pay'],
    });
  });

  test('whoever was asked, or tells of it, isn’t surely the one who asked', async () => {
    const text = 'Ann Lee said she had been asked to leave. Bo Cho asked whether the door was locked.';
    const asked = buildArticle('asked', text, people, [
      { ...lee, paragraph: 1, content: ['she had been asked to leave'] },
      { ...cho, cue: 'asked', content: ['whether the door was locked'] },
    ]);
    expect(await shownIf('Ann Lee', 'who asked her to leave?', asked)).toMatchObject({ degree: 'unsure' });
    const bold = ['Bo Cho'];
    expect(await shownIf('Bo Cho', 'who asked whether the door was locked?', asked)).toMatchObject({ bold });
  });

  test('what one person reports of another is the other’s', async () => {
    const text = 'Bo Cho said: “I told her to swim. She said, ‘It is colder than it looks.’”';
    const nested = buildArticle('nested', text, people.slice(1), [
      { ...cho, content: ['I told her to swim. She said, ‘It is colder than it looks.’'] },
      {
        paragraph: 1,
        source: 'She',
        cue: 'said',
        speaker: 'none',
        content: ['It is colder than it looks.'],
        reportedBy: 0,
      },
    ]);
    const said = ['It is colder than it looks.'];
    expect(await shownIf('', 'who said it is colder than it looks?', nested)).toMatchObject({ said });
    expect(await shownIf('', 'who said that he told her to swim?', nested)).not.toMatchObject({ said });
  });

  test('an excerpt ends where the quotation does that begins in it', async () => {
    const text = 'Bo Cho said: “She told me it was ‘cold’. That was the word.” He left.';
    const nested = buildArticle('nested', text, people.slice(1), [
      { ...cho, content: ['She told me it was ‘cold’. That was the word.'] },
      { ...cho, source: 'She', cue: 'told', speaker: 'none', content: ['it was ‘cold’'], reportedBy: 0 },
    ]);
    const shown = 'Bo Cho said: “She told me it was ‘cold’. That was the word.”';
    expect(await shownIf('', 'who said it was cold?', nested)).toMatchObject({ shown, said: ['it was ‘cold’'] });
  });
});

test('a short paragraph isn’t cut before another takes back what answers, unless somebody’s words are asked for', async () => {
  const text = 'Ann Lee said that two sailors had died. Bo Cho said nobody had.';
  const storm = buildArticle(
    'storm',
    text,
    [
      { id: 'lee', name: 'Ann Lee' },
      { id: 'cho', name: 'Bo Cho' },
    ],
    [
      { ...lee, paragraph: 1, content: ['two sailors had died'] },
      { paragraph: 1, source: 'Bo Cho', cue: 'said', speaker: 'cho', content: ['nobody had'] },
    ],
  );
  const words = 'two sailors had died';
  expect(await shownIf(words, 'how many sailors died?', storm)).toMatchObject({
    shown: text,
    said: [words],
    bold: [words],
  });
  const first = 'Ann Lee said that two sailors had died.';
  expect(await shownIf(words, 'who said two sailors had died?', storm)).toMatchObject({ shown: first });
  expect(await shownIf(words, 'what did Ann Lee say about the sailors?', storm)).toMatchObject({ shown: first });
});

test('a short paragraph isn’t cut before the answer, but an answer of somebody else isn’t surely theirs', async () => {
  const printed = (name: string, kind: 'named' | 'unnamed') =>
    buildArticle(
      'printed',
      `The council said it had 14 complaints. ${name} said it did not know who had printed the leaflet.`,
      [
        { id: 'council', name: 'The council', kind: 'organisation' },
        { id: 'other', name, named: kind === 'named' },
      ],
      [
        { paragraph: 1, source: 'The council', cue: 'said', speaker: 'council', content: ['it had 14 complaints'] },
        {
          paragraph: 1,
          source: name,
          cue: 'said',
          speaker: 'other',
          content: ['it did not know who had printed the leaflet'],
        },
      ],
    );
  const words = 'did not know who had printed';
  const question = 'did the council say who printed the leaflet?';
  const spokesman = printed('A spokesman', 'unnamed');
  expect(await shownIf(words, question, spokesman)).toMatchObject({ degree: 'sure', shown: spokesman.article.text });
  const shown = 'The council said it had 14 complaints.';
  expect(await shownIf(words, question, printed('Bo Cho', 'named'))).toMatchObject({ degree: 'unsure', shown });
});

test('what is cut before all words of the topic is no sure answer', async () => {
  const people = [
    { id: 'lee', name: 'Ann Lee' },
    { id: 'cho', name: 'Bo Cho' },
  ];
  const said = { paragraph: 1, cue: 'said' } as const;
  const phone = buildArticle('phone', 'Ann Lee said she rang. “The voicemail is nice,” Bo Cho said.', people, [
    { ...said, source: 'Ann Lee', speaker: 'lee', content: ['she rang'] },
    { ...said, source: 'Bo Cho', speaker: 'cho', content: ['The voicemail is nice,'] },
  ]);
  const degreeOf = async (question: string, words = '') => (await shownIf(words, question, phone)).degree;
  expect(await degreeOf('what did Ann Lee say about the voicemail?')).toBe('unsure');
  expect(await degreeOf('what did Bo Cho say about the voicemail?')).toBe('sure');
  // An unnamed spokesman may be one of theirs.
  const text = 'Officials said it works. A clerk said the latch is worn.';
  const latch = buildArticle(
    'latch',
    text,
    ['Officials', 'A clerk'].map(name => ({ id: name, name, named: false })),
    [
      { ...said, source: 'Officials', speaker: 'Officials', content: ['it works'] },
      { ...said, source: 'A clerk', speaker: 'A clerk', content: ['the latch is worn'] },
    ],
  );
  expect(await shownIf('', 'what did officials say about the latch?', latch)).toMatchObject({ shown: text });
  const corrected = 'Correction: an earlier version of this article said that Ann Lee rang. Bo Cho did.';
  const wrong = buildArticle(
    'wrong',
    corrected,
    [{ id: 'article', name: 'an earlier version of this article', named: false }, ...people],
    [{ ...said, source: 'an earlier version of this article', speaker: 'article', content: ['Ann Lee rang'] }],
  );
  expect(await shownIf('Bo Cho did', 'who said Ann Lee rang?', wrong)).toMatchObject({ degree: 'unsure' });
});

describe('an interviewer’s words are replaced by the answer, whether they ask or tell', () => {
  const labelled = [
    'Q: When did you know that the lido would open?',
    'A: I knew in May, when I saw my first swimmer.',
    'Q: People say you chained yourself to the pump house.',
    'A: My brother did. I brought the sandwiches.',
    'Q: Would you do it again?',
    'A: I wouldn’t, not for a pension.',
  ];
  const bold = [
    'When did you know that the lido would open?',
    'I knew in May, when I saw my first swimmer.',
    'People say you chained yourself to the pump house.',
    'My brother did. I brought the sandwiches.',
    'Would you do it again?',
    'I wouldn’t, not for a pension.',
    'Will you swim there?',
    'I will if it is warm, and I have a hat.',
  ];

  test.each([
    ['with labels', labelled],
    ['without', bold],
  ])('%s', async (_, lines) => {
    const text = ['Gwen Ashe, 71, has led the campaign for years. We met on its steps.', ...lines].join('\n');
    const from = await attribute(toArticle('lido', { ...UNKNOWN_METADATA, title: 'The lido' }, text));
    const judge = (_: string, texts: readonly string[]) =>
      Promise.resolve(
        texts.map(each => ({ logit: each.includes('chained') ? 20 : 0, words: { start: 0, end: 1 }, odds: 0 })),
      );
    const asked = { ...(await openMeaning([from])), judge };
    const answer = await ask(asked, 'did she chain herself to the pump house?', NO_FILTER_OPTIONS);
    if (answer.kind !== 'answered') return expect.fail('Nothing was found');
    expect(slice(from.article.text, answer.passages[0].excerpt)).toMatch(/My brother did. I brought the sandwiches.$/v);
  });

  test('or followed by it, if somebody’s words are asked for', async () => {
    const text = ['Gwen Ashe, 71, has led the campaign for years. We met on its steps.', ...labelled].join('\n');
    const houses = buildArticle(
      'houses',
      Array.from({ length: 12 }, (_, at) => `What did Ashe say about house ${at}? Nothing.`).join('\n'),
    );
    const asked = await openMeaning([await attribute(toArticle('lido', UNKNOWN_METADATA, text)), houses]);
    const question = parseQuestion('what did Ashe say about the pump house?');
    const found = await findJudged(asked, question, NO_FILTER);
    const numbers = found?.flatMap(({ from, paragraph }) => (from.article.id === 'lido' ? paragraph.number : []));
    expect(numbers?.toSorted()).toEqual([4, 5]);
  });
});

test.each([
  'what did Ann Lee say about the harbour?',
  'what did Ann Lee say about the strike on Monday at the harbour',
])('%s: what nobody says there is never surely theirs', async question => {
  const answer = await ask(library, question, NO_FILTER_OPTIONS);
  expect(answer).not.toMatchObject({ degree: 'sure' });
});

test('what somebody says beside the topic isn’t surely about it', async () => {
  const goal = buildArticle(
    'goal',
    'Ann Lee watched from behind the goal. “I lost my voice,” Ann Lee said.',
    [{ id: 'lee', name: 'Ann Lee' }],
    [{ paragraph: 1, content: ['I lost my voice,'], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
  );
  const unsure = (_: string, texts: readonly string[]) =>
    Promise.resolve(texts.map(() => ({ logit: -1, words: { start: 0, end: 1 }, odds: 0 })));
  const asked = { ...(await openMeaning([goal, strike])), judge: unsure };
  const about = async (topic: string) =>
    await ask(asked, `what did Ann Lee say about the ${topic}?`, NO_FILTER_OPTIONS);
  expect(await about('voice')).toMatchObject({ degree: 'sure' });
  expect(await about('goal')).toMatchObject({ degree: 'unsure' });
});

test.each(['who criticised Ann Lee?', 'who criticised lee?', 'who criticised the mayor over the bridge?'])(
  '%s: whoever was criticised isn’t who is asked for',
  async question => {
    const mayor = buildArticle(
      'mayor',
      [
        '“My critics are wrong,” said the mayor, Ann Lee.',
        '“The mayor wasted our money,” Bo Cho said. “I would spend it again on such a bridge,” Ann Lee said.',
        'The growers criticised the mayor, Ann Lee, over the bridge. “They should cross it,” she said.',
      ].join('\n'),
      [
        { id: 'lee', name: 'Ann Lee', role: 'the mayor' },
        { id: 'cho', name: 'Bo Cho' },
      ],
      [
        { ...lee, paragraph: 1, content: ['My critics are wrong,'] },
        { paragraph: 2, source: 'Bo Cho', cue: 'said', speaker: 'cho', content: ['The mayor wasted our money,'] },
        { ...lee, paragraph: 2, content: ['I would spend it again on such a bridge,'] },
        { ...lee, paragraph: 3, source: 'she', content: ['They should cross it,'] },
      ],
    );
    const judge = (_: string, texts: readonly string[]) =>
      Promise.resolve(
        texts.map(text => ({ logit: text.includes('critics') ? 40 : 35, words: { start: 0, end: 1 }, odds: 0 })),
      );
    // All are as near, so the judge alone decides.
    const encodeQuestion = () => Promise.resolve(new Int8Array(DIMENSIONS));
    const asked = { ...(await openMeaning([mayor])), judge, encodeQuestion };
    const answer = await ask(asked, question, NO_FILTER_OPTIONS);
    if (answer.kind !== 'answered') return expect.fail('Nothing was found');
    expect(answer.passages.map(each => slice(mayor.article.text, each.excerpt)).toSorted()).toEqual([
      'The growers criticised the mayor, Ann Lee, over the bridge. “They should cross it,” she said.',
      '“The mayor wasted our money,” Bo Cho said.',
    ]);
  },
);

test('a word that somebody with that surname uses isn’t their name unless it is typed with a capital letter', async () => {
  const rice = buildArticle(
    'rice',
    '“We need more rice,” Ann Rice said.',
    [{ id: 'rice', name: 'Ann Rice' }],
    [{ paragraph: 1, content: ['We need more rice,'], source: 'Ann Rice', cue: 'said', speaker: 'rice' }],
  );
  const asked = { ...(await openMeaning([rice])), judge: surely };
  const about = async (topic: string) => await ask(asked, `who talked about ${topic}?`, NO_FILTER_OPTIONS);
  expect(await about('rice')).toMatchObject({ kind: 'answered', passages: [{ attribution: rice.attributions[0] }] });
  expect(await about('Rice')).toMatchObject({ kind: 'nothing' });
});

test.each([
  ['Saturday', 'sure'],
  ['Friday', 'unsure'],
])('what happened on %s: %s, if a passage names only Saturday', async (day, degree) => {
  const fair = buildArticle('fair', 'The fair at the harbour was opened on Saturday.');
  const asked = { ...(await openMeaning([fair])), judge: surely };
  expect(await ask(asked, `What happened at the harbour on ${day}?`, NO_FILTER_OPTIONS)).toMatchObject({ degree });
});

test('somebody whom no article names is never surely quoted', async () => {
  const answer = await ask(library, 'What did Cy Rao say about the ferry that sank in the harbour?', NO_FILTER_OPTIONS);
  expect(answer).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
});

test('a namesake’s words are no answer', async () => {
  const answer = await ask(library, 'What did Cy Lee say about the ferry that sank in the harbour?', NO_FILTER_OPTIONS);
  expect(answer).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
});

test.each(['rao', 'Jones', 'Cy from Perth'])('%s: a name, whose bearer isn’t quoted', async name => {
  const question = `what did ${name} say about the ferry that sank in the harbour?`;
  const answer = await ask(library, question, NO_FILTER_OPTIONS);
  expect(answer).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
});

test('others’ words are never surely those of somebody whom their article names, but doesn’t quote', async () => {
  const words = '“The captain sank the ferry in the harbour,”';
  const article = buildArticle(
    'captain',
    `${words} Ann Lee said. The captain has not responded.`,
    [{ id: 'lee', name: 'Ann Lee' }],
    [{ ...lee, paragraph: 1, content: ['The captain sank the ferry in the harbour,'] }],
  );
  const asked = await openMeaning([article]);
  const about = 'what did the captain say about the ferry that sank in the harbour?';
  expect(await ask(asked, about, NO_FILTER_OPTIONS)).toMatchObject({ kind: 'answered', degree: 'unsure' });
  const anything = await ask(asked, 'what did the captain say', NO_FILTER_OPTIONS);
  expect(anything).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
});

test('what others say is never the words of somebody whom nobody quotes, however sure the judge is', async () => {
  const words = 'Cy Rao will sell the ferry in the harbour,';
  const article = buildArticle(
    'sale',
    `“${words}” Ann Lee said.\nCy Rao was at the ferry in the harbour.`,
    [
      { id: 'lee', name: 'Ann Lee' },
      { id: 'rao', name: 'Cy Rao' },
    ],
    [{ ...lee, paragraph: 1, content: [words] }],
  );
  // All are as near, so both are as likely.
  const encodeQuestion = () => Promise.resolve(new Int8Array(DIMENSIONS));
  const asked = { ...(await openMeaning([article])), judge: surely, encodeQuestion };
  const about = async (question: string) => await ask(asked, question, NO_FILTER_OPTIONS);
  const answer = await about('what did Cy Rao say about the ferry in the harbour?');
  if (answer.kind !== 'answered') return expect.fail('The article may quote him');
  expect(answer.passages.map(({ paragraph }) => paragraph.number)).toEqual([2]);
  expect(await about('what did Cy Rao say?')).toMatchObject({ kind: 'nothing', why: 'not-quoted' });
});

test('neither a stranger’s words nor an article’s own are surely those of somebody whom nobody quotes', async () => {
  const words = 'The ferry in the harbour was safe,';
  const article = buildArticle(
    'safe',
    `“${words}” a doctor said.\nCy Rao was at the ferry in the harbour.`,
    [
      { id: 'doctor', name: 'a doctor', named: false },
      { id: 'rao', name: 'Cy Rao' },
    ],
    [{ paragraph: 1, content: [words], source: 'a doctor', cue: 'said', speaker: 'doctor' }],
  );
  const encodeQuestion = () => Promise.resolve(new Int8Array(DIMENSIONS));
  const asked = { ...(await openMeaning([article])), judge: surely, encodeQuestion };
  const answer = await ask(asked, 'what did Cy Rao say about the ferry in the harbour?', NO_FILTER_OPTIONS);
  if (answer.kind !== 'answered') return expect.fail('The article may quote him');
  expect(answer.degree).toBe('unsure');
  expect(answer.passages.map(({ paragraph }) => paragraph.number)).toEqual([2]);
});

test('of a group, anybody may be one', async () => {
  for (const group of ['the growers', 'growers', 'police', 'wheat farmers', 'minister']) {
    const asked = `what did ${group} say about the ferry that sank in the harbour?`;
    expect(await ask(library, asked, NO_FILTER_OPTIONS)).toMatchObject({ kind: 'answered' });
  }
});

test('whoever an article describes with the name of a body may tell what it said about something', async () => {
  const [source, content] = ['Sergeant Ann Lee of Hull Police', 'it was the worst of her cases'] as const;
  const article = buildArticle(
    'case',
    `${source} said ${content}.`,
    [{ id: 'lee', name: 'Ann Lee', role: 'Sergeant' }],
    [{ ...lee, source, type: 'indirect', paragraph: 1, content: [content] }],
  );
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(texts.map(() => ({ logit: -40, words: { start: 0, end: 1 }, odds: 0 })));
  const asked = { ...(await openMeaning([article])), judge };
  const about = async (topic: string) =>
    await ask(asked, `what did the police say about the ${topic}?`, NO_FILTER_OPTIONS);
  expect(await about('case')).toMatchObject({ kind: 'answered' });
  expect(await about('strike')).toMatchObject({ kind: 'nothing' });
});

test('what a namesake did is no sure answer to what somebody did who is named in full', async () => {
  const vote = (text: string) =>
    buildArticle('vote', `${text}\nAnn Roe is a senator.`, [
      { id: 'bo', name: 'Bo Roe' },
      { id: 'ann', name: 'Ann Roe' },
    ]);
  const degreeFor = async (text: string, question: string) =>
    await ask({ ...(await openMeaning([vote(text)])), judge: judgedBy(text) }, question, NO_FILTER_OPTIONS);
  const judgedBy = (text: string) => (_: string, texts: readonly string[]) =>
    Promise.resolve(
      texts.map(each => ({ logit: each.includes(text) ? 40 : -40, words: { start: 0, end: 1 }, odds: 0 })),
    );
  const text = 'Bo Roe voted against the harbour bill.';
  expect(await degreeFor(text, 'did ann roe vote against the harbour bill?')).toMatchObject({ degree: 'unsure' });
  for (const name of ['bo roe', 'roe', 'the senator', 'ann'])
    expect(await degreeFor(text, `did ${name} vote against the harbour bill?`), name).toMatchObject({ degree: 'sure' });
  const both = 'Bo Roe voted against the harbour bill of Ann Roe.';
  expect(await degreeFor(both, 'did ann roe vote against the harbour bill?')).toMatchObject({ degree: 'sure' });
});

test('below words from an article that names somebody, there are none from one that doesn’t', async () => {
  const named = buildArticle('named', 'Cy Rao watched. “The ferry sank,” a man said.');
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(
      texts.map(text => ({ logit: text.includes('Rao') ? 20 : 18, words: { start: 0, end: 1 }, odds: 0 })),
    );
  const asked = { ...(await openMeaning([ferry, named], [])), judge };
  const answer = await ask(asked, 'what did rao say about the ferry?', NO_FILTER_OPTIONS);
  if (answer.kind !== 'answered') throw new Error('Nothing was found');
  expect(answer.passages.map(({ from }) => from.article.id)).toEqual(['named']);
});

test.each(['what about bread?', 'bread', 'any news on bread prices?', 'is there anything about bread'])(
  '%s: an article without the word is no answer, however likely the judge takes it',
  async question => {
    const judge = (_: string, texts: readonly string[]) =>
      Promise.resolve(
        texts.map(text => ({ logit: text.includes('ferry') ? 40 : 20, words: { start: 0, end: 1 }, odds: 0 })),
      );
    const asked = (text: string) => ask({ ...library, judge }, text, NO_FILTER_OPTIONS);
    expect(await asked(question)).toMatchObject({ kind: 'nothing', why: 'not-mentioned', nearest: [] });
    const answer = await asked(question.replace('bread', 'strike'));
    if (answer.kind !== 'answered') return expect.fail('Nothing was found');
    expect(answer.passages.map(({ from }) => from.article.id)).toEqual(['strike']);
  },
);

test('what is unlikely by itself needs an article with half of the topic’s words', async () => {
  const lane = buildArticle('lane', 'The bus lane is shut.\nIt opens in May.');
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(texts.map(() => ({ logit: 11, words: { start: 0, end: 1 }, odds: 0 })));
  const encodeQuestion = () => Promise.resolve(new Int8Array(DIMENSIONS));
  const asked = { ...(await openMeaning([lane])), judge, encodeQuestion };
  const answer = async (question: string) => await ask(asked, question, NO_FILTER_OPTIONS);
  expect(await answer('when does the bus lane open?')).toMatchObject({ kind: 'answered', degree: 'unsure' });
  expect(await answer('when does the river inquiry finish?')).toMatchObject({ kind: 'nothing' });
});

test('Chinese, which the networks can’t read, only answers a question that has some', async () => {
  const bilingual = await openMeaning([strike, buildArticle('橋', '市長林小明說，新橋很安全。')]);
  const idsFor = async (question: string) =>
    (await findJudged(bilingual, parseQuestion(question), NO_FILTER, undefined))?.map(({ from }) => from.article.id);
  expect(await idsFor('when did the strike begin?')).toEqual(['strike']);
  expect((await idsFor('when did 林小明 speak of the bridge?'))?.toSorted()).toEqual(['strike', '橋']);
});

test('an article without vectors is found by its words, and judged like the others', async () => {
  const partly = await openMeaning([ferry, strike], [ferry]);
  const answer = await ask(partly, 'when did the strike at the harbour begin on Monday?', NO_FILTER_OPTIONS);
  if (answer.kind !== 'answered') throw new Error('Nothing was found');
  expect(answer.passages[0].from.article.id).toBe('strike');
});

test('in a sure answer, the words that answer are marked, and nothing if it isn’t likely which do', async () => {
  const marked = async (odds: number) => {
    const judge = (_: string, texts: readonly string[]) =>
      Promise.resolve(texts.map(text => ({ logit: 50 * Number(text.includes('1987')), words: yearIn(text), odds })));
    const answer = await ask({ ...library, judge }, 'since when did the ferry sail?', NO_FILTER_OPTIONS);
    if (answer.kind !== 'answered') throw new Error('Nothing was found');
    expect(answer.degree).toBe('sure');
    return answer.passages[0].matches.map(match => slice(ferry.article.text, match));
  };
  expect(await marked(0.9)).toEqual(['1987']);
  expect(await marked(0.1)).toEqual([]);
});

test('in an unsure answer, words of the question are marked, but not those that tell nothing', async () => {
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(texts.map(() => ({ logit: 2, words: { start: 0, end: 1 }, odds: 0 })));
  const answer = await ask({ ...library, judge }, 'why is the harbour so deep?', NO_FILTER_OPTIONS);
  if (answer.kind !== 'answered') throw new Error('Nothing was found');
  expect(answer.degree).toBe('unsure');
  const marked = answer.passages.flatMap(({ from, matches }) => matches.map(match => slice(from.article.text, match)));
  expect(new Set(marked)).toEqual(new Set(['harbour']));
});

test('nor are they in the nearest passages', async () => {
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(texts.map(() => ({ logit: -40, words: { start: 0, end: 1 }, odds: 0 })));
  const answer = await ask({ ...library, judge }, 'how did the harbour get so deep?', NO_FILTER_OPTIONS);
  if (answer.kind !== 'nothing') return expect.fail('Something was found');
  const marked = answer.nearest.flatMap(({ from, matches }) => matches.map(match => slice(from.article.text, match)));
  expect(new Set(marked)).toEqual(new Set(['harbour']));
});

test('of what may answer, what has all words of the topic comes first', async () => {
  const fair = buildArticle('fair', 'The mayor praised the fair.\nThe harbour fair was closed early.');
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(
      texts.map(text => ({ logit: text.includes('mayor') ? 40 : 39.5, words: { start: 0, end: 1 }, odds: 0 })),
    );
  const encodeQuestion = () => Promise.resolve(new Int8Array(DIMENSIONS));
  const asked = { ...(await openMeaning([fair])), judge, encodeQuestion };
  const answer = await ask(asked, 'why was the harbour fair closed?', NO_FILTER_OPTIONS);
  if (answer.kind !== 'answered') return expect.fail('Nothing was found');
  expect(answer.degree).toBe('unsure');
  expect(answer.passages.map(({ paragraph }) => paragraph.number)).toEqual([2, 1]);
});

test('somebody who says all words of the topic may be who is asked for, however unlikely the judge takes it', async () => {
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(texts.map(() => ({ logit: -40, words: { start: 0, end: 1 }, odds: 0 })));
  const answer = await ask({ ...library, judge }, 'who mentioned that the ferry is old?', NO_FILTER_OPTIONS);
  expect(answer).toMatchObject({ kind: 'answered', degree: 'unsure', passages: [{ attribution: { source: {} } }] });
  const other = await ask({ ...library, judge }, 'who mentioned that the ferry is deep?', NO_FILTER_OPTIONS);
  expect(other).toMatchObject({ kind: 'nothing' });
});

test('what the same person says beside it doesn’t make an answer unsure, but which words answer; what another says does', async () => {
  const answerIf = async (second: 'lee' | 'cho', question = 'when does the bridge close?') => {
    const names = { lee: 'Ann Lee', cho: 'Bo Cho' };
    const said = (id: 'lee' | 'cho', paragraph: number, content: string) => ({
      ...{ paragraph, content: [content] as const, source: names[id], cue: 'said', speaker: id },
    });
    const bridge = buildArticle(
      'bridge',
      `“The bridge closes in May,” Ann Lee said.\n“The bridge closes in June,” ${names[second]} said.`,
      [
        { id: 'lee', name: names.lee },
        { id: 'cho', name: names.cho },
      ].filter(({ id }) => id === 'lee' || id === second),
      [said('lee', 1, 'The bridge closes in May,'), said(second, 2, 'The bridge closes in June,')],
    );
    const judge = (_: string, texts: readonly string[]) =>
      Promise.resolve(
        texts.map(text => ({
          logit: 50 + Number(text.includes('May')),
          words: { start: 0, end: text.length },
          odds: 1,
        })),
      );
    const answer = await ask({ ...(await openMeaning([bridge])), judge }, question, NO_FILTER_OPTIONS);
    if (answer.kind !== 'answered') throw new Error('Nothing was found');
    const { degree, passages } = answer;
    return { degree, shown: passages.map(({ paragraph }) => paragraph.number), marked: passages[0].matches };
  };
  expect(await answerIf('lee')).toEqual({ degree: 'sure', shown: [1, 2], marked: [] });
  expect(await answerIf('cho')).toMatchObject({ degree: 'unsure', shown: [1, 2] });
  // Only one can be the verdict.
  expect(await answerIf('lee', 'does the bridge close?')).toMatchObject({ degree: 'unsure' });
});

test('what one person says in more places than are shown isn’t sure together', async () => {
  const months = ['May', 'June', 'July', 'August', 'October'];
  const said = months.map((month, at) => ({ ...lee, paragraph: at + 1, content: [`It closes in ${month},`] as const }));
  const text = months.map(month => `“It closes in ${month},” Ann Lee said.`).join('\n');
  const bridge = buildArticle('bridge', text, [{ id: 'lee', name: 'Ann Lee' }], said);
  const judge = (_: string, texts: readonly string[]) =>
    Promise.resolve(texts.map(() => ({ logit: 50, words: { start: 0, end: 1 }, odds: 1 })));
  const asked = { ...(await openMeaning([bridge])), judge };
  expect(await ask(asked, 'when does it close?', NO_FILTER_OPTIONS)).toMatchObject({ degree: 'unsure' });
});

test('a story that is in the library twice is one answer, with the other article', async () => {
  const copy = buildArticle('copy', `${strike.article.text}\nIt ended on Friday.`);
  const twice = await openMeaning([ferry, strike, copy]);
  const question = parseQuestion('when did the strike at the harbour begin?');
  const found = await findJudged(twice, question, NO_FILTER, undefined);
  const [first, ...others] = found ?? [];
  const ids = [first?.from, ...(first?.also ?? [])].map(from => from?.article.id);
  expect(ids.toSorted()).toEqual(['copy', 'strike']);
  expect(others.map(({ from, paragraph }) => [from.article.id, paragraph.number])).not.toContainEqual(['strike', 1]);
});

/** An article of two paragraphs: a name, and what "he" says. */
function spoken(id: string, name: string, words: string) {
  const said = { paragraph: 2, content: [words], source: 'he', cue: 'said', speaker: id } as const;
  return buildArticle(id, `${name} spoke.\n“${words}” he said.`, [{ id, name }], [said]);
}

const began = 'The strike at the harbour began on Monday with 400 workers,';

test.each([
  ['another number', spoken('one', 'Ann Lee', began), spoken('two', 'Ann Lee', began.replace('400', '700'))],
  ['another speaker', spoken('one', 'Ann Lee', began), spoken('two', 'Bo Cho', began)],
])('%s makes it another story', async (_, ...articles) => {
  const question = parseQuestion('when did the strike at the harbour begin?');
  const found = await findJudged(await openMeaning(articles), question, NO_FILTER, undefined);
  const places = found?.filter(({ paragraph }) => paragraph.number === 2) ?? [];
  expect(places.map(({ from, also }) => [from.article.id, also.length]).toSorted()).toEqual([
    ['one', 0],
    ['two', 0],
  ]);
});

test('of two people whom a name fits, each answer is as sure as their own words make it', async () => {
  const articles = [
    spoken('ann', 'Ann Lee', 'The bridge needs new bolts soon,'),
    spoken('bo', 'Bo Lee', 'The bridge needs fresh paint soon,'),
  ];
  const judge = (_: string, texts: readonly string[]) => {
    const logitOf = (text: string) => (text.includes('bolts') ? 20 : text.includes('paint') ? 17 : -20);
    return Promise.resolve(texts.map(text => ({ logit: logitOf(text), words: { start: 0, end: 1 }, odds: 0 })));
  };
  const without = await openMeaning(articles, []);
  const answer = await ask(
    { ...without, judge },
    'what did Lee say that the wobbly bridge needs soon?',
    NO_FILTER_OPTIONS,
  );
  if (answer.kind !== 'which') throw new Error('There are two');
  expect(answer.answers.map(({ degree, passages: [{ from }] }) => [from.article.id, degree]).toSorted()).toEqual([
    ['ann', 'sure'],
    ['bo', 'unsure'],
  ]);
});

describe('what somebody said', () => {
  /** Takes those passages for answers that have one of the words, the first word's above all. */
  const preferring = (...words: readonly string[]) => ({
    ...library,
    judge: (_: string, texts: readonly string[]) =>
      Promise.resolve(
        texts.map(text => {
          const at = words.findIndex(word => text.includes(word));
          return { logit: at < 0 ? -40 : 40 - at, words: { start: 0, end: 1 }, odds: 0 };
        }),
      ),
  });
  const speakersIn = async (from: Library, question: string) => {
    const answer = await ask(from, question, NO_FILTER_OPTIONS);
    if (answer.kind !== 'answered') throw new Error('Nothing was found');
    return { ...answer, speakers: answer.passages.map(({ attribution }) => attribution?.speaker?.id) };
  };

  test('has no words of others below', async () => {
    const found = await speakersIn(preferring('sail on', 'is safe', 'strike'), 'what did Ann Lee say about the ferry?');
    expect(found).toMatchObject({ degree: 'sure', speakers: ['lee', 'lee'] });
  });

  test('is theirs if they spoke of it, however much likelier the judge takes others’ words', async () => {
    const found = await speakersIn(preferring('sail on'), 'what did Bo Cho say about the old ferry?');
    expect(found).toMatchObject({ degree: 'sure', speakers: ['cho'] });
  });

  test('begins with what has a word of the topic, however much likelier the judge takes their other words', async () => {
    const judge = (_: string, texts: readonly string[]) => {
      const logitOf = (text: string) => (text.includes('sail on') ? 40 : text.includes('sank') ? 39.5 : 30);
      return Promise.resolve(texts.map(text => ({ logit: logitOf(text), words: { start: 0, end: 1 }, odds: 0 })));
    };
    // All are as near, so the judge alone decides.
    const encodeQuestion = () => Promise.resolve(new Int8Array(DIMENSIONS));
    const found = await speakersIn({ ...library, judge, encodeQuestion }, 'what did Ann Lee say about the ferry?');
    expect(found).toMatchObject({ degree: 'sure' });
    expect(found.passages.map(({ paragraph }) => paragraph.number)).toEqual([1, 2]);
  });

  test('begins with what has a word of the topic, even if the judge is surer of their other words', async () => {
    const found = await speakersIn(preferring('sail on'), 'what did Ann Lee say about the safe ferry?');
    expect(found).toMatchObject({ degree: 'sure' });
    expect(found.passages.map(({ paragraph }) => paragraph.number)).toEqual([1, 2]);
  });

  test('comes from others only if it says so', async () => {
    const found = await speakersIn(preferring('sail on'), 'what did Bo Cho say about sailing on?');
    expect(found).toMatchObject({ degree: 'others', speakers: ['lee'] });
  });
});

function yearIn(text: string) {
  const start = Math.max(0, text.indexOf('1987'));
  return { start, end: start + 4 };
}

test('the encoder fails, or a question is in Chinese: by words alone', async () => {
  const broken = { ...library, encodeQuestion: () => Promise.resolve(undefined) };
  expect(await findJudged(broken, parseQuestion('who said the ferry is old?'), NO_FILTER, undefined)).toBeUndefined();
  expect(await findJudged(library, parseQuestion('誰說渡輪很舊？'), NO_FILTER, undefined)).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import { type Span, slice } from '../../src/news/span.ts';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { markWords, worthMarking } from '../../src/search/mark.ts';
import type { Passage } from '../../src/search/passages.ts';
import { searchOf } from '../../src/search/search.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { buildArticle, buildNested, buildSeed } from './build-article.ts';

const seed = buildSeed();
const search = searchOf(await openTestLibrary([seed]));
const cut = (span: Span) => slice(seed.article.text, span);
const find = (words: string, speaker?: string) => search.passages(words, { ...NO_FILTER_OPTIONS, speaker });

function tell(passage: Passage | undefined) {
  return [passage?.closeness, passage?.paragraph.number, passage?.attribution?.speaker?.id];
}

describe('who said it', () => {
  test.each([
    ['it really is a project of Xi', 12, 'another'],
    ['they dont share comon systems', 9, 'another'],
    ['what did CNN report', 10, 'cnn'],
    ['ration packs', 10, 'cnn'],
    ['what did officials say about drones', 1, 'us-officials'],
    ['signs of fraility', 2, 'sullivan'],
    ['习近平', 12, 'another'],
    ['sevenhour session', 4, 'senior'],
    ["They've already decided that they're", 7, 'another'],
    ['the gravity of the situation', 4, 'senior'],
    ['lines of communication open', 4, 'senior'],
  ])('%s', async (words, paragraph, speaker) => {
    expect(tell((await find(words))[0])).toEqual(['match', paragraph, speaker]);
  });

  test('finds reported words once, under their speaker and with the reporter', async () => {
    const { passages } = searchOf(await openTestLibrary([buildNested()]));
    const found = await passages('the bridge was safe', NO_FILTER_OPTIONS);
    expect(found.map(tell)).toEqual([['match', 1, 'cho']]);
    expect(found[0]?.attribution?.reportedBy?.speaker?.id).toBe('lee');
    const [outer] = await passages('Cho had said the bridge was safe', NO_FILTER_OPTIONS);
    expect(tell(outer)).toEqual(['match', 1, 'lee']);
  });

  test('also finds them as the reporter’s words if those are asked for', async () => {
    const { passages } = searchOf(await openTestLibrary([buildNested()]));
    const [found] = await passages('the bridge was safe', { ...NO_FILTER_OPTIONS, speaker: 'Ann Lee' });
    expect(tell(found)).toEqual(['match', 1, 'lee']);
    const [own] = await passages('the bridge was safe', { ...NO_FILTER_OPTIONS, speaker: 'Bo Cho' });
    expect(tell(own)).toEqual(['match', 1, 'cho']);
  });

  test('finds both places of words said twice, in article order', async () => {
    const found = await find('open lines of communication');
    expect(found.slice(0, 2).map(tell)).toEqual([
      ['match', 4, 'senior'],
      ['match', 5, 'senior'],
    ]);
  });

  test('ranks quotes before narration of the same words', async () => {
    const found = await find('seven hour');
    expect(found.map(tell)).toEqual([
      ['match', 4, 'senior'],
      ['match', 2, undefined],
    ]);
  });

  test.each([
    ['military transfers would not be straightforward', 8],
    ['message deliverers to Beijing', 3],
    ['laid out Washingtons case', 2],
  ])('finds the article’s own words: %s', async (words, paragraph) => {
    expect(tell((await find(words))[0])).toEqual(['match', paragraph, undefined]);
  });

  test('does not credit a name to its bearer', async () => {
    expect((await find('Jake Sullivan'))[0]?.attribution).toBeUndefined();
  });

  test.each(['climate change', 'we believe in democracy', 'China will help Russia with money'])(
    'calls a near miss one: %s',
    async words => {
      expect((await find(words))[0]?.closeness).toBe('near');
    },
  );

  test.each(['', '  …', 'zebra quantum', 'nixon', '😀', 'https://'])('finds nothing similar: %j', async words => {
    expect(await find(words)).toEqual([]);
  });
});

test('one quoted word among many of the article’s own makes it nobody’s', async () => {
  expect((await find('seven-hour meeting in Rome with Chinese director, diplomacy'))[0]?.attribution).toBeUndefined();
});

test('a report within a report is shown once, under its original speaker', async () => {
  const text = 'CNN reported that Lee said the dam would hold.';
  const said = [
    { source: 'CNN', cue: 'reported', speaker: 'cnn', content: ['Lee said the dam would hold'] },
    { source: 'Lee', cue: 'said', speaker: 'lee', content: ['the dam would hold'] },
  ] as const;
  const named = [
    { id: 'cnn', name: 'CNN' },
    { id: 'lee', name: 'Lee' },
  ];
  const article = buildArticle(
    'dam',
    text,
    named,
    said.map(each => ({ ...each, paragraph: 1, type: 'indirect' })),
  );
  const found = await searchOf(await openTestLibrary([article])).passages('the dam would hold', NO_FILTER_OPTIONS);
  expect(found.map(({ attribution }) => attribution?.speaker?.id)).toEqual(['lee']);
});

test('leaves out a passage that repeats some words of a better one', async () => {
  const text = '“The aqueduct needs scaffolding,” Ann Lee said. “Then mend the weir,” Bo Cho said. “Soon,” Lee said.';
  const named = [
    { id: 'lee', name: 'Ann Lee' },
    { id: 'cho', name: 'Bo Cho' },
  ];
  const said = { paragraph: 1, cue: 'said' };
  const article = buildArticle('weir', text, named, [
    { ...said, source: 'Ann Lee', speaker: 'lee', content: ['The aqueduct needs scaffolding,', 'Soon,'] },
    { ...said, source: 'Bo Cho', speaker: 'cho', content: ['Then mend the weir,'] },
  ]);
  const { passages } = searchOf(await openTestLibrary([article]));
  const found = await passages('scaffolding mend weir', NO_FILTER_OPTIONS);
  expect(found.map(({ matches }) => matches.map(match => slice(text, match)))).toEqual([
    ['scaffolding', 'mend', 'weir'],
  ]);
});

test.each(['公園很大', '大園很安'])('one wrong character in four still matches, first or last: %s', async words => {
  const { passages } = searchOf(await openTestLibrary([buildArticle('park', '公園很安全。')]));
  expect((await passages(words, NO_FILTER_OPTIONS)).map(({ closeness }) => closeness)).toEqual(['match']);
});

describe('what is shown', () => {
  test('a short attribution in full, with its cue', async () => {
    const [passage] = await find('candid exchange');
    const excerpt = passage === undefined ? '' : cut(passage.excerpt);
    expect(excerpt.startsWith('“It was an intense')).toBe(true);
    expect(excerpt).toContain('a senior US official said.');
    expect(passage?.matches.map(cut)).toEqual(['candid', 'exchange']);
  });

  test.each([
    ['they dont share comon systems', ['they', 'don’t', 'share', 'common', 'systems']],
    ['reevaluate', ['re', 'evaluate']],
    ['习近平', ['習近平']],
    ['drone', ['drones']],
  ])('%s marks %j', async (words, marked) => {
    expect((await find(words))[0]?.matches.map(cut)).toEqual(marked);
  });

  test.each([
    ['date', 'dating'],
    ['date', 'dated'],
    ['story', 'stories'],
    ['deny', 'denied'],
    ['plan', 'planning'],
    ['plan', 'planned'],
    ['raise', 'raising'],
  ])('%s and %s are forms of one word', async (one, other) => {
    const library = await openTestLibrary(
      [one, other].map(word => buildArticle(word, `Nobody heard of ${word} since.`)),
    );
    for (const words of [one, other]) {
      const found = await searchOf(library).passages(words, NO_FILTER_OPTIONS);
      expect(found.map(({ closeness, from }) => [closeness, from.article.id]).sort()).toEqual(
        [
          ['match', one],
          ['match', other],
        ].sort(),
      );
    }
  });

  test('of two places, marks the one that was meant', async () => {
    const [passage] = await find('important to keep open lines');
    expect(passage?.matches.map(cut)).toEqual(['important', 'to', 'keep', 'open', 'lines']);
  });
});

describe('filters', () => {
  test('a speaker, even misspelt, leaves only what they said', async () => {
    expect((await find('military', 'Sulivan')).map(tell)).toEqual([['match', 2, 'sullivan']]);
    expect(await find('seven-hour', 'Sulivan')).toEqual([]);
    expect(await find('ration packs', 'Macron')).toEqual([]);
  });

  test('an article leaves only its own passages; an unknown id leaves nothing', async () => {
    const other = buildArticle('other', 'Ration packs ran out.\nThe ration packs came late.');
    const both = searchOf(await openTestLibrary([seed, other]));
    const within = (article: string) => both.passages('ration packs', { ...NO_FILTER_OPTIONS, article });
    expect((await within('other')).map(({ from }) => from.article.id)).toEqual(['other', 'other']);
    expect((await within(seed.article.id)).map(({ from }) => from)).toEqual([seed]);
    expect(await within('__proto__')).toEqual([]);
  });
});

test('the same words by two speakers in one sentence are two passages, each under its own', async () => {
  const text = 'Lee said the dam will hold, while Marsh said the dam will hold only until Friday.';
  const named = [
    { id: 'lee', name: 'Lee' },
    { id: 'marsh', name: 'Marsh' },
  ];
  const said = [
    { source: 'Lee', cue: 'said', speaker: 'lee', content: ['the dam will hold,'] },
    { source: 'Marsh', cue: 'said', speaker: 'marsh', content: ['the dam will hold only until Friday'] },
  ] as const;
  const article = buildArticle(
    'dam',
    text,
    named,
    said.map(each => ({ ...each, paragraph: 1, type: 'indirect' })),
  );
  const found = await searchOf(await openTestLibrary([article])).passages('the dam will hold', NO_FILTER_OPTIONS);
  expect(found.map(({ attribution }) => attribution?.speaker?.id).toSorted()).toEqual(['lee', 'marsh']);
});

test.each([
  ['i think tihs is fine', ['I', 'think', 'this', 'is', 'fine']],
  ['teh othr', ['the', 'other']],
  ['bro', []],
])('%j marks each word, misspelt or not, but none that merely contains it', (words, marked) => {
  const text = 'The brother and the other: I think this is fine.';
  const marks = markWords(text, { start: 0, end: text.length }, words);
  expect(marks.map(({ start, end }) => text.slice(start, end)).flatMap(run => run.split(' '))).toEqual(marked);
});

describe('an everyday word', () => {
  const text = 'We ask for more, as we said, of the town. We see it as it is now.';
  const bold = (words: string) =>
    worthMarking(text, markWords(text, { start: 0, end: text.length }, words)).map(({ start, end }) =>
      text.slice(start, end),
    );

  test('is no misspelling of another word, but may be misspelt', () => {
    expect(markWords('As it was by now.', { start: 0, end: 17 }, 'ask buy')).toEqual([]);
    expect(markWords('Of the town.', { start: 0, end: 12 }, 'teh')).toEqual([{ start: 3, end: 6 }]);
  });

  test('is bold only next to another, or in a phrase', () => {
    expect(bold('as the')).toEqual([]);
    expect(bold('ask the')).toEqual(['ask']);
    expect(bold('the town')).toEqual(['the', 'town']);
    expect(bold('it as it is')).toEqual(['it', 'as', 'it', 'is']);
  });
});

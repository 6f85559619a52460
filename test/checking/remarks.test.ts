import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { check, type PassageSearch } from '../../src/checking/check.ts';
import { readQuotes } from '../../src/checking/read-quotes.ts';
import { buildArticle, buildSeed } from '../search/build-article.ts';
import { candidatesIn } from './candidates.ts';
import { shown } from './show-difference.ts';

const search = candidatesIn([buildSeed()]);
const words = 'They’ve already decided that they’re going to provide economic and financial support';

/** Returns the verdict and the words it applies to. */
async function checked(message: string, articles = search) {
  const [claim] = readQuotes(message).quotes;
  if (claim === undefined) throw new Error('There is a claim');
  return await check(claim, articles);
}

describe('a message without quotation marks', () => {
  test.each([
    [`hey look: ${words}`, 'exact', undefined],
    [`@here ${words}`, 'exact', undefined],
    [`lol did you see this\n${words}\nso funny`, 'exact', undefined],
    [`@everyone: ${words}, says Sullivan`, 'wrong name', 'Sullivan'],
    [`look: ${words}, another US official said`, 'exact', 'another US official'],
    [`hey look: ${words.replace('economic', 'military')}`, 'altered', undefined],
  ])('is checked without the chatter around it: %s', async (message, verdict, credited) => {
    const { quote, ...finding } = await checked(message);
    expect(finding.verdict).toBe(verdict);
    expect(quote.credited).toBe(credited);
    expect(quote.words.startsWith('They’ve already')).toBe(true);
    expect(quote.words.endsWith('financial support')).toBe(true);
  });

  test.each([
    [`Jake Sullivan says ${words}`, 'wrong name', 'Jake Sullivan'],
    [`Jake Sullivan ${words}`, 'wrong name', 'Jake Sullivan'],
    [`Jake Sullivan – ${words}`, 'wrong name', 'Jake Sullivan'],
    [`Jake Sullivan said on Monday that ${words}`, 'wrong name', 'Jake Sullivan'],
    [`According to Jake Sullivan, ${words}`, 'wrong name', 'Jake Sullivan'],
    [`another US official said: ${words}`, 'exact', 'another US official'],
    [`he said ${words}`, 'exact', undefined],
  ])('is checked without the name in front of it: %s', async (message, verdict, credited) => {
    const { quote, ...finding } = await checked(message);
    expect(finding.verdict).toBe(verdict);
    expect(quote.credited).toBe(credited);
    expect(quote.words).toBe(words);
  });

  test.each([
    [
      'Jake Sullivan is totally, fundamentally behind this',
      '{-He-} {+Jake Sullivan+} is totally, fundamentally behind this',
    ],
    ['Joe Biden believe that it is important', '{-but we-} {+Joe Biden+} believe that it is important'],
  ])('keeps a name that is part of it: %s', async (message, difference) => {
    const finding = await checked(message);
    expect(finding.verdict).toBe('altered');
    expect(shown(finding)).toBe(difference);
  });

  test.each([
    [`We see many signs of that re-evaluation\n${words}`, 'We see {-no sign-} {+many signs+} of that re-evaluation'],
    ['he’s behind\nthis closer partnership with Russia', '{+he’s+} behind this closer partnership with Russia'],
    [`${words}\nand they denied that today`, `${words} and they {-underscored-} {+denied+} that today`],
    [`wow ${words}`, `{+wow+} ${words}`],
    [`“hey look: ${words}”`, `{+hey look+} ${words}`],
  ])('is checked whole where the quote itself was changed: %s', async (message, difference) => {
    const finding = await checked(message);
    expect(finding.verdict).toBe('altered');
    expect(shown(finding).replaceAll('\n', ' ')).toContain(difference);
  });
});

test.each([
  ['The truth is simple: we will go to the bridge', undefined, 'exact'],
  ['Putin made a choice: he will pay for the bridge', undefined, 'exact'],
  ['The people of the town want one thing – Freedom', undefined, 'exact'],
  ['The truth is simple: we will swim to the bridge', undefined, 'altered'],
  ['Jake Sullivan: we will go to the bridge', 'Jake Sullivan', 'exact'],
  ['Joe Biden: we will go to the bridge', 'Joe Biden', 'wrong name'],
  ['Joe Biden: I like the ferry more than any bridge', 'Joe Biden', 'wrong name'],
])('a name is read only if the article doesn’t have it there: %s', async (message, credited, verdict) => {
  const said = [
    'The truth is simple: we will go to the bridge.',
    'Putin made a choice: he will pay for the bridge.',
    'The people of the town want one thing – Freedom,',
  ].join(' ');
  const town = buildArticle(
    'town',
    `“${said}” Jake Sullivan said.\n“Go,” said Joe Biden. “I like the ferry more than any bridge,” Ann Lee said.`,
    [
      { id: 'sullivan', name: 'Jake Sullivan' },
      { id: 'biden', name: 'Joe Biden' },
      { id: 'lee', name: 'Ann Lee' },
    ],
    [
      { paragraph: 1, content: [said], source: 'Jake Sullivan', cue: 'said', speaker: 'sullivan' },
      { paragraph: 2, content: ['Go,'], source: 'Joe Biden', cue: 'said', speaker: 'biden' },
      {
        paragraph: 2,
        content: ['I like the ferry more than any bridge,'],
        source: 'Ann Lee',
        cue: 'said',
        speaker: 'lee',
      },
    ],
  );
  const found = await checked(message, candidatesIn([town]));
  expect([found.quote.credited, found.verdict]).toEqual([credited, verdict]);
});

test.each([
  ['I told him ‘we won it fair and square’ and left', 'exact', 'I told him ‘we won it fair and square’ and left'],
  ['> I told him "we won it fair and square" and left', 'exact', 'I told him "we won it fair and square" and left'],
  ['The "golden" era of the ferry is over', 'exact', 'The "golden" era of the ferry is over'],
  // A word that was changed in the middle; at an end, it may be a remark.
  ['I told her ‘we won it fair and square’ and left', 'altered', 'I told her ‘we won it fair and square’ and left'],
  ['I told him ‘we lost it fair and square’ and left', 'altered', 'I told him ‘we lost it fair and square’ and left'],
  ['I told him ‘we won it fair and square’ left', 'cut', 'I told him ‘we won it fair and square’ left'],
  ['I told him ‘we won it fair and square’ and wept', 'exact', 'we won it fair and square'],
  ['I told the reporters ‘we won it fair and square’ last Monday and left', 'exact', 'we won it fair and square'],
  ['lol she said ‘we won it fair and square’ again', 'exact', 'we won it fair and square'],
  // Of the article's own words, only those in quotation marks are a quote.
  ['The meeting about the ferry was ‘over in five minutes’ on Monday', 'exact', 'over in five minutes'],
  ['The meeting about the boat was ‘over in five minutes’ on Monday', 'exact', 'over in five minutes'],
])('what an article quotes may have quotation marks inside: %s', async (message, verdict, words) => {
  const told = 'I told him ‘we won it fair and square’ and left. The ‘golden’ era of the ferry is over,';
  const ferry = buildArticle(
    'ferry',
    `“${told}” Ann Lee said.\nThe meeting about the ferry was “over in five minutes” on Monday.`,
    [{ id: 'lee', name: 'Ann Lee' }],
    [{ paragraph: 1, content: [told], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
  );
  const found = await checked(message, candidatesIn([ferry]));
  expect([found.verdict, found.quote.words]).toEqual([verdict, words]);
});

test.each([
  ['a blank line', 'The bridge fell on Monday\n\n', 'own voice'],
  ['a quotation mark', 'The sign says “', 'exact'],
  ['nothing', '', 'own voice'],
  ['words', 'The mayor hopes that soon ', 'altered'],
  ['many spaces', `The mayor hopes that soon${' '.repeat(100)}`, 'altered'],
  // A quadratic search would take many hours.
  ['a sentence after endless blank lines', `Intro.${'\n'.repeat(1_000_000)}The bridge fell. `, 'own voice'],
  ['words after endless spaces', `Intro.${' '.repeat(1_000_000)}The mayor hopes that soon `, 'altered'],
])('a remark is stripped if a sentence begins after it, but not after other words: %s', async (_, before, verdict) => {
  const sentence = 'The bridge will be rebuilt by the end of next year.';
  const articles = candidatesIn([buildArticle('bridge', `${before}${sentence}`)]);
  expect((await checked(`lol look: ${sentence}`, articles)).verdict).toBe(verdict);
});

test.each([
  ['a verb that looks like the end of a credit', 'said we '.repeat(240)],
  ['names in front', `Ann Bo Cy Di Ed Fay Gus Hal said we ${'decided we provide support, '.repeat(60)}`],
  ['lines', 'said we\n'.repeat(240)],
])('however often a remark may be stripped, a check is bounded and others have their turns: %s', async (_, message) => {
  let [searches, turns] = [0, 0];
  const counted: PassageSearch = {
    passages: (...asked) => {
      searches += 1;
      return search.passages(...asked);
    },
  };
  const result = checked(message, counted).then(({ verdict }) => verdict);
  while ((await Promise.race([result, setImmediate('working')])) === 'working') turns += 1;
  expect(await result).toBe('not found');
  expect(searches).toBeLessThanOrEqual(24);
  expect(turns).toBeGreaterThanOrEqual(searches / 2);
});

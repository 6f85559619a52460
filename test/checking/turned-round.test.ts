import { expect, test } from 'vitest';
import { check } from '../../src/checking/check.ts';
import { buildArticle } from '../search/build-article.ts';
import { candidatesIn } from './candidates.ts';
import { shown } from './show-difference.ts';

const strike = buildArticle(
  'strike',
  '“This is not about money,” Dole said. “We will not move. We will leave, and we won’t come back. The vote is over.”',
);
const search = candidatesIn([strike]);

test.each([
  ['This is about money', 'This is {-not-} about money'],
  ['We will move', 'We will {-not-} move'],
  ['we will come back', 'we {-won’t-} {+will+} come back'],
  ['The vote is not over', 'The vote is {+not+} over'],
  ['The vote isn’t over', 'The vote {-is-} {+isn’t+} over'],
  ['We will not leave', 'We will {+not+} leave'],
])('a few words with a negation added or removed are Altered: %s', async (words, difference) => {
  const finding = await check({ words, credited: undefined }, search);
  expect(finding.verdict).toBe('altered');
  expect(shown(finding)).toBe(difference);
});

test.each(['This is about honour', 'We will fight', 'It is over', 'is money', 'They will move'])(
  'a few words with a different word are not found: %s',
  async words => {
    expect((await check({ words, credited: undefined }, search)).verdict).toBe('not found');
  },
);

const pier = buildArticle(
  'pier',
  [
    'Lee called the pier “a waste of money” and said that the work would start on Tuesday.',
    '“We can wait,” said Peter Walsh, who has not been mayor since May, “and 12 boats can stay. Nobody will take them.”',
    '“No, it is safe to swim there, and I will go if you do not,” Finch said. “More people will lose their jobs without the pier. It never, never fell.”',
  ].join('\n'),
  [
    { id: 'lee', name: 'Lee' },
    { id: 'walsh', name: 'Peter Walsh' },
  ],
  [
    { paragraph: 1, content: ['a waste of money'], source: 'Lee', cue: 'called', speaker: 'lee' },
    {
      paragraph: 2,
      content: ['We can wait,', 'and 12 boats can stay. Nobody will take them.'],
      source: 'Peter Walsh, who has not been mayor since May',
      cue: 'said',
      speaker: 'walsh',
    },
  ],
);
const ofPier = candidatesIn([pier]);

async function reversals(words: string) {
  const finding = await check({ words, credited: undefined }, ofPier);
  return finding.verdict === 'not found' ? finding.verdict : finding.reversals;
}

test.each([
  ['We can not wait', { kind: 'added', quoted: 'not', found: '' }],
  ['We can’t wait', { kind: 'swapped', quoted: 'can’t', found: 'can' }],
  ['Somebody will take them', { kind: 'swapped', quoted: 'Somebody', found: 'Nobody' }],
  ['and 20 boats can stay', { kind: 'number', quoted: '20', found: '12' }],
  ['the work would start on Friday', { kind: 'day', quoted: 'Friday', found: 'Tuesday' }],
  ['Fewer people will lose their jobs without the pier', { kind: 'swapped', quoted: 'Fewer', found: 'More' }],
  ['More people will lose their jobs with the pier', { kind: 'swapped', quoted: 'with', found: 'without' }],
  ['More people will not lose their jobs without the pier', { kind: 'added', quoted: 'not', found: '' }],
  ['I will go if you do', { kind: 'dropped', quoted: '', found: 'not' }],
  ['I will not, go if you do not', { kind: 'added', quoted: 'not', found: '' }],
])('a change that reverses the meaning is named: %s', async (words, told) => {
  expect(await reversals(words)).toEqual([told]);
});

test.each([
  'a huge waste of money',
  'it is safe to swim there, Finch',
  'More folk will lose their jobs without the pier',
  'It never fell',
])('any other change is none: %s', async words => {
  expect(await reversals(words)).toEqual([]);
});

test.each([
  ['We can wait, 12 boats can stay', 'We can wait {-and-} 12 boats can stay'],
  ['We can wait. Somebody will take them', 'We can wait {-and 12 boats can stay. Nobody-} {+Somebody+} will take them'],
  ['a waste of money and effort', 'a waste of money {+and effort+}'],
  ['a waste of time and money', 'a waste of {-money-} {+time and money+}'],
  // Unless the quote has words of it, too.
  ['Lee: a waste of money', 'Lee {-called the pier-} a waste of money'],
  ['a waste of money, the work', 'a waste of money {-and said that-} the work'],
])('the difference shows none of the article’s own words beside a quotation: %s', async (words, difference) => {
  expect(shown(await check({ words, credited: undefined }, ofPier))).toBe(difference);
});

const bridge = buildArticle(
  'bridge',
  [
    '“The old bridge is not safe for lorries,” Finch said. “It isn’t possible to repair it before the winter.”',
    '“Every tenant in that street is unhappy with the noise,” Lee said. “I don’t think the tram will ever pay for itself.”',
    '“No one in this town wants a second bridge,” Walsh said. “Dole and I do not agree with the mayor on the ferry.”',
    '“There is no reason to wait for the spring,” Cho said. “It is not a secret that the money is there.”',
  ].join('\n'),
);
const ofBridge = candidatesIn([bridge]);

test.each([
  'The old bridge is unsafe for lorries',
  'It is impossible to repair it before the winter',
  'It’s impossible to repair it before the winter',
  'Every tenant in that street is not happy with the noise',
  'Every tenant in that street isn’t happy with the noise',
  'I think the tram won’t ever pay for itself',
  'I think the tram will never pay for itself',
  'Nobody in this town wants a second bridge',
  'Dole and I disagree with the mayor on the ferry',
  'It is no secret that the money is there',
  'Not every tenant in that street is not happy with the noise',
])('a negation in other words reverses nothing: %s', async words => {
  const finding = await check({ words, credited: undefined }, ofBridge);
  expect(finding).toMatchObject({ verdict: 'altered', reversals: [] });
});

test.each([
  ['The old bridge is safe for lorries', [{ kind: 'dropped', quoted: '', found: 'not' }]],
  ['The old bridge is not unsafe for lorries', [{ kind: 'swapped', quoted: 'unsafe', found: 'safe' }]],
  ['It is possible to repair it before the winter', [{ kind: 'swapped', quoted: 'is', found: 'isn’t' }]],
  ['Every tenant in that street is happy with the noise', [{ kind: 'swapped', quoted: 'happy', found: 'unhappy' }]],
  ['I think the tram will ever pay for itself', [{ kind: 'dropped', quoted: '', found: 'don’t' }]],
  ['It’s possible to repair it before the winter', [{ kind: 'swapped', quoted: 'It’s', found: 'isn’t' }]],
  ['There is a reason to wait for the spring', [{ kind: 'swapped', quoted: 'a', found: 'no' }]],
  ['Dole and I do agree with the mayor on the ferry', [{ kind: 'dropped', quoted: '', found: 'not' }]],
  ['Dole and I agree with the mayor on the ferry', [{ kind: 'dropped', quoted: '', found: 'not' }]],
])('a negation that is left out does: %s', async (words, found) => {
  const finding = await check({ words, credited: undefined }, ofBridge);
  expect(finding).toMatchObject({ verdict: 'altered', reversals: found });
});

test('two negations that are left out in two places are two reversals', async () => {
  const words = 'The old bridge is safe for lorries. It is possible to repair it before the winter';
  const finding = await check({ words, credited: undefined }, ofBridge);
  expect(finding).toMatchObject({ reversals: [{ found: 'not' }, { found: 'isn’t' }] });
});

const sums = buildArticle(
  'sums',
  [
    '“We have five boats in the harbour now,” Finch said. “This is the first time that it froze. It was -5 degrees at night.”',
    '“About three thousand people came to see it,” Lee said. “It costs £2.5 million to mend the wall after the storms of this winter. We need 25 percent of it now.”',
    '“The council has 2.5m in the bank today,” Dole said. “It met on the 3rd of March. Twenty-five members came to it.”',
  ].join('\n'),
);
const ofSums = candidatesIn([sums]);

test.each([
  'We have 5 boats in the harbour now',
  'This is the 1st time that it froze',
  'About 3,000 people came to see it',
  'It costs 2.5 million pounds to mend the wall after the storms of this winter',
  'It costs $2.5 million to mend the wall after the storms of this winter',
  'It costs £2,500,000 to mend the wall after the storms of this winter',
  'It costs £2.5m to mend the wall after the storms of this winter',
  'The council has 2.5 million in the bank today',
  'It met on the 3 of March',
  '25 members came to it',
])('a number in another spelling isn’t another number: %s', async words => {
  const finding = await check({ words, credited: undefined }, ofSums);
  expect(finding).toMatchObject({ verdict: 'altered', reversals: [] });
});

test.each([
  ['We have six boats in the harbour now', 'six', 'five'],
  ['This is the second time that it froze', 'second', 'first'],
  ['It was 5 degrees at night', '5', '-5'],
  ['About four thousand people came to see it', 'four', 'three'],
  ['It costs £3.5 million to mend the wall after the storms of this winter', '£3.5', '£2.5'],
  ['It costs £2.5 billion to mend the wall after the storms of this winter', 'billion', 'million'],
  ['The council has 2.5bn in the bank today', '2.5bn', '2.5m'],
  ['It met on the 4th of March', '4th', '3rd'],
])('another number is named: %s', async (words, quoted, found) => {
  const finding = await check({ words, credited: undefined }, ofSums);
  expect(finding).toMatchObject({ reversals: [{ kind: 'number', quoted, found }] });
});

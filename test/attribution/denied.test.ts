import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { isDenied } from '../../src/attribution/denials.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { testMost } from './misread.ts';

/** Returns for each attribution whether the article says it was denied. */
async function denials(text: string): Promise<readonly boolean[]> {
  const attributed = await attribute(toArticle('denied', UNKNOWN_METADATA, text));
  return attributed.attributions.map(attribution => isDenied(attributed, attribution));
}

const denied: Readonly<Record<string, readonly string[]>> = {
  'a verb of denying': [
    'Ann Lee denied that she had taken money.',
    'Ann Lee denies having taken money.',
    'Ann Lee denied taking the money.',
    'Ann Lee has repeatedly denied that the bridge was unsafe.',
    'Ann Lee denied that she had not paid the tax.',
    'Ann Lee denied saying that the bridge was unsafe.',
    'Ann Lee denied she ever said the bridge was unsafe.',
    'Ann Lee denied the accusations.',
    'Ann Lee denied reports that “the bridge is unsafe”.',
  ],
  'a claim that is rejected': [
    'Ann Lee rejected claims that the bridge was unsafe.',
    'Ann Lee rejected the claim that she had taken money.',
    'Ann Lee dismissed suggestions that the bridge was unsafe.',
    'Ann Lee dismissed suggestions the bridge was unsafe.',
    'Ann Lee refuted the allegation that the bridge was unsafe.',
  ],
  'a claim that is mocked or attacked': [
    'Ann Lee mocked suggestions that the bridge was unsafe.',
    'The company criticised the report that its boats were unsafe.',
  ],
  'neither confirmed nor denied': [
    'The ministry would neither confirm nor deny that the bridge was unsafe.',
    'Ann Lee neither confirmed nor denied that she would resign.',
  ],
  'not said': [
    'Ann Lee did not say that the bridge was unsafe.',
    'Ann Lee didn’t say the bridge was unsafe.',
    "Ann Lee didn't say the bridge was unsafe.",
    'Ann Lee never said the bridge was unsafe.',
    'Ann Lee is not saying that the bridge is unsafe.',
    'Ann Lee was not quoted as saying that the bridge was unsafe.',
    'Ann Lee did not say that “the bridge is unsafe”, but Cho did.',
    '“The bridge is unsafe,” Ann Lee never said.',
    'Ann Lee left without saying that the bridge was unsafe.',
    'Ann Lee, without saying that the bridge was unsafe, left the hall.',
    'Ann Lee has yet to explain why the bridge was closed.',
    'Ann Lee could neither confirm nor deny that the bridge was unsafe.',
    'Never has Ann Lee said that the bridge was unsafe.',
    'Ann Lee stopped short of saying the bridge was unsafe.',
    'Ann Lee would not confirm that the bridge was unsafe.',
    'Police would not say who called them.',
    'The ministry has not confirmed the number of dead.',
  ],
  'no comment': [
    'Ann Lee refused to say that the bridge was unsafe.',
    'Ann Lee refused to say whether the bridge was unsafe.',
    'Ann Lee declined to say who paid.',
  ],
  'said by nobody': ['No one said that the bridge was unsafe.', 'Neither Lee nor Cho said that the bridge was unsafe.'],
};

const notDenied: Readonly<Record<string, readonly string[]>> = {
  'simply said': [
    'Ann Lee said the bridge was not unsafe.',
    'Ann Lee said it was not true that the bridge was unsafe.',
    'Ann Lee did not resign but said that the bridge was unsafe.',
    'Ann Lee, who has not voted since May, said that the bridge was unsafe.',
  ],
  'the speaker’s own words': [
    '“We do not agree,” he said.',
    '“I never said that,” Ann Lee said.',
    '“I do not deny that the bridge is unsafe,” said Lee.',
    '“The bridge is unsafe,” Ann Lee denied.',
    'Ann Lee dismissed as “nonsense” claims that the bridge was unsafe.',
    'Ann Lee dismissed the criticism as the voice of envy.',
  ],
  'double negation': [
    'Ann Lee did not deny that the bridge was unsafe.',
    'Ann Lee never denied that the bridge was unsafe.',
    'Ann Lee cannot deny that the bridge was unsafe.',
    'Ann Lee could not deny that the bridge was unsafe.',
    'Ann Lee refused to deny that the bridge was unsafe.',
    'Ann Lee refused to rule out a new bridge.',
    'Ann Lee did not rule out a new bridge.',
    'Ann Lee denied not having paid the tax.',
    'No one denies that the bridge was unsafe.',
    'Nobody denied that the bridge was unsafe.',
  ],
  'said, despite a negative word': [
    'Ann Lee did not only say that the bridge was unsafe.',
    'Ann Lee did not just say that the bridge was unsafe, she proved it.',
    'Ann Lee could not help saying that the bridge was unsafe.',
    'It goes without saying that the bridge was unsafe, said Ann Lee.',
    'Ann Lee said, without evidence, that “the bridge was unsafe”.',
    'Ann Lee said without hesitation that the bridge was unsafe.',
    'Ann Lee did not say until Monday that the bridge was unsafe.',
    'Not only did Ann Lee say that the bridge was unsafe, she closed it.',
    'Ann Lee could not have said more clearly that the bridge was unsafe.',
  ],
  'whose claim another rejects': ['Ann Lee rejected Cho’s claim that the bridge was unsafe.'],
};

testMost('denied', denied, { 'not said': 2, 'no comment': 1 }, async sentence => {
  const found = await denials(sentence);
  return found.includes(true) ? undefined : `read as ${JSON.stringify(found)}`;
});

testMost(
  'not denied',
  notDenied,
  {
    'the speaker’s own words': 1,
    'double negation': 2,
    'said, despite a negative word': 1,
    'whose claim another rejects': 1,
  },
  async sentence => {
    const found = await denials(sentence);
    return found.length > 0 && !found.includes(true) ? undefined : `read as ${JSON.stringify(found)}`;
  },
);

/** Whether what is marked as source|words before the cue|cue|words after it|content is denied. */
function isDeniedIn(marked: string): boolean {
  const parts = marked.split('|');
  const [source, , cue, , content] = parts.map((part, at) => {
    const start = parts.slice(0, at).join('').length;
    return { start, end: start + part.length };
  });
  if (content === undefined) throw new Error(`A part is missing: ${marked}`);
  const article = toArticle('denied', UNKNOWN_METADATA, parts.join(''));
  return isDenied({ article }, { type: 'indirect', content: [content], cue, source });
}

test.each([
  ['Ann Lee| could not |agree| more that |the bridge was unsafe.', false],
  ['Ann Lee| couldn’t |agree| more that |the bridge was unsafe.', false],
  ['Ann Lee| could not |agree| that |the bridge was unsafe.', true],
  ['Ann Lee| cannot |stress| enough that |the bridge was unsafe.', false],
  ['Ann Lee| could not |emphasise| strongly enough that |the bridge was unsafe.', false],
  ['Ann Lee| can’t |repeat| often enough |that the bridge was unsafe.', false],
  ['Ann Lee| has not stopped |saying| that |the bridge was unsafe.', false],
  ['Ann Lee| didn’t stop |warning| that |the bridge was unsafe.', false],
  ['Ann Lee| did not stop to |say| that |the bridge was unsafe.', true],
])('what somebody insists on isn’t denied: %s', (marked, expected) => {
  expect(isDeniedIn(marked)).toBe(expected);
});

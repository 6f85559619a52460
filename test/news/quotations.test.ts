import { describe, expect, test } from 'vitest';
import { quotationsIn, toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { pairQuotations, type Quotation } from '../../src/news/quotations.ts';
import type { Span } from '../../src/news/span.ts';
import { slice } from '../../src/news/span.ts';

/** `¶` separates paragraphs here. */
function pair(marked: string): { text: string; quotations: readonly Quotation[] } {
  const paragraphs: Span[] = [];
  let text = '';
  for (const line of marked.split('¶')) {
    paragraphs.push({ start: text.length, end: text.length + line.length });
    text += `${line}\n`;
  }
  return { text, quotations: pairQuotations(text, paragraphs) };
}

/** Returns `1~ words`: the depth, then `~` if it isn't closed and `+` if it continues in the next paragraph. */
function describeQuotations(marked: string): readonly string[] {
  const { text, quotations } = pair(marked);
  return quotations.map(({ depth, closed, continues, inner }) => {
    return `${depth}${closed ? '' : '~'}${continues ? '+' : ''} ${slice(text, inner)}`;
  });
}

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['curly', '“We go,” he said. “We stay.”', ['0 We go,', '0 We stay.']],
  ['straight', '"We go," he said. "We stay."', ['0 We go,', '0 We stay.']],
  ['single in curly', '“He said ‘no way’ to me,” she said.', ['0 He said ‘no way’ to me,', '1 no way']],
  ['single in straight', `"He said 'no way' to me," she said.`, [`0 He said 'no way' to me,`, '1 no way']],
  ['single next to double', `"'Go,' he said," she said.`, [`0 'Go,' he said,`, '1 Go,']],
  [
    'British, straight',
    "'We will go,' he said. 'They don't want it, and the officials' plan is bad.'",
    ['0 We will go,', "0 They don't want it, and the officials' plan is bad."],
  ],
  ['British, curly', '‘The officials’ plan is bad,’ he said.', ['0 The officials’ plan is bad,']],
  ['an apostrophe after an accent', '‘The cafe\u0301’s open,’ she said.', ['0 The cafe\u0301’s open,']],
  ['an apostrophe between letters of two units', '‘They 𝗱𝗼𝗻’𝘁 go,’ she said.', ['0 They 𝗱𝗼𝗻’𝘁 go,']],
  ['British with double inside', `'He said "go," and left,' she said.`, [`0 He said "go," and left,`, '1 go,']],
  ['single on a plural, then a possessive', 'the ‘Friends’ show and the officials’ plan', ['0 Friends']],
  ['single in a headline', "Team honored for 'courageous achievement' at contest", ['0 courageous achievement']],
  ['possessive before a quotation', "the players' union's 'best' offer", ['0 best']],
  ['curly apostrophes', 'don’t rock ’n’ roll in the ’90s, the officials’ plan, get ’em', []],
  ['straight apostrophes', "don't rock 'n' roll in the '90s, the officials' plan, get 'em", []],
  ['apostrophes turned by a word processor', '‘Twas the ‘90s, get ‘em', []],
  ['clipped words inside', '“We’re goin’ home,” he said', ['0 We’re goin’ home,']],
  ['clipped words inside a single mark', '‘We’re goin’ home,’ he said', ['0 We’re goin’ home,']],
  ['elision inside a straight quotation', `"Get 'em out," he said. "Now."`, [`0 Get 'em out,`, '0 Now.']],
  ['feet and inches', `He is 6'2" tall, 5' 11" in socks`, []],
  ['feet and inches inside', `"He is 6'2" tall," she said`, [`0 He is 6'2" tall,`]],
  ['feet and inches, curly', '“He is 6’2” tall,” she said', ['0 He is 6’2” tall,']],
  ['inches', 'a 12" disc', []],
  ['inches inside', `"A 12" disc," he said. "Yes."`, ['0 A 12" disc,', '0 Yes.']],
  ['a number at the end', `"We win in 2012" and "stay"`, ['0 We win in 2012', '0 stay']],
  ['curly closed by straight', '“We go," he said. "No,” she said.', ['0 We go,', '0 No,']],
  ['closed by an opening mark', '“We go,“ he said. “Stay.“', ['0 We go,', '0 Stay.']],
  ['guillemets with spaces', '« Bonjour », dit-il. «Oui»', ['0 Bonjour', '0 Oui']],
  ['guillemets turned outward', '»Ja«, sagte er. »Nein«', ['0 Ja', '0 Nein']],
  ['German', '„Nein“, sagte er. „Gut”', ['0 Nein', '0 Gut']],
  ['German single inside', '„Er sagte ‚nein‘ zu mir“, sagte sie.', ['0 Er sagte ‚nein‘ zu mir', '1 nein']],
  ['Swedish', '”Hej”, sade han.', ['0 Hej']],
  ['corners', '他说：「你好『世界』啊」。', ['0 你好『世界』啊', '1 世界']],
  ['curly between Chinese', '他说‘好’是“行”。', ['0 好', '0 行']],
  ['typewriter', "``We go,'' he said. ``Stay.''", ['0 We go,', '0 Stay.']],
  ['two singles for a double', '‘‘We go,’’ he said.', ['0 We go,']],
  ['unclosed', 'He said: “We go to the end', ['0~ We go to the end']],
  ['unclosed, and another follows', '"We go. Then "stop," she said.', ['0~ We go. Then', '0 stop,']],
  ['unclosed within one that another cuts short', '»「a “b” «', ['0~ 「a “b”', '1~ a “b”', '2 b']],
  ['unclosed single', 'He said ‘we go to the end', []],
  ['same mark nested', '"He told me "go" and I left," she said.', ['0 He told me "go" and I left,', '1 go']],
  ['over paragraphs', '“One.¶“Two.¶“Three,” he said.', ['0~+ One.', '0~+ Two.', '0 Three,']],
  ['over paragraphs, British', '‘One.¶‘Two.¶‘Three,’ he said.', ['0~+ One.', '0~+ Two.', '0 Three,']],
  ['over paragraphs, straight single', "'One.¶'Two,' he said.", ['0~+ One.', '0 Two,']],
  ['over paragraphs, same mark nested', '“A “b” c.¶“D,” he said.', ['0~+ A “b” c.', '1 b', '0 D,']],
  ['unclosed, then a paragraph without a mark', '“One.¶Two,” he said.', ['0~ One.']],
  ['closed, then a paragraph that opens', '“One.”¶“Two,” he said.', ['0 One.', '0 Two,']],
  ['a closing mark alone', 'We go,” he said. “Stay.”', ['0 Stay.']],
  ['nothing inside', '"" and “” and “ ” and "x"', ['0 x']],
  ['dashes', '“Go—” he said. —“No”—she', ['0 Go—', '0 No']],
  ['dots first', '"...and we go," he said', ['0 ...and we go,']],
  ['brackets', 'He (“Bob”) said ["x"]', ['0 Bob', '0 x']],
  ['spaces inside', '"Hello, " he said. " No, " she said', ['0 Hello,', '0 No,']],
  ['no space outside', 'he said."We go" and left', ['0 We go']],
  ['crossed families', '“a « b ” c', ['0 a « b', '1~ b']],
  ['invisible characters around', 'he said \u200b"\u2068We go,\u2069" he', ['0 \u2068We go,\u2069']],
];

describe('pairing quotation marks', () => {
  test.each(CASES)('%s', (_name, marked, expected) => {
    expect(describeQuotations(marked)).toEqual(expected);
  });

  test('a quotation includes its marks and names its paragraph', () => {
    const { text, quotations } = pair('None here.¶He said: “Go.”');
    expect(quotations.map(quotation => slice(text, quotation))).toEqual(['“Go.”']);
    expect(quotations.map(({ paragraph, family }) => [paragraph, family])).toEqual([[2, 'double']]);
  });

  test.each(['“', '”', '"', "'", '‘', '«', '「', "x' ", '‘a’ ', '"a', '“a” '])('pairs 100,000 × %s', sign => {
    const { text, quotations } = pair(sign.repeat(100_000));
    expect(Math.max(0, ...quotations.slice(0, 1000).map(quotation => quotation.depth))).toBeLessThan(8);
    expect(quotations.every(({ inner }) => inner.start < inner.end && inner.end <= text.length)).toBe(true);
  });
});

test('a paragraph’s outer quotations are paired once, with the next paragraph in view', () => {
  const article = toArticle('a', UNKNOWN_METADATA, '“Go,” he said. “She said ‘no’ “and left.\n“We stay.”');
  const [first, second] = article.paragraphs.map(each => quotationsIn(article, each).outer);
  expect(first?.map(({ inner }) => slice(article.text, inner))).toEqual(['Go,', 'She said ‘no’ “and left.']);
  expect(second?.map(({ inner }) => slice(article.text, inner))).toEqual(['We stay.']);
  expect(article.paragraphs.map(each => quotationsIn(article, each).outer)).toEqual([first, second]);
  expect(article.paragraphs[0] && quotationsIn(article, article.paragraphs[0]).outer).toBe(first);
});

import { describe, expect, test } from 'vitest';
import { attribute, attributeForLibrary } from '../../src/attribution/attribute.ts';
import type { Attribution } from '../../src/attribution/attribution.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { testReading } from './misread.ts';

const kinds = {
  'both are found, and the inner one refers to the outer one': [
    '{source1 Ann Lee} {cue1 said} that {content1 {source2 Bo Cho} had {cue2 said} {content2<1 the bridge was safe}}.',
    '{source1 Mayor Ann Lee} {cue1 said} on Monday that {content1 {source2 the engineers} had {cue2 warned} that {content2<1 the bridge would fall}}.',
    '“{content1 {source2 The mayor} {cue2 told} me that {content2<1 she would resign},}” {source1 Ann Lee} {cue1 said}.',
    '‘{content1 {source2 He ?} {cue2 told} me “{content2<1 go home}”,}’ {source1 Ann Lee} {cue1 said}.',
    '“{content1 {source2 The mayor} {cue2 said}, ‘{content2<1 Go home, all of you,}’ and left,}” {source1 Bo Cho} {cue1 told} reporters on Monday.',
    '“{content1 ‘{content2<1 We will rebuild,}’ {source2 the governor} {cue2 told} us that night,}” {source1 Bo Cho} {cue1 said}.',
    '“{content1 {cue2 According to} {source2 the police}, {content2<1 the bridge was closed on Friday},}” {source1 Ann Lee} {cue1 said}.',
    '{source1 The Ledger} {cue1 reported} on Monday that {content1 {source2 Ann Lee} had {cue2 said} {content2<1 the bridge was safe}}.',
    '{source1 Ann Lee} {cue1 said} that {content1 {source2 Bo Cho} had {cue2 told} her that {content2<1 {source3 the engineers} had {cue3 warned} that {content3<2 the bridge would fall}}}.',
    '{content1 {source2 A witness} {cue2 said} {content2<1 the order came from above}}, {source1 the report} {cue1 said}.',
    '{source1 Ms. Lee} {cue1 said} on Monday that {content1 {source2 he ?} had {cue2 told} the council that {content2<1 the bridge would fall}}.',
    '{source1 Bo Cho} {cue1 said} {content1 {source2 his lawyer} had {cue2 assured} him that {content2<1 the contract was sound}}.',
    '{source1 Ann Lee} {cue1 said} {content1 Bo Cho had been {cue2 told} by {source2 the police} that {content2<1 the road was closed}}.',
    '“{content1 I met Bo Cho. {source2 He = Bo Cho} {cue2 said} that {content2<1 the bridge was safe}. That was a lie,}” {source1 Ann Lee} {cue1 said}.',
    '{source1 Ann Lee} {cue1 testified} that {content1 {source2 Bo Cho} {cue2 said}, “{content2<1 Do not tell anyone.}”}',
    '{source1 Ann Lee} {cue1 wrote} on Twitter: “{content1 {source2 Bo Cho} just {cue2 told} me that {content2<1 the bridge is closed}.}”',
    'The bridge is old.\nIt fell on Monday.\n{source1 Ann Lee} {cue1 said}: “{content1 {source2 Bo Cho} {cue2 told} me, ‘{content2<1 The bridge over the river is safe.}’}”',
    '{source1 Ann Lee} {cue1 said} {content1 {source2 police} had {cue2 told} her that {content2<1 the bridge was closed}}.',
    '{source1 Ann Lee} {cue1 said} {content1 {source2 Boeing} had {cue2 told} the airline that {content2<1 the jet was safe}}.',
    '{source1 Ann Lee} {cue1 recalled} that {content1 {source2 her father} had {cue2 said} {content2<1 the sea gives no receipts}}.',
    '“{content1 {source2 The president} {cue2 said} this week that {content2<1 he would sign the bill},}” {source1 Senator Bo Cho} {cue1 told} reporters.',
    '{source1 Reuters} {cue1 reported} that {content1 {source2 two people familiar with the talks} {cue2 said} {content2<1 the deal was close}}.',
    'Mayor Bo Cho opened the bridge on Monday.\n“{content1 {source2 The mayor ~ Bo Cho} {cue2 told} me that {content2<1 the bridge was safe},}” {source1 Ann Lee} {cue1 said}.',
  ],
  'somebody quoted, according to somebody else': [
    '{content1 “{content2<1 I ask you to stay calm,}” {source2 Tom Reilly} {cue2 said}}, {cue1 according to} {source1 the Ledger}.',
    '{content1 “{content2<1 I ask you to stay calm,}” {source2 Reilly} {cue2 said}}, {cue1 according to} {source1 Reuters}. “{content1 {content2<1 It will pass.}}”',
    '{content1 “{content2<1 I ask you to stay calm,}” {source2 Reilly} {cue2 wrote} in an email}, {cue1 according to} {source1 the Ledger}.',
    '{content1 “{content2<1 I was not there,}” {cue2 said} {source2 Tom Reilly} on Monday}, {cue1 according to} {source1 a transcript}.',
    '{content1 "{content2<1 It is what I came for,}" {source2 Lee} {cue2 said}}, {cue1 according to} {source1 the Ledger}.',
    'Tom Reilly runs the port. Reilly left on Monday. {content1 “{content2<1 I ask you to stay calm,}” {source2 he = Tom Reilly} {cue2 said}}, {cue1 according to} {source1 the Ledger}.',
    'Tom Reilly left. {content1 {source2 Reilly == Tom Reilly} {cue2 said} {content2<1 the port was “lost for good”}}, {cue1 according to} {source1 the Ledger}.',
    'Tom Reilly left. {content1 On Monday, {source2 Reilly == Tom Reilly} {cue2 said} {content2<1 the port was “lost for good”}}, {cue1 according to} {source1 the Ledger}.',
    '{content1 {content2<1 The port was “lost for good”}, {source2 Tom Reilly} {cue2 said}}, {cue1 according to} {source1 the Ledger}.',
    '{cue1 According to} {source1 the Ledger}, {content1 {source2 Reilly} {cue2 said}: “{content2<1 We are lost for good.}”}',
    '{content The mayor, who said nothing, left “at once”}, {cue according to} {source the Ledger}.',
    '{content “Nobody is safe,” which Reilly denied}, {cue according to} {source the Ledger}.',
  ],
  'of what somebody said before, only “I” is certainly the same speaker': [
    '“{content1 {source2 I = Ann Lee} {cue2 told} the council that {content2 the bridge was safe},}” {source1 Ann Lee} {cue1 said}.',
    '“{content1 {source2 I = Ann Lee} {cue2 asked} the council {content2 whether the bridge was safe},}” {source1 Ann Lee} {cue1 said}.',
    '{source1 Ann Lee} {cue1 said} that {content1 {source2 I ?} had {cue2 told} her that {content2 the bridge was safe}}.',
    '{source1 Ann Lee} {cue1 said} {content1 {source2 she ?} had {cue2 told} Bo Cho that {content2 the bridge was safe}}.',
    'Mayor Ann Lee spoke on Monday. “{content1 {source2 The mayor ?} {cue2 told} me that {content2 the bridge was safe},}” {source1 Lee == Ann Lee} {cue1 said}.',
    '“{content1 {source2 You ?} {cue2 said} that {content2<1 the bridge was safe},}” {source1 Ann Lee} {cue1 told} Bo Cho.',
    '“{content1 {source2 People} {cue2 say} that {content2<1 the bridge is cursed},}” {source1 Ann Lee} {cue1 said}.',
  ],
  'no inner report of what nobody said': [
    '“{content My brother called. He said nothing,}” {source Ann Lee} {cue said}.',
    '{source Ann Lee} {cue denied} that {content Bo Cho had said the bridge was safe}.',
    '{source Ann Lee} {cue asked} {content whether Bo Cho had said the bridge was safe}.',
    '{source Ann Lee} {cue said} that {content Bo Cho had never said the bridge was safe}.',
    '{source Ann Lee} {cue said} that {content Bo Cho would say that the bridge was safe}.',
    '“{content If the mayor said that the bridge was safe, I would walk,}” {source Ann Lee} {cue said}.',
    '“{content What the mayor said was a disgrace to all of us,}” {source Ann Lee} {cue said}.',
    '“{content The mayor says one thing and does another,}” {source Ann Lee} {cue said}.',
    '“{content When the mayor says ‘no,’ nobody listens,}” {source Ann Lee} {cue said}.',
    '“{content The mayor told us about the bridge and the road,}” {source Ann Lee} {cue said}.',
    '{source Ann Lee} {cue said} {content everything Bo Cho told the council was false}.',
    '{source Ann Lee} {cue said} {content the bridge that Bo Cho said was safe had fallen}.',
    '“{content As the mayor said, the bridge will be rebuilt,}” {source Ann Lee} {cue said}.',
    '{source Ann Lee} {cue promised} {content to tell the council that the bridge was safe}.',
    '“{content He wanted to say that he was sorry,}” {source Ann Lee} {cue said}.',
    '“{content The mayor could have said that the bridge was closed,}” {source Ann Lee} {cue said}.',
    '{source Ann Lee} {cue said} that {content when Bo Cho told her that the bridge was safe, she believed him}.',
    '{source Ann Lee} {cue said} {content the minister’s claim that Bo Cho had said the bridge was safe was a lie}.',
    '“{content Never has the mayor said that the bridge was safe,}” {source Ann Lee} {cue said}.',
    '“{content We are working exactly according to the plan of the city,}” {source Ann Lee} {cue said}.',
    '“{content If another senator says you could get shot, you leave,}” {source Ann Lee} {cue said}.',
    '{source Ann Lee} {cue said} {content a voice told her that the end was near}.',
    '“{content He spoke with the coaches and the players said to us that they want more,}” {source Ann Lee} {cue said}.',
    '“{content The mayor told the council at a dinner of his plan to leave,}” {source Ann Lee} {cue said}.',
    '{source1 The Tories} {cue1 say} {content1 the Lib Dems would make people pay more tax and {source2 Labour} {cue2 says} {content2 the sums do not add up}}.',
    '“{content He keeps the tone he said he would keep,}” {source Ann Lee} {cue said}.',
  ],
};

testReading('a report within a report', kinds, {
  'both are found, and the inner one refers to the outer one': 6,
  'no inner report of what nobody said': 7,
});

describe('certainty within a report', () => {
  async function inner(text: string): Promise<readonly Attribution[]> {
    const { attributions } = await attribute(toArticle('nested', UNKNOWN_METADATA, text));
    return attributions.filter(each => each.reportedBy !== undefined);
  }

  test('is as high as that of other reports', async () => {
    const doubts = async (text: string) => (await inner(text)).map(each => each.doubtful);
    expect(await doubts('Ann Lee said that Bo Cho had said the bridge was safe.')).toEqual([false]);
    expect(await doubts('Ann Lee said officials told her that the bridge was safe.')).toEqual([false]);
    expect(await doubts('Ann Lee said officials told her the bridge was safe.')).toEqual([false]);
  });

  test('never takes “he” in somebody’s quotation for that speaker', async () => {
    const text = 'Bo Cho spoke on Monday. “He told me that the bridge was safe,” Mr. Cho said.';
    const [he] = await inner(text);
    expect(he?.certainty).toBe('unclear');
    expect(he?.speaker).toBeUndefined();
  });

  test('does not refer back to a speaker who is only reported', async () => {
    const text = 'Ann Lee said that Bo Cho had said the bridge was safe. She added that it would stay open.';
    const { article, attributions } = await attribute(toArticle('nested', UNKNOWN_METADATA, text));
    const last = attributions.at(-1);
    const name = last?.speaker?.name;
    expect(name && article.text.slice(name.start, name.end)).toBe('Ann Lee');
  });
});

test('libraries have no own words of speakers, but what others say within these', async () => {
  const text = '“I wrote that Bo Cho had promised to rebuild the bridge,” Ann Lee said.';
  const article = toArticle('nested', UNKNOWN_METADATA, text);
  const whole = 'I wrote that Bo Cho had promised to rebuild the bridge,';
  const own = 'Bo Cho had promised to rebuild the bridge';
  const { attributions } = await attribute(article);
  expect(attributions.map(wordsIn(text))).toEqual([whole, own, 'to rebuild the bridge']);
  const kept = await attributeForLibrary(article);
  expect(kept.attributions.map(wordsIn(text))).toEqual([whole, 'to rebuild the bridge']);
  expect(kept.attributions[1]?.reportedBy).toBe(kept.attributions[0]);
});

function wordsIn(text: string): (attribution: Attribution) => string {
  return ({ content: [first] }) => text.slice(first.start, first.end);
}

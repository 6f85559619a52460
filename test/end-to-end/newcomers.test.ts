import { afterAll, beforeAll, expect, test } from 'vitest';
import { Encoder } from '../../src/answering/networks/encoder.ts';
import { quotedLines, textOf } from '../replies/read-reply.ts';
import { messageOf } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

/** The articles that newcomers find, with vectors: what they ask is answered by meaning, as it is for them. */
let verbatim: Verbatim;
beforeAll(async () => {
  verbatim = await startVerbatim({ isForNewcomers: true, encoder: new Encoder() });
  await answerTo('Is everything loaded?');
  await verbatim.libraries.encodeAll();
});
afterAll(() => verbatim.stop());

async function answerTo(question: string) {
  return await messageOf(verbatim.playground.person.command('ask', { question }));
}

test('a first name that only one person has is that person’s', async () => {
  const answer = await answerTo('What does Petra say about her mother?');
  expect(textOf(answer)).toContain('\n### Most likely Petra Lindqvar\n');
  expect(textOf(answer)).not.toMatch(/^Nothing/v);
  expect(quotedLines(answer)[0]).toContain(
    '“My mother is eighty-one, and she hasn’t seen the lanterns for six years,”',
  );
});

test('a surname that two people have gets the question which of them', async () => {
  const answer = await answerTo('What did Lindqvar say about the tram?');
  expect(textOf(answer)).toContain('More than one person here could be “Lindqvar”.');
});

test.each([
  'What did Sullivan tell Yang?',
  'What did Sullivan say to Yang?',
  'What did Jake Sullivan tell Yang Jiechi?',
])('%s: what he says in a paragraph that names them isn’t nothing', async question => {
  const answer = await answerTo(question);
  expect(textOf(answer)).not.toMatch(/^Nothing/v);
  expect(quotedLines(answer)[0]).toContain('Moscow had feigned interest in diplomacy');
});

test('what somebody says of other things isn’t about whatever was asked', async () => {
  const answer = await answerTo('What did Sullivan tell the growers about wheat?');
  expect(textOf(answer)).toMatch(/^Nothing in these 6 articles clearly answers that\.\nQuoted here, but not on this/v);
});

test('/compare finds what two people said in other forms of the words', async () => {
  const answer = await messageOf(
    verbatim.playground.person.command('compare', { a: 'Sorel', b: 'Feld', words: 'dating' }),
  );
  expect(quotedLines(answer)).toEqual([
    expect.stringContaining('“We will date it again in spring, with a second laboratory,”'),
    expect.stringContaining('He said he had doubts about how the team dated the oldest layer.'),
  ]);
});

test.each([
  ['How many passengers would the tram carry?', 'a tram would carry 1,200 passengers a day in summer'],
  ['What does Sorel say about the mud?', '“The mud is an archive'],
])('%s: asked in the article’s own words, the answer is sure', async (question, words) => {
  const answer = await answerTo(question);
  expect(textOf(answer)).not.toMatch(/^Nothing|This may answer/v);
  expect(quotedLines(answer)[0]).toContain(words);
});

test('what is only near isn’t', async () => {
  expect(textOf(await answerTo('How much will the tram cost?'))).toMatch(/^Nothing|This may answer/v);
});

test.each([
  ['When will Ines Calder retire?', 'Ines Calder: When the herring do.'],
  ['Will there be cruise ships?', 'Ines Calder: Not while I have the keys.'],
])('%s: an interview’s answer comes before the interviewer’s question', async (question, words) => {
  const answer = await answerTo(question);
  expect(textOf(answer)).toContain('\n### Ines Calder\n');
  expect(quotedLines(answer)[0]).toContain(words);
});

test('whoever has no name has a capital in a heading', async () => {
  const answer = await answerTo('What did the referee’s report say?');
  expect(textOf(answer)).toContain('\n### The referee’s report\n');
});

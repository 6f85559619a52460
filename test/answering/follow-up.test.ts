import { expect, test } from 'vitest';
import { type FollowUp, followUpOf, pointsAtMessage, saidAbout, withName } from '../../src/answering/follow-up.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

const more = { kind: 'more' } as const;
const who = { kind: 'who' } as const;
const others = { kind: 'others' } as const;
const source = { kind: 'source' } as const;
const card = { kind: 'card' } as const;
const question = { kind: 'question' } as const;
const alone = { kind: 'new' } as const;
const other = (words: string) => ({ kind: 'other', words }) as const;

test.each<[string, FollowUp]>([
  ['what else did she say?', more],
  ['What else?', more],
  ['anything else', more],
  ['tell me more', more],
  ['okay, tell me more', more],
  ['did he say anything else?', more],
  ['還有呢？', more],
  ['她還說了什麼？', more],
  ['who is he?', who],
  ['Who’s that?', who],
  ['so who said that', who],
  ['他是誰？', who],
  ['這是誰說的？', who],
  ['who else?', others],
  ['and who else said so?', others],
  ['anyone else', others],
  ['還有誰？', others],
  ['when was that?', source],
  ['When did she say that?', source],
  ['which article?', source],
  ['where is that from?', source],
  ['source', source],
  ['is that true?', source],
  ['is that proven', source],
  ['hey, was it made up?', source],
  ['are you sure?', source],
  ['context', source],
  ['how do you know', source],
  ['is it a direct quote?', source],
  ['什麼時候說的？', source],
  ['card', card],
  ['make me a card of that, please', card],
  ['can you make a quote card?', card],
  ['做成圖卡', card],
  ['and about ships?', other('ships')],
  ['what about the tram?', other('the tram')],
  ['and the mayor?', other('the mayor')],
  ['那燈塔呢？', other('燈塔')],
  ['did he say why?', question],
  ['and what did she say about wheat?', question],
  ['what is their view on that', question],
  ['她為什麼反對？', question],
  ['what did the mayor say?', alone],
  ['and what did the mayor say?', alone],
  ['Ann Lee', alone],
  ['Andrew Card', alone],
  ['', alone],
])('%s', (text, followUp) => {
  expect(followUpOf(text)).toEqual(followUp);
});

test.each([
  ['did he say why?', 'did Ann Lee say why?'],
  ['what did they say about him?', 'what did Ann Lee say about him?'],
  ['what is her view on wheat?', 'what is Ann Lee’s view on wheat?'],
  ['who agrees with her?', 'who agrees with Ann Lee?'],
  ['what are their plans?', 'what are Ann Lee’s plans?'],
  ['she said $& why?', 'Ann Lee said $& why?'],
  ['她為什麼反對？', 'Ann Lee為什麼反對？'],
])('%s: with a name', (text, named) => {
  expect(withName(text, 'Ann Lee')).toBe(named);
});

test('a question about something else is in the language of what was typed', () => {
  expect(saidAbout('Ann Lee', 'ships')).toBe('What did Ann Lee say about ships?');
  expect(saidAbout('Ann Lee', '船')).toBe('Ann Lee對船說了什麼？');
});

test.each([
  'is this right?',
  'Is this a real quote?',
  'who said this',
  'did he really say that?',
  'did the mayor say that',
  'fact-check',
  'source?',
  'true?',
  'summarise this',
  'add this article',
  'when was that?',
  '',
  '?',
  '這是真的嗎？',
  '谁说的',
])('%s: asks about another message', text => {
  expect(pointsAtMessage(text)).toBe(true);
});

test.each([
  'what did Lee say about this bridge?',
  'who said the bridge is unsafe?',
  'Ann Lee',
  'hello',
  '誰說新橋很安全？',
])('%s: asks by itself', text => {
  expect(pointsAtMessage(text)).toBe(false);
});

test('takes any text', () => {
  const property = fc.property(fc.string({ maxLength: 600, unit: anyCodePoint }), text => {
    expect(followUpOf(text).kind).toMatch(/^[a-z]+$/v);
    expect(typeof pointsAtMessage(text)).toBe('boolean');
    expect(typeof withName(text, 'Ann Lee')).toBe('string');
  });
  fc.assert(property, { numRuns: times(200, 5000) });
});

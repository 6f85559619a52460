import { describe, expect, test } from 'vitest';
import { asksNothing, asksWhoDid, isQuestion, parseQuestion } from '../../src/answering/question.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

const mark = /\{(?<name>who|topic) (?<words>[^\}]*)\}/gv;

/** Reads a marked question: `did {who the mayor} say {topic the bridge is safe}?`. */
function marked(question: string) {
  const found = [...question.matchAll(mark)].map(({ groups }) => [groups?.name, groups?.words] as const);
  const { who, topic = '' } = Object.fromEntries(found);
  return { text: question.replace(mark, '$<words>'), who, topic };
}

function check(kind: string, question: string): void {
  const { text, who, topic } = marked(question);
  expect(parseQuestion(text)).toMatchObject({ kind, who, topic });
  expect(isQuestion(text)).toBe(true);
}

describe('who said something', () => {
  test.each([
    'Who said {topic the ferry will run again by May}?',
    'who reckons {topic the old pier is beyond saving}',
    'who hopes {topic the old pier will go}',
    'who wants {topic the old pier to go}',
    'who said {topic they want to buy the pier}?',
    'who the hell told {topic the crew to go home}',
    'Which councillor warned that {topic the tunnel would flood}?',
    'who is worried about {topic the price of bread}?',
    'Who said {topic the WHO was wrong}?',
    'AND WHO SAID {topic THE HARBOUR IS TOO SHALLOW}?',
    'so who sed {topic the harbour is too shallow}',
    '{topic 要開放溝通管道}這話是誰說的？',
    '誰說過{topic 港口會關閉}？',
    '谁表示{topic 桥是安全的}',
    '有沒有人說過{topic 港口會關閉}？',
    '關於{topic 新隧道}，誰說過話？',
  ])('%s', question => check('who', question));
});

describe('what somebody said', () => {
  test.each([
    'so what did {who the pm} say abt {topic wheat}?',
    'What did {who the trade minister’s office} say about {topic the ferry contract}?',
    'what does {who Ines Marrow} think of {topic the new stadium}',
    'What does {who the army} want from {topic the harbour}?',
    'why did {who the harbour master} call {topic the dredging a waste}?',
    'what has {who CNN} reported about {topic ration packs}?',
    'ok, can you tell me what {who lindqvist} said on {topic the strike}',
    'wat did {who the mayor} sya about {topic the bridge}',
    'what did {who the new report} say about {topic bees}?',
    'According to {who Dr Okafor}, {topic how deep is the lake}?',
    '{topic how deep is the lake}, according to {who Dr Okafor}?',
    'what’s {who Ana Brandt}’s view on {topic nuclear power}?',
    '{who Ana Brandt} on {topic nuclear power}?',
    'any comments by {who the mayor} on {topic the bridge}?',
    'a quote from {who the mayor}?',
    'is there anything by {who Ana Brandt} about {topic nuclear power}?',
    '{who ines marrow} opinion on {topic ferries}?',
    'what did {who Lee} have to say about {topic the bridge}?',
    'what was said about {topic the dam} by {who the engineers}?',
    'What did {who Lee} say?',
    'What did {who the WHO} say?',
    'What has {who WHO} said about {topic masks}?',
    'What does {who WHO chief Lee} say?',
    'what has {who the mayor} been saying about {topic the bridge}?',
    'couldnt {who the mayor} say {topic the bridge leaks}?',
    '{who 蘇利文}對{topic 俄羅斯}說了什麼？',
    '{who 习近平}说了什么？',
    '關於{topic 小麥}，{who 總理}說了些什麼',
    '{who 市長}怎麼看{topic 新橋}？',
    '{who 市长}对{topic 新桥}的看法是什么？',
    '請問{who 部長}為什麼說{topic 計畫太貴}',
  ])('%s', question => check('words', question));
});

describe('what somebody told somebody', () => {
  test.each([
    'What did {who Lee} tell {topic Cho}?',
    'what has {who the mayor} told {topic the council about the bridge}?',
    'what did {who the trade minister} say to {topic the growers}?',
  ])('%s', question => check('words', question));
});

describe('whether somebody said something', () => {
  test.each([
    'did {who the WHO} say {topic masks work}?',
    'did {who the US} say {topic Russia asked for weapons}?',
    'Did {who Lee} ever admit that {topic the bridge was unsafe}?',
    'has {who the prime minister} denied {topic the letters}',
    'is it true that {who the mayor} promised {topic a new school}?',
    'is {who the harbour master} unhappy about {topic the delay}?',
    'is {who the mayor} worried about {topic the bridge}?',
    'did anyone say {topic the port would close}?',
    'did {who the mayor} deny {topic saying the port would close}?',
    'did {who Lee} say anything about {topic the port}?',
    'has {who the mayor} said anything?',
    '{who Lee} said {topic the port would close}, right?',
    '{who 拜登}有沒有說{topic 要提供武器}？',
    '{who 市长}说过{topic 桥会关闭}吗？',
    '{who 部長}是否承認{topic 數字有誤}',
  ])('%s', question => check('words', question));
});

describe('anything else', () => {
  test.each([
    '{topic how many seals live in the bay}?',
    '{topic Who wants to buy the pier}?',
    '{topic which firm is hoping to buy the pier}?',
    '{topic When will the ferry run again}?',
    '{topic what does a ticket cost}?',
    '{topic did Lee use the bridge}?',
    '{topic how many growers support the plan}?',
    '{topic how long did the pm speak}?',
    '{topic what did the 2024 claim include}?',
    '{topic when did Lee speak}?',
    '{topic 新橋什麼時候開放}？',
  ])('%s', question => check('fact', question));
});

test.each([
  ['any news on wheat prices?', 'topic', undefined, 'wheat prices'],
  ['is there anything about the strike', 'topic', undefined, 'the strike'],
  ['the latest on Lee', 'topic', undefined, 'Lee'],
  ['anything new on the strike?', 'topic', undefined, 'the strike'],
])('%s: the opening is no part of it', (text, kind, who, topic) => {
  expect(parseQuestion(text)).toMatchObject({ kind, who, topic });
});

test('of a mere topic, nothing is asked', () => {
  for (const text of ['wheat', 'what about wheat?', 'news about the rail strike', 'the Lee affair'])
    expect(parseQuestion(text), text).toMatchObject({ kind: 'topic' });
  for (const text of ['how much wheat?', 'is wheat up', 'Lee on wheat?', 'wheat said Lee'])
    expect(parseQuestion(text).kind, text).not.toBe('topic');
});

test('the words of the topic are folded, each once, without those that only ask', () => {
  expect(parseQuestion('What did Lee say about the Ferry and the ferry’s crew?').topicWords).toEqual([
    'ferry',
    "ferry's",
    'crew',
  ]);
  expect(isQuestion('the storm, who said the ferry should have waited')).toBe(true);
  expect(isQuestion('the storm, who said the ferry, the big one, should have waited?')).toBe(true);
  expect(parseQuestion('the storm: who said the ferry should have waited?').topicWords).toEqual([
    'storm',
    'ferry',
    'waited',
  ]);
});

test.each([
  'open lines of communication',
  'the mayor said the bridge was safe',
  '習近平',
  'what a day',
  'Who dares wins',
  'victory on Sunday',
  'had been on the job for a year',
  'The harbour wall, which the engineers recommended in March, is the only thing that holds',
  'It was a present from the captain, who said nothing more.',
  '',
])('isn’t a question: %s', words => {
  expect(isQuestion(words)).toBe(false);
});

test('without a topic, only verbs that may mean any words ask for anything that somebody said', () => {
  const wordsOf = (text: string) => parseQuestion(text).words;
  for (const verb of ['say', 'sya', 'tell us', 'think', 'say about it'])
    expect(wordsOf(`what did Lee ${verb}?`)).toBe('');
  expect(wordsOf('what did Lee reject?')).toBe('reject');
  expect(wordsOf('what has Lee denied?')).toBe('denied');
  expect(wordsOf('what is Lee demanding?')).toBe('demanding');
  expect(wordsOf('what did Lee deny about the bridge?')).toBe('bridge');
});

test('a speaker who may not be who is asked for isn’t named as the answer', () => {
  expect(asksWhoDid(parseQuestion('who took the boat?'), 'said')).toBe(true);
  expect(asksWhoDid(parseQuestion('who asked Lee to resign?'), 'said')).toBe(true);
  expect(asksWhoDid(parseQuestion('who asked Lee to resign?'), 'asked')).toBe(false);
  expect(asksWhoDid(parseQuestion('so which MP had asked Lee to resign?'), 'said')).toBe(true);
  expect(asksWhoDid(parseQuestion('who warned Lee?'), 'said')).toBe(false);
  expect(asksWhoDid(parseQuestion('who demanded to know who had asked?'), 'demanded')).toBe(false);
});

test.each([
  'who?',
  'and?',
  'why',
  'what did she say',
  'how long?',
  'why did Lee say that?',
  'why does Ann Lee think so',
  '',
])('%s: asks nothing by itself', text => {
  expect(asksNothing(text)).toBe(true);
});

test.each(['what did May say?', 'who said the bridge is shut', 'wheat', '誰說新橋很安全？', '為什麼？'])(
  '%s: asks something',
  text => {
    expect(asksNothing(text)).toBe(false);
  },
);

test('did Lee say anything about the port: asks for words, not for a verdict', () => {
  expect(parseQuestion('did Lee say anything about the port?').opening).toBe('other');
  expect(parseQuestion('did Lee say the port was shut?').opening).toBe('whether');
});

test('takes any text', () => {
  const property = fc.property(fc.string({ maxLength: 600, unit: anyCodePoint }), text => {
    const { topicWords } = parseQuestion(text);
    expect(new Set(topicWords).size).toBe(topicWords.length);
  });
  fc.assert(property, { numRuns: times(300, 5000) });
});

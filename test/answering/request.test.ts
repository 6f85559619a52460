import { expect, test } from 'vitest';
import { namesOfArticle, type Request, requestOf } from '../../src/answering/request.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { EXAMPLES } from './examples.ts';

const question = { kind: 'question' } as const;
const help = { kind: 'help' } as const;
const newest = { kind: 'newest' } as const;
const foreign = { kind: 'foreign' } as const;
const translation = { kind: 'translation' } as const;
const person = (name: string, isAsked = false) => ({ kind: 'person', name, isAsked }) as const;
const link = (address: string) => ({ kind: 'link', address, question: '' }) as const;
const summary = (article: string) => ({ kind: 'summary', article }) as const;

test.each<[string, Request]>([
  ['What did US officials say about drones?', question],
  ['so what did the pm say abt wheat', question],
  ['did Lee really say the bridge is unsafe', question],
  ['according to CNN, what does the Russian military want?', question],
  ['Is this the first time that the de la Cruz family spoke?', question],
  ['What did Los Angeles and El Salvador agree on in the end?', question],
  ['whether the tunnel will be open before the end of May or not', question],
  ['what’s the latest news on the ferry?', question],
  ['help for the growers: what did the minister promise?', question],
  ['what can you do about frost, according to Dr Okafor?', question],
  ['what did CNN report', question],
  ['Lee on wheat', question],
  ['how long', question],
  ['誰說新橋很安全？', question],
  ['市長對新橋說了什麼', question],
  ['Jake Sullivan', person('Jake Sullivan')],
  ['Will Smith', person('Will Smith')],
  ['習近平', person('習近平')],
  ['the harbour master', person('the harbour master')],
  ['who is Jake Sullivan?', person('Jake Sullivan', true)],
  ['Who’s Ann Lee', person('Ann Lee', true)],
  ['who was the harbour master?', person('the harbour master', true)],
  ['hey, who is Lee?', person('Lee', true)],
  ['do you know who is Lee?', person('Lee', true)],
  ['習近平是誰？', person('習近平', true)],
  ['summarise the wheat story', summary('the wheat story')],
  ['Summarize the article about the ferry', summary('the ferry')],
  ['please summarise', summary('')],
  ['can you summarise this?', summary('')],
  ['summary of the latest', summary('')],
  ['tl;dr', summary('')],
  ['give me a summary of the story on drones', summary('drones')],
  ['could you sum up the report from Perth', summary('Perth')],
  ['總結一下', summary('')],
  ['sumarise the wheat story pls', summary('the wheat story')],
  ['summerize it, please', summary('')],
  ['compare Ann Lee and Bo Cho', { kind: 'compare', texts: { a: 'Ann Lee', b: 'Bo Cho' } }],
  ['compare Lee and Cho on the dam', { kind: 'compare', texts: { a: 'Lee', b: 'Cho', words: 'the dam' } }],
  ['can you compare Lee with Cho?', { kind: 'compare', texts: { a: 'Lee', b: 'Cho' } }],
  ['timeline of Ann Lee', { kind: 'timeline', texts: { speaker: 'Ann Lee' } }],
  ['give me a random quote', { kind: 'random', texts: {} }],
  ['random quote by Ann Lee', { kind: 'random', texts: { speaker: 'Ann Lee' } }],
  ['surprise me', { kind: 'random', texts: {} }],
  ['隨機一句', { kind: 'random', texts: {} }],
  ['everything lee has said', { kind: 'timeline', texts: { speaker: 'lee' } }],
  ['everything Ann Lee said about ships', { kind: 'question' }],
  ['quotes about money', { kind: 'command', path: 'quote' }],
  ['/quote money', { kind: 'command', path: 'quote' }],
  ['/ask', { kind: 'command', path: 'ask' }],
  ['/who said one bay is one bay', { kind: 'command', path: 'who said' }],
  ['quotes by Ann Lee about money', question],
  ['translate', translation],
  ['can you translate this into Chinese?', translation],
  ['請翻譯成中文', translation],
  ['翻譯公會說了什麼？', question],
  ['no', { kind: 'thanks' }],
  ['lol nice', { kind: 'thanks' }],
  ['thanks bot, youre great!', { kind: 'thanks' }],
  ['what do you think about the mayor?', { kind: 'opinion' }],
  ['Do you like the ferry', { kind: 'opinion' }],
  ['what’s your opinion on ships?', { kind: 'opinion' }],
  ['你覺得新橋怎麼樣？', { kind: 'opinion' }],
  ['do you know who said the bridge is safe?', question],
  ['latest news', newest],
  ['what’s new?', newest],
  ['show me the newest articles', newest],
  ['any recent stories?', newest],
  ['can you give me the latest news', newest],
  ['最新的新聞', newest],
  ['hello', help],
  ['Hi there!', help],
  ['good morning', help],
  ['help', help],
  ['what can you do?', help],
  ['how does this work?', help],
  ['hey, who are you?', help],
  ['你好', help],
  ['怎麼用？', help],
  ['`https://news.example/x`', link('https://news.example/x')],
  ['<https://news.example/x_(y)>', link('https://news.example/x_(y)')],
  ['（https://news.example/x）。', link('https://news.example/x')],
  ['¿Qué dijo Sullivan sobre la guerra?', foreign],
  ['Qui a dit que la Chine aide la Russie ?', foreign],
  ['Was hat der Sprecher über die Drohnen gesagt?', foreign],
  ['Chi ha detto che il ponte è sicuro, e quando?', foreign],
  ['Quem disse que a ponte não é segura?', foreign],
  ['Wie heeft gezegd dat het een fout was?', foreign],
  ['Что сказал Салливан?', foreign],
  ['サリバンは何と言いましたか', foreign],
  ['ماذا قال سوليفان؟', foreign],
])('%s', (text, request) => {
  expect(requestOf(text)).toEqual(request);
});

test.each([
  ['the wheat story', 'wheat'],
  ['court case', undefined],
  ['A Love Story', 'Love'],
])('%s may be called %s', (typed, subject) => {
  const names = namesOfArticle(typed);
  expect(names[0]).toBe(typed);
  expect(names[1]).toBe(subject);
});

test('sixty examples', () => {
  expect(EXAMPLES).toHaveLength(60);
  for (const [text, request] of EXAMPLES) expect(requestOf(text), text).toEqual(request);
});

test('takes any text', () => {
  const property = fc.property(fc.string({ maxLength: 600, unit: anyCodePoint }), text => {
    expect(requestOf(text).kind).toMatch(/^[a-z]+$/v);
  });
  fc.assert(property, { numRuns: times(200, 5000) });
});

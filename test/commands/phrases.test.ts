import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { answerMessage } from '../../src/commands/message.ts';
import { parseArticle } from '../../src/news/parse.ts';
import { sayIn } from '../../src/wording/say.ts';
import { refusalOf, textOf } from '../replies/read-reply.ts';
import { ask, contextOf } from './ask.ts';

const seeds = join(import.meta.dirname, '../../seeds');
const name = 'us-china-rome-meeting.txt';
const parsed = parseArticle({ name, bytes: readFileSync(join(seeds, name)) });
if (parsed.kind !== 'article') throw new Error('The seed is an article');
const context = await contextOf([await attribute(parsed.article)]);

const other = '“the official” could also be **another US official familiar with the discussions** (3 quotes).';

test('an ambiguous phrase does not make two names one speaker', async () => {
  const text = textOf(await ask(context, 'compare', { a: 'a senior US official', b: 'the official' }));
  expect(text).not.toContain('the same speaker');
  expect(text).toMatch(/^Both names most likely mean \*\*a senior US official\*\*\./v);
  expect(text).toContain(other);
});

test('two names that the article gives one person do', async () => {
  const text = textOf(await ask(context, 'compare', { a: 'Xi Jinping', b: '習近平' }));
  expect(text).not.toContain('most likely');
  expect(textOf(await ask(context, 'compare', { a: 'CNN', b: 'cnn' }))).toContain('the same speaker');
});

test.each(['who is', 'timeline'])('/%s says who else the phrase may mean', async path => {
  const reply = await ask(context, path, { name: 'the official', speaker: 'the official' });
  expect(textOf(reply)).toContain('### a senior US official');
  expect(textOf(reply)).toContain(other);
  expect(refusalOf(reply)).toBeUndefined();
});

test.each([
  ['who is the official?', other],
  ['compare CNN and cnn', 'the same speaker'],
])('a message isn’t told to choose from a list, which it has none of: %s', async (text, told) => {
  const reply = await answerMessage({ text, repliedTo: undefined }, context);
  expect(reply && textOf(reply)).toContain(told);
  expect(reply && textOf(reply)).not.toContain('list');
});

test('a name is not called ambiguous', async () => {
  for (const each of ['Jake Sullivan', 'a senior US official', 'CNN']) {
    expect(textOf(await ask(context, 'who is', { name: each }))).not.toContain('could also be');
  }
});

test('works the same in Chinese', async () => {
  const say = sayIn('zh-CN');
  const text = textOf(await ask({ ...context, say }, 'compare', { a: 'a senior US official', b: 'the official' }));
  expect(text).toMatch(/^这两个名字很可能都是指 \*\*a senior US official\*\*。/v);
  expect(text).toContain('“the official”也可能是');
});

test('/who is lists where else the words for an unnamed speaker appear, and claims no more', async () => {
  const text = textOf(await ask(context, 'who is', { name: 'US officials' }));
  expect(text).toContain('Mentioned in ¶1.');
  expect(text).toContain('“US officials” also appears in ¶6, but I don’t know who is meant there.');
  expect(textOf(await ask(context, 'who is', { name: 'Jake Sullivan' }))).not.toContain('also appears');
});

test.each(['a', 'the', 'they', 'he', 'it', 'of the'])('“%s” names nobody', async name => {
  for (const [path, option] of [
    ['who is', 'name'],
    ['timeline', 'speaker'],
    ['random', 'speaker'],
  ] as const) {
    expect(textOf(await ask(context, path, { [option]: name }))).toContain(`I don’t know anyone called “${name}”`);
  }
});

test('a name that is also a common word still finds its person', async () => {
  expect(textOf(await ask(context, 'who is', { name: 'US' }))).toContain('### US officials');
});

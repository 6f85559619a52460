import { expect, test } from 'vitest';
import { componentOf } from '../../src/commands/components.ts';
import { readDeleteButton, sharedReply, withDeleteButton } from '../../src/replies/message-buttons.ts';
import { ACCENTS, button, menuOf, notice, reply } from '../../src/replies/reply.ts';
import { quoteReply } from '../../src/replies/views/quote.ts';
import { sayIn } from '../../src/wording/say.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { buildSeed } from '../search/build-article.ts';
import { buttonsOf, idOf, labelsIn, menuIn, refusalOf } from './read-reply.ts';

const say = sayIn('en');

const user = '1180000000000000002';

function quoteOn(page: number) {
  const from = buildSeed();
  const [paragraph] = from.article.paragraphs;
  if (paragraph === undefined) throw new Error('There is one');
  const found = { from, paragraph, excerpt: paragraph, matches: [], attribution: from.attributions[0] };
  const code = { article: 'abcdef', sentence: 0, sentences: 1, attribution: 0 };
  return quoteReply(found, { page, context: false, passages: [code, code], words: '' }, { say, isPrivate: false });
}

test('a public answer can be deleted from its menu, and Discord accepts it', () => {
  const answer = quoteOn(0);
  const offered = withDeleteButton(answer, user, say);
  expect(buttonsOf(offered)).toEqual(buttonsOf(answer));
  expect(labelsIn(offered)).toEqual([...labelsIn(answer), 'Delete answer']);
  expect(refusalOf(offered)).toBeUndefined();
  expect(readDeleteButton(idOf(offered, 'Delete answer'))).toEqual({ user, about: answer.about });
  const plain = reply({ accent: ACCENTS.article, texts: ['Words.'], private: false });
  expect(refusalOf(withDeleteButton(plain, user, say))).toBeUndefined();
  expect(idOf(withDeleteButton(plain, user, say), 'Delete answer')).toBe(`T${user}`);
});

test.each([
  [0, ['Delete answer'], 0],
  [2, ['Button 1', 'Button 2', 'Delete answer'], 0],
  [3, ['Button 1', 'Button 2', 'Button 3'], 1],
])('beside %i buttons it is one, unless they fill the row', (count, labels, menus) => {
  const buttons = Array.from({ length: count }, (_, at) => button(`Button ${at + 1}`, `${at}`));
  const answer = reply({ accent: ACCENTS.article, texts: ['Words.'], buttons, private: false });
  const offered = withDeleteButton(answer, user, say);
  expect(buttonsOf(offered).map(({ label }) => label)).toEqual(labels);
  expect(menuIn(offered)?.options ?? []).toHaveLength(menus);
  expect(idOf(offered, 'Delete answer')).toBe(`T${user}`);
  expect(refusalOf(offered)).toBeUndefined();
});

test('a menu that opens something else is left alone', () => {
  const menu = menuOf('Who', [{ label: 'Lee', detail: '', value: 'lee' }]);
  const offered = withDeleteButton(reply({ accent: 0, texts: ['Words.'], menu, private: false }), user, say);
  expect(menuIn(offered)?.options).toHaveLength(1);
  expect(buttonsOf(offered).map(({ label }) => label)).toEqual(['Delete answer']);
});

test('a private answer has none', () => {
  expect(withDeleteButton(notice('Nothing.'), user, say)).toEqual(notice('Nothing.'));
});

/** Returns what is posted for everybody. */
function shared(texts: readonly string[]) {
  const answer = sharedReply(texts, ACCENTS.article);
  return answer && withDeleteButton(answer, user, say);
}

test.each([
  ['19 texts', Array.from({ length: 19 }, () => 'Words.')],
  ['4,000 characters', ['a'.repeat(2000), 'b'.repeat(2000)]],
  ['10,170 bytes', ['字'.repeat(3381), '字']],
])('%s are shared, and one more isn’t', (_, texts) => {
  expect(refusalOf(shared(texts) ?? expect.fail('not shared'))).toBeUndefined();
  expect(shared([...texts, 'x'])).toBeUndefined();
});

test('what is shared is a message that Discord accepts, whatever the texts are', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCodePoint, maxLength: 5000 }),
    fc.constantFrom('', ' ', 'Words.', '\n', '字'.repeat(3000)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), texts => {
      const answer = shared(texts);
      expect(answer && refusalOf(answer)).toBeUndefined();
    }),
  );
});

test('nothing but a snowflake is an user, and no other button is taken for this one', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCodePoint, maxLength: 100 }), id => {
      expect(readDeleteButton(id)).toBeUndefined();
    }),
  );
  for (const id of [
    '',
    'T',
    'T1',
    `T${user} `,
    `t${user}`,
    `T${user}\n`,
    `T${'1'.repeat(21)}`,
    'T１１８００００００００００００００００',
  ]) {
    expect(readDeleteButton(id)).toBeUndefined();
  }
  expect(componentOf(`T${user}`)).toMatchObject({ kind: 'message', name: 'delete' });
});

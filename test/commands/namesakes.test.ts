import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { answerComponent } from '../../src/commands/components.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { menuIn, refusalOf, textOf } from '../replies/read-reply.ts';
import { ask, contextOf } from './ask.ts';

const text = `The ferry will not run before May, its director said on Monday.
“That is simply not true,” said Peter Walsh, the mayor of East Harbour. “We have waited for years.”
“The seals need the quiet,” said Helen Walsh, a marine biologist at the university. “They need it in spring.”
“I have nothing to add,” said Abigail Stone, the harbour master.`;
const context = await contextOf([await attribute(toArticle('ferry', { ...UNKNOWN_METADATA, title: 'Ferry' }, text))]);

test.each([
  [
    'who is',
    { name: 'Walsh' },
    /^-# “Walsh” could be \*\*(?:Peter|Helen) Walsh\*\* \(\d quotes?\) or .*Both are shown here\./v,
  ],
  ['random', { speaker: 'Walsh' }, /^-# “Walsh” could also be \*\*(?:Peter|Helen) Walsh\*\*/v],
  ['quote', { words: 'quiet', speaker: 'Walsh' }, /^-# “Walsh” could be .* Quotes by any of them count\./v],
  [
    'card',
    { words: 'the seals need the quiet', speaker: 'Walsh' },
    /^-# “Walsh” could be .* Quotes by any of them count\./v,
  ],
  ['watch add', { speaker: 'Walsh' }, /“Walsh” could be .* Quotes by any of them count\./v],
])('a surname of two people: /%s says so', async (path, options, told) => {
  const reply = await ask(context, path, options);
  expect(refusalOf(reply)).toBeUndefined();
  expect(textOf(reply)).toMatch(told);
});

test('people of one name are listed once, with all that they said', async () => {
  const articles = ['The ferry is late', 'The ferry is gone'].map((words, at) =>
    attribute(toArticle(`${at}`, { ...UNKNOWN_METADATA, title: words }, `“${words},” Walsh said on Monday.`)),
  );
  const three = await contextOf([
    ...(await Promise.all(articles)),
    await attribute(toArticle('ferry', UNKNOWN_METADATA, text)),
  ]);
  expect(textOf(await ask(three, 'who is', { name: 'Walsh' }))).toMatch(
    /^-# “Walsh” could be (?:\*\*(?:(?:Peter|Helen) )?Walsh\*\* \(\d quotes?\)(?:, | or )?){3}\. All 3 are shown here\./v,
  );
});

test.each([
  ['timeline', { speaker: 'Walsh' }, '### Helen Walsh\n'],
  ['compare', { a: 'Walsh', b: 'Stone' }, '### Abigail Stone\n'],
  ['compare', { a: 'Stone', b: 'Walsh' }, '### Abigail Stone\n'],
])('a surname of two people: /%s asks which, and a menu shows one: %o', async (path, options, shown) => {
  const reply = await ask(context, path, options);
  expect(refusalOf(reply)).toBeUndefined();
  expect(textOf(reply)).toContain('More than one person here could be “Walsh”. Whose words do you want?');
  expect(textOf(reply)).toContain('- **Helen Walsh** · marine biologist at the university');
  const entries = menuIn(reply)?.options ?? [];
  expect(entries.map(({ label }) => label).sort()).toEqual(['Helen Walsh', 'Peter Walsh']);
  const helen = entries.find(({ label }) => label === 'Helen Walsh');
  const chosen = await answerComponent(helen?.value ?? '', context);
  expect(chosen.kind).toBe('update');
  expect(textOf(chosen.reply)).toContain('### Helen Walsh\n');
  expect(textOf(chosen.reply)).toContain(shown);
  expect(textOf(chosen.reply)).not.toContain('Peter Walsh');
});

test.each([
  [{ a: 'Walsh', b: 'Walsh' }, undefined],
  [{ a: 'Helen Walsh', b: 'Walsh' }, '### Helen Walsh'],
  [{ a: 'Walsh', b: 'Peter Walsh' }, '### Helen Walsh'],
])('of two who share a name, the other is meant: %o', async (options, above) => {
  const text = textOf(await ask(context, 'compare', options));
  for (const name of ['Helen', 'Peter']) expect(text).toContain(`### ${name} Walsh\n`);
  expect(text.startsWith(above ?? '### ')).toBe(true);
  expect(text).not.toContain('could');
});

test('somebody is described as any article does, not by the title of the newest', async () => {
  const elsewhere = 'The vote is on Monday.\n“I will vote against it,” Peter Walsh said.';
  const both = await contextOf(
    await Promise.all(
      [text, elsewhere].map((each, at) =>
        attribute(toArticle(`${at}`, { ...UNKNOWN_METADATA, title: 'New library' }, each)),
      ),
    ),
  );
  for (const [path, options] of [
    ['compare', { a: 'Walsh', b: 'Stone' }],
    ['timeline', { speaker: 'Walsh' }],
  ] as const) {
    expect(textOf(await ask(both, path, options))).toContain('- **Peter Walsh** · mayor of East Harbour');
  }
});

test.each([
  ['who is', { name: 'Helen Walsh' }],
  ['timeline', { speaker: 'Helen Walsh' }],
  ['random', { speaker: 'Stone' }],
  ['quote', { words: 'quiet', speaker: 'Helen Walsh' }],
])('a name of one person: /%s says nothing of others', async (path, options) => {
  expect(textOf(await ask(context, path, options))).not.toContain('could');
});

test.each([
  ['Mr Walsh', 'Peter Walsh', 'Helen'],
  ['Ms Walsh', 'Helen Walsh', 'Peter'],
])('a title tells two people of one surname apart: /who is %s', async (name, shown, other) => {
  const reply = textOf(await ask(context, 'who is', { name }));
  expect(reply).toContain(`### ${shown}`);
  expect(reply).not.toContain(other);
});

test('/who is finds nobody of another gender than a title says, but suggests them', async () => {
  const reply = textOf(await ask(context, 'who is', { name: 'Mr Stone' }));
  expect(reply).toMatch(/anyone called “Mr Stone”\. Did you mean \*\*Abigail Stone\*\*/v);
});

test.each([
  ['timeline', { speaker: 'Ms Walsh' }],
  ['compare', { a: 'Ms Walsh', b: 'Abigail Stone' }],
  ['quote', { words: 'they need it in spring', speaker: 'Ms Walsh' }],
  ['random', { speaker: 'Ms Walsh' }],
])('a title tells two people of one surname apart: /%s', async (path, options) => {
  const reply = textOf(await ask(context, path, options));
  expect(reply).toMatch(/### (?:Most likely )?Helen Walsh/v);
  expect(reply).not.toContain('Peter');
});

test.each([
  ['timeline', { speaker: 'Mr Stone' }],
  ['compare', { a: 'Helen Walsh', b: 'Mr Stone' }],
  ['quote', { words: 'nothing to add', speaker: 'Mr Stone' }],
])('nobody of another gender than a title says is quoted, but suggested: /%s', async (path, options) => {
  const reply = textOf(await ask(context, path, options));
  expect(reply).toMatch(/anyone called “Mr Stone”\. Did you mean \*\*Abigail Stone\*\*/v);
});

test('a title limits whose words are searched', async () => {
  const reply = textOf(await ask(context, 'quote', { words: 'the seals need the quiet', speaker: 'Mr Walsh' }));
  expect(reply).not.toContain('### Helen');
});

test('a watch for a man of that name says that only a woman has it', async () => {
  expect(textOf(await ask(context, 'watch add', { speaker: 'Mr Stone' }))).toContain(
    'Nobody here is called “Mr Stone”',
  );
});

test.each([
  ['Ida Fenwick', 'Ida Fenwick'],
  ['petra kovalsky', 'Petra Kovalsky'],
  ['Petra Kovalsy', 'Petra Kovalsky'],
  ['Harbour Comission', 'Harbour Comission'],
])(
  'a watch for %s is for that name, as an article spells it, never for a pair or a longer name',
  async (typed, name) => {
    const lines = [
      '“The moss grows back,” write study authors Drs Ida Fenwick and Olu Bassey.',
      '“We counted every leaf,” said Petra Kovalsky.',
      '“The quay stays shut,” the Duneport Harbour Commission said.',
    ];
    const article = toArticle('moss', { ...UNKNOWN_METADATA, title: 'Moss' }, lines.join('\n'));
    const own = await contextOf([await attribute(article)]);
    const added = textOf(await ask(own, 'watch add', { speaker: typed }));
    expect(added).toContain(`quotes by **${name}**.`);
    expect(added.includes('Nobody here is called')).toBe(typed === 'Harbour Comission');
  },
);

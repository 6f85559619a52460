import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';
import { quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const text = `The club sold Jonas Akerman and Piet de Vries. The ferry took them.
President Vladimir Putin was not in the room, and neither was Zelensky.
In the last minute Kim Min-jae and Son Heung-min came on for O’Neill.
“I spoke to Marta Ruiz about it,” said Abigail Stone, the harbour master. “The ferry is late.”
He was there.`;
const context = await contextOf([await attribute(toArticle('club', { ...UNKNOWN_METADATA, title: 'Club' }, text))]);

test.each(['Jonas Akerman', 'Akerman', 'Vladimir Putin', 'putin', 'Marta Ruiz'])('%s is known', async name => {
  expect(textOf(await ask(context, 'who is', { name }))).toMatch(/isn’t quoted here, only mentioned \(¶\d\)/v);
});

test.each([
  ['Zelensky', '¶2'],
  ['zelensky', '¶2'],
  ['Piet de Vries', '¶1'],
  ['Son Heung-min', '¶3'],
  ["O'Neill", '¶3'],
])('%s, whom the article only names in passing, is found', async (name, where) => {
  const reply = await ask(context, 'who is', { name });
  expect(refusalOf(reply)).toBeUndefined();
  expect(textOf(reply)).toContain(`“${name}” isn’t quoted here, only mentioned:`);
  expect(textOf(reply)).toContain(where);
  expect(quotedLines(reply)).toHaveLength(1);
});

test.each(['he', 'the', 'ferry', 'Joe Biden', 'minute', 'Kim de Vries'])('%s is nobody', async name => {
  expect(textOf(await ask(context, 'who is', { name }))).toContain('I don’t know anyone called');
});

const together = await contextOf([
  await attribute(
    toArticle(
      'hives',
      {
        ...UNKNOWN_METADATA,
        title: 'Hives',
      },
      `“The bees came back in March,” write Mara Dell and Otto Finch of the beekeepers’ union.
“Every hive was counted twice,” said Rosa Lund.
“The grant was too small,” said Ned Ware.
“The rain stopped us,” said Rosa Lund and Ned Ware.`,
    ),
  ),
]);

const bees = 'The bees came back in March';
const rain = 'The rain stopped us';

test.each([
  ['timeline', { speaker: 'Otto Finch' }],
  ['quote', { words: 'bees', speaker: 'Otto Finch' }],
  ['ask', { question: 'What did Otto Finch say about the bees?' }],
])('what somebody says with somebody else is found by either name: /%s', async (path, texts) => {
  const reply = await ask(together, path, texts);
  expect(quotedLines(reply)).toEqual([expect.stringContaining(bees)]);
  expect(textOf(reply)).toContain('Mara Dell and Otto Finch');
});

test('and counts for either, but in /speakers only for both', async () => {
  const timeline = await ask(together, 'timeline', { speaker: 'Ned Ware' });
  expect(quotedLines(timeline)).toEqual([
    expect.stringContaining('The grant was too small'),
    expect.stringContaining(rain),
  ]);
  expect(textOf(timeline)).toContain('2 quotes');
  const { people } = await together.search.topSpeakers(0, 9);
  const counts = people.map(({ appearances: [{ from, speaker }], said, clear, uncertain }) => [
    slice(from.article.text, speaker.name),
    ...[said, clear, uncertain],
  ]);
  expect(counts).toContainEqual(['Ned Ware', 2, 1, 0]);
  expect(counts).toContainEqual(['Rosa Lund and Ned Ware', 1, 1, 0]);
});

test('and is shown once to somebody who asks for anybody’s words', async () => {
  const reply = await ask(together, 'quote', { words: rain });
  expect(quotedLines(reply)).toEqual([expect.stringContaining(rain)]);
  expect(textOf(reply)).not.toContain('/ 2');
});

test.each([
  ['Otto Finch', 'Quoted once.', ['The bees came back in March']],
  ['Rosa Lund', 'Quoted twice.', ['Every hive was counted twice', 'The rain stopped us']],
])('/who is shows what %s says, also with somebody else', async (name, count, words) => {
  const reply = await ask(together, 'who is', { name });
  expect(textOf(reply)).toContain(count);
  expect(textOf(reply)).toContain(
    name === 'Otto Finch' ? '**Mara Dell and Otto Finch**' : '**Rosa Lund and Ned Ware**',
  );
  expect(quotedLines(reply)).toEqual(words.map(each => expect.stringContaining(each)));
});

test('two people of one name are no trouble', async () => {
  const text = '“The rain stopped us,” said Rosa Lund and Rosa Lund.';
  const built = buildArticle(
    'lunds',
    text,
    [
      { id: '0', name: 'Rosa Lund and Rosa Lund', kind: 'group', named: false },
      { id: '1', name: 'Rosa Lund' },
      { id: '2', name: 'Rosa Lund' },
    ],
    [{ paragraph: 1, content: ['The rain stopped us,'], source: 'Rosa Lund and Rosa Lund', cue: 'said', speaker: '0' }],
  );
  const [first, one, other] = built.speakers;
  if (first === undefined || one === undefined || other === undefined) throw new Error('There are three.');
  const last = { start: first.name.end - 'Rosa Lund'.length, end: first.name.end };
  const speakers = [first, one, { ...other, name: last, mentions: [last] }];
  const reply = await ask(await contextOf([{ ...built, speakers }]), 'timeline', { speaker: 'Rosa Lund' });

  expect(quotedLines(reply)).toEqual([expect.stringContaining(rain)]);
});

test.each(['Hugh Marchetti', 'Sunniva Drax'])('%s is one of the two whom a phrase names', async name => {
  const text =
    "Hugh Marchetti and Sunniva Drax came.\nBrackley's two MPs, Hugh Marchetti and Sunniva Drax, said they would fight.";
  const said = await contextOf([await attribute(toArticle('mps', { ...UNKNOWN_METADATA, title: 'MPs' }, text))]);
  const reply = await ask(said, 'timeline', { speaker: name });
  expect(quotedLines(reply).join()).toContain('said they would fight');
});

test('/compare shows what two people say together on both sides', async () => {
  const reply = await ask(together, 'compare', { a: 'Rosa Lund', b: 'Ned Ware', words: 'rain' });
  expect(quotedLines(reply)).toEqual([expect.stringContaining(rain), expect.stringContaining(rain)]);
  expect(textOf(reply)).toContain('**Rosa Lund and Ned Ware**');
});

test.each(['Mara Dell', 'Finch', 'Mara Dell and Otto Finch'])('a quote by two is %s’s', async name => {
  const text = textOf(await ask(together, 'check', { words: `“The bees came back in March” — ${name}` }));
  expect(text).toContain('Exact');
  expect(text).toContain('**Mara Dell and Otto Finch**');
});

test('but not by somebody else', async () => {
  const text = textOf(await ask(together, 'check', { words: '“The bees came back in March” — Rosa Lund' }));
  expect(text).not.toContain('Exact');
});

test('a surname is no other name, but a name in another script is', async () => {
  const called = async (text: string) => {
    const from = await attribute(toArticle('lund', { ...UNKNOWN_METADATA, title: 'Lund' }, text));
    return textOf(await ask(await contextOf([from]), 'who is', { name: 'Rosa Lund' }));
  };
  expect(await called('“No,” said Rosa Lund. Lund left at noon, and Ms Lund came back.')).not.toContain('Also called');
  expect(await called('“No,” said Rosa Lund (羅莎). Lund left at noon.')).toContain('Also called “羅莎”.');
});

describe('an organisation that an article introduces with its initials', async () => {
  const text = `“The rain will stop,” the World Health Organization (WHO) said.
The WHO said that the snow would not.`;
  const health = await contextOf([await attribute(toArticle('rain', { ...UNKNOWN_METADATA, title: 'Rain' }, text))]);

  test.each(['World Health Organization', 'WHO', 'the WHO'])('is found as %s', async name => {
    const found: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['who is', { name }],
      ['timeline', { speaker: name }],
      ['quote', { words: 'rain', speaker: name }],
      ['ask', { question: `What did ${name} say about the rain?` }],
    ];
    for (const [path, texts] of found) {
      const reply = await ask(health, path, texts);
      expect(textOf(reply), path).toContain('### World Health Organization');
      expect(quotedLines(reply)[0]?.replaceAll('*', ''), path).toContain('The rain will stop');
    }
  });
});

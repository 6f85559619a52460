import { describe, expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { answerMessage } from '../../src/commands/message.ts';
import { withDeleteButton } from '../../src/replies/message-buttons.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { judgeByWords, wordVector } from '../library/word-vectors.ts';
import { buttonsOf, idOf, labelsIn, menuIn, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';
import { saidBy } from './statement.ts';

const bridges = [
  saidBy('Ann Lee', 'The harbour bridge stays closed until its bolts are checked,', '2022-03-14'),
  saidBy('Bo Cho', 'The harbour bridge stays closed until its paint is dry,', '2022-03-15'),
];
const context = await contextOf([...bridges, buildSeed()]);

function entriesOf(reply: Reply) {
  return menuIn(reply)?.options.map(({ label, description }) => [label, description ?? '']) ?? [];
}

test('below one excerpt: what is wanted most as buttons, the rest in the menu', async () => {
  const reply = await ask(context, 'quote', { words: 'until its bolts are checked', speaker: 'Ann Lee' });
  const deletable = withDeleteButton(reply, '1180000000000000002', context.say);
  expect(buttonsOf(deletable).map(({ label }) => label)).toEqual(['Context', 'Card', 'More like this']);
  expect(entriesOf(deletable)).toEqual([
    ['More by Ann Lee', ''],
    ['Ask about this article', ''],
    ['Wrong speaker', ''],
    ['Delete answer', ''],
  ]);
  expect(menuIn(deletable)?.placeholder).toBe('More…');
});

test('on one of several pages: the pages as buttons, everything else in the menu', async () => {
  const reply = await ask(context, 'quote', { words: 'harbour bridge' }, true);
  expect(buttonsOf(reply).map(({ label }) => label)).toEqual(['Previous', '1 / 2', 'Next']);
  expect(entriesOf(reply).map(([label]) => label)).toEqual([
    ...['Context', 'Card', 'More like this', 'More by Ann Lee', 'Ask about this article', 'Wrong speaker'],
    'Share',
  ]);
});

test('below several excerpts: each entry says which one it is for', async () => {
  const reply = await ask(context, 'who said', { words: 'the harbour bridge stays closed until' });
  expect(buttonsOf(reply)).toEqual([]);
  expect(entriesOf(reply)).toEqual([
    ...['1. Context', '1. Card', '1. More by Ann Lee', '1. Wrong speaker'].map(label => [
      label,
      '“The harbour bridge stays closed until …',
    ]),
    ...['2. Context', '2. Card', '2. More by Bo Cho', '2. Wrong speaker'].map(label => [
      label,
      '“The harbour bridge stays closed until …',
    ]),
  ]);
  const { reply: around } = await answerComponent(idOf(reply, '2. Context'), context);
  expect(textOf(around)).toContain('### Bo Cho');
});

test('More by shows who that is and what else they said', async () => {
  const reply = await ask(context, 'quote', { words: 'until its bolts are checked' });
  const { kind, reply: more } = await answerComponent(idOf(reply, 'More by Ann Lee'), context);
  expect(kind).toBe('message');
  expect(textOf(more)).toContain('### Ann Lee');
});

test('a reply that asks for a card gets that of the first quote', async () => {
  const answer = await ask(context, 'who said', { words: 'the harbour bridge stays closed until' });
  const ids = menuIn(answer)?.options.map(({ value }) => value) ?? [];
  const { reply: card } = await answerComponent(idOf(answer, '1. Card'), context);
  // The buttons of posts show it to one person.
  for (const shown of [ids, ids.map(id => id.replace(/^ko/v, 'kp'))]) {
    const reply = await answerMessage({ text: 'card', repliedTo: { kind: 'answer', ids: shown } }, context);
    expect(reply).toEqual(card);
  }
  const without = await answerMessage({ text: 'card', repliedTo: { kind: 'answer', ids: [] } }, context);
  expect(without && textOf(without)).toMatch(/^Use <\/card:\d+> for that/v);
});

/** Returns the answer to a reply to an answer. */
async function replied(to: Reply, text: string, there = context): Promise<string> {
  const shown = withDeleteButton(to, '1180000000000000002', there.say);
  const ids = [
    ...buttonsOf(shown).map(each => each.custom_id),
    ...(menuIn(shown)?.options.map(each => each.value) ?? []),
  ];
  const reply = await answerMessage({ text, repliedTo: { kind: 'answer', ids } }, there);
  return reply === undefined ? '' : textOf(reply);
}

describe('a reply to an answer', async () => {
  const people = [
    { id: 'lee', name: 'Ann Lee' },
    { id: 'cho', name: 'Bo Cho' },
  ];
  const said = (paragraph: number, [id, name]: readonly [string, string], content: string) => ({
    ...{ paragraph, content: [content] as const, source: name, cue: 'said', speaker: id },
  });
  const [lee, cho] = [['lee', 'Ann Lee'] as const, ['cho', 'Bo Cho'] as const];
  const weir = buildArticle(
    'weir',
    [
      '“The weir leaks every winter,” Bo Cho said.',
      'The lock was built of granite in 1801. Ann Lee was there.',
      '“The weir will be drained in May,” Ann Lee said.',
    ].join('\n'),
    people,
    [said(1, cho, 'The weir leaks every winter,'), said(3, lee, 'The weir will be drained in May,')],
  );
  const market = buildArticle(
    'market',
    '“The market moves to the old quay,” Ann Lee said.\nThe weir in Perth was drained in May, said Cy Dunn.',
    [...people.slice(0, 1), { id: 'dunn', name: 'Cy Dunn' }],
    [
      said(1, lee, 'The market moves to the old quay,'),
      said(2, ['dunn', 'Cy Dunn'], 'The weir in Perth was drained in May'),
    ],
  );
  const { library, ...others } = await contextOf([weir, market]);
  const judging = {
    encodeQuestion: (text: string) => Promise.resolve(wordVector(text)),
    judge: (text: string, passages: readonly string[]) => Promise.resolve(judgeByWords(text, passages)),
  };
  const there = { ...others, library: Object.assign(library, judging) };
  const about = (question: string) => ask(there, 'ask', { question });

  test('that asks who said it names the speaker of the words shown, not whom the question asked for', async () => {
    const answer = await about('what did Ann Lee say about leaks every winter?');
    expect(textOf(answer)).toContain('Others said:\n### Bo Cho');
    for (const asked of ['who said that?', 'who is that?'])
      expect(await replied(answer, asked, there)).toMatch(/^### Bo Cho/v);
  });

  test('that asks what somebody said about that shows their words there if none are about the topic', async () => {
    const answer = await about('what did Bo Cho say about leaks every winter?');
    expect(textOf(answer)).toContain('### Bo Cho');
    for (const asked of ['what did Ann Lee say about that?', 'and Ann Lee?']) {
      const reply = await replied(answer, asked, there);
      expect(reply).toContain('### Ann Lee');
      expect(reply).toContain('will be drained in May');
      expect(reply).not.toContain('Others said');
    }
  });

  test('that names a role means who has it in the article shown', async () => {
    const withMayor = (id: string, name: string, mayor: string) =>
      buildArticle(
        id,
        `“The ${id} is dry,” said ${name}.\n“It is wet,” said the mayor, ${mayor}.`,
        [
          { id: 'speaker', name },
          { id: 'mayor', name: mayor, role: 'mayor' },
        ],
        [said(1, ['speaker', name], `The ${id} is dry,`), said(2, ['mayor', mayor], 'It is wet,')],
      );
    const both = await contextOf([withMayor('well', 'Di Roe', 'Al Moss'), withMayor('pond', 'Flo Day', 'Ed Pike')]);
    for (const [question, mayor, another] of [
      ['what did Di Roe say?', 'Al Moss', 'Ed Pike'],
      ['what did Flo Day say?', 'Ed Pike', 'Al Moss'],
    ] as const) {
      const reply = await replied(await ask(both, 'ask', { question }), 'and the mayor?', both);
      expect(reply).toContain(`### ${mayor}`);
      expect(reply).not.toContain(another);
    }
  });

  test('that names somebody whom a name fits beside another asks which, if neither is quoted on the topic', async () => {
    const article = buildArticle(
      'well',
      '“The well is dry,” said Di Roe.\n“It rains,” said Al Moss.\n“It snows,” said Ed Moss.',
      [
        { id: 'roe', name: 'Di Roe' },
        { id: 'al', name: 'Al Moss' },
        { id: 'ed', name: 'Ed Moss' },
      ],
      [
        said(1, ['roe', 'Di Roe'], 'The well is dry,'),
        said(2, ['al', 'Al Moss'], 'It rains,'),
        said(3, ['ed', 'Ed Moss'], 'It snows,'),
      ],
    );
    const dry = await contextOf([article]);
    const answer = await ask(dry, 'ask', { question: 'what did Di Roe say about the well?' });
    expect(await replied(answer, 'and Moss?', dry)).toContain('Ed Moss');
  });

  test('that only asks why is asked of its article, about the same topic', async () => {
    const answer = await about('what did Bo Cho say about the weir leaking?');
    for (const asked of ['why?', 'But why']) {
      const reply = await replied(answer, asked, there);
      expect(reply).toMatch(/^You asked: \*Why the weir leaking\?\*\n/v);
      expect(reply).not.toContain('Perth');
    }
    expect(await replied(await about('what did Bo Cho say?'), 'why?', there)).toContain('Ask again with a name');
  });

  test('that asks who said it is told if nobody did', async () => {
    const answer = await about('when was the granite lock built?');
    expect(await replied(answer, 'who said that?', there)).toMatch(/^### The article itself\n.*own words/v);
    expect(await replied(answer, 'what else?', there)).toBe('I found no other quote like that one.');
  });

  test('that asks for the source of a person’s words gets the articles of all that is shown', async () => {
    const page = await ask(there, 'who is', { name: 'Ann Lee' });
    expect(await replied(page, 'really?', there)).toMatch(/^That’s from these articles:\n.*market.*\n.*\n.*weir/v);
  });

  test('is answered from the same article, even if another has as much', async () => {
    const answer = await about('who said the weir leaks?');
    const drained = await replied(answer, 'was the weir drained in May?', there);
    expect(drained).toContain('will be drained in May');
    expect(drained).not.toContain('Perth');
    expect(await replied(answer, 'when does the market move?', there)).toContain('the old quay');
  });

  test('that only names somebody gets what they say in the same article if it isn’t on the topic', async () => {
    const answer = await about('who said the weir leaks every winter?');
    const drained = await replied(answer, 'and Ann Lee?', there);
    expect(drained).toContain('You asked: *What did Ann Lee say?*');
    expect(drained).toContain('will be drained in May');
    expect(drained).not.toContain('market');
  });

  test('that asks why somebody said it isn’t answered with anything else they said', async () => {
    const answer = await about('who said the weir leaks every winter?');
    expect(await replied(answer, 'why does he say that?', there)).toMatch(/^I can’t tell who or what you mean/v);
  });

  test('that asks who else gets what others said of the same', async () => {
    const answer = await about('who said the weir will be drained in May?');
    expect(textOf(answer)).toContain('### Ann Lee');
    for (const asked of ['who else?', 'who else said so?']) {
      const others = await replied(answer, asked, there);
      expect(others).toContain('### Cy Dunn');
      expect(others).not.toContain('Ann Lee');
    }
  });

  test('that asks what else gets the first page with something new', async () => {
    const words = Array.from({ length: 5 }, (_, at) => `Barge number ${at + 1} is painted,`);
    const text = words.map(each => `“${each}” Ann Lee said.`).join('\n');
    const barges = buildArticle(
      'barges',
      text,
      people.slice(0, 1),
      words.map((each, at) => said(at + 1, lee, each)),
    );
    const only = await contextOf([barges]);
    const answer = await ask(only, 'ask', { question: 'what did Ann Lee say?' });
    const more = await replied(answer, 'what else did she say?', only);
    expect(more).toContain('number 4');
    expect(more).not.toContain('number 1');
  });
});

test('a quotation in a reply is checked, even if it has a pronoun', async () => {
  const answer = await ask(context, 'quote', { words: 'until its bolts are checked' });
  const ids = [idOf(answer, 'Context')];
  const text = '“The harbour bridge stays closed until they check its bolts”';
  const reply = await answerMessage({ text, repliedTo: { kind: 'answer', ids } }, context);
  expect(reply).toEqual(await answerMessage({ text, repliedTo: undefined }, context));
});

test('“he” isn’t a woman whom the answer before was about', async () => {
  const answer = await ask(context, 'quote', { words: 'until its bolts are checked' });
  for (const text of ['who is he?', 'what else did he say?', 'did he really promise that?', 'and his plan?']) {
    expect(await replied(answer, text), text).toMatch(/^I can’t tell who or what you mean/v);
  }
  expect(await replied(answer, 'who is she?')).toContain('### Ann Lee');
  expect(await replied(answer, 'what did Bo Cho say about his bridge?')).toContain('### Bo Cho');
});

test('nothing is translated, in a reply or without one', async () => {
  const ids = menuIn(await ask(context, 'who said', { words: 'the harbour bridge' }))?.options.map(each => each.value);
  for (const repliedTo of [undefined, { kind: 'answer', ids: ids ?? [] } as const]) {
    const reply = await answerMessage({ text: 'translate that', repliedTo }, context);
    expect(reply && textOf(reply)).toContain('don’t translate');
  }
});

test.each([
  ['quote', { words: 'open lines of communication' }],
  ['who said', { words: 'the' }],
  ['who is', { name: 'a senior US official' }],
  ['ask', { question: 'What did US officials say?' }],
  ['check', { words: '“the harbour bridge stays closed” and “they’ve already decided” and “common systems”' }],
  ['card', { words: 'reflecting the gravity of the moment' }],
  ['compare', { a: 'a senior US official', b: 'CNN' }],
  ['timeline', { speaker: 'a senior US official' }],
  ['summary', { length: 'long', article: 'us-china-rome-meeting' }],
  ['speakers', { article: 'us-china-rome-meeting' }],
  ['article list', {}],
  ['article show', { article: 'us-china-rome-meeting' }],
] as const)('/%s %o: at most one row of three buttons, and Discord accepts it', async (path, texts) => {
  for (const isPrivate of [false, true]) {
    const reply = await ask(context, path, texts, isPrivate);
    const shown = withDeleteButton(reply, '1180000000000000002', context.say);
    expect(buttonsOf(shown).length).toBeLessThanOrEqual(3);
    expect(labelsIn(shown)).toContain(isPrivate ? 'Share' : 'Delete answer');
    expect(refusalOf(shown)).toBeUndefined();
  }
});

import { describe, expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { answerComponent } from '../../src/commands/components.ts';
import { asLine, isPrivate, type Reply } from '../../src/replies/reply.ts';
import { sayIn } from '../../src/wording/say.ts';
import { judgeByWords, wordVector } from '../library/word-vectors.ts';
import { buttonsOf, idOf, labelsIn, menuIn, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildSeed } from '../search/build-article.ts';
import { ask, contextOf, offered } from './ask.ts';

const seed = buildSeed();
const context = await contextOf([seed]);

const namesakes = await contextOf(
  ['Ann', 'Bo'].map(name => {
    const full = `${name} Lee`;
    const words = `The bridge needs ${name === 'Ann' ? 'new bolts' : 'fresh paint'},`;
    return buildArticle(
      `bridge-${name.toLowerCase()}`,
      `“${words}” ${full} said.`,
      [{ id: 'lee', name: full }],
      [{ paragraph: 1, content: [words], source: full, cue: 'said', speaker: 'lee' }],
    );
  }),
);

function first(reply: Reply): string {
  return textOf(reply).split('\n')[0] ?? '';
}

test('the answer says how sure it is and what was looked for, then shows the words, their speaker and where', async () => {
  const reply = await ask(context, 'ask', { question: 'what did US officials say about armed drones?' });
  expect(textOf(reply).split('\n').slice(0, 3)).toEqual([
    'You asked: *what did US officials say about armed drones?*',
    'This may answer it:',
    '### US officials',
  ]);
  expect(textOf(reply)).toContain('¶1');
  expect(quotedLines(reply)).toEqual([expect.stringContaining('armed drones, US officials said on Monday.')]);
  expect(buttonsOf(reply).map(({ label }) => label)).toEqual(['Context', 'Card', 'More like this']);
  expect(refusalOf(reply)).toBeUndefined();
  expect(isPrivate(reply)).toBe(false);
});

test.each([
  ['how long was the Rome meeting?', 'You asked: *how long was the Rome meeting?*'],
  ['who said the Russian military wants *rations*', 'You asked: *who said the Russian military wants \\*rations\\*?*'],
])('%s: the first line is the question as typed', async (question, line) => {
  expect(first(await ask(context, 'ask', { question }))).toBe(line);
});

test('all that somebody said is found without a hedge', async () => {
  const reply = await ask(context, 'ask', { question: 'What did CNN say?' });
  expect(textOf(reply)).toMatch(/^You asked: \*What did CNN say\?\*\n### CNN\n/v);
});

test('nobody is named above the words of a speaker who isn’t clear', async () => {
  const reply = await ask(context, 'ask', { question: 'who said both sides don’t share common systems?' });
  expect(textOf(reply)).toContain('?*\nThis may answer it:\n### “the official”');
});

test.each([
  ['what did Yang Jiechi say about drones?', 'Not quoted here: **Yang Jiechi**.', 2],
  ['what did the harbour master say about drones?', 'I can’t tell whom you mean by “the harbour master”.', 2],
  ['what did Jake Sullivan say about wheat?', 'Quoted here, but not on this: **Jake Sullivan**.', 0],
  ['how many seals live in the bay?', 'No article mentions it.', 0],
  ['how many drones did China send to Russia in March?', 'answers that.\n-# You asked: ', 1],
])('%s: nothing, with why', async (question, why, nearest) => {
  const reply = await ask(context, 'ask', { question });
  expect(first(reply)).toBe('Nothing in this article clearly answers that.');
  expect(textOf(reply)).toContain(why);
  expect(quotedLines(reply)).toHaveLength(nearest);
  expect(/Not an(?: answer|swers), only the nearest/v.test(textOf(reply))).toBe(nearest > 0);
  expect(isPrivate(reply)).toBe(true);
});

test('in one line it names nobody whose words only come nearest', async () => {
  const reply = await ask(context, 'ask', { question: 'how many drones did China send to Russia in March?' });
  expect(textOf(asLine(reply))).toBe('Nothing in this article clearly answers that.');
});

test('of two people whom a name fits, neither is named where neither answers', async () => {
  const reply = await ask(namesakes, 'ask', { question: 'what did Lee say about wheat?' });
  expect(textOf(reply)).toContain(
    'Quoted here, but not on this: “Lee”.\n-# You asked: *what did Lee say about wheat?*',
  );
});

test('of two people named together, each is quoted, or the answer says that they aren’t', async () => {
  const both = await ask(namesakes, 'ask', { question: 'what did Ann Lee and Bo Lee say about the bridge?' });
  expect(quotedLines(both)).toHaveLength(2);
  const one = await ask(namesakes, 'ask', { question: 'what did Bo Cho and Ann Lee say about the bridge?' });
  expect(textOf(one)).toContain('\n-# Not quoted on this: “Bo Cho”.\n### Ann Lee');
});

test('what the article takes back is nobody’s statement', async () => {
  const corrected = buildArticle(
    'tram',
    'Correction: we earlier reported that the tram would cost 40 million crowns.\nThe tram costs 60 million.',
    [{ id: 'we', name: 'we', named: false }],
    [
      {
        paragraph: 1,
        type: 'indirect',
        content: ['the tram would cost 40 million crowns'],
        source: 'we',
        cue: 'reported',
        speaker: 'we',
        certainty: 'unclear',
      },
    ],
  );
  const reply = await ask(await contextOf([corrected]), 'ask', { question: 'would the tram cost 40 million crowns?' });
  expect(textOf(reply)).toContain('### Corrected by the article\n-# The article says this was denied, corrected');
});

test('nothing within a filter says which options to leave out', async () => {
  const reply = await ask(context, 'ask', { question: 'how many seals live in the bay?', after: '2020' });
  expect(first(reply)).toBe('Nothing in these articles clearly answers that. Try without `after`.');
});

describe('what isn’t a question about the news', () => {
  test.each(['hello', 'Hi!', 'what can you do?', 'help', '你好'])('%s: help', async question => {
    expect(first(await ask(context, 'ask', { question }))).toMatch(/^Hello! Ask me who said what/v);
  });

  test.each(['Jake Sullivan', 'who is Jake Sullivan?', 'Who’s Sullivan?', '習近平是誰？'])(
    '%s: as /who is',
    async question => {
      const name = question.includes('習') ? '習近平' : 'Jake Sullivan';
      const reply = await ask(context, 'ask', { question });
      expect(textOf(reply)).toBe(textOf(await ask(context, 'who is', { name })));
    },
  );

  test.each(['summarise the news', 'TL;DR', 'please summarize the story us-china-rome-meeting'])(
    '%s: as /summary',
    async question => {
      expect(textOf(await ask(context, 'ask', { question }))).toBe(textOf(await ask(context, 'summary', {})));
    },
  );

  test.each(['what did she say', 'why?', 'who', 'and', 'why did Sullivan say that?'])(
    '%s: asks who is meant',
    async question => {
      expect(textOf(await ask(context, 'ask', { question }))).toBe(
        'I can’t tell who or what you mean. Ask again with a name or a topic.',
      );
    },
  );

  test.each(['what do you think of Sullivan?', 'do you like drones'])('%s: no opinion', async question => {
    expect(textOf(await ask(context, 'ask', { question }))).toBe('I have no opinions. I only quote what articles say.');
  });

  test.each([
    ['compare CNN and Sullivan', 'compare', { a: 'CNN', b: 'Sullivan' }],
    ['timeline of CNN', 'timeline', { speaker: 'CNN' }],
    ['a random quote by Sullivan', 'random', { speaker: 'Sullivan' }],
  ])('%s: as /%s', async (question, path, options) => {
    expect(textOf(await ask(context, 'ask', { question }))).toBe(textOf(await ask(context, path, options)));
  });

  test.each([
    ['compare CNN and Sullivan', ['CNN', 'Sullivan']],
    ['timeline of CNN', ['CNN']],
    ['compare cats and dogs', ['cats']],
  ])('%s: looks up each name once', async (question, names) => {
    const found: string[] = [];
    const people: typeof context.search.people = (name, filter) => {
      found.push(name);
      return context.search.people(name, filter);
    };
    await ask({ ...context, search: { ...context.search, people } }, 'ask', { question });
    expect(found).toEqual(names);
  });

  test.each(['/quote drones', 'quotes about drones'])('%s: names the command', async question => {
    expect(textOf(await ask(context, 'ask', { question }))).toBe('Use </quote:1> for that.');
  });

  test('a comparison of what nobody here is called is a question', async () => {
    const reply = await ask(context, 'ask', { question: 'compare cats and dogs' });
    expect(textOf(reply)).toContain('You asked:');
  });

  test.each(['latest news', 'what’s new?'])('%s: the newest articles', async question => {
    expect(textOf(await ask(context, 'ask', { question }))).toBe(textOf(await ask(context, 'article list', {})));
  });

  test.each([
    '¿Qué dijo Sullivan sobre la guerra?',
    'Qui a dit que la Chine aide la Russie, et quand ?',
    'Was hat der Sprecher über die Drohnen gesagt?',
    'Что сказал Салливан?',
    'サリバンは何と言いましたか',
  ])('%s: says what it reads', async question => {
    expect(textOf(await ask(context, 'ask', { question }))).toBe(
      'I read English and Chinese. Please ask in one of them.',
    );
  });

  test.each(['who is against the tram?', 'who is Xi’s envoy to Mars?', 'drones for Russia'])(
    '%s: is one',
    async question => {
      expect(textOf(await ask(context, 'ask', { question }))).toContain('You asked:');
    },
  );
});

describe('a summary', async () => {
  const said = (id: string, words: string) =>
    buildArticle(
      id,
      `“${words},” Ann Lee said.\nThe meeting ended late.`,
      [{ id: 'lee', name: 'Ann Lee' }],
      [{ paragraph: 1, content: [`${words},`], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
    );
  const articles = await contextOf([
    said('Bees can count to five', 'They never read the script'),
    said('Baker cleared of theft', 'The crown court heard the case of the stolen bread'),
    said('Storm keeps trains away', 'The lido will be closed all week'),
    said('Trains will be late', 'There is too much snow on the line'),
  ]);
  const summaryTo = async (question: string) => await ask(articles, 'ask', { question });

  test.each([
    ['summarise the court case', 'Baker cleared of theft'],
    ['summarise the story about bread', 'Baker cleared of theft'],
    ['summarise the lido story', 'Storm keeps trains away'],
    ['sum up the bees article', 'Bees can count to five'],
    ['summarise the story about counting bees', 'Bees can count to five'],
  ])('%s: of an article that has the words, in its title or its text', async (question, title) => {
    const text = textOf(await summaryTo(question));
    expect(text).toContain('### In the article’s own words');
    expect(text).toContain(title);
  });

  test.each(['the wheat story', 'the article about cats', 'brexit'])('of %s: there is none', async called => {
    const reply = await summaryTo(`summarise ${called}`);
    expect(textOf(reply)).toMatch(/^No article matches “(?:the wheat story|cats|brexit)”\./v);
    expect(isPrivate(reply)).toBe(true);
  });

  test('of one of several is chosen from a menu', async () => {
    const reply = await summaryTo('summarise the story about trains');
    expect(refusalOf(reply)).toBeUndefined();
    expect(first(reply)).toBe('“trains” could be one of these articles. Which one do you want?');
    const options = menuIn(reply)?.options ?? [];
    expect(options.map(({ label }) => label).toSorted()).toEqual(['Storm keeps trains away', 'Trains will be late']);
    const { kind, reply: shown } = await answerComponent(options[0]?.value ?? '', articles);
    expect(kind).toBe('update');
    expect(textOf(shown)).toContain(options[0]?.label);
  });
});

test.each(['who is Zed Quark?', 'Who’s Quark', 'who is zed quark?'])('%s: nobody has that name', async question => {
  const reply = await ask(context, 'ask', { question });
  expect(textOf(reply)).toMatch(/^I don’t know anyone called “[Zz]?(?:ed )?[Qq]uark”\./v);
});

test('others’ words come after the news that the person isn’t quoted on it, in a shared copy, too', async () => {
  const said = (paragraph: number, content: string, name: string) => {
    return { paragraph, content: [content], source: name, cue: 'said', speaker: name } as const;
  };
  const article = buildArticle(
    'ferry',
    '“The old ferry leaks at the harbour every winter,” Bo Cho said.\n“Bread is dear,” Ann Lee said.',
    ['Bo Cho', 'Ann Lee'].map(name => ({ id: name, name })),
    [said(1, 'The old ferry leaks at the harbour every winter,', 'Bo Cho'), said(2, 'Bread is dear,', 'Ann Lee')],
  );
  const { library, ...others } = await contextOf([article]);
  const judging = {
    encodeQuestion: (text: string) => Promise.resolve(wordVector(text)),
    judge: (text: string, passages: readonly string[]) => Promise.resolve(judgeByWords(text, passages)),
  };
  const ferry = { ...others, library: Object.assign(library, judging) };
  const question = 'did Ann Lee say the old ferry leaks at the harbour every winter?';
  const secret = await ask(ferry, 'ask', { question }, true);
  const { reply: shared } = await answerComponent(idOf(secret, 'Share'), { ...ferry, isPrivate: true });
  for (const reply of [secret, shared]) {
    expect(textOf(reply)).toContain('\n**Ann Lee** isn’t quoted on this. Others said:\n### Bo Cho\n');
    expect(quotedLines(reply)).toEqual(['“The old ferry leaks at the harbour every winter,” Bo Cho said.']);
  }
});

/** Returns the answer to a question, and the copy that Share posts, if these words of an article answer it. */
async function answersIf(words: string, question: string, article: AttributedArticle): Promise<readonly Reply[]> {
  const { library, ...others } = await contextOf([article]);
  const judge = (_: string, passages: readonly string[]) =>
    Promise.resolve(
      passages.map(text => {
        const start = text.lastIndexOf(words);
        return { logit: start < 0 ? -40 : 20, words: { start, end: start + words.length }, odds: start < 0 ? 0 : 1 };
      }),
    );
  const encodeQuestion = (text: string) => Promise.resolve(wordVector(text));
  const judging = { ...others, library: Object.assign(library, { encodeQuestion, judge }) };
  const secret = await ask(judging, 'ask', { question }, true);
  return [secret, (await answerComponent(idOf(secret, 'Share'), { ...judging, isPrivate: true })).reply];
}

describe('whose words they are, below an answer and in a shared copy', () => {
  const cho = { source: 'Bo Cho, 44', cue: 'said', speaker: 'cho' };
  const boat = buildArticle(
    'boat',
    '“Whoever took the boat,” said Bo Cho, 44, of the harbour, “knew the alarm.”\nThe boat, said Bo Cho, 44, was old.',
    [{ id: 'cho', name: 'Bo Cho' }],
    [
      { ...cho, paragraph: 1, content: ['Whoever took the boat,', 'knew the alarm.'] },
      { ...cho, paragraph: 2, content: ['The boat', 'was old'], type: 'indirect' },
    ],
  );

  test('isn’t who did it', async () => {
    for (const reply of await answersIf('knew the alarm', 'who took the boat?', boat)) {
      expect(textOf(reply)).toContain(
        '\n### Said by **Bo Cho** (“Bo Cho, 44”)\n> “Whoever took the boat,” said Bo Cho',
      );
      expect(refusalOf(reply)).toBeUndefined();
    }
    const [indirect] = await answersIf('was old', 'whose is the boat?', boat);
    expect(indirect && textOf(indirect)).toContain('(“Bo Cho, 44”)\n-# Paraphrased, not a direct quote.');
    const [said] = await answersIf('knew the alarm', 'who said the alarm was known?', boat);
    expect(said && textOf(said)).toContain('\n### Bo Cho\n');
  });

  test.each([
    'who talked about the boat?',
    'what did people say about the boat?',
    'what has been said about the boat?',
  ])('%s: somebody who speaks of it, even if the judge finds no answer', async question => {
    const [reply] = await answersIf('nowhere', question, boat);
    expect(reply && textOf(reply)).toContain('\nThis may answer it:\n### Bo Cho\n');
  });

  test('may be a body’s if the article describes the speaker with its name', async () => {
    const source = 'Bo Cho of the Hull Chamber of Trade';
    const theft = buildArticle(
      'theft',
      `The chamber met.\n“It was an old boat,” said ${source}.\n“It was mine,” said Ann Lee.`,
      [
        { id: 'cho', name: 'Bo Cho' },
        { id: 'chamber', name: 'Hull Chamber of Trade', kind: 'organisation' },
        { id: 'lee', name: 'Ann Lee' },
      ],
      [
        { paragraph: 2, content: ['It was an old boat,'], source, cue: 'said', speaker: 'cho' },
        { paragraph: 3, content: ['It was mine,'], source: 'Ann Lee', cue: 'said', speaker: 'lee' },
      ],
    );
    for (const body of ['the chamber of trade', 'Hull Chamber of Trade']) {
      const [reply] = await answersIf('nowhere', `what did ${body} say?`, theft);
      expect(reply && textOf(reply)).toContain(`\nThis may answer it:\n### Bo Cho\n-# in the article: “${source}”`);
      expect(reply && quotedLines(reply)).toHaveLength(1);
    }
  });

  test('is nobody’s if the words that answer aren’t a quote', async () => {
    const [secret, shared] = await answersIf('of the harbour', 'which harbour is the boat from?', boat);
    expect(secret && textOf(secret)).toContain(
      '### The article itself\n-# The words in bold aren’t a quote. Quoted next to them: **Bo Cho** (“Bo Cho, 44”).\n',
    );
    // Which words answer isn't remembered.
    expect(shared && textOf(shared)).toContain(
      '### The article itself\n-# These are the article’s own words. Quoted in them: **Bo Cho** (“Bo Cho, 44”).\n',
    );
  });
});

describe('a name that fits two people', () => {
  const asked = () => ask(namesakes, 'ask', { question: 'what did Lee say about the bridge?' });

  test('gets the question which of them', async () => {
    const reply = await asked();
    expect(first(reply)).toBe('More than one person here could be “Lee”. Whose words do you want?');
    expect(
      menuIn(reply)
        ?.options.map(({ label }) => label)
        .toSorted(),
    ).toEqual(['Ann Lee', 'Bo Lee']);
    expect(quotedLines(reply)).toEqual([]);
  });

  test('and the answer for the one that is chosen, in place of it', async () => {
    const options = menuIn(await asked())?.options ?? [];
    const bo = options.find(({ label }) => label === 'Bo Lee')?.value ?? '';
    const { kind, reply } = await answerComponent(bo, namesakes);
    expect(kind).toBe('update');
    expect(textOf(reply)).toContain('You asked: *what did Lee say about the bridge?*\nThis may answer it:\n### Bo Lee');
    expect(quotedLines(reply)).toEqual(['“The bridge needs fresh paint,” Bo Lee said.']);
  });
});

describe('below an answer', () => {
  const asked = (secret = false) => ask(context, 'ask', { question: 'what did CNN say about ration packs?' }, secret);

  test('Context shows the paragraphs around it, Card makes a picture', async () => {
    const around = await answerComponent(idOf(await asked(), 'Context'), context);
    expect(around.kind).toBe('message');
    expect(textOf(around.reply)).toContain('Before, ¶9');
    const card = await answerComponent(idOf(await asked(), 'Card'), context);
    expect(card.reply.files).toHaveLength(1);
  });

  test('Share shows the beginning of a long question', async () => {
    const secret = await ask(
      context,
      'ask',
      { question: 'so what exactly did CNN say about all these ration packs?' },
      true,
    );
    expect(first(secret)).toBe('You asked: *so what exactly did CNN say about all these ration packs?*');
    const shared = await answerComponent(idOf(secret, 'Share'), { ...context, isPrivate: true });
    expect(first(shared.reply)).toMatch(/^You asked: \*so what exactly did CNN say[\p{L} ]*…\*$/v);
  });

  test('Share posts a private answer again, in the language of whoever presses', async () => {
    const secret = await asked(true);
    expect(isPrivate(secret)).toBe(true);
    const shared = await answerComponent(idOf(secret, 'Share'), { ...context, isPrivate: true, say: sayIn('zh-TW') });
    expect(isPrivate(shared.reply)).toBe(false);
    expect(textOf(shared.reply)).toContain('您問的是：*what did CNN say about ration packs?*');
    expect(quotedLines(shared.reply)).toEqual(quotedLines(secret));
  });
});

describe('a question typed where words are looked for', () => {
  test.each(['quote', 'who said'])('is answered by /%s, with a hint', async path => {
    const reply = await ask(context, path, { words: 'what did CNN say about ration packs?' });
    expect(textOf(reply)).toContain('You asked: *what did CNN say about ration packs?*');
    expect(textOf(reply)).toContain('-# I took that as a question. Ask the next one with </ask:3>.');
  });

  test.each([
    'The question really is whether they will go further?',
    'do both sides understand that they dont share common systems?',
    'ration packs',
  ])('the wording of an article wins: %s', async words => {
    const reply = await ask(context, 'quote', { words });
    expect(textOf(reply)).not.toContain('I took that as a question');
    expect(labelsIn(reply)).toContain('More like this');
  });

  test('may mean two people there too', async () => {
    const reply = await ask(namesakes, 'quote', { words: 'what did Lee say about the bridge?' });
    expect(textOf(reply)).toContain('More than one person here could be “Lee”.');
    expect(textOf(reply)).toContain('I took that as a question.');
  });

  test('with a speaker chosen it is words', async () => {
    const reply = await ask(context, 'quote', { words: 'what about ration packs?', speaker: 'CNN' });
    expect(textOf(reply)).not.toContain('I took that as a question');
  });
});

test('suggests questions about those quoted most, until something is typed', async () => {
  expect(await offered(context, 'ask', 'question', '')).toContainEqual({
    name: 'What did US officials say?',
    value: 'What did US officials say?',
  });
  expect(await offered(context, 'ask', 'question', 'what')).toEqual([]);
  expect(await offered(context, 'ask', 'article', 'us-china')).toHaveLength(1);
});

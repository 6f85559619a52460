import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import type { Report, WeighedReport } from '../../src/attribution/attribution.ts';
import { cutStretches, MOST_PIECES, tokenFeaturesOf } from '../../src/attribution/network/features.ts';
import { toWindows } from '../../src/attribution/network/windows.ts';
import { resolveSpeakers } from '../../src/attribution/speakers/resolve.ts';
import { parseDescription } from '../../src/attribution/speakers/sources.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { type Span, slice } from '../../src/news/span.ts';

const articleOf = (text: string) => toArticle('any', UNKNOWN_METADATA, text);

/** A report as found: the spans of these words, each at its first place. */
function reportIn(
  text: string,
  type: Report['type'],
  words: { readonly source?: string; readonly cue?: string; readonly content: string },
  doubtful = false,
): WeighedReport {
  const spanOf = (part: string | undefined): Span | undefined => {
    const start = part === undefined ? -1 : text.indexOf(part);
    return start < 0 ? undefined : { start, end: start + (part?.length ?? 0) };
  };
  const content = spanOf(words.content);
  if (content === undefined) throw new Error(`The text doesn't have ${words.content}.`);
  const [cue, source] = [spanOf(words.cue), spanOf(words.source)];
  return { type, content: [content], cue, source, rule: 'by hand', score: doubtful ? 0.5 : 0.9, doubtful };
}

/** The attribution of "the bridge was safe" to this source. */
function whoSaid(text: string, source: string) {
  const report = reportIn(text, 'indirect', { source, cue: 'said', content: 'the bridge was safe' });
  return resolveSpeakers(articleOf(text), [report], []).attributions[0];
}

describe('a source of several is never one of them for sure', () => {
  test.each([
    'Ann Lee, Bo Cho and Tom Ruiz',
    'Ann Lee or Bo Cho',
    'Ann Lee & Bo Cho',
    'Ann Lee and the mayor',
    'Both Ann Lee and the mayor',
    'The mayor and Ann Lee',
    'Ann Lee and two officials',
    'Ann Lee and her co-author',
    'Ann Lee, Bo Cho and the minister',
    'Ann Lee, Bo Cho & Tom Ruiz',
    'Teacher Ann Lee, nurse Bo Cho and cook Tom Ruiz',
  ])('%s', source => {
    const text = `${source} said that the bridge was safe.`;
    const found = whoSaid(text, source);
    const name = found?.speaker && slice(text, found.speaker.name);
    expect(found?.certainty === 'unclear' || (name !== 'Ann Lee' && name !== 'Bo Cho')).toBe(true);
  });

  test.each([
    'Ann Lee, director of Roads and Bridges,',
    'Ann Lee of Lee and Sons',
    'Ann Lee, mayor of Westport and head of the board,',
    'Ann Lee, a chemist and co-author,',
    'Ann Lee, who runs the port and the docks',
  ])('but %s is one person', source => {
    const text = `${source} said that the bridge was safe.`;
    const found = whoSaid(text, source);
    expect([found?.certainty, found?.speaker && slice(text, found.speaker.name)]).toEqual(['stated', 'Ann Lee']);
  });
});

test.each([
  ['Lawyers representing Ann Lee', ''],
  ['Friends of the victim, Ann Lee', ''],
  ['A lawyer for the accused MP, Ann Lee', 'Ann Lee, unclear'],
  ['The chair of the parents’ group, Ann Lee', 'Ann Lee, stated'],
  ['Lawyers for Ann Lee and Bo Cho', ''],
  ['Lawyers representing Ann Lee and Bo Cho', ''],
  ['Friends of the two victims, Ann Lee and Bo Cho', 'Ann Lee and Bo Cho, unclear'],
  ['Lawyers who represent the victims, Ann Lee and Bo Cho', 'Ann Lee and Bo Cho, unclear'],
  ['Their two victims, Ann Lee and Bo Cho', 'Ann Lee and Bo Cho, stated'],
])('%s isn’t surely whom others speak for', (source, said) => {
  const text = `Ann Lee and Bo Cho met.\n${source} said that the bridge was safe.`;
  const found = whoSaid(text, source);
  const name = (found?.speaker && slice(text, found.speaker.name)) ?? '';
  expect(/^Ann Lee(?: and Bo Cho)?$/v.test(name) ? `${name}, ${found?.certainty}` : '').toBe(said);
});

test.each([
  ['Calder & Voss Logistics plc (LSE: CVL)', 'Calder & Voss Logistics plc'],
  ['The Calder shipping group (LSE: CVL)', 'The Calder shipping group (LSE: CVL)'],
  ['The Friends of the Library', 'Friends of the Library'],
  ['Friends of the mayor', 'Friends of the mayor'],
])('the name in “%s” is “%s”', (source, name) => {
  const text = `${source} said that the bridge was safe.`;
  const found = whoSaid(text, source);
  expect(found?.speaker && slice(text, found.speaker.name)).toBe(name);
});

test('three who speak are never the last two of them', () => {
  const source = 'Council members Ann Lee, Bo Cho and Tom Ruiz';
  const text = `${source} said that the bridge was safe.`;
  const found = whoSaid(text, source);
  expect(found?.speaker && slice(text, found.speaker.name)).toBe(source);
});

test('whoever says two things at once is one speaker', () => {
  const text =
    'A poster wrote that the bridge was safe and that the road was open. The poster said that the dam was old.';
  const said = [
    reportIn(text, 'indirect', { source: 'A poster', cue: 'wrote', content: 'the bridge was safe' }),
    reportIn(text, 'indirect', { source: 'A poster', cue: 'wrote', content: 'the road was open' }),
    reportIn(text, 'indirect', { source: 'The poster', cue: 'said', content: 'the dam was old' }),
  ];
  const { attributions, speakers } = resolveSpeakers(
    articleOf(text),
    said,
    [],
    (_story, _report, decision) => decision,
  );
  expect(attributions.map(({ certainty }) => certainty)).toEqual(['stated', 'stated', 'inferred']);
  expect(speakers.map(({ name }) => slice(text, name))).toEqual(['A poster']);
});

describe('a doubtful report makes nothing certain', () => {
  test('not the quotation that goes on after it', () => {
    const text = '“The bridge will fall within a year,” Ann Lee said.\n“It has been shaking for weeks.”';
    const first = reportIn(
      text,
      'direct',
      { source: 'Ann Lee', cue: 'said', content: 'The bridge will fall within a year,' },
      true,
    );
    const next = reportIn(text, 'direct', { content: 'It has been shaking for weeks.' });
    const [, found] = resolveSpeakers(articleOf(text), [first, next], []).attributions;
    expect(found?.certainty).toBe('unclear');
  });

  test('not the pull quote of its words', () => {
    const text =
      'The town mourned.\n“The bridge will fall within a year”\n“The bridge will fall within a year,” Ann Lee said.\nNobody was hurt.';
    const said = text.lastIndexOf('The bridge will');
    const content = { start: said, end: said + 'The bridge will fall within a year,'.length };
    const report: WeighedReport = {
      ...reportIn(text, 'direct', { source: 'Ann Lee', cue: 'said', content: 'The bridge' }, true),
      content: [content],
    };
    const pulled = { ...reportIn(text, 'direct', { content: 'The bridge will fall within a year' }), repeats: content };
    const [found] = resolveSpeakers(articleOf(text), [pulled, report], []).attributions;
    expect(found?.doubtful).toBe(true);
  });
});

test('a window has a limit, even of characters that no word piece has', () => {
  const text = `Ann Lee said. ${'\ue000 '.repeat(2000)}`;
  const windows = toWindows(cutStretches(tokenFeaturesOf(text, { start: 0, end: text.length }, [])));
  expect(Math.max(...windows.map(({ tokens }) => tokens.length))).toBeLessThanOrEqual(MOST_PIECES);
});

describe('a phrase that may be somebody whom the article names isn’t certain', () => {
  const cases: readonly (readonly [why: string, source: string, before: string, after: string])[] = [
    ['named later', 'Researchers from the north', '', 'It rained.\nIt rained.\nIt rained.\nAnn Lee led the work.'],
    ['named later', 'A new study', '', 'Ann Lee wrote it.'],
    ['named later', 'The acting head of the port', '', 'Ann Lee is new there.'],
    ['cut off', 'scientists who', '', ''],
    ['cut off', '160', '', ''],
    ['a body’s kind', 'the northern company', 'The bridge was built by Harbour Steel Corporation.\n', ''],
    ['only a noun', 'The report', 'Ann Lee wrote a book.\n', ''],
  ];
  test.each(cases)('%s: %s', (_, source, before, after) => {
    const text = `${before}${source} said that the bridge was safe.\n${after}`;
    const found = whoSaid(text, source);
    expect(found?.certainty).toBe('unclear');
  });

  test.each(['Police', 'Officials', 'Two witnesses', 'A study in the journal Alpine Biology'])(
    'but %s may stay unnamed',
    source => {
      const text = `${source} said that the bridge was safe.\nAnn Lee drove past.`;
      const found = whoSaid(text, source);
      expect([found?.certainty, found?.speaker && slice(text, found.speaker.name)]).toEqual(['stated', source]);
    },
  );

  test('nor what refers back to it', () => {
    const text = 'A new study said that the bridge was safe.\nIt said that the road was safe.\nAnn Lee wrote it.';
    const first = reportIn(text, 'indirect', { source: 'A new study', cue: 'said', content: 'the bridge was safe' });
    const second = reportIn(text, 'indirect', { source: 'It', cue: 'said', content: 'the road was safe' });
    const found = resolveSpeakers(articleOf(text), [first, second], []).attributions;
    expect(found.map(({ certainty }) => certainty)).toEqual(['unclear', 'unclear']);
  });
});

test.each([
  'Burgess says that the bridge is safe.\nJean Burgess is an engineer.',
  'Jean Burgess is an engineer.\nBurgess says that the bridge is safe.',
])('a surname that ends like a plural is one at the start of a sentence: %s', text => {
  const report = reportIn(text, 'indirect', { content: 'the bridge is safe' });
  const start = text.indexOf('Burgess says');
  const source = { start, end: start + 'Burgess'.length };
  const [found] = resolveSpeakers(articleOf(text), [{ ...report, source }], []).attributions;
  expect(found?.speaker && slice(text, found.speaker.name)).toBe('Jean Burgess');
});

test.each(['was announced', 'was claimed on Monday', 'has since been reported', 'was revealed'])(
  '“it %s” names nobody, whoever spoke before',
  async cue => {
    const text = `The Harbour Authority said that the bridge was safe. It ${cue} that the road was closed.`;
    const found = (await attribute(articleOf(text))).attributions;
    expect(found.map(({ certainty, speaker }) => [certainty, speaker !== undefined])).toEqual([
      ['stated', true],
      ['unclear', false],
    ]);
  },
);

describe('whom “it” means after what it said', () => {
  const lastSpeaker = async (text: string) => {
    const last = (await attribute(articleOf(text))).attributions.at(-1);
    return [last?.certainty, last?.speaker && slice(text, last.speaker.name)];
  };

  test.each(['said on Monday', 'has announced', 'has confirmed'])('its subject: it %s', async cue => {
    expect(await lastSpeaker(`Rain fell all day.\nHarrow Foods will close 40 shops by spring, it ${cue}.`)).toEqual([
      'inferred',
      'Harrow Foods',
    ]);
  });

  test('its subject, if that means a body that was named', async () => {
    const text =
      'Leaders of Harrow Council met on Monday.\nThe council plans to sell the land, it announced on Tuesday.';
    expect(await lastSpeaker(text)).toEqual(['inferred', 'Harrow Council']);
  });

  test('unclear if another body spoke before', async () => {
    const text =
      "The Dockers' Union said its members would strike.\nHarrow Council is to charge for parking, it has announced.";
    expect(await lastSpeaker(text)).toEqual(['unclear', undefined]);
  });

  test('unclear if it may be a body without a name', async () => {
    const text =
      'Harrow Foods will close 40 shops by spring, it said.\nThe council plans to sell the land, it announced on Tuesday.';
    expect(await lastSpeaker(text)).toEqual(['unclear', undefined]);
  });
});

test('an adverb is nobody', async () => {
  const text = 'She blamed a poster, shared on Friday, that falsely said she wanted to sell the hall.';
  const { attributions, speakers } = await attribute(articleOf(text));
  expect(attributions.map(({ source, certainty }) => [source, certainty])).toEqual([[undefined, 'unclear']]);
  expect(speakers).toEqual([]);
});

describe('“she” after a subject that belongs to somebody named is never them for sure', () => {
  const certaintyAfter = async (subject: string) => {
    const text = `${subject} came to the door on Monday. “I heard a bang,” she said.`;
    const [found] = (await attribute(articleOf(text))).attributions;
    return [found?.certainty, found?.speaker && slice(text, found.speaker.name)];
  };

  test.each([
    'A neighbour of Karin Holt',
    'An aide to Mayor Karin Holt',
    'Another customer of the baker Karin Holt',
    'A woman who knew Karin Holt',
    'His sister and Karin Holt',
  ])('%s', async subject => {
    expect((await certaintyAfter(subject))[0]).toBe('unclear');
  });

  test.each(['A lawyer, Karin Holt,', 'His sister Karin Holt', 'Two days after the storm, Karin Holt'])(
    'but %s is the subject',
    async subject => {
      expect(await certaintyAfter(subject)).toEqual(['inferred', 'Karin Holt']);
    },
  );
});

test.each([
  'But under questioning by Holt’s lawyer, Abel Crane, he admitted that he had sailed alone.',
  'After a speech by the organist, Abel Crane, he added that the roof leaked.',
])('the same “he” again is no surer than it was before: %s', async sentence => {
  const text = `The skipper, Ivo Dunn, denied it.\n${sentence} “I was in a hurry,” he said.`;
  const found = (await attribute(articleOf(text))).attributions;
  expect(found.map(({ source, certainty }) => [source && slice(text, source), certainty])).toEqual([
    ['he', 'unclear'],
    ['he', 'unclear'],
  ]);
});

test.each([
  'A welder put down the torch',
  'Another cyclist stopped',
  'A beekeeper from Oslo nodded',
  'One zoologist laughed',
])('“she” after somebody without a name is never the last speaker for sure: %s', async sentence => {
  const text = `“It rained,” said Ann Lee. ${sentence}. “It is hot,” she said.`;
  const found = (await attribute(articleOf(text))).attributions;
  expect(found.map(({ certainty }) => certainty)).toEqual(['stated', 'unclear']);
});

test.each([
  ['Robin Vale, an actress, left the hall.', 'He'],
  ['Her brother Kim Dahl left the hall.', 'She'],
])('a role tells a gender that a name doesn’t: %s', async (before, source) => {
  const [found] = (await attribute(articleOf(`${before} ${source} said that the bridge was safe.`))).attributions;
  expect([found?.certainty, found?.speaker]).toEqual(['unclear', undefined]);
});

test.each(['Per Dahl', 'Will Smith'])('a first name that is also a little word is part of the name: %s', name => {
  const text = `Rain fell for hours. The bridge was safe, said ${name}, a chemist.`;
  const report = reportIn(text, 'indirect', {
    source: `${name}, a chemist`,
    cue: 'said',
    content: 'The bridge was safe',
  });
  const [found] = resolveSpeakers(articleOf(text), [report], []).attributions;
  expect([found?.certainty, found?.speaker && slice(text, found.speaker.name)]).toEqual(['stated', name]);
});

test.each(['Will Lee resign?', 'Per Lee, it rained.', 'Tom asked: “Will Lee resign?”'])(
  'nor is it one here: %s',
  text => {
    const names = resolveSpeakers(articleOf(`${text} Ann Lee left.`), [], []).speakers.map(({ name }) =>
      slice(`${text} Ann Lee left.`, name),
    );
    expect(names).toContain('Ann Lee');
    expect(names.filter(name => /^(?:Will|Per)/v.test(name))).toEqual([]);
  },
);

test.each([
  ['Bo Cho was told that the bridge was safe.', undefined],
  ['Residents were repeatedly warned that the bridge was old.', undefined],
  ['The court heard that the bridge was safe.', undefined],
  ['Jurors had heard that the bridge was old.', undefined],
  ['Bo Cho came. Told the bridge was safe, he laughed.', undefined],
  ['Bo Cho was told by Ann Lee that the bridge was safe.', 'Ann Lee'],
])('whoever is told or hears something isn’t the one who said it: %s', async (text, name) => {
  const { attributions } = await attribute(articleOf(`${text}\nTom Reilly left.`));
  expect(attributions.map(({ speaker }) => speaker && slice(text, speaker.name))).toEqual([name]);
});

test.each([
  ['the working group', 'group'],
  ['its published accounts', 'accounts'],
  ['a study published Thursday in the journal Alpine Biology', 'study'],
  ['researchers based at the port', 'researchers'],
])('the head of “%s” is “%s”', (phrase, head) => {
  expect(parseDescription(phrase, { start: 0, end: phrase.length }).head).toBe(head);
});

test.each([
  ['The judge’s statement', 'unclear'],
  ['Ann Lee’s statement', 'inferred'],
])('who owns the words is as uncertain as who said them: %s', (source, expected) => {
  const text = `Ann Lee spoke on Monday. ${source} said that the dam was safe.`;
  const report = reportIn(text, 'indirect', { source, cue: 'said', content: 'the dam was safe' });
  const { attributions } = resolveSpeakers(articleOf(text), [report], [], (_story, _report, decision) => decision);
  expect(attributions.map(({ certainty }) => certainty)).toEqual([expected]);
});

import { describe, expect, test } from 'vitest';
import type { AttributedArticle, Attribution } from '../../src/attribution/attribution.ts';
import { type Card, MOST_CHARACTERS, SHAPES, THEMES } from '../../src/cards/card.ts';
import { lettersWithoutFont } from '../../src/cards/typefaces.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { overlaps } from '../../src/news/span.ts';
import { passageCode } from '../../src/replies/custom-id.ts';
import { plain } from '../../src/replies/parts/markdown.ts';
import type { ShownPassage } from '../../src/replies/parts/passage.ts';
import { altTextOf, cardOf } from '../../src/replies/parts/passage-card.ts';
import { showCard } from '../../src/replies/views/card.ts';
import { sayIn } from '../../src/wording/say.ts';
import { fc } from '../fast-check.ts';
import { buildArticle, buildDenied, buildNested, buildSeed } from '../search/build-article.ts';
import { anyAttributed, anySay } from './arbitrary.ts';
import { buttonsOf, labelsIn, refusalOf } from './read-reply.ts';

const say = sayIn('en');

const look = { theme: 'paper', shape: 'wide' } as const;

/** Returns what a search for the first words of an attribution finds: the sentence with them. */
function foundAt(
  from: AttributedArticle,
  attribution: Attribution | undefined,
  change: Partial<Attribution> = {},
): ShownPassage {
  if (attribution === undefined) throw new Error('There is no such attribution');
  const [first] = attribution.content;
  const paragraph = from.article.paragraphs.find(each => overlaps(each, first));
  const sentence = paragraph?.sentences.find(each => overlaps(each, first));
  if (paragraph === undefined || sentence === undefined) throw new Error('It stands nowhere');
  const excerpt = { start: sentence.start, end: sentence.end };
  return { from, paragraph, excerpt, matches: [], attribution: { ...attribution, ...change } };
}

function madeOf(found: ShownPassage): Card {
  const outcome = cardOf(found, look, say);
  if (outcome.kind === 'none') throw new Error(outcome.reason);
  return outcome.card;
}

function reasonOf(found: ShownPassage): string {
  const outcome = cardOf(found, look, say);
  return outcome.kind === 'none' ? outcome.reason : 'a card';
}

const seed = buildSeed();
const [, sullivan, senior, asked, , unclear] = seed.attributions;

describe('what a card shows', () => {
  test('the speaker’s own words, with a sign for what was left out between them', () => {
    const card = madeOf(foundAt(seed, senior));
    expect(card.isQuotation).toBe(true);
    expect(card.speaker).toBe('a senior US official');
    expect(card.notes).toEqual([]);
    expect(card.source.at(-1)).toBe('¶4');
    for (const { text } of card.parts) expect(seed.article.text).toContain(text);
  });

  test('no comma before the speaker, but every other sign', () => {
    const shown = (...content: [string, ...string[]]) => {
      const text = `“${content.join('” Ann Lee said. “')}”`;
      const [named, said] = [
        { id: 'lee', name: 'Ann Lee' },
        { paragraph: 1, source: 'Ann Lee', cue: 'said' },
      ];
      const from = buildArticle('end', `${text} Ann Lee said.`, [named], [{ ...said, content, speaker: 'lee' }]);
      return madeOf(foundAt(from, from.attributions[0])).parts.map(part => part.text);
    };
    expect(shown('We will manage,')).toEqual(['We will manage']);
    expect(shown('We will,', 'if it rains, manage,')).toEqual(['We will,', 'if it rains, manage']);
    for (const words of ['We will manage.', 'Will we?', 'We will…', 'We will –']) expect(shown(words)).toEqual([words]);
  });

  test('a mark for an inferred speaker, with the article’s own phrase', () => {
    expect(madeOf(foundAt(seed, asked)).notes).toEqual(['Speaker inferred: the article says “the official”']);
    expect(madeOf(foundAt(seed, asked, { source: undefined })).notes).toEqual(['Speaker inferred']);
  });

  test('for a Chinese article, its sentence without a name, and that nobody was identified', () => {
    const article = toArticle('lamp', UNKNOWN_METADATA, '燈塔今晚熄燈。守燈人說：「燈會自己亮。」他走了。');
    const from = { article, attributions: [], speakers: [] };
    const [paragraph] = from.article.paragraphs;
    const [, sentence] = paragraph?.sentences ?? [];
    if (paragraph === undefined || sentence === undefined) throw new Error('There is no sentence.');
    const card = madeOf({ from, paragraph, excerpt: sentence, matches: [], attribution: undefined });
    expect(card.parts.map(({ text }) => text)).toEqual(['守燈人說：「燈會自己亮。」']);
    expect([card.speaker, card.role, card.isQuotation]).toEqual([undefined, undefined, false]);
    expect(card.notes).toEqual(['Word for word from the article; speaker not identified']);
    expect(altTextOf(card, say)).toMatch(/^守燈人說：「燈會自己亮。」 – Word for word from the article/v);
  });

  test('a report in the article’s own sentence, without a quotation mark', () => {
    const card = madeOf(foundAt(seed, sullivan));
    expect(card.isQuotation).toBe(false);
    expect(card.parts[0]?.text.startsWith('US National Security Adviser Jake Sullivan laid out')).toBe(true);
    expect(card.role).toBe('US National Security Adviser');
    expect(card.notes).toEqual(['Paraphrased, not a direct quote']);
  });

  test('both speakers of a report within a report', () => {
    const nested = buildNested();
    const card = madeOf(foundAt(nested, nested.attributions[1]));
    expect(card.speaker).toBe('Bo Cho');
    expect(card.notes).toContain('As reported by Ann Lee');
  });

  test('the article’s phrase if it adds to the name', () => {
    const from = buildArticle(
      'talks',
      'Ann Lee came. “No,” the mayor said.',
      [{ id: 'lee', name: 'Ann Lee' }],
      [{ paragraph: 1, content: ['No,'], source: 'the mayor', cue: 'said', speaker: 'lee' }],
    );
    expect(madeOf(foundAt(from, from.attributions[0])).notes).toEqual(['In the article: “the mayor”']);
  });

  test('outlet, day and a short address, if known', () => {
    const article = {
      ...seed.article,
      outlet: 'The Paper',
      published: '2022-03-14T23:30:00Z',
      url: 'https://www.paper.example/rome/?a=1#b',
    };
    const card = madeOf({ ...foundAt(seed, senior), from: { ...seed, article } });
    expect(card.source).toEqual(['The Paper', '14 March 2022', '¶4']);
    expect(card.link).toBe('paper.example/rome');
  });

  test('of a long speech only the sentences that were found, saying so', () => {
    const words = 'We will rebuild. '.repeat(30).trim();
    const from = buildArticle(
      'long',
      `“${words}” Ann Lee said.`,
      [{ id: 'lee', name: 'Ann Lee' }],
      [{ paragraph: 1, content: [words], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
    );
    const card = madeOf(foundAt(from, from.attributions[0]));
    expect(card.parts.map(({ text }) => text)).toEqual(['We will rebuild.']);
    expect(card.notes).toEqual(['From a longer statement']);
  });
});

describe('there is no card, but a reason', () => {
  test.each<[string, Partial<Attribution>, string]>([
    ['the speaker is unclear', { certainty: 'unclear' }, 'doesn’t say who'],
    ['nobody is named', { speaker: undefined }, 'doesn’t say who'],
    ['it may have been misread', { doubtful: true }, 'may have misread'],
  ])('when %s', (_why, change, reason) => {
    expect(reasonOf(foundAt(seed, senior, change))).toContain(reason);
  });

  test('when the article leaves the speaker open', () => {
    expect(reasonOf(foundAt(seed, unclear))).toContain('doesn’t say who');
  });

  test('when somebody denies it', () => {
    const denied = buildDenied();
    expect(reasonOf(foundAt(denied, denied.attributions[0]))).toContain('was denied, corrected or not said');
  });

  test('when the sentence that was found is what the speaker heard somebody else say', () => {
    const shouted = 'The house is on fire. Nobody may go in there.';
    const words = `We had ${'a very '.repeat(45)}long day, and then I heard a man shout: ‘${shouted}’ So I left.`;
    const fire = buildArticle(
      'fire',
      `“${words}” Ann Lee said.`,
      [{ id: 'lee', name: 'Ann Lee' }],
      [{ paragraph: 1, content: [words], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
    );
    const [lee] = fire.attributions;
    const found = foundAt(fire, lee);
    const [first, second, third] = found.paragraph.sentences.map(excerpt => reasonOf({ ...found, excerpt }));
    expect([first, third]).toEqual(['a card', 'a card']);
    expect(second).toContain('may have misread who said that');
  });

  test('when nobody says it', () => {
    const narrated = { ...seed, attributions: [] };
    expect(reasonOf({ ...foundAt(seed, senior), from: narrated, attribution: undefined })).toContain(
      'Nobody is quoted there',
    );
  });

  test('when one sentence is too long for a card, or no font has its letters', () => {
    const said = (words: string) => {
      const from = buildArticle(
        'said',
        `“${words}” Ann Lee said.`,
        [{ id: 'lee', name: 'Ann Lee' }],
        [{ paragraph: 1, content: [words], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
      );
      return foundAt(from, from.attributions[0]);
    };
    expect(reasonOf(said('no '.repeat(400).trim()))).toContain('too long');
    expect(reasonOf(said('السلام عليكم'))).toContain('fonts');
  });
});

test('the alternative text has all the words, and as much of the rest as fits', () => {
  const card = madeOf(foundAt(seed, senior));
  const long = { ...card, parts: [{ text: 'x'.repeat(MOST_CHARACTERS), afterOmission: false }], role: 'y'.repeat(400) };
  expect(altTextOf(long, say)).toContain('x'.repeat(MOST_CHARACTERS));
  expect(altTextOf(long, say).length).toBe(1024);
  const alt = altTextOf(madeOf(foundAt(seed, asked)), say);
  for (const shown of ['“I suppose', 'a senior US official', 'Speaker inferred', '¶5']) expect(alt).toContain(shown);
});

const drawn = { kind: 'drawn', bytes: Buffer.from('PNG') } as const;
const draw = () => Promise.resolve(drawn);

test('the answer has a button for each other style, and the rest in its menu', async () => {
  const found = foundAt(seed, senior);
  const state = { page: 0, passage: passageCode(found), ...look };
  const shown = (isPrivate: boolean) => showCard(found, state, { draw, say, isPrivate });
  const looks = ['Night', 'Forest', 'Square'];
  expect(buttonsOf(await shown(false)).map(({ label }) => label)).toEqual(looks);
  expect(labelsIn(await shown(true)).slice(0, 3)).toEqual(looks);
  expect(labelsIn(await shown(false))).not.toContain('Share');
  expect(labelsIn(await shown(true)).slice(3)).toEqual([
    ...[
      'Context',
      'More like this',
      'More by a senior US official',
      'Ask about this article',
      'Wrong speaker',
      'Share',
    ],
  ]);
});

test('for any article: words cut from it, a name in it, letters that can be drawn, and an answer that Discord accepts', async () => {
  const anyFound = anyAttributed.chain(from =>
    fc.constantFrom(...from.article.paragraphs).chain(paragraph =>
      fc.tuple(fc.constantFrom(...paragraph.sentences), fc.constantFrom(undefined, ...from.attributions)).map(
        ([sentence, attribution]): ShownPassage => ({
          from,
          paragraph,
          excerpt: { start: sentence.start, end: sentence.end },
          matches: [],
          attribution,
        }),
      ),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      anyFound,
      fc.constantFrom(...THEMES),
      fc.constantFrom(...SHAPES),
      anySay,
      async (found, theme, shape, say) => {
        const outcome = cardOf(found, { theme, shape }, say);
        if (outcome.kind === 'none') return;
        const { card } = outcome;
        const text = plain(found.from.article.text);
        for (const shown of [card.speaker, ...card.parts.map(part => part.text)]) expect(text).toContain(shown);
        expect(card.parts.reduce((sum, part) => sum + part.text.length, 0)).toBeLessThanOrEqual(MOST_CHARACTERS);
        expect(lettersWithoutFont(card.parts.map(part => part.text))).toEqual([]);
        expect(found.attribution?.doubtful).toBe(false);
        expect(found.attribution?.certainty).not.toBe('unclear');
        const state = { page: 0, passage: passageCode(found), theme, shape };
        expect(refusalOf(await showCard(found, state, { draw, say, isPrivate: true }))).toBeUndefined();
      },
    ),
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SHAPES, THEMES } from '../../src/cards/card.ts';
import { componentOf } from '../../src/commands/components.ts';
import { codeOf } from '../../src/library/store/keys.ts';
import { actionId, LONGEST_SUBJECT, readDispute, subjectOf, writeDispute } from '../../src/replies/custom-id.ts';
import { articleView } from '../../src/replies/views/article.ts';
import { cardView } from '../../src/replies/views/card.ts';
import { compareView } from '../../src/replies/views/compare.ts';
import { libraryView } from '../../src/replies/views/library.ts';
import { personView } from '../../src/replies/views/person.ts';
import { likeView, quoteView } from '../../src/replies/views/quote.ts';
import { speakersView } from '../../src/replies/views/speakers.ts';
import { summaryView } from '../../src/replies/views/summary.ts';
import { timelineView } from '../../src/replies/views/timeline.ts';
import type { View, ViewState } from '../../src/replies/views/view.ts';
import { whoSaidView } from '../../src/replies/views/who-said.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { pressOf } from './read-reply.ts';

const article = fc.string().map(codeOf);
const page = fc.nat({ max: 4095 });
const manyPages = fc.nat({ max: 64 ** 3 - 1 });
/** Of an article as it was added, or with another text since. */
const textCode = fc.tuple(article, fc.constantFrom('', '!-7')).map(parts => parts.join(''));
const passage = fc.record({
  article: textCode,
  sentence: fc.nat({ max: 64 ** 3 - 1 }),
  sentences: fc.integer({ min: 1, max: 63 }),
  attribution: fc.option(fc.nat({ max: 64 ** 3 - 2 }), { nil: undefined }),
});
const passages = fc.array(passage, { minLength: 1, maxLength: 5 });
/** The last number stands for all higher ones, which no button leads to. */
const place = fc.nat({ max: 4094 });
const hash = fc.string({ unit: fc.constantFrom('À', '×', 'ß', 'ÿ'), minLength: 2, maxLength: 2 });
const person = fc.record({ article: textCode, speaker: fc.oneof(place, hash) });
const day = fc.option(
  fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10)),
  { nil: undefined },
);
const subject = fc.constantFrom('', 'rome', 'Rome talks', 'x'.repeat(LONGEST_SUBJECT));

/** Presses on any button of a view, with their ids, and how an id that it reads is written again. */
function pressesOf<State extends ViewState>(view: View<State>, states: fc.Arbitrary<State>) {
  return {
    written: fc
      .record({ mode: fc.constantFrom('turn', 'share', 'open', 'peek'), state: states })
      .map(({ mode, state }) => ({
        mode,
        state,
        id: view.encode(mode, state),
      })),
    again(id: string): string | undefined {
      const press = view.decode(id);
      return press && view.encode(press.mode, press.state);
    },
  };
}

const views = [
  pressesOf(quoteView, fc.record({ page, context: fc.boolean(), passages, words: fc.constant('') })),
  pressesOf(likeView, fc.record({ page, passage })),
  pressesOf(whoSaidView, fc.record({ page, passages, words: fc.constant('') })),
  pressesOf(
    personView,
    fc.record({
      page,
      within: fc.constantFrom('article', 'library'),
      people: fc.array(person, { minLength: 1, maxLength: 6 }),
    }),
  ),
  pressesOf(summaryView, fc.record({ page, article, length: fc.constantFrom('short', 'medium', 'long') })),
  pressesOf(
    cardView,
    fc.record({ page, passage, theme: fc.constantFrom(...THEMES), shape: fc.constantFrom(...SHAPES) }),
  ),
  pressesOf(articleView, fc.record({ page, article })),
  pressesOf(speakersView, fc.record({ page, article: fc.option(article, { nil: undefined }) })),
  pressesOf(compareView, fc.record({ page, people: fc.tuple(person, person), words: subject })),
  pressesOf(timelineView, fc.record({ page: manyPages, person, after: day, before: day, words: subject })),
  pressesOf(libraryView, fc.record({ page: manyPages, words: fc.constantFrom('', 'rome', 'Rome talks') })),
];
const anyPress = fc.oneof(...views.map(({ written }, at) => written.map(press => ({ ...press, at }))));

test('a button’s id is read back as what it was made of, and has at most 100 characters', () => {
  fc.assert(
    fc.property(anyPress, ({ id, mode, state }) => {
      expect(id.length).toBeLessThanOrEqual(100);
      const press = pressOf(id);
      expect([press?.mode, press?.state]).toEqual([mode, state]);
    }),
  );
});

test('different buttons have different ids', () => {
  fc.assert(
    fc.property(anyPress, anyPress, ({ id, ...one }, { id: otherId, ...other }) => {
      expect(id === otherId).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});

const code = { article: 'abc_-9', sentence: 4097, sentences: 2, attribution: 7 };
const someone = { article: 'abc_-9', speaker: 65 };

test('the buttons of earlier versions still work', () => {
  const quotes = {
    passages: [code, { ...code, attribution: undefined }, { ...code, article: 'ABCDEF' }],
    words: 'a b',
  };
  const written = 'abc_-9BABCAAHBABC___.ABCDEFBABCAAH~a b';
  const days = { after: '2022-03-14', before: undefined };
  const ids = [
    [quoteView.encode('turn', { page: 1, context: false, ...quotes }), `qtAB${written}`],
    [quoteView.encode('share', { page: 1, context: true, ...quotes }), `csAB${written}`],
    [likeView.encode('open', { page: 0, passage: code }), 'moAAabc_-9BABCAAH'],
    [whoSaidView.encode('turn', { page: 0, ...quotes }), `ftAA${written}`],
    [personView.encode('open', { page: 0, within: 'article', people: [someone] }), 'ioAAabc_-9BB'],
    [personView.encode('turn', { page: 64, within: 'library', people: [someone, someone] }), 'wtBAabc_-9BBabc_-9BB'],
    [summaryView.encode('turn', { page: 2, article: 'abc_-9', length: 'long' }), 'stAC2abc_-9'],
    [cardView.encode('turn', { page: 0, passage: code, theme: 'forest', shape: 'square' }), 'ktAA21abc_-9BABCAAH'],
    [articleView.encode('turn', { page: 2, article: 'abc_-9' }), 'atACabc_-9'],
    [speakersView.encode('share', { page: 0, article: undefined }), 'vsAA'],
    [speakersView.encode('turn', { page: 1, article: 'abc_-9' }), 'vtABabc_-9'],
    [compareView.encode('turn', { page: 1, people: [someone, someone], words: 'rome' }), 'btABabc_-9BBabc_-9BBrome'],
    [timelineView.encode('turn', { page: 1, person: someone, ...days, words: '' }), 'ltAABabc_-9BBBNImaAAAAA'],
    [libraryView.encode('turn', { page: 4097, words: 'Rome talks' }), 'ntBABRome talks'],
  ];
  for (const [id, before] of ids) {
    expect(id).toBe(before);
    expect(views.map(view => view.again(before ?? '')).filter(again => again !== undefined)).toEqual([before]);
  }
});

test('a disputed place is read back as it was written, and nothing else is read as one', () => {
  const span = fc.record({ start: fc.nat({ max: 64 ** 4 - 1 }), end: fc.nat({ max: 64 ** 4 - 1 }) });
  const speaker = fc.option(span, { nil: undefined });
  const dispute = fc.record({ article, content: span, speaker, isDecided: fc.boolean() });
  fc.assert(
    fc.property(dispute, place => {
      const written = writeDispute(place);
      expect(readDispute(written)).toEqual(place);
      expect(componentOf(actionId('decide', written))).toMatchObject({ name: 'decide', argument: written });
    }),
  );
  for (const written of ['', 'A'.repeat(13), 'A'.repeat(15), 'A'.repeat(18), `${'A'.repeat(13)}~`, 'A'.repeat(23)]) {
    expect(readDispute(written)).toBeUndefined();
    expect(componentOf(`O${written}`)).toBeUndefined();
  }
  expect(componentOf('Wabc_-9BABCAAH')).toMatchObject({ kind: 'aside', name: 'dispute' });
  expect(componentOf('Qabc_-9')).toMatchObject({ kind: 'opener', name: 'ask' });
});

/** Ids of every kind as version 0.1.0 wrote them, each with what it means. Messages have them for good: never edit one. */
const old = readFileSync(join(import.meta.dirname, 'button-ids.jsonl'), 'utf8')
  .trimEnd()
  .split('\n');

test.each(old)('an id of version 0.1.0 still means the same: %s', line => {
  const { id, name, argument = '', ...press }: Record<string, unknown> & { readonly id: string } = JSON.parse(line);
  const component = componentOf(id) ?? expect.fail('Nothing has this id');
  expect(component).toMatchObject({ name, argument });
  if (component.kind !== 'view') return;
  const { mode, state } = component.press;
  const known = JSON.parse(JSON.stringify({ mode, state }));
  // An answer doesn't need to know any more what kind of question it was.
  const forgotten = name === 'answer' ? { state: { ...known.state, kind: expect.any(String) } } : {};
  expect({ ...known, ...forgotten }).toEqual(press);
});

test('the words of the query are included, as many as fit', () => {
  const passages = [{ article: codeOf('rome'), sentence: 3, sentences: 1, attribution: 0 }];
  const words =
    'open lines of communication between the United States and China, especially on areas where we disagree';
  const press = pressOf(quoteView.encode('turn', { page: 0, context: false, passages, words }));
  expect(press?.state.words).toMatch(/^open lines of communication between the United/v);
});

test('an id that this bot never wrote leads nowhere and never throws', () => {
  const nearly = fc
    .tuple(
      anyPress.map(({ id }) => id),
      fc.nat(),
      fc.string({ maxLength: 3 }),
    )
    .map(([id, at, junk]) => {
      const cut = at % (id.length + 1);
      return id.slice(0, cut) + junk + id.slice(cut + 1);
    });
  const anyId = fc.oneof(
    fc.string({ unit: anyCodePoint, maxLength: 130 }),
    nearly,
    fc.constantFrom('-', '+', '=', '', 'qtAA~', 'wtAA'),
  );
  fc.assert(
    fc.property(anyId, id => {
      const press = pressOf(id);
      const [again, ...others] = views.map(view => view.again(id)).filter(each => each !== undefined);
      expect([again !== undefined, others]).toEqual([press !== undefined, []]);
      if (again !== undefined) expect(pressOf(again)?.state).toEqual(press?.state);
    }),
    { numRuns: times(600, 20_000) },
  );
  for (const id of [
    '-',
    '+',
    '=',
    '',
    'qtAA',
    'qtAA~',
    'wtAA',
    'stAA3abcdef',
    'atAAabc',
    'vtAAabc',
    'moAAabcdefAAAAAAAA',
    'btAAabcdefAA',
    'ltAAAabcdefAAAAAAA',
    'ltAAAabcdefAA_____AAAAA',
    'ltAAAabcdefAAAAAABAAAAA',
    'xtAA',
    'ntAA',
    `nt${'A'.repeat(99)}`,
  ]) {
    expect(pressOf(id)).toBeUndefined();
  }
});

test('a subject is short enough for every button', () => {
  const words = 'communication between the United States and China '.repeat(3);
  expect(subjectOf(words).length).toBeLessThanOrEqual(LONGEST_SUBJECT);
  expect(words.startsWith(subjectOf(words))).toBe(true);
  expect(subjectOf(subjectOf(words))).toBe(subjectOf(words));
  expect(subjectOf('x'.repeat(LONGEST_SUBJECT + 1))).toBe('');
});

test('an id of a speaker whose number is too high leads to nobody, rather than to another speaker', () => {
  const people = [{ article: codeOf('a'), speaker: 5000 }];
  expect(pressOf(personView.encode('open', { page: 0, within: 'article', people }))).toBeUndefined();
});

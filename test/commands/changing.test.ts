import { expect, test } from 'vitest';
import { draftReply } from '../../src/commands/add.ts';
import { exportReply, removalQuestion, removedReply } from '../../src/commands/article.ts';
import { componentOf } from '../../src/commands/components.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { actionId } from '../../src/replies/custom-id.ts';
import { correctionForm, eraseForm, pasteForm } from '../../src/replies/form.ts';
import { isPrivate, notice } from '../../src/replies/reply.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { anyAttributed } from '../replies/arbitrary.ts';
import { buttonsOf, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';

const anySay = fc.constantFrom(...LANGUAGES).map(sayIn);
const say = sayIn('en');

const anyAlready = fc.option(
  fc.tuple(fc.constantFrom('same', 'linked'), anyAttributed).map(
    ([
      kind,
      {
        article: { text: _, paragraphs, ...metadata },
      },
    ]) => ({
      kind,
      listed: { ...metadata, paragraphs: paragraphs.length, attributions: 1, speakers: 1 },
    }),
  ),
  { nil: undefined },
);

const line = fc
  .string({ unit: anyCodePoint, minLength: 1, maxLength: 240 })
  .map(text => `x${text.replaceAll('\n', ' ')}`);

test('a draft of any article is a private answer that Discord accepts and that quotes only the article', () => {
  fc.assert(
    fc.property(anyAttributed, anyAlready, fc.array(line, { maxLength: 5 }), anySay, (from, already, lines, say) => {
      const reply = draftReply({ id: 'x'.repeat(22), from, place: 1, total: 5, already, lines }, say);
      expect(refusalOf(reply)).toBeUndefined();
      expect(isPrivate(reply)).toBe(true);
      expect(buttonsOf(reply).map(({ label }) => label)).toEqual([
        say('adding.button-keep'),
        say('adding.button-edit'),
        say('adding.button-discard'),
      ]);
      for (const quoted of quotedLines(reply)) expect(from.article.text).toContain(quoted);
    }),
    { numRuns: times(60, 2000) },
  );
});

test('a draft with a long title and link that is already there leaves room for what became of those before it', () => {
  const url = `https://news.example/${'x'.repeat(463)}`;
  const outlet = 'o'.repeat(83);
  const metadata = { ...UNKNOWN_METADATA, title: 'T'.repeat(158), url, outlet, byline: 'b'.repeat(160) };
  const article = toArticle('x', metadata, 'The bridge stays closed until every bolt is checked. '.repeat(60));
  const spans = Array.from({ length: 60 }, (_, at) => ({ start: at, end: at + 50 }));
  const speakers = spans.map((name, at) => ({
    ...({ id: `${at}`, kind: 'person', named: true, role: undefined } as const),
    ...{ name, aliases: [], mentions: [name] },
  }));
  const attributions = speakers.map(speaker => ({
    ...({ type: 'direct', certainty: 'stated', rule: 'any', score: 1, doubtful: false } as const),
    ...{ content: [speaker.name] as const, cue: undefined, source: speaker.name, speaker, reportedBy: undefined },
  }));
  const listed = { ...metadata, id: 'y', updated: false, paragraphs: 1, attributions: 0, speakers: 0 };
  const lines = [`Saved: ${'word '.repeat(180)}`];
  const from = { article, speakers, attributions };
  const reply = draftReply({ id: 'x', from, place: 2, total: 5, already: { kind: 'linked', listed }, lines }, say);
  expect(refusalOf(reply)).toBeUndefined();
  expect(textOf(reply)).toMatch(/^Saved: .+already in the library.+> The bridge stays closed.+and \d+ more/sv);
});

test('earlier results are shown with a draft, latest last, as many as fit', () => {
  fc.assert(
    fc.property(anyAttributed, from => {
      const lines = Array.from({ length: 5 }, (_, at) => `${at} ${'word '.repeat(60)}`);
      const text = textOf(draftReply({ id: 'x', from, place: 5, total: 5, already: undefined, lines }, say));
      expect(text.startsWith('2 word')).toBe(true);
      expect(text).toContain('4 word');
    }),
    { numRuns: times(20) },
  );
});

test('removing any article asks and answers in a form that Discord accepts', () => {
  fc.assert(
    fc.property(anyAttributed, anySay, (from, say) => {
      for (const reply of [removalQuestion(from, from.article.id.slice(0, 99) || 'x', say), removedReply(from, say)]) {
        expect(refusalOf(reply)).toBeUndefined();
        expect(isPrivate(reply)).toBe(true);
      }
    }),
    { numRuns: times(30, 1000) },
  );
});

test.each(LANGUAGES)('an export is an answer that Discord accepts: %s', language => {
  const say = sayIn(language);
  const files = [1, 2, 3].map(place => ({ name: `library-${place}.jsonl`, bytes: Buffer.alloc(8_000_000, '{}\n') }));
  expect(refusalOf(exportReply(3, files, say))).toBeUndefined();
  expect(refusalOf(notice(say('exporting.left-out', { number: 1_000_000 })))).toBeUndefined();
});

test.each(LANGUAGES)('a form is one that Discord accepts, whatever the server’s name: %s', language => {
  const say = sayIn(language);
  for (const { title, components } of [
    pasteForm(say),
    eraseForm('名'.repeat(100), 1_000_000, say),
    eraseForm('x', 1, say),
    eraseForm('x', undefined, say),
    correctionForm('x', UNKNOWN_METADATA, {}, say),
    correctionForm('x', { ...UNKNOWN_METADATA, title: 'x'.repeat(900), outlet: 'y', published: '2026-03-03' }, {}, say),
  ]) {
    expect(title.length).toBeLessThanOrEqual(45);
    for (const component of components) {
      if (!('label' in component)) throw new Error('A form is made of labels');
      expect(component.label.length).toBeLessThanOrEqual(45);
      expect(component.description?.length).toBeLessThanOrEqual(100);
    }
  }
});

test('an action’s id is read back as what it was made of, and is not that of a view', () => {
  const name = fc.constantFrom('keep', 'discard', 'follow', 'cancel', 'remove', 'spare', 'restore', 'help', 'edit');
  fc.assert(
    fc.property(name, fc.string({ unit: anyCodePoint, minLength: 1, maxLength: 99 }), (action, argument) => {
      expect(componentOf(actionId(action, argument))).toMatchObject({ name: action, argument });
    }),
  );
  for (const id of ['', 'K', '-', '+', '=', 'qtAA', 'SS', 'T1', 'pastes', 'erase ', 'edit ']) {
    expect(componentOf(id)).toBeUndefined();
  }
});

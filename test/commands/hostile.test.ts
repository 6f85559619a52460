import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { articleView } from '../../src/replies/views/article.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { anyAttributed, anySay } from '../replies/arbitrary.ts';
import { buttonsOf, idOf, quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf, offered } from './ask.ts';

const seed = buildSeed();
const context = await contextOf([seed]);
const typed = fc.oneof(
  fc.string({ unit: anyCodePoint, maxLength: 300 }),
  fc.constantFrom('the official', 'Xi', '习近平', '@everyone', '**', seed.article.id, '\ud800', ' '),
);
const path = fc.constantFrom(
  'quote',
  'who said',
  'ask',
  'who is',
  'speakers',
  'compare',
  'timeline',
  'random',
  'summary',
  'article list',
  'article show',
  'article remove',
  'article export',
  'help',
);

test('any input gets an answer that Discord accepts and that quotes only the article', async () => {
  const texts = fc.dictionary(
    fc.constantFrom(
      'words',
      'question',
      'name',
      'speaker',
      'a',
      'b',
      'article',
      'outlet',
      'after',
      'before',
      'length',
      '__proto__',
    ),
    typed,
  );
  await fc.assert(
    fc.asyncProperty(path, texts, anySay, async (command, options, say) => {
      const reply = await ask({ ...context, say }, command, options);
      expect(refusalOf(reply)).toBeUndefined();
      for (const line of quotedLines(reply)) expect(seed.article.text).toContain(line);
    }),
    { numRuns: times(150, 5000) },
  );
});

test('any input gets at most 25 suggestions of 1 to 100 characters, without duplicates', async () => {
  const option = fc.constantFrom('words', 'speaker', 'name', 'article', 'find', 'outlet', 'after', 'before', 'length');
  await fc.assert(
    fc.asyncProperty(path, option, typed, async (command, name, words) => {
      const choices = await offered(context, command, name, words, { article: words });
      expect(choices.length).toBeLessThanOrEqual(25);
      expect(new Set(choices.map(choice => choice.value)).size).toBe(choices.length);
      for (const { name: shown, value } of choices) {
        for (const text of [shown, value]) expect(text.length).toBeGreaterThan(0);
        for (const text of [shown, value]) expect(text.length).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: times(150, 5000) },
  );
});

test('a forged button never throws and never shows what isn’t in the library', async () => {
  const elsewhere = articleView.encode('turn', { page: 0, article: 'AAAAAA' });
  const id = fc.oneof(fc.string({ unit: anyCodePoint, maxLength: 100 }), fc.constantFrom(elsewhere, '-', '+', '='));
  await fc.assert(
    fc.asyncProperty(id, fc.boolean(), async (customId, secret) => {
      const { kind, reply } = await answerComponent(customId, { ...context, isPrivate: secret });
      expect(kind).toBe('message');
      expect(isPrivate(reply)).toBe(true);
      expect(textOf(reply)).toContain('has expired');
    }),
  );
});

test('a forged button cannot put words into anybody’s mouth', async () => {
  const id = idOf(await ask(context, 'quote', { words: 'open lines of communication' }), 'Context');
  const forged = id.replace(/^(?<head>.{10}.{4}).{3}/v, '$<head>AAH');
  expect(forged).not.toBe(id);
  expect(textOf((await answerComponent(forged, context)).reply)).toContain('has expired');
});

test('every button on every page of every answer leads to an answer that Discord accepts', async () => {
  await fc.assert(
    fc.asyncProperty(anyAttributed, fc.nat(), fc.boolean(), anySay, async (from, which, secret, say) => {
      const around = { ...(await contextOf([from, seed])), say };
      const start =
        which % 2 === 0
          ? ask(around, 'article show', { article: seed.article.id }, secret)
          : ask(around, 'article list', {}, secret);
      for (const button of buttonsOf(await start).filter(each => each.disabled !== true)) {
        const { reply, kind } = await answerComponent(button.custom_id, { ...around, isPrivate: secret });
        expect(refusalOf(reply)).toBeUndefined();
        expect(kind).toBe(button.label === say('button.share') ? 'message' : 'update');
      }
    }),
    { numRuns: times(15, 500) },
  );
});

import { describe, expect, test } from 'vitest';
import { slice } from '../../src/news/span.ts';
import { summarize } from '../../src/summary/summarize.ts';
import { fc } from '../fast-check.ts';
import { buildArticle, buildSeed } from '../search/build-article.ts';

const lengths = ['short', 'medium', 'long'] as const;
const seed = buildSeed();

function openingOf(text: string): string {
  const [first] = summarize(buildArticle('made', text), 'short');
  return first === undefined ? '' : text.slice(first.sentence.start, first.sentence.end);
}

describe('a summary of the seed article', () => {
  test('opens with its first sentence and keeps its order, each sentence once', () => {
    for (const length of lengths) {
      const starts = summarize(seed, length).map(({ sentence }) => sentence.start);
      expect(starts[0]).toBe(0);
      expect(starts).toEqual([...new Set(starts)].toSorted((one, other) => one - other));
    }
  });

  test('has two, four or seven sentences', () => {
    expect(lengths.map(length => summarize(seed, length).length)).toEqual([2, 4, 7]);
  });

  test('is never more than half of the article', () => {
    const article = buildArticle('short', 'Rain fell on Morva. The dam above it burst. Nobody was hurt.');
    expect(summarize(article, 'long').length).toBe(2);
  });

  test('leaves out a headline, a dateline and a caption among the paragraphs', () => {
    const lines = [
      'Dam of Morva bursts',
      'Sunday, May 3, 2009',
      'The dam above the village of Morva burst on Tuesday night after three weeks of rain.',
      'Image: Ana Kell.',
      'Nobody was hurt, as all people of the village had left Morva on Monday.',
    ];
    const chosen = summarize(buildArticle('dam', lines.join('\n')), 'short');
    expect(chosen.map(({ paragraph }) => paragraph.number)).toEqual([3, 5]);
  });

  test('leaves out greetings after the labels of a transcript', () => {
    const lines = [
      'TRANSCRIPT: The Morva dam, 3 May.',
      'CHAIR: Good evening. We will hear the minister on what has become of the dam above Morva.',
      'MINISTER JO PELL: Thank you, Ann. The dam burst on Tuesday night after three weeks of rain on Morva.',
      'CHAIR: Was anybody hurt? The village of Morva had left its houses on Monday night.',
    ];
    const turn = { paragraph: 2, source: 'CHAIR', cue: ':', speaker: 'chair' } as const;
    const transcript = buildArticle(
      'dam',
      lines.join('\n'),
      [
        { id: 'chair', name: 'CHAIR' },
        { id: 'pell', name: 'JO PELL' },
      ],
      [
        { ...turn, content: ['Good evening. We will hear the minister on what has become of the dam above Morva.'] },
        {
          ...turn,
          paragraph: 3,
          source: 'MINISTER JO PELL',
          speaker: 'pell',
          content: ['Thank you, Ann. The dam burst on Tuesday night after three weeks of rain on Morva.'],
        },
      ],
    );
    const shown = summarize(transcript, 'medium').map(({ sentence }) => slice(transcript.article.text, sentence));
    expect(shown.join(' ')).not.toMatch(/Good evening|Thank you/v);
  });

  test('splits no short quotation', () => {
    const text =
      '“LION OUT. STAY INDOORS,” read the text of Morva zoo. Nobody was hurt.\n“There was no lion. It was asleep all night in its house, as it is on every other night of the year, and on every day of the year. Nobody had let it out,” the zoo said.';
    const chosen = summarize(buildArticle('zoo', text), 'long').map(({ sentence }) => slice(text, sentence));
    expect(chosen).toEqual([
      '“LION OUT. STAY INDOORS,” read the text of Morva zoo.',
      'Nobody was hurt.',
      'Nobody had let it out,” the zoo said.',
    ]);
  });

  test('splits none that goes on in the next paragraph, even around another', () => {
    const first = '“We go. He said “no” to me. We stay.';
    expect(openingOf(`${first}\n“We left,” Lee said.\nNobody was hurt.`)).toBe(first);
  });

  test('gives the speaker of each sentence', () => {
    const [first] = summarize(seed, 'short');
    const speakers = first?.attributions.map(({ speaker }) => speaker?.id);
    expect(speakers).toEqual(['us-officials']);
  });

  test('gives the paragraph of each sentence', () => {
    for (const { sentence, paragraph } of summarize(seed, 'long')) {
      expect(sentence.start).toBeGreaterThanOrEqual(paragraph.start);
      expect(sentence.end).toBeLessThanOrEqual(paragraph.end);
    }
  });
});

describe('a summary never opens with a sentence that needs the one before it', () => {
  const fact = 'The dam above the village of Morva burst on Tuesday night after three weeks of rain.';
  test.each([
    'However, the dam of Morva and the village were safe after the rain of three weeks.',
    'It burst above the village of Morva, where the dam had held the rain of three weeks.',
    '“But the dam of Morva held,” the village said of the rain after three weeks.',
    'As a result, the dam of Morva and the village above it lost the rain of three weeks.',
  ])('%s', needing => {
    expect(openingOf(`${fact} ${needing}\n${needing} ${needing}`)).toBe(fact);
  });

  test('nor with one that refers back to its speaker', () => {
    const text =
      'Rain fell.\nThe mayor of Morva, Ana Kell, opened the dam.\nThe village must leave Morva because the dam above Morva has burst, the mayor said.';
    const said = {
      paragraph: 3,
      source: 'the mayor',
      cue: 'said',
      speaker: 'kell',
      type: 'indirect',
      certainty: 'inferred',
      content: ['The village must leave Morva because the dam above Morva has burst'],
    } as const;
    const [first] = summarize(buildArticle('morva', text, [{ id: 'kell', name: 'Ana Kell' }], [said]), 'short');
    expect(first?.paragraph.number).toBeLessThan(3);
  });

  test.each([
    'It burst above the village of Morva, where the dam of the village had held the rain of three weeks.',
    'As a result, the dam of the village of Morva burst above the village after the rain of three weeks.',
  ])('even if it scores far higher than everything before it: %s', needing => {
    expect(openingOf(`“Rain?\n${needing}`)).toBe('“Rain?');
  });

  test('nor with a speaker referred back to, even if it scores far higher', () => {
    const text = '“Rain?\nThe village must leave Morva, for the dam above the village has burst, the mayor said.';
    const content = ['The village must leave Morva, for the dam above the village has burst'] as const;
    const said = { paragraph: 2, source: 'the mayor', cue: 'said', speaker: '', type: 'indirect', content } as const;
    const opening = (certainty: 'stated' | 'inferred') =>
      summarize(buildArticle('morva', text, [], [{ ...said, certainty }]), 'short')[0]?.paragraph.number;
    expect(opening('stated')).toBe(2);
    expect(opening('inferred')).toBe(1);
  });

  test('an article whose every sentence continues another opens with its own first sentence', () => {
    expect(openingOf('But it rained. And then it rained. So it went on. Yet they stayed.')).toBe('But it rained.');
  });
});

describe('any text', () => {
  test('gives sentences of the text, no more than asked for, and always the same', () => {
    const words = fc.constantFrom(
      'he',
      'However,',
      '“Rain',
      'fell.”',
      'dam?',
      'Morva.',
      '\n',
      '雨。',
      '"',
      '...',
      'U.S.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(words).map(some => some.join(' ')),
        ),
        text => {
          const article = buildArticle('any', text);
          for (const length of lengths) {
            const sentences = summarize(article, length);
            expect(sentences.length).toBeLessThanOrEqual({ short: 2, medium: 4, long: 7 }[length]);
            expect(sentences).toEqual(summarize(article, length));
            for (const { sentence } of sentences) expect(slice(text, sentence)).not.toBe('');
          }
        },
      ),
    );
  });
});

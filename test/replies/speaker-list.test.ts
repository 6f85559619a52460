import { expect, test } from 'vitest';
import { speakerList } from '../../src/replies/parts/speaker-list.ts';
import { sayIn } from '../../src/wording/say.ts';
import { buildArticle, buildNested, buildSeed } from '../search/build-article.ts';

const say = sayIn('en');

test('lists everybody who speaks once, with positions and certainty', () => {
  expect(speakerList(buildSeed(), 1000, say).split('\n')).toEqual([
    '**Who is quoted**',
    '- **US officials** ¶1',
    '- **Jake Sullivan** ¶2',
    '- **a senior US official** ¶4, most likely ¶5',
    '- **another US official familiar with the discussions** ¶7, possibly ¶9, ¶12',
    '- **CNN** ¶10',
  ]);
});

test('keeps two officials apart, though the article gives both the same name', () => {
  const text = 'An official said: “No.”\nAn official said: “Yes.”';
  const both = ['one', 'other'].map(id => ({ id, name: 'An official', named: false }));
  const said = (paragraph: number, content: string, speaker: string) =>
    ({ paragraph, content: [content], source: 'An official', cue: 'said', speaker }) as const;
  const from = buildArticle('a', text, both, [said(1, 'No.', 'one'), said(2, 'Yes.', 'other')]);
  expect(speakerList(from, 1000, say)).toBe('**Who is quoted**\n- **an official** ¶1\n- **an official** ¶2');
});

test('doesn’t doubt that the government speaks where it does, though it may have a name elsewhere', () => {
  const from = buildArticle(
    'government',
    'The government said: “No.”\nIt added: “Never.”',
    [{ id: 'government', name: 'The government', named: false }],
    ['No.', 'Never.'].map((content, at) => ({
      ...{ paragraph: at + 1, content: [content], speaker: 'government', certainty: 'unclear' },
      ...(at === 0 ? { source: 'The government', cue: 'said' } : { source: 'It', cue: 'added' }),
    })),
  );
  expect(speakerList(from, 1000, say)).toContain('- **the government** ¶1, possibly ¶2');
});

test('lists reports by others separately', () => {
  expect(speakerList(buildNested(), 1000, say)).toBe(
    '**Who is quoted**\n- **Ann Lee** ¶1\n- **Bo Cho** ¶2, reported by others in ¶1',
  );
  const nested = buildNested();
  const unclear = nested.attributions.map(each => ({ ...each, certainty: 'unclear' }) as const);
  expect(speakerList({ ...nested, attributions: unclear }, 1000, say)).toContain('- **Bo Cho** possibly ¶1, ¶2');
});

test('lists as many as fit, and says how many are left out', () => {
  expect(speakerList(buildSeed(), 120, say)).toBe(
    '**Who is quoted**\n- **US officials** ¶1\n- **Jake Sullivan** ¶2\n- and 3 more',
  );
});

test('says so if nobody speaks', () => {
  expect(speakerList(buildArticle('quiet', 'It rained.'), 1000, say)).toBe('Nobody is quoted in this article.');
});

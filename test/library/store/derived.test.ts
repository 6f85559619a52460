import { expect, test } from 'vitest';
import { attribute } from '../../../src/attribution/attribute.ts';
import { loadSeeds } from '../../../src/library/seeds.ts';
import { decodeDerived, encodeDerived } from '../../../src/library/store/derived.ts';
import { type Metadata, toArticle } from '../../../src/news/article.ts';
import { times } from '../../depth.ts';
import { fc } from '../../fast-check.ts';
import { untitled } from '../numbered-texts.ts';

const linked: Metadata = { ...untitled, url: 'https://news.example/', outlet: 'The Post' };

async function expectSame(id: string, metadata: Metadata, text: string, updated: boolean): Promise<void> {
  const attributed = await attribute({ ...toArticle(id, metadata, text), updated });
  const read = decodeDerived({ id, ...metadata, updated, text }, encodeDerived(attributed));
  expect(read).toStrictEqual(attributed);
  for (const { speaker, reportedBy } of read.attributions) {
    if (speaker !== undefined) expect(read.speakers).toContain(speaker);
    if (reportedBy !== undefined) expect(read.attributions.some(each => each === reportedBy)).toBe(true);
  }
}

test('what was derived from the seed is read back the same, with the same speakers', async () => {
  const seed = loadSeeds('seeds').articles.find(({ id }) => id === 'us-china-rome-meeting');
  if (seed === undefined) throw new Error('no seed');
  await expectSame(seed.id, seed, seed.text, false);
});

test('so is what was derived from any text', async () => {
  const pieces = [
    '“Rain,” ',
    'said Ann Lee',
    'Lee',
    ' told the Post',
    'Ann Lee said that Bo Cho had said the bridge was safe. ',
    'She said her lawyer had told her that Cho had said that it rains. ',
    ', ',
    '. ',
    '\n',
    'She added that “it rains',
    '”',
    '\ud800',
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), fc.boolean(), async (words, updated) => {
      await expectSame('any', linked, words.join(''), updated);
    }),
    { numRuns: times(60) },
  );
});

test('reads a report within a report, and a line from before those were stored', async () => {
  const text = 'Ann Lee said that Bo Cho had said the bridge was safe.';
  await expectSame('nested', linked, text, false);
  const attributed = await attribute(toArticle('nested', linked, text));
  const line = encodeDerived(attributed);
  const [lee, cho] = decodeDerived({ id: 'nested', ...linked, updated: false, text }, line).attributions;
  expect(cho?.reportedBy).toBe(lee);
  const old = line.replaceAll(/,"reportedBy":(?:null|\d+)/gv, '');
  expect(old).not.toBe(line);
  const read = decodeDerived({ id: 'nested', ...linked, updated: false, text }, old);
  expect(read.attributions).toStrictEqual(attributed.attributions.map(each => ({ ...each, reportedBy: undefined })));
});

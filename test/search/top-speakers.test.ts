import { expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { NO_FILTER } from '../../src/library/store/library-index.ts';
import { readTopSpeakers } from '../../src/library/store/people.ts';
import { slice } from '../../src/news/span.ts';
import type { PersonMatch } from '../../src/search/people.ts';
import { searchOf } from '../../src/search/search.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { buildArticle } from './build-article.ts';

/** Returns an article in which somebody says this many things; `silent` are only named. */
function article(id: string, name: string, things: number, silent = 'Cy Cohn'): AttributedArticle {
  const lines = Array.from({ length: things }, (_, at) => `“It is thing ${at} of ${id},” said ${name}.`);
  return buildArticle(
    id,
    [`${name} met ${silent}.`, ...lines].join('\n'),
    [
      { id: 'speaker', name },
      { id: 'silent', name: silent },
    ],
    lines.map((_, at) => ({
      paragraph: at + 2,
      content: [`It is thing ${at} of ${id},`],
      source: name,
      cue: 'said',
      speaker: 'speaker',
    })),
  );
}

const articles = [
  article('one', 'Ann Lee', 1),
  article('two', 'Ann Lee', 1),
  article('three', 'Bo Cho', 2),
  article('four', 'Ann Lee', 1),
  article('five', 'Dee Dunn', 1, 'Ann Lee'),
];

function names(people: readonly PersonMatch[]): string[] {
  return people.map(({ appearances: [{ from, speaker }] }) => slice(from.article.text, speaker.name));
}

test('somebody who says little in each of many articles may be quoted most, but not in the last one that names them', async () => {
  const library = await openTestLibrary(articles);
  const { people, total, isCut } = await searchOf(library).topSpeakers(0, 10);
  expect(names(people)).toEqual(['Ann Lee', 'Bo Cho', 'Dee Dunn']);
  expect(people[0]).toMatchObject({ said: 3, articles: 4 });
  expect({ total, isCut }).toEqual({ total: 3, isCut: false });
  expect(names((await searchOf(library).topSpeakers(1, 1)).people)).toEqual(['Bo Cho']);
});

test('removed articles no longer count, and count again when restored', async () => {
  const library = await openTestLibrary(articles);
  const first = async () => (await library.read(readTopSpeakers, NO_FILTER, 1))[0]?.shown;
  expect(await first()).toBe('Ann Lee');
  await library.remove('one');
  await library.remove('two');
  expect(await first()).toBe('Bo Cho');
  await library.remove('three');
  const left = await searchOf(library).topSpeakers(0, 10);
  expect(left.people.map(({ said }) => said)).toEqual([1, 1]);
  await library.restore('three');
  expect(await first()).toBe('Bo Cho');
});

import { describe, expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle } from '../search/build-article.ts';
import { ask, contextOf, offered } from './ask.ts';

/** Returns an article in which Ann Lee talks about the bridge, by outlet and day. */
function said(id: string, content: string, outlet: string, published: string | undefined): AttributedArticle {
  const built = buildArticle(
    id,
    `“${content}” said Ann Lee, who runs the ferry at the bridge.`,
    [{ id: 'lee', name: 'Ann Lee' }],
    [{ paragraph: 1, content: [content], source: 'Ann Lee', cue: 'said', speaker: 'lee' }],
  );
  return { ...built, article: { ...built.article, outlet, published } };
}

const context = await contextOf([
  said('march', 'The old bridge will hold until spring,', 'Valley Courier', '2022-03-14'),
  said('april', 'The old bridge will hold until summer,', 'Valley Courier', '2022-04-01T10:00:00Z'),
  said('later', 'The old bridge will hold until autumn,', 'The Daily Nord', '2023-06-30'),
  said('undated', 'The old bridge will hold until winter,', 'The Daily Nord', undefined),
]);
const words = 'the old bridge will hold until';
const seasons = ['spring', 'summer', 'autumn', 'winter'];

/** Returns the seasons named in the articles found. */
async function found(path: string, options: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const reply = await ask(context, path, { words, ...options });
  expect(refusalOf(reply)).toBeUndefined();
  const shown = textOf(reply);
  return seasons.filter(season => shown.includes(season));
}

describe('/who said searches only within its filters', () => {
  test.each([
    [{}, seasons],
    [{ outlet: 'Valley Courier' }, ['spring', 'summer']],
    [{ outlet: 'valley courier' }, ['spring', 'summer']],
    [{ after: '2022-04-01' }, ['summer', 'autumn']],
    [{ before: '2022-03-14' }, ['spring']],
    [{ after: '2022-03-14', before: '2022-03-14' }, ['spring']],
    [{ after: 'March 2022', before: '2022-04' }, ['spring', 'summer']],
    [{ after: '2023' }, ['autumn']],
    [{ before: '2022' }, ['spring', 'summer']],
    [{ outlet: 'The Daily Nord', after: '1 January 2022' }, ['autumn']],
  ])('%o', async (options, expected) => {
    expect(await found('who said', options)).toEqual(expected);
  });
});

test('so does /quote, also with a speaker', async () => {
  expect(await found('quote', { after: '2023' })).toEqual(['autumn']);
  expect(await found('quote', { before: '2022-03', speaker: 'Ann Lee' })).toEqual(['spring']);
});

test('nothing found but in articles without a date: the answer doesn’t count what it didn’t list', async () => {
  const undated = Array.from({ length: 30 }, (_, at) =>
    said(`undated-${at}`, `The old bridge will hold for ${at} winters,`, 'The Daily Nord', undefined),
  );
  const answer = textOf(await ask(await contextOf(undated), 'who said', { words: 'winters', after: '2022' }));
  expect(answer).toBe(
    'Every match for “winters” is in an article without a known date. To see them, leave out `after`.',
  );
});

describe('nothing found: the answer has a next step', () => {
  test.each([
    [{ after: 'last tuesday' }, 'I can’t read “last tuesday” as a date. Try `2022-03-14`, `2022-03`, `2022`'],
    [{ before: '31 June 2022' }, 'There’s no such date as “31 June 2022”.'],
    [{ after: '2022-02-30' }, 'There’s no such date as “2022-02-30”.'],
    [
      { words: 'winter', after: '2022' },
      'The only match for “winter” is in an article without a known date. To see it, leave out `after`.',
    ],
    [{ words: 'spring', after: '2023' }, 'I found nothing like “spring” there'],
    [{ words: 'zeppelin' }, 'Nothing in the 4 articles here matches “zeppelin”.'],
    [
      { words: 'zeppelin over Friedrichshafen' },
      'Nothing in the 4 articles here matches “zeppelin over Friedrichshafen”.',
    ],
    [{ after: '2023', before: '2022' }, 'No day is both after “2023” and before “2022”'],
    [{ outlet: 'Nowhere Gazette' }, 'leave out `outlet`'],
    [{ outlet: 'Valley Courier', after: '2023' }, 'leave out `outlet` and `after`'],
    [
      { after: '2023', speaker: 'Bo Cho' },
      'I found nobody called “Bo Cho” there. Try a surname or a role, or leave out `after`',
    ],
  ])('%o', async (options, told) => {
    const reply = await ask(context, 'quote', { words, ...options });
    expect(textOf(reply)).toContain(told);
    expect(isPrivate(reply)).toBe(true);
  });
});

describe('completion', () => {
  test('suggests outlets as the articles write them', async () => {
    expect(await offered(context, 'quote', 'outlet', 'cour')).toEqual([
      { name: 'Valley Courier', value: 'Valley Courier' },
    ]);
    expect((await offered(context, 'quote', 'outlet', '')).map(({ name }) => name)).toHaveLength(2);
  });

  test('suggests the typed day if it is valid, and common ones', async () => {
    expect((await offered(context, 'quote', 'after', '14 March 2022'))[0]).toEqual({
      name: '14 March 2022',
      value: '14 March 2022',
    });
    expect((await offered(context, 'quote', 'before', 'y')).map(({ name }) => name)).toEqual(['yesterday']);
    expect(await offered(context, 'quote', 'before', 'next week')).toEqual([]);
  });

  test('suggests words and speakers only from within the filters', async () => {
    const within = { outlet: 'The Daily Nord', after: '2023' };
    const phrases = await offered(context, 'quote', 'words', 'the old bridge', within);
    expect(phrases.map(({ name }) => name).join('\n')).not.toMatch(/spring|summer|winter/v);
    expect(await offered(context, 'quote', 'speaker', 'ann', { after: '2030' })).toEqual([]);
  });
});

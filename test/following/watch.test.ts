import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { matchNewArticles, matchWatches } from '../../src/following/watch.ts';
import { readNextPost, readPosts } from '../../src/library/store/following/outbox.ts';
import { deleteWatch, saveWatch } from '../../src/library/store/following/watches.ts';
import { readTopSpeakers } from '../../src/library/store/people.ts';
import type { Run } from '../../src/library/store/script.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { buildArticle } from '../search/build-article.ts';
import { HIS, KNOWN, type NamingCase, NOT_HIS } from './somebody-else.ts';

const text = [
  '“We will rebuild the bridge before winter,” said Mara Lindqvist, the mayor.',
  'Lindqvist added that the harbour has no room for larger ships.',
  'She said: “Every boat must leave the harbour.”',
  'An official said: “The bridge was never safe, and nobody told us.”',
  'Tomas Abara denied that the contract had been sold.',
  '“Nobody knows how high the river will rise,” one of them said.',
].join('\n');

const news = buildArticle(
  'news',
  text,
  [
    { id: 'mara', name: 'Mara Lindqvist', role: 'the mayor' },
    { id: 'tomas', name: 'Tomas Abara' },
    { id: 'official', name: 'An official', named: false },
  ],
  [
    {
      paragraph: 1,
      content: ['We will rebuild the bridge before winter'],
      source: 'Mara Lindqvist',
      cue: 'said',
      speaker: 'mara',
    },
    {
      paragraph: 2,
      content: ['the harbour has no room for larger ships'],
      source: 'Lindqvist',
      cue: 'added',
      speaker: 'mara',
      type: 'indirect',
    },
    {
      paragraph: 3,
      content: ['Every boat must leave the harbour'],
      source: 'She',
      cue: 'said',
      speaker: 'mara',
      certainty: 'inferred',
    },
    {
      paragraph: 4,
      content: ['The bridge was never safe, and nobody told us'],
      source: 'An official',
      cue: 'said',
      speaker: 'official',
    },
    {
      paragraph: 5,
      content: ['the contract had been sold'],
      source: 'Tomas Abara',
      cue: 'denied',
      speaker: 'tomas',
      type: 'indirect',
    },
    {
      paragraph: 6,
      content: ['Nobody knows how high the river will rise'],
      source: 'one of them',
      cue: 'said',
      speaker: 'tomas',
      certainty: 'unclear',
    },
  ],
);

interface Found {
  readonly words: string;
  readonly others: number;
}

/** Returns what a watch finds in the article, in a library with others. */
async function found(
  watch: { readonly speaker?: string; readonly words?: string },
  article: AttributedArticle = news,
  others: readonly AttributedArticle[] = [],
): Promise<Found | undefined> {
  const library = await openTestLibrary([...others, article]);
  const watched = { id: 'w', speaker: watch.speaker, words: watch.words };
  const [hit] = await matchWatches(article, [watched], library);
  const content = hit && article.attributions[hit.passage]?.content[0];
  return hit && { words: content === undefined ? '' : slice(article.article.text, content), others: hit.others };
}

describe('quotes by somebody', () => {
  test.each(['Mara Lindqvist', 'Lindqvist', 'mara LINDQVIST', 'Ms Lindqvist', 'the mayor'])(
    '%s: certain and direct ones first, the others counted',
    async speaker => {
      expect(await found({ speaker })).toEqual({ words: 'We will rebuild the bridge before winter', others: 2 });
    },
  );
  test.each(['Sara Lindqvist', 'Lindqist', 'Mara Berg', 'Mr Lindqvist', 'Nobody Else', '?'])(
    '%s is somebody else',
    async speaker => {
      expect(await found({ speaker })).toBeUndefined();
    },
  );
  test('what somebody denies, or may not have said, isn’t theirs', async () => {
    expect(await found({ speaker: 'Tomas Abara' })).toBeUndefined();
    expect(await found({ words: 'nobody knows how high the river will rise' })).toBeUndefined();
    expect(await found({ words: 'the contract had been sold' })).toBeUndefined();
  });
});

describe('quotes like some words', () => {
  test.each([
    ['rebuild the bridge before winter', 'We will rebuild the bridge before winter'],
    ['rebuild the brige before winter', 'We will rebuild the bridge before winter'],
    ['no room for bigger ships in the harbour', undefined],
    ['harbour has no room for larger ships', 'the harbour has no room for larger ships'],
    ['bridge was never safe', 'The bridge was never safe, and nobody told us'],
    ['tear down the bridge', undefined],
    ['bridge', 'We will rebuild the bridge before winter'],
    ['', undefined],
  ])('“%s”', async (words, content) => {
    expect((await found({ words }))?.words).toBe(content);
  });
  test('by somebody are only theirs', async () => {
    expect(await found({ words: 'bridge', speaker: 'Lindqvist' })).toMatchObject({ others: 0 });
    expect(await found({ words: 'bridge was never safe', speaker: 'Lindqvist' })).toBeUndefined();
  });
  test('are ranked by how rare words are in the library', async () => {
    const others = Array.from({ length: 40 }, (_, at) =>
      buildArticle(`other-${at}`, `The mayor spoke of zebras ${at} times.\nThe council meets on Monday.`),
    );
    const zebras = buildArticle(
      'zebras',
      '“The mayor came late,” said Mara Lindqvist.',
      [{ id: 'mara', name: 'Mara Lindqvist' }],
      [{ paragraph: 1, content: ['The mayor came late'], source: 'Mara Lindqvist', cue: 'said', speaker: 'mara' }],
    );
    expect(await found({ words: 'zebras came late' }, zebras)).toBeUndefined();
    expect(await found({ words: 'mayor came late' }, zebras, others)).toMatchObject({ words: 'The mayor came late' });
  });
});

describe('a watch on Jordan Lee, who is in the library,', () => {
  const read = (title: string, words: string) => attribute(toArticle(title, { ...UNKNOWN_METADATA, title }, words));
  const quoted = async ({ what, text: words }: NamingCase) =>
    await found({ speaker: 'Jordan Lee' }, await read(what, words), [await read('known', KNOWN)]);
  test.each(NOT_HIS)('doesn’t find $what', async each => {
    expect(await quoted(each)).toBeUndefined();
  });
  test('finds what he says together with somebody else', async () => {
    const together = await read('together', '“The ferry is too small,” said Jordan Lee and Bo Cho on Monday.');
    for (const speaker of ['Jordan Lee', 'Bo Cho']) {
      expect(await found({ speaker }, together)).toEqual({ words: 'The ferry is too small,', others: 0 });
    }
    expect(await found({ speaker: 'Ann Lee' }, together)).toBeUndefined();
  });
  test.each(HIS)('finds $what', async each => {
    expect((await quoted(each))?.words).toContain(each.words);
  });
});

test('a hundred watches are each found once, in their order', async () => {
  const library = await openTestLibrary([news]);
  const watches = Array.from({ length: 100 }, (_, at) => ({ id: `${at}`, speaker: 'Lindqvist', words: undefined }));
  const hits = await matchWatches(news, watches, library);
  expect(hits).toHaveLength(100);
  expect(new Set(hits.map(({ passage, others }) => `${passage} ${others}`)).size).toBe(1);
  expect(hits.map(({ watch }) => watch)).toEqual(watches.map(({ id }) => id));
});

describe('new articles', () => {
  const watch = {
    speaker: 'Ann Lee',
    words: undefined,
    channel: '12',
    addedBy: '7',
    locale: undefined,
    ping: undefined,
    every: undefined,
    addedAt: 0,
  };
  const all = [
    { ...watch, id: 'here', disabled: undefined },
    { ...watch, id: 'there', channel: '13', disabled: undefined },
    { ...watch, id: 'closed', disabled: 50_001 },
  ];
  const sayingOf = (words: string) => `“${words},” said Ann Lee, the mayor.`;
  const unexpected = (sentence: string) => {
    throw new Error(sentence);
  };

  /** Returns a library with these watches, how to add an article to it, and what is in its outbox. */
  async function startWatching() {
    const library = await openTestLibrary([]);
    for (const each of all) await library.write(saveWatch, each, 10);
    const add = async (words: string, page = words) => {
      const url = `https://news.example/${encodeURIComponent(page)}`;
      return await library.add({ ...UNKNOWN_METADATA, title: words, url }, sayingOf(words));
    };
    const posted = async () =>
      (await library.read(readPosts, Number.MAX_SAFE_INTEGER, 1000)).map(({ channel, reason }) => {
        return reason.kind === 'watch' ? `${reason.watch} ${channel}` : reason.kind;
      });
    return { library, add, posted };
  }

  test('are matched once with each watch that isn’t disabled, a text in another’s place never', async () => {
    const { library, add, posted } = await startWatching();
    await add('Rain fell');
    await add('Hail fell', 'page');
    expect((await add('Snow fell', 'page')).kind).toBe('updated');
    expect(await posted()).toEqual([]);
    await Promise.all([1, 2].map(() => matchNewArticles(library, unexpected)));
    expect((await posted()).toSorted()).toEqual(['here 12', 'there 13']);
    await matchNewArticles(library, unexpected);
    expect(await posted()).toHaveLength(2);
    expect(await library.read(readNextPost)).toBeGreaterThan(0);
  });

  test('that were removed, or came before any watch, aren’t matched', async () => {
    const { library, add, posted } = await startWatching();
    const added = await add('Rain fell');
    if ('article' in added) await library.remove(added.article.article.id);
    for (const { id } of all) await library.write(deleteWatch, id);
    await add('Hail fell');
    await library.write(saveWatch, { ...watch, id: 'late', disabled: undefined }, 10);
    await matchNewArticles(library, unexpected);
    expect([await posted(), await library.read(readNextPost)]).toEqual([[], undefined]);
  });

  test('that can’t be matched because of a bug are reported, and the next ones are matched', async () => {
    const { library, add, posted } = await startWatching();
    await add('Rain fell');
    await add('Hail fell');
    let times = 0;
    const read: Run = (script, ...values) => {
      times += Number(Object.is(script, readTopSpeakers));
      if (times === 1) throw new Error('A bug');
      return library.read(script, ...values);
    };
    const reports: string[] = [];
    const { write, articles } = library;
    const broken = { read, write, articles: articles.bind(library) };
    await matchNewArticles(broken, (sentence, cause) => reports.push(`${sentence}: ${cause}`));
    expect(reports).toEqual(['Cannot match watches with an article: Error: A bug']);
    expect(await posted()).toHaveLength(2);
  });
});

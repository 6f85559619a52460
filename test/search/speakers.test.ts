import { describe, expect, test } from 'vitest';
import { memoryLibrary } from '../../src/library/memory.ts';
import { createSearch } from '../../src/search/search.ts';
import { buildArticle, buildSeed } from './build.ts';

const everywhere = { article: undefined, speaker: undefined };
const search = createSearch(memoryLibrary([buildSeed()]));
const first = (name: string) => {
  const [match] = search.speakers(name, everywhere);
  return [match?.speaker.id, match?.closeness];
};

describe('whom a name means', () => {
  test.each([
    ['Jake Sullivan', 'sullivan'],
    ['Sulivan', 'sullivan'],
    ['Yang Jiechy', 'yang'],
    ['national security adviser', 'sullivan'],
    ['習近平', 'xi'],
    ['习近平', 'xi'],
    ['杨洁篪', 'yang'],
    ['president xi', 'xi'],
    ['cnn', 'cnn'],
    ['US officials', 'us-officials'],
    ['us oficials', 'us-officials'],
    ['senior official', 'senior'],
  ])('%s', (name, id) => {
    expect(first(name)).toEqual([id, 'match']);
  });

  test.each([
    ['Solivan', 'sullivan'],
    ['John Sullivan', 'sullivan'],
  ])('%s is asked back for', (name, id) => {
    expect(first(name)).toEqual([id, 'near']);
  });

  test.each(['Macron', 'Biden', '', '…', '__proto__', '王'])('%j is nobody', name => {
    expect(search.speakers(name, everywhere)).toEqual([]);
  });

  test('a group is not each of its kind: the others are only near', () => {
    const found = search.speakers('US officials', everywhere);
    expect(found.filter(({ closeness }) => closeness === 'match').map(({ speaker }) => speaker.id)).toEqual([
      'us-officials',
    ]);
  });

  test('somebody who is only mentioned is found, with nothing said', () => {
    const [yang] = search.speakers('Yang Jiechi', everywhere);
    expect(yang?.attributions).toEqual([]);
    expect(yang?.speaker.mentions.length).toBeGreaterThan(0);
  });

  test('all that somebody said comes with them, in order', () => {
    const [senior] = search.speakers('a senior US official', everywhere);
    expect(senior?.attributions.map(({ certainty }) => certainty)).toEqual(['stated', 'inferred']);
  });
});

describe('among many articles', () => {
  const text = (name: string) => `“The rain will stop,” ${name} said.`;
  const article = (id: string, name: string) =>
    buildArticle(
      id,
      text(name),
      [{ id: 'one', name }],
      [{ paragraph: 1, content: ['The rain will stop,'], source: name, cue: 'said', speaker: 'one' }],
    );
  const people = ['Ada Lovett', 'Ben Okafor', 'Carla Ruiz', 'Dmitri Vance', 'Eun Park'];
  // More spellings than fuse.js is given at once, so that the way round it is walked too.
  const crowd = Array.from({ length: 900 }, (_, at) => article(`crowd-${at}`, `Person${at}x Number${at}y`));
  const library = memoryLibrary([...people.map((name, at) => article(`a${at}`, name)), ...crowd]);
  const many = createSearch(library);

  test.each(people)('%s is found, misspelt too', name => {
    const misspelt = `${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}`;
    for (const typed of [name, misspelt]) {
      const [found] = many.speakers(typed, everywhere);
      expect(found?.from.article.text).toContain(name);
      expect(found?.closeness).toBe('match');
    }
  });

  test('a scope leaves the people of its article', () => {
    expect(many.speakers('Ada Lovett', { article: 'a1', speaker: undefined })).toEqual([]);
    expect(many.completeSpeakers('', { article: 'a1', speaker: undefined })).toEqual(['Ben Okafor']);
  });
});

describe('articles', () => {
  const named = (id: string, title: string) => {
    const made = buildArticle(id, 'Rain fell.');
    return { ...made, article: { ...made.article, title } };
  };
  const library = memoryLibrary([named('dam', 'Dam bursts above Morva'), named('fair', 'The Rome fair opens')]);
  const two = createSearch(library);
  const ids = (typed: string) => two.articles(typed).map(({ article }) => article.id);

  test.each([
    ['', ['dam', 'fair']],
    ['rome', ['fair']],
    ['dam bu', ['dam']],
    ['morwa', ['dam']],
    ['fair', ['fair']],
    ['zebra', []],
  ])('%j', (typed, expected) => {
    expect(ids(typed)).toEqual(expected);
  });
});

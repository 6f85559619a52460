import { describe, expect, test } from 'vitest';
import { NO_FILTER_OPTIONS } from '../../src/search/filter.ts';
import { searchOf } from '../../src/search/search.ts';
import { openTestLibrary } from '../library/test-libraries.ts';
import { buildArticle, buildSeed } from './build-article.ts';

const search = searchOf(await openTestLibrary([buildSeed()]));
const first = async (name: string) => {
  const [match] = await search.people(name, NO_FILTER_OPTIONS);
  return [match?.appearances[0].speaker.id, match?.closeness];
};

describe('the person a name means', () => {
  test.each([
    ['Jake Sullivan', 'sullivan'],
    ['Jake B. Sullivan', 'sullivan'],
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
  ])('%s', async (name, id) => {
    expect(await first(name)).toEqual([id, 'match']);
  });

  test.each([
    ['Solivan', 'sullivan'],
    ['John Sullivan', 'sullivan'],
  ])('%s gives several to choose from', async (name, id) => {
    expect(await first(name)).toEqual([id, 'near']);
  });

  test.each(['Macron', 'Biden', '', '…', '__proto__', '王'])('%j is nobody', async name => {
    expect(await search.people(name, NO_FILTER_OPTIONS)).toEqual([]);
  });

  test('a group does not mean each of its kind: others are only similar', async () => {
    const found = await search.people('US officials', NO_FILTER_OPTIONS);
    expect(
      found.filter(({ closeness }) => closeness === 'match').map(({ appearances: [{ speaker }] }) => speaker.id),
    ).toEqual(['us-officials']);
  });

  test('finds somebody who is only mentioned, without quotes', async () => {
    const [yang] = await search.people('Yang Jiechi', NO_FILTER_OPTIONS);
    expect(yang?.appearances[0].attributions).toEqual([]);
    expect(yang?.appearances[0].speaker.mentions.length).toBeGreaterThan(0);
  });

  test('comes with everything the person said, in order', async () => {
    const [senior] = await search.people('a senior US official', NO_FILTER_OPTIONS);
    expect(senior?.appearances[0].attributions.map(({ certainty }) => certainty)).toEqual(['stated', 'inferred']);
  });
});

describe('among many articles', async () => {
  const text = (name: string) => `“The rain will stop,” ${name} said.`;
  const article = (id: string, name: string) =>
    buildArticle(
      id,
      text(name),
      [{ id: 'one', name }],
      [{ paragraph: 1, content: ['The rain will stop,'], source: name, cue: 'said', speaker: 'one' }],
    );
  const people = ['Ada Lovett', 'Ben Okafor', 'Carla Ruiz', 'Dmitri Vance', 'Eun Park'];
  // More spellings than fuse.js gets at once, so that the other branch is covered too.
  const crowd = Array.from({ length: 900 }, (_, at) => article(`crowd-${at}`, `Person${at}x Number${at}y`));
  const library = await openTestLibrary([...people.map((name, at) => article(`a${at}`, name)), ...crowd]);
  const many = searchOf(library);

  test.each(people)('%s is found, even misspelt', async name => {
    const misspelt = `${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}`;
    for (const typed of [name, misspelt]) {
      const [found] = await many.people(typed, NO_FILTER_OPTIONS);
      expect(found?.appearances[0].from.article.text).toContain(name);
      expect(found?.closeness).toBe('match');
    }
  });

  test('a filter leaves only the people of its article', async () => {
    expect(await many.people('Ada Lovett', { ...NO_FILTER_OPTIONS, article: 'a1' })).toEqual([]);
    expect(await many.completeSpeakers('', { ...NO_FILTER_OPTIONS, article: 'a1' })).toEqual(['Ben Okafor']);
  });
});

describe('articles', async () => {
  const named = (id: string, title: string) => {
    const made = buildArticle(id, 'Rain fell.');
    return { ...made, article: { ...made.article, title } };
  };
  const library = await openTestLibrary([
    named('dam', 'Dam bursts above Morva'),
    named('fair', 'The Rome fair opens'),
    named('storm', 'Storm floods Brinwick'),
    named('store', 'Les mots, a new store'),
  ]);
  const two = searchOf(library);
  const ids = async (typed: string) => (await two.articles(typed)).map(({ id }) => id);

  test.each([
    ['', []],
    ['dam', ['dam']],
    ['rome', ['fair']],
    ['dam bu', ['dam']],
    ['morwa', ['dam']],
    ['fair', ['fair']],
    ['zebra', []],
    // A title with the word itself rules out words that it may misspell.
    ['storm', ['storm']],
    ['rome storm', ['storm', 'fair']],
    // A word that is only a little like it matches nothing.
    ['motto', []],
  ])('%j', async (typed, expected) => {
    expect(await ids(typed)).toEqual(expected);
  });
});

import { type APIApplicationCommandOption, ApplicationCommandOptionType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { type Context, NO_OPTIONS } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/index.ts';
import { watch } from '../../src/commands/watch.ts';
import { readFollows, saveFollow } from '../../src/library/store/following/following.ts';
import { deleteWatch, directTo, inForum, readWatches, saveWatch } from '../../src/library/store/following/watches.ts';
import { followChanges } from '../../src/replies/feeds.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { descriptionOf, labelsIn, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildRepeated, buildSeed } from '../search/build-article.ts';
import { ask, askOn, contextOf, offered } from './ask.ts';

const seed = buildSeed();
const context = await contextOf([seed]);

function textOptions(options: readonly APIApplicationCommandOption[] = []): readonly APIApplicationCommandOption[] {
  return options.flatMap(option => {
    if (option.type === ApplicationCommandOptionType.Subcommand) return textOptions(option.options);
    return option.type === ApplicationCommandOptionType.String ? [option] : [];
  });
}

describe('the commands in Discord', () => {
  const bodies = commands.map(command => command.builder.toJSON());

  test('are exactly these, for servers and direct messages, installed by a server or a person', () => {
    expect(bodies.map(body => body.name)).toEqual([
      'quote',
      'who',
      'ask',
      'card',
      'check',
      'speakers',
      'compare',
      'timeline',
      'random',
      'summary',
      'article',
      'library',
      'feed',
      'watch',
      'settings',
      'Add to library',
      'Check quote',
      'Who said this?',
      'Quote card',
      'Summary of the link',
      'help',
    ]);
    for (const body of bodies) expect(body).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
  });

  test('have completion for every text option except links and words to watch for, or fixed choices', () => {
    const options = bodies.flatMap(body => ('options' in body ? textOptions(body.options) : []));
    expect(options).toHaveLength(53);
    const free = options.filter(
      option => !('autocomplete' in option && option.autocomplete) && !('choices' in option && option.choices),
    );
    expect(free.map(option => option.name)).toEqual(['link', 'url', 'only', 'words']);
  });
});

describe('questions about the seed article', () => {
  test.each([
    ['who said', { words: 'open lines of communication' }, '### a senior US official', ['¶4', '¶5']],
    [
      'who said',
      { words: 'it really is a project of Xi' },
      'another US official familiar with the discussions',
      ['¶12'],
    ],
    [
      'who said',
      { words: 'they dont share comon systems' },
      'another US official familiar with the discussions',
      ['¶9'],
    ],
    ['who said', { words: 'ration packs' }, '### CNN', ['¶10']],
    ['who is', { name: '習近平' }, 'Xi Jinping isn’t quoted here, only mentioned (¶12).', []],
    ['who is', { name: '习近平' }, 'Xi Jinping isn’t quoted here, only mentioned (¶12).', []],
    ['who is', { name: 'Yang Jiechi' }, 'Yang Jiechi isn’t quoted here, only mentioned (¶2).', []],
    ['who is', { name: 'Jake Sullivan' }, '“US National Security Adviser”', ['¶2']],
    ['who is', { name: 'CNN' }, 'ration packs', ['¶10']],
    ['quote', { words: 'drones', speaker: 'US officials' }, '### US officials', ['¶1']],
  ])('/%s %o', async (path, texts, told, paragraphs) => {
    const reply = await ask(context, path, texts);
    for (const words of [told, ...paragraphs]) expect(textOf(reply)).toContain(words);
    expect(isPrivate(reply)).toBe(false);
    expect(refusalOf(reply)).toBeUndefined();
  });

  test('what the article says in its own voice is nobody’s', async () => {
    const text = textOf(await ask(context, 'who said', { words: 'shopping list in China' }));
    expect(text).toContain('These are the article’s own words. Nobody is quoted');
    expect(text).toContain('¶8');
  });

  test('lists several articles that say it themselves', async () => {
    const twin = buildArticle('another', 'Top of the shopping list in China are drones.');
    const text = textOf(
      await ask(await contextOf([seed, twin]), 'who said', { words: 'shopping list in China are drones' }),
    );
    expect(text).toContain('These are the articles’ own words. Nobody is quoted');
  });
});

test('/card takes the first place with the same words of which it may make a card', async () => {
  const repeated = await contextOf([buildRepeated()]);
  const answer = await ask(repeated, 'card', { words: 'oars are tired of me' });
  expect(descriptionOf(answer)).toBe(
    '“The oars are tired of me” – Una Aas. Speaker inferred: the article says “she”. repeated, ¶2',
  );
});

describe('a card is offered only of what it would be made of', () => {
  const words = 'both sides don’t share common systems';

  test.each([
    ['who said', { words }],
    ['quote', { words }],
    ['ask', { question: `who said ${words}?` }],
  ])('/%s: not where it is unclear who speaks', async (path, texts) => {
    const reply = await ask(context, path, texts);
    expect(textOf(reply)).toContain('“the official”');
    expect(labelsIn(reply)).not.toContain('Card');
    expect(textOf(await ask(context, 'card', { words }))).toContain('The article doesn’t say who said that');
  });

  test('but where it is clear', async () => {
    const reply = await ask(context, 'quote', { words: 'open lines of communication' });
    expect(labelsIn(reply)).toContain('Card');
  });
});

describe('on a message', () => {
  const note = 'The article’s words differ from those in the message. Compare them with Apps > **Check quote**.';

  test.each([
    ['Who said this?', '“I guess it depends on how you define success” — Jake Sullivan', true],
    ['Quote card', '“I guess it depends on how you define success” — Jake Sullivan', true],
    ['Who said this?', '> it depends on how you define success', false],
    ['Quote card', '> it depends on how you define success', false],
  ])('%s tells if the article has other words: %s', async (name, text, differ) => {
    const reply = await askOn(context, name, text);
    expect(isPrivate(reply)).toBe(true);
    expect(refusalOf(reply)).toBeUndefined();
    expect(textOf(reply).includes(note)).toBe(differ);
  });
});

describe.each(['Who said this?', 'Quote card'])('%s on a message that quotes nothing', name => {
  test.each([
    ['thanks', 'One word is too short to check'],
    ['success', 'One word is too short to check'],
    ['hello there', 'No article here has this quote'],
    ['i suppose drones are fun', 'No article here has this quote'],
    ['What did Jake Sullivan say about drones?', 'That’s a question, not a quote'],
    ['the latest', 'No article here has this quote'],
  ])('says so: %s', async (text, told) => {
    const reply = await askOn(context, name, text);
    expect(textOf(reply)).toMatch(new RegExp(`^${told}[^\n]*$`, 'v'));
    expect(isPrivate(reply)).toBe(true);
  });

  test('says so if only a headline has it', async () => {
    const storm = buildArticle('storm', 'Nobody was hurt.');
    const titled = await contextOf([
      { ...storm, article: { ...storm.article, title: 'Storm Ottilie takes the ferry' } },
    ]);
    expect(textOf(await askOn(titled, name, 'Storm Ottilie takes the ferry'))).toContain('only in a headline');
  });

  test.each([
    'I suppose it depends on how you define success',
    'lol look: I suppose it depends on how you define success',
    '“What did I suppose? It depends on how you define success”',
  ])('but finds what an article has, without a remark: %s', async text => {
    const reply = await askOn(context, name, text);
    expect(`${textOf(reply)} ${descriptionOf(reply)}`).toContain('depends on how you define success');
    expect(textOf(reply)).not.toContain('You asked');
  });
});

describe('nothing found: a private answer with a next step', () => {
  test.each([
    ['quote', { words: 'zebras in pyjamas' }, 'See what’s here with </article list:'],
    ['quote', { words: 'zebras in pyjamas', speaker: 'CNN' }, 'leave out `speaker`'],
    ['quote', { words: 'drones', speaker: 'Leigh' }, 'I don’t know anyone called “Leigh”'],
    ['quote', { words: 'drones', speaker: 'Yang Jiechi' }, 'No quotes by **Yang Jiechi** in the article'],
    ['quote', { words: '   ' }, 'Type a few of the words'],
    ['quote', { words: '?' }, 'Nothing in the only article here matches “?”'],
    ['who said', { words: '““' }, 'Nothing in the only article here matches “““”'],
    [
      'quote',
      { words: 'i suppose drones are fun' },
      'I found nothing quite like “i suppose drones are fun”. Did you mean…',
    ],
    ['who is', { name: 'nationality' }, 'Did you mean **Jake Sullivan**, “US National Security Adviser” (1 quote)?'],
    ['who is', { name: 'Sulivan Jacob' }, 'Did you mean **Jake Sullivan** (1 quote)?'],
    ['who said', { words: 'drones', article: '@everyone' }, String.raw`I don’t have an article called “\@everyone”`],
    ['who is', { name: 'Nobody Atall' }, 'I don’t know anyone called'],
    ['summary', { article: 'nothing of the kind' }, 'I don’t have an article called'],
    ['help', {}, '</who said:2>'],
  ])('/%s %o', async (path, texts, told) => {
    const reply = await ask(context, path, texts);
    expect(textOf(reply)).toContain(told);
    expect(isPrivate(reply)).toBe(true);
    expect(refusalOf(reply)).toBeUndefined();
  });

  test('says so if the library is empty', async () => {
    for (const path of ['summary', 'article list']) {
      expect(textOf(await ask(await contextOf([]), path))).toContain('The library is empty');
    }
  });

  test('takes the only article whose title has all the words', async () => {
    const titled = ['Storm Ottilie takes the ferry', 'Minister walks her dog in a storm', 'Storm over the harbour'].map(
      (title, at) => {
        const from = buildArticle(`storm-${at}`, `Nobody was hurt in number ${at}.`);
        return { ...from, article: { ...from.article, title } };
      },
    );
    const storms = await contextOf(titled);
    const summarized = async (article: string) => textOf(await ask(storms, 'summary', { article }));
    expect(await summarized('storm ottilie')).toContain('Nobody was hurt in number 0');
    expect(await summarized('storm harbour')).toContain('Nobody was hurt in number 2');
    expect(await summarized('storm')).toContain('could be');
  });

  test('asks which article is meant if a title fits several', async () => {
    const two = await contextOf([
      buildArticle('rome-talks', 'Some words.'),
      buildArticle('rome-games', 'Other words.'),
    ]);
    expect(textOf(await ask(two, 'article show', { article: 'rome' }))).toMatch(
      /could be \*\*rome-(?:talks|games)\*\* or/,
    );
  });

  test('takes the article whose whole title was typed, whatever else is similar', async () => {
    const two = await contextOf([buildArticle('rome', 'Some words.'), buildArticle('rome-games', 'Other words.')]);
    expect(textOf(await ask(two, 'article show', { article: 'Rome' }))).toContain('Some words.');
  });
});

describe('options', () => {
  test('“private” makes any answer private, with a button to share it', async () => {
    for (const [path, texts] of [
      ['quote', { words: 'ration packs' }],
      ['who said', { words: 'ration packs' }],
      ['who is', { name: 'CNN' }],
      ['summary', {}],
      ['article list', {}],
      ['article show', { article: seed.article.id }],
    ] as const) {
      const reply = await ask(context, path, texts, true);
      expect(isPrivate(reply)).toBe(true);
      expect(JSON.stringify(reply)).toContain('"label":"Share"');
    }
  });

  test('choices are valid for Discord and lead back to what they name', async () => {
    const long = buildArticle('x'.repeat(140), 'A title that is far too long for a choice.');
    const both = await contextOf([seed, long]);
    const [choice] = await offered(both, 'article show', 'article', 'xxxx');
    expect(choice?.value.length).toBeLessThanOrEqual(100);
    expect(textOf(await ask(both, 'article show', { article: choice?.value ?? '' }))).toContain('far too long');
    expect(await offered(context, 'who is', 'name', 'sulli')).toContainEqual({
      name: 'Jake Sullivan',
      value: 'Jake Sullivan',
    });
    expect((await offered(context, 'quote', 'words', 'open li'))[0]?.value).toContain('open lines of communication');
  });

  test('the length of a summary is validated again', async () => {
    const short = await ask(context, 'summary', { length: 'short' });
    const odd = await ask(context, 'summary', { length: 'endless' });
    expect(textOf(odd)).toBe(textOf(await ask(context, 'summary', { length: 'medium' })));
    expect(textOf(odd).length).toBeGreaterThan(textOf(short).length);
  });
});

test('a feed may be followed by the name of its site alone', async () => {
  const context = await contextOf([]);
  const addresses: string[] = [];
  const feed = (address: string) => {
    addresses.push(address);
    return Promise.resolve({
      kind: 'feed',
      address,
      title: 'News',
      items: [],
      others: [],
      ttlMinutes: undefined,
    } as const);
  };
  const followed = (url: string) => ask({ ...context, reader: { ...context.reader, feed } }, 'feed follow', { url });
  for (const url of ['bbc.com', 'www.bbc.co.uk/news?a=b', 'https://bbc.com', '例子.測試']) {
    expect(textOf(await followed(url))).toContain('Follow this feed?');
  }
  expect(addresses).toEqual([
    'https://bbc.com',
    'https://www.bbc.co.uk/news?a=b',
    'https://bbc.com',
    'https://例子.測試',
  ]);
  for (const url of ['nonsense', 'the news', 'a.b', 'mailto:a@bbc.com']) {
    expect(textOf(await followed(url))).not.toContain('Follow this feed?');
  }
});

describe('an article named by its link', () => {
  const titled = (id: string, title: string, url: string) => {
    const { article, ...rest } = buildArticle(id, `“It rained,” said ${id}.`);
    return { ...rest, article: { ...article, title, url } };
  };
  const articles = [
    titled('quay', 'The quay', 'https://ok.example/x'),
    titled('other', 'On ok.example', 'https://b.example/'),
  ];

  test('is the one with that link, however much a title is like it', async () => {
    const own = await contextOf(articles);
    for (const article of ['https://ok.example/x', '<http://ok.example/x/?utm_source=a#top>']) {
      expect(textOf(await ask(own, 'article show', { article }))).toContain('It rained,” said quay');
      expect(await offered(own, 'article show', 'article', article)).toEqual([{ name: 'The quay', value: 'quay' }]);
    }
    const article = 'https://ok.example/y';
    expect(textOf(await ask(own, 'article show', { article }))).toMatch(/^I don’t have an article called/v);
    expect(await offered(own, 'article show', 'article', article)).toEqual([]);
  });
});

test('the same watch in lower or upper case replaces it, whoever stored it first', async () => {
  const own = await contextOf([]);
  const stored = { channel: own.channel.id, addedBy: '1', words: undefined, ping: undefined, every: undefined };
  const former = { id: 'older', speaker: 'Ann Lee', locale: undefined, disabled: undefined, addedAt: 0, ...stored };
  await own.library.write(saveWatch, former, 9);
  for (const speaker of ['ann lee', 'Bo Day', 'BO DAY']) await ask(own, 'watch add', { speaker });
  await ask(own, 'watch add', { speaker: 'Bo Day', words: 'Rain' });
  const watches = await own.library.read(readWatches);
  expect(watches.map(({ speaker, words }) => [speaker, words])).toHaveLength(3);
});

test.each([{ words: '?' }, { speaker: '“”' }, { speaker: 'Ann Lee', words: '—' }])(
  'a watch for %o, which nothing can match, is refused',
  async texts => {
    const own = await contextOf([]);
    expect(textOf(await ask(own, 'watch add', texts))).toMatch(/^Fill in `speaker`, `words` or both/v);
    expect(await own.library.read(readWatches)).toEqual([]);
  },
);

test('a watch is removed by its whole name, though others contain it', async () => {
  const own = await contextOf([]);
  for (const speaker of ['Ann Lee', 'Ann Leeds']) await ask(own, 'watch add', { speaker });
  const [lee, leeds] = (await offered(own, 'watch remove', 'watch', '')).map(({ name }) => name).toSorted();
  expect(leeds).toContain(lee);
  expect(textOf(await ask(own, 'watch remove', { watch: 'Ann' }))).toContain('Several here match “Ann”.');
  expect(textOf(await ask(own, 'watch remove', { watch: 'Bo' }))).toContain('I’m not watching for “Bo” here.');
  expect(textOf(await ask(own, 'watch remove', { watch: lee ?? '' }))).toMatch(/^No longer watching for .*Lee\*\*\.$/v);
});

/** Follows a feed called “News”. */
async function followNews({ library }: Context, feed: string): Promise<void> {
  const follow = { feed, title: 'News', channel: undefined, ping: undefined, only: undefined, keepDays: undefined };
  const state = { isPaused: false, isNew: false, disabled: undefined, addedBy: '2', addedAt: 0 };
  await library.write(saveFollow, { ...follow, ...state }, 9);
}

test('following a feed again whose posts have stopped says that it posts again', () => {
  const same = { channel: '7', ping: undefined, only: undefined, keepDays: undefined };
  const former = { feed: '', title: '', isPaused: false, isNew: false, addedBy: '2', addedAt: 0, ...same };
  const changes = (disabled: number | undefined) => followChanges({ ...former, disabled }, same, context.say);
  expect([changes(undefined), changes(50_001)]).toEqual([[], ['I’ll post each new article in <#7>.']]);
});

describe('of several with one name', () => {
  const isAmbiguous = /^Several here match “.*”\. Pick one from the list as you type, or see them all with/v;

  test('feeds are told apart by their addresses', async () => {
    const own = await contextOf([]);
    for (const path of ['a.xml', 'b.xml']) await followNews(own, `https://example.org/${path}`);
    const choices = await offered(own, 'feed pause', 'feed', '');
    expect(choices.map(({ name }) => name)).toEqual(['News · example.org/a.xml', 'News · example.org/b.xml']);
    expect(textOf(await ask(own, 'feed pause', { feed: 'news' }))).toMatch(isAmbiguous);
    expect(await own.library.read(readFollows)).toMatchObject([{ isPaused: false }, { isPaused: false }]);
  });

  test('watches are told apart by where they post, and how often', async () => {
    const own = await contextOf([]);
    const watchIn = (channel: string, every?: 'day') => ({
      ...{ id: channel, speaker: 'Bo Day', words: undefined, channel, addedBy: '2', locale: undefined },
      ...{ disabled: undefined, ping: undefined, every, addedAt: 0 },
    });
    for (const each of [watchIn(directTo(own.user.id)), watchIn('7', 'day'), watchIn(inForum('8'))])
      await own.library.write(saveWatch, each, 9);
    const choices = await offered(own, 'watch remove', 'watch', 'bo');
    const names = ['Bo Day · posts in 7 · once a day', 'Bo Day · posts in 8', 'Bo Day · sent to you'];
    expect(choices.map(({ name }) => name).toSorted()).toEqual(names);
    expect(textOf(await ask(own, 'watch remove', { watch: 'Bo Day' }))).toMatch(isAmbiguous);
    await ask(own, 'watch remove', { watch: 'Bo Day · posts in 8' });
    expect((await own.library.read(readWatches)).map(({ channel }) => channel)).not.toContain(inForum('8'));
    expect(await own.library.read(readWatches)).toHaveLength(2);
  });

  test('articles are told apart by their outlets and dates', async () => {
    const titled = (id: string, more: { outlet?: string; published?: string }) => {
      const { article, ...rest } = buildArticle(id, `“It rained,” said ${id}.`);
      return { ...rest, article: { ...article, title: 'Live updates', ...more } };
    };
    const own = await contextOf([
      titled('a', { outlet: 'Post', published: '2024-05-01' }),
      titled('b', { outlet: 'Post', published: '2024-05-02' }),
      titled('c', {}),
    ]);
    const names = ['Live updates · c', 'Live updates · Post · 2 May 2024', 'Live updates · Post · 1 May 2024'];
    const choices = await offered(own, 'article show', 'article', '');
    expect(choices.map(({ name }) => name)).toEqual(names);
    const told = textOf(await ask(own, 'article show', { article: 'live updates' }));
    for (const name of names) expect(told).toContain(`**${name}**`);
  });
});

test.each([
  ['feed remove', 'feed'],
  ['watch remove', 'watch'],
])('/%s with a blank option removes nothing, even if there is only one', async (path, option) => {
  const own = await contextOf([]);
  await followNews(own, 'https://example.org/feed');
  await ask(own, 'watch add', { speaker: 'Ann Lee' });
  expect(textOf(await ask(own, path, { [option]: ' ' }))).toMatch(/^Pick one from the list as you type/v);
  expect(await own.library.read(readFollows)).toHaveLength(1);
  expect(await own.library.read(readWatches)).toHaveLength(1);
});

test('a watch for oneself is refused for the limit that is reached: one’s own, or everyone’s together', async () => {
  const own = await contextOf([]);
  const watchOf = (at: number, user: string) => ({
    ...{ id: `${user} ${at}`, speaker: `Speaker ${at}`, words: undefined, channel: directTo(user), addedBy: user },
    ...{ locale: undefined, disabled: undefined, ping: undefined, every: undefined, addedAt: 0 },
  });
  const add = async () => {
    const options = { ...NO_OPTIONS, subcommand: 'add', texts: { speaker: 'Bo' }, flags: { 'direct-messages': true } };
    const answer = await watch.run(options, own);
    return 'components' in answer ? textOf(answer) : '';
  };
  for (let at = 0; at < 5; at += 1) await own.library.write(saveWatch, watchOf(at, own.user.id), 500);
  expect(await add()).toContain('You’ve reached the limit of 5 watches here.');
  await own.library.write(deleteWatch, `${own.user.id} 0`);
  for (let at = 4; at < 500; at += 1) await own.library.write(saveWatch, watchOf(at, 'others'), 500);
  expect(await add()).toContain('Members here already have 500 watches for themselves');
});

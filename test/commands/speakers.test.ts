import type { APIStringSelectComponent } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import type { Context } from '../../src/commands/command.ts';
import { answerComponent } from '../../src/commands/components.ts';
import { RateLimiter } from '../../src/commands/rate-limit.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { isPrivate, type Reply } from '../../src/replies/reply.ts';
import { descriptionOf, idOf, menuIn, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildNested, buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const seed = buildSeed();
const context = await contextOf([seed]);

function optionsIn(reply: Reply): APIStringSelectComponent['options'] {
  return menuIn(reply)?.options ?? [];
}

test('for an article: number of quotes and words, wording, named or not, and certainty', async () => {
  const reply = await ask(await withoutPictures(), 'speakers', { article: seed.article.id });
  expect(refusalOf(reply)).toBeUndefined();
  const text = textOf(reply);
  expect(text).toContain(
    '**1.** **a senior US official** – 2 quotes, 76 words\n-# 2 direct · 1 of these most likely theirs · not named',
  );
  expect(text).toMatch(
    /\*\*\d\.\*\* \*\*another US official familiar with the discussions\*\* – 1 quote, \d+ words\n-# 1 direct · 2 possibly theirs · not named/v,
  );
  expect(text).toContain('**Jake Sullivan** – 1 quote, 22 words\n-# 1 paraphrased');
  expect(text).not.toContain('Speaker unclear');
  expect(text).not.toContain('Yang Jiechi');
});

test('beside the chart, the text has only what the chart doesn’t show', async () => {
  const text = textOf(await ask(context, 'speakers', { article: seed.article.id }));
  expect(text).toContain('**1.** **a senior US official** · 2 direct · 1 of these most likely theirs · not named');
  expect(text).not.toMatch(/\d quotes?|Who is quoted/v);
  const library = textOf(await ask(await contextOf([buildNested()]), 'speakers'));
  expect(library).not.toMatch(/Ann Lee|Who is quoted|Across/v);
});

test('beside the chart, lists everybody if there is something to say of anybody, with names as within a sentence', async () => {
  const said = (paragraph: number, words: string, source: string) =>
    ({ paragraph, content: [words], source, cue: 'said', speaker: source }) as const;
  const ferry = buildArticle(
    'ferry',
    '“It is late,” said Ann Lee. “It is always late,” said Ann Lee.\nA nurse said “We waited”.\n“I left,” said Bo Cho.',
    [
      { id: 'Ann Lee', name: 'Ann Lee' },
      { id: 'A nurse', name: 'A nurse', named: false },
      { id: 'Bo Cho', name: 'Bo Cho' },
    ],
    [
      said(1, 'It is late,', 'Ann Lee'),
      said(1, 'It is always late,', 'Ann Lee'),
      said(2, 'We waited', 'A nurse'),
      said(3, 'I left,', 'Bo Cho'),
    ],
  );
  const reply = await ask(await contextOf([ferry]), 'speakers');
  const lines =
    textOf(reply)
      .match(/^\*\*\d.*/gmv)
      ?.toSorted() ?? [];
  expect(lines.map(line => line.slice(0, 6))).toEqual(['**1.**', '**2.**', '**3.**']);
  expect(lines[0]).toBe('**1.** **Ann Lee**');
  expect(lines.join('\n')).toMatch(/^\*\*\d\.\*\* \*\*a nurse\*\* · not named$/mv);
  expect(descriptionOf(reply)).toContain('. a nurse: 1 quote');
});

/** Returns a context in which no picture can be drawn. */
async function withoutPictures(articles = [seed]): Promise<Context> {
  const rateLimiter = new RateLimiter(() => 0);
  const limited = await contextOf(articles, rateLimiter);
  for (let times = 0; times < 60; times += 1) rateLimiter.take('drawing', limited.user, limited.owner);
  return limited;
}

/** Returns the quotes of each speaker in a chart, and how many are only possibly theirs. */
function countsIn(reply: Reply) {
  const counts = /\d+\. (?<who>[^:\n]+): (?<quotes>\d+) quotes?(?:[^\n]*?(?<possibly>\d+) possibly)?/gv;
  return Object.fromEntries(
    [...(descriptionOf(reply) ?? '').matchAll(counts)].map(({ groups }) => [
      groups?.who,
      [groups?.quotes, groups?.possibly],
    ]),
  );
}

test('counts the same for an article and a library of it, and uncertain quotes apart', async () => {
  const inArticle = countsIn(await ask(context, 'speakers', { article: seed.article.id }));
  const another = Object.keys(inArticle).find(who => who.startsWith('another US official'));
  expect(inArticle[another ?? '']).toEqual(['1', '2']);
  expect(countsIn(await ask(context, 'speakers'))).toEqual(inArticle);
});

test('of a person in many articles, counts the uncertain quotes in all of them', async () => {
  const unclear = Array.from({ length: 13 }, (_, at) => {
    const said = { paragraph: 1, content: [`It is ${at},`], source: 'Ann Lee', cue: 'said', speaker: 'lee' } as const;
    const text = `“It is ${at},” said Ann Lee.`;
    return buildArticle(`a${at}`, text, [{ id: 'lee', name: 'Ann Lee' }], [{ ...said, certainty: 'unclear' }]);
  });
  expect(countsIn(await ask(await contextOf(unclear), 'speakers'))).toEqual({ 'Ann Lee': ['0', '13'] });
});

test('counts no interviewer’s turns, and nobody who is only “another” or “Mayor”', async () => {
  const interview = `An interview with Ines Calder, by Juno Pell.
Juno Pell: What does a harbour master do all day?
Ines Calder: I say no, and mostly to people with larger boats than mine.
Juno Pell: Will you ever let cruise ships in?
Ines Calder: Not while I have the keys. Why would we?
Juno Pell: The mayor says that the town needs the money.
Ines Calder: We can earn it with ferries, and the ferries come back.`;
  const crowd = `“We waited all night for the ferry,” said one passenger. “It was cold,” said another.
Another said the harbour had no shelter. “It will run,” Mayor said. Others said the ferry was late.
“I am glad,” said Ann Lee.`;
  const read = (text: string, title: string) =>
    attribute(toArticle(title, { ...UNKNOWN_METADATA, title, byline: 'Juno Pell' }, text));
  const articles = [await read(interview, 'interview'), await read(crowd, 'crowd')];
  const around = await contextOf(articles);
  const counted = Object.keys(countsIn(await ask(around, 'speakers')));
  expect(counted).toContain('Ines Calder');
  expect(counted).toContain('one passenger');
  for (const nobody of ['Juno Pell', 'another', 'Another', 'Mayor', 'Others']) expect(counted).not.toContain(nobody);
  expect(countsIn(await ask(around, 'speakers', { article: 'interview' }))).not.toHaveProperty('Juno Pell');
  const inCrowd = countsIn(await ask(around, 'speakers', { article: 'crowd' }));
  expect(Object.keys(inCrowd).sort()).toEqual(['Ann Lee', 'Speaker unclear', 'one passenger']);
});

test('what nobody is known to have said comes last, without a name', async () => {
  const from = buildNested();
  const unknown = from.attributions.map(each => ({ ...each, speaker: undefined, certainty: 'unclear' }) as const);
  const nameless = await withoutPictures([{ ...from, attributions: unknown }]);
  const text = textOf(await ask(nameless, 'speakers', { article: 'nested' }));
  expect(text).toContain('**1.** **Speaker unclear** – 3 quotes');
  expect(text).toContain('the article doesn’t say');
  expect(text).not.toContain('Ann Lee');
});

test('the picture’s description has all its numbers', async () => {
  const reply = await ask(context, 'speakers', { article: seed.article.id });
  expect(reply.files.map(({ name }) => name)).toEqual(['speakers.png']);
  const described = descriptionOf(reply) ?? '';
  expect(described).toContain('1. a senior US official: 2 quotes (2 direct), 76 words');
  expect(described.length).toBeLessThanOrEqual(1024);
  expect(described).toContain(': 1 quote (1 direct, 2 possibly theirs), ');
  expect(described.split('\n')).toHaveLength(6);
});

test('for the library: counts a person from several articles once, and says what is counted', async () => {
  const around = await withoutPictures([
    buildNested(),
    {
      ...buildNested(),
      article: {
        ...buildNested().article,
        id: 'again',
        // Not word for word the same, which would count once.
        text: buildNested().article.text.replaceAll('was', 'is_'),
      },
    },
  ]);
  const reply = await ask(around, 'speakers');
  expect(textOf(reply)).toContain('**1.** **Bo Cho** – 4 quotes in 2 articles');
  expect(textOf(reply)).toContain('**2.** **Ann Lee** – 2 quotes in 2 articles');
  expect(textOf(reply)).toContain('Counts statements that are clearly theirs');
  expect(refusalOf(reply)).toBeUndefined();
});

test('says which quotes are reported by others', async () => {
  const text = textOf(await ask(await withoutPictures([buildNested()]), 'speakers', { article: 'nested' }));
  expect(text).toContain('**Bo Cho** – 2 quotes, 7 words\n-# 1 direct · 1 paraphrased · 1 of these reported by others');
});

test('a menu entry opens the speaker’s quotes', async () => {
  const reply = await ask(context, 'speakers', { article: seed.article.id });
  const entries = optionsIn(reply);
  expect(entries.map(({ label }) => label)).toContain('Jake Sullivan');
  const sullivan = entries.find(({ label }) => label === 'Jake Sullivan');
  const opened = await answerComponent(sullivan?.value ?? '', context);
  expect(opened.kind).toBe('message');
  expect(textOf(opened.reply)).toContain('### Jake Sullivan');
  expect(refusalOf(opened.reply)).toBeUndefined();
});

/** Returns an article with twenty people who say one thing each, one of them two. */
function crowd() {
  const names = Array.from({ length: 20 }, (_, at) => `Ann ${String.fromCharCode(65 + at)}dams`);
  const lines = [...names.map(name => `“Yes, ${name},” said ${name}.`), `“Twice, then,” said ${names[19]}.`];
  const people = names.map((name, at) => ({ id: `${at}`, name }));
  const said = [...names, names[19] ?? ''].map((name, at) => ({
    paragraph: at + 1,
    content: [at < 20 ? `Yes, ${name},` : 'Twice, then,'] as const,
    source: name,
    cue: 'said',
    speaker: `${Math.min(at, 19)}`,
  }));
  return buildArticle('crowd', lines.join('\n'), people, said);
}

test('pages show everyone quoted, each once, most quoted first', async () => {
  const around = await contextOf([crowd()]);
  for (const asked of [{ article: 'crowd' }, {}] as const) {
    let shown = await ask(around, 'speakers', asked);
    expect(descriptionOf(shown)).toContain('1. Ann Tdams: 2 quotes');
    const names: string[] = [];
    for (let page = 0; page < 3; page += 1) {
      names.push(...(descriptionOf(shown)?.match(/Ann \wdams/gv) ?? []));
      if (page === 2) break;
      const next = await answerComponent(idOf(shown, 'Next'), around);
      expect(next.kind).toBe('update');
      expect(refusalOf(next.reply)).toBeUndefined();
      shown = next.reply;
    }
    expect(names).toHaveLength(20);
    expect(new Set(names).size).toBe(20);
  }
});

test('stays private until it is shared', async () => {
  const reply = await ask(context, 'speakers', {}, true);
  expect(isPrivate(reply)).toBe(true);
  const shared = await answerComponent(idOf(reply, 'Share'), { ...context, isPrivate: true });
  expect(isPrivate(shared.reply)).toBe(false);
  expect(textOf(shared.reply)).toBe(textOf(reply));
});

test('at the limit for pictures, shows the numbers and says why there is no picture', async () => {
  const reply = await ask(await withoutPictures(), 'speakers');
  expect(reply.files).toEqual([]);
  expect(textOf(reply)).toContain('**1.** **a senior US official**');
  expect(textOf(reply)).toContain('No chart this time: You’ve reached the limit of 60 pictures');
  expect(refusalOf(reply)).toBeUndefined();
});

test.each([
  [{ article: 'nothing of the kind' }, 'I don’t have an article called'],
  [{ article: 'silent' }, 'Nobody is quoted in this article.'],
  [{}, 'I found nobody who is quoted in any article here.'],
])('%o: a private line', async (texts, told) => {
  const reply = await ask(await contextOf([buildArticle('silent', 'It rained.')]), 'speakers', texts);
  expect(textOf(reply)).toContain(told);
  expect(isPrivate(reply)).toBe(true);
});

test('says so if the library is empty', async () => {
  expect(textOf(await ask(await contextOf([]), 'speakers'))).toContain('The library is empty');
});

import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { descriptionOf, idOf, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

/** Returns an article that quotes somebody in the middle of other words. */
function story(id: string, name: string, said: string, more: string, published?: string) {
  const text = `${more} was in the paper.\n“${said},” ${name} said.\nThe ${more} meeting ended at nine, and everybody went home.`;
  const built = buildArticle(
    id,
    text,
    [{ id: 'who', name }],
    [{ paragraph: 2, content: [`${said},`], source: name, cue: 'said', speaker: 'who' }],
  );
  return { ...built, article: { ...built.article, published } };
}

const said = 'The old bridge over the river will be open by Easter';
const context = await contextOf([
  story('post', 'Ann Lee', said, 'Rain'),
  story('courier', 'Ann Lee', said, 'Snow'),
  story('herald', 'Ann Lee', said, 'Wind'),
  story('other', 'Bo Cho', said, 'Fog'),
]);
test('a quote that several outlets print word for word is one passage, with the others', async () => {
  const words = 'the old bridge over the river will be open by Easter';
  for (const path of ['quote', 'who said']) {
    const reply = await ask(context, path, { words });
    expect(refusalOf(reply)).toBeUndefined();
    const text = textOf(reply);
    expect(text.match(/-# Also in .* and .*\./gv)).toHaveLength(1);
  }
  const all = textOf(await ask(context, 'who said', { words }));
  // Bo Cho's is another: the same words, by somebody else.
  expect(all).toContain('Ann Lee');
  expect(all).toContain('Bo Cho');
  expect(all.match(/ said\./gv)).toHaveLength(2);
});

test('pages count it once, and each page says where else it is', async () => {
  const first = await ask(context, 'quote', { words: 'old bridge over the river' });
  const pages = [textOf(first)];
  const { reply } = await answerComponent(idOf(first, 'Next'), context);
  pages.push(textOf(reply));
  expect(JSON.stringify(first)).toContain('1 / 2');
  const [ann] = pages.filter(page => page.includes('Ann Lee'));
  const [bo] = pages.filter(page => page.includes('Bo Cho'));
  expect(ann).toContain('Also in ');
  expect(bo).not.toContain('Also in ');
});

test('sentences of few words are in many articles, and aren’t one story', async () => {
  const few = await contextOf(['post', 'courier'].map((id, at) => story(id, 'Ann Lee', 'No comment', `Story ${at}`)));
  const text = textOf(await ask(few, 'who said', { words: 'no comment' }));
  expect(text.match(/No comment/gv)).toHaveLength(2);
  expect(text).not.toContain('Also in');
});

test('/who is shows what somebody said once', async () => {
  const text = textOf(await ask(context, 'who is', { name: 'Ann Lee' }));
  expect(text.match(/The old bridge over the river/gv)).toHaveLength(1);
  expect(text.match(/-# Also in .* and .*\./gv)).toHaveLength(1);
});

const school = 'The new school will be built on the hill by summer';
const dated = await contextOf([
  story('courier', 'Ann Lee', said, 'Snow', '2022-03-03'),
  story('post', 'Ann Lee', said, 'Rain', '2022-03-02'),
  story('herald', 'Ann Lee', said, 'Wind', '2022-03-04'),
  story('evening', 'Ann Lee', school, 'Hail', '2022-03-05'),
  story('other', 'Bo Cho', said, 'Fog', '2022-03-06'),
  story('later', 'Bo Cho', school, 'Sleet', '2022-03-07'),
]);

test.each(['', 'bridge over the river'])('/timeline has it once, in the earliest article (words: %j)', async words => {
  const text = textOf(await ask(dated, 'timeline', { speaker: 'Ann Lee', words }));
  expect(text.match(/The old bridge over the river/gv)).toHaveLength(1);
  expect(text).toContain(words === '' ? '2 quotes, ' : '1 quote on ');
  expect(text).toMatch(/\*\*2 March 2022\*\*[^#]*The old bridge[^#]*-# [^#]*-# Also in “?courier”? and “?herald”?\./v);
});

test('/timeline between days has it in the earliest of those', async () => {
  const text = textOf(await ask(dated, 'timeline', { speaker: 'Ann Lee', after: '2022-03-03' }));
  expect(text.match(/The old bridge over the river/gv)).toHaveLength(1);
  expect(text).toContain('**3 March 2022**');
});

test.each(['', 'bridge over the river'])('it doesn’t win a comparison (words: %j)', async words => {
  const text = textOf(await ask(dated, 'compare', { a: 'Ann Lee', b: 'Bo Cho', words }));
  const quotes = words === '' ? '2 quotes' : '1 quote';
  expect(text.split(`-# ${quotes}\n`)).toHaveLength(3);
  expect(text.match(/The old bridge over the river/gv)).toHaveLength(2);
  expect(text.match(/Also in /gv)).toHaveLength(1);
});

test('/speakers and /who is count it once', async () => {
  const chart = descriptionOf(await ask(dated, 'speakers')) ?? '';
  expect(chart).toContain('Ann Lee: 2 quotes in 4 articles');
  expect(chart).toContain('Bo Cho: 2 quotes in 2 articles');
  expect(textOf(await ask(dated, 'who is', { name: 'Ann Lee' }))).toContain('Quoted twice.');
});

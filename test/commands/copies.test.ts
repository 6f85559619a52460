import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { idOf, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

/** Returns an article that quotes somebody in the middle of other words. */
function story(id: string, name: string, said: string, more: string) {
  const text = `${more} was in the paper.\n“${said},” ${name} said.\nThe ${more} meeting ended at nine, and everybody went home.`;
  return buildArticle(
    id,
    text,
    [{ id: 'who', name }],
    [{ paragraph: 2, content: [`${said},`], source: name, cue: 'said', speaker: 'who' }],
  );
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
  const { reply } = await answerComponent(idOf(first, 'Next'), false, context);
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

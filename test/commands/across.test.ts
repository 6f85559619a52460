import { expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { answerComponent } from '../../src/commands/components.ts';
import { buttonsOf, idOf, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

/** Returns an article in which somebody says one thing. */
function said(id: string, name: string, content: string, published: string): AttributedArticle {
  const built = buildArticle(
    id,
    `“${content}” said ${name}, who came by train.`,
    [{ id: 'speaker', name }],
    [{ paragraph: 1, content: [content], source: name, cue: 'said', speaker: 'speaker' }],
  );
  return { ...built, article: { ...built.article, published } };
}

const months = Array.from({ length: 20 }, (_, at) => at + 1);
const lee = months.map(month => {
  const day = `2020-${String(month % 12 || 12).padStart(2, '0')}-${String(month).padStart(2, '0')}`;
  return said(`lee-${month}`, 'Ann Lee', `This is statement number ${month},`, day);
});

test('shows one person from many articles once, newest quote first, and pages with buttons', async () => {
  const context = await contextOf(lee);
  const first = await ask(context, 'who is', { name: 'Ann Lee' });
  expect(refusalOf(first)).toBeUndefined();
  expect(textOf(first)).toContain('Quoted 20 times. Appears in 20 articles, newest first.');
  expect(textOf(first)).toContain('Showing 12 of these articles.');
  expect(textOf(first).split('### ')).toHaveLength(2);
  const second = await answerComponent(idOf(first, 'Next'), context);
  expect(second.kind).toBe('update');
  const days = `${textOf(first)}${textOf(second.reply)}`.match(/\d+ \w+ 2020/gv) ?? [];
  expect(days.length).toBeGreaterThan(4);
  const moments = days.map(day => Date.parse(`${day} UTC`));
  expect(moments).toEqual(moments.toSorted((one, other) => other - one));
});

test('the newest is the latest by date, whichever was added last', async () => {
  const context = await contextOf([
    said('late', 'Ann Lee', 'This was said last,', '2020-03-01'),
    said('early', 'Ann Lee', 'This was said first,', '2019-03-01'),
  ]);
  const text = textOf(await ask(context, 'who is', { name: 'Ann Lee' }));
  expect(text).toContain('newest first');
  expect(text.indexOf('This was said last')).toBeLessThan(text.indexOf('This was said first'));
});

test('stays within one article on every page', async () => {
  const context = await contextOf(lee);
  const reply = await ask(context, 'who is', { name: 'Ann Lee', article: 'lee-3' }, true);
  expect(textOf(reply)).toContain('Quoted once.');
  const shared = await answerComponent(idOf(reply, 'Share'), { ...context, isPrivate: true });
  expect(textOf(shared.reply)).toBe(textOf(reply));
});

test('namesakes by surname only, and unnamed speakers with the same words, are shown separately', async () => {
  const context = await contextOf([
    said('one', 'Lee', 'Trains are late,', '2022-01-01'),
    said('two', 'Lee', 'Buses are late,', '2022-01-02'),
  ]);
  const text = textOf(await ask(context, 'who is', { name: 'Lee' }));
  expect(text.match(/^### Lee$/gmv)).toHaveLength(2);
  expect(text.match(/Quoted once\./gv)).toHaveLength(2);
});

test('a button for somebody whose article is gone has expired', async () => {
  const context = await contextOf(lee);
  const reply = await ask(context, 'who is', { name: 'Ann Lee' });
  const elsewhere = await contextOf([said('other', 'Ann Lee', 'No,', '2022-01-01')]);
  expect(textOf((await answerComponent(idOf(reply, 'Next'), elsewhere)).reply)).toContain('has expired');
});

test('the list shows each article once over its pages, newest first', async () => {
  const context = await contextOf(lee);
  let shown = await ask(context, 'article list');
  expect(textOf(shown)).toContain('20 articles in the library');
  const listed: string[] = [];
  for (let page = 0; page < 3; page += 1) {
    listed.push(...[...textOf(shown).matchAll(/\*(?<id>lee-\d+)\*/gv)].map(({ groups }) => groups?.id ?? ''));
    const next = buttonsOf(shown).find(({ label }) => label === 'Next');
    if (next === undefined || next.disabled === true) break;
    shown = (await answerComponent(next.custom_id, context)).reply;
  }
  expect(listed).toEqual(lee.map(({ article }) => article.id).toReversed());
});

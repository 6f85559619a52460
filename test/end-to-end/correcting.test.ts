import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person, PersonFile } from '../../playground/person.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { bridge, dam, fileOf, isEphemeral, messageOf, said } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

let verbatim: Verbatim;
let ada: Person;
beforeAll(async () => {
  verbatim = await startVerbatim();
  ada = verbatim.playground.person;
});
afterAll(() => verbatim.stop());

function shown(title: string, text: readonly string[]): Promise<APIMessage> {
  return messageOf(ada.command('article add', {}, { file: fileOf('news.txt', title, text) }));
}

/** Presses a button that opens a form, or gives the command that does. */
async function formFrom(answer: ReturnType<Person['command']>) {
  const { modal } = await answer;
  if (modal === undefined) throw new Error('No form opened');
  return modal;
}

describe('before Keep', () => {
  test('title, outlet, author, date and link can be corrected, in the same message', async () => {
    const draft = await shown('Dam at Moorva holds', dam);
    expect(buttonsOf(draft).map(({ label }) => label)).toEqual(['Keep', 'Edit', 'Discard']);
    const form = await formFrom(ada.press(draft, 'Edit'));
    expect(JSON.stringify(form.modal)).toContain('"value":"Dam at Moorva holds"');
    const fields = {
      title: 'Dam at Morva holds',
      outlet: 'Valley Courier',
      byline: 'Ann Lee and Bo Ray',
      published: '2 May 2024',
      link: 'https://courier.example/dam',
    };
    const corrected = await messageOf(ada.submit(form, fields));
    expect(corrected.id).toBe(draft.id);
    for (const words of Object.values(fields)) expect(textOf(corrected)).toContain(words);
    expect(textOf(await messageOf(ada.press(corrected, 'Keep')))).toMatch(/Saved: .*\nAsk about it with <\/ask:/v);
    expect(await said(ada, 'the dam at Morva will hold')).toContain('Dam at Morva holds](<https://courier.example/dam');
  });

  test.each([
    [{ published: '2022-02-30' }, '**Date** wasn’t changed. “2022-02-30” isn’t a single day on the calendar'],
    [{ published: 'March 2022' }, '**Date** wasn’t changed. “March 2022” isn’t a single day on the calendar'],
    [{ published: 'last week' }, '**Date** wasn’t changed. I can’t read “last week” as a date'],
    [{ link: 'javascript:alert(1)' }, '**Link** wasn’t changed. I can only read links that start with https'],
  ])('one field that can’t be read loses nothing, and Edit shows it again: %o', async (fields, told) => {
    const draft = await shown('Bridge', bridge);
    const typed = { outlet: 'Valley Courier', byline: 'Ann Lee', ...fields };
    const answer = await messageOf(ada.submit(await formFrom(ada.press(draft, 'Edit')), typed));
    expect(answer.id).toBe(draft.id);
    expect(isEphemeral(answer)).toBe(true);
    expect(textOf(answer)).toContain(told);
    expect(textOf(answer)).toContain('Press **Edit**: what you typed is still there.');
    expect(textOf(answer)).toContain('Valley Courier');
    const again = await formFrom(ada.press(answer, 'Edit'));
    for (const value of Object.values(typed)) expect(JSON.stringify(again.modal)).toContain(`"value":"${value}"`);
    const corrected = await messageOf(ada.submit(again, { published: '2022-03-02', link: '' }));
    expect(textOf(corrected)).not.toContain('wasn’t changed');
    expect(textOf(corrected)).toContain('2 March 2022');
    expect(textOf(await messageOf(ada.press(corrected, 'Discard')))).toContain('Discarded: Bridge');
  });

  test('a field that is emptied is unknown, and one that wasn’t touched stays', async () => {
    const file = {
      ...fileOf('a.txt', 'Bridge', bridge),
      bytes: Buffer.from(
        `title: [On the bridge]\noutlet: Post\nbyline: Ann Lee${', Bo Ray'.repeat(30)}\npublished: 2024-05-01T09:30:00Z\n\n${bridge.join('\n')}`,
      ),
    };
    const draft = await messageOf(ada.command('article add', {}, { file }));
    const corrected = await messageOf(ada.submit(await formFrom(ada.press(draft, 'Edit')), { outlet: '' }));
    expect(textOf(corrected)).toContain('descriptive title');
    expect(textOf(corrected)).toContain('1 May 2024');
    expect(textOf(corrected)).not.toContain('Post');
    expect(textOf(corrected)).toContain('Ann Lee, Bo Ray');
    const anonymous = await messageOf(ada.submit(await formFrom(ada.press(corrected, 'Edit')), { byline: ' ' }));
    expect(textOf(anonymous)).not.toContain('Ann Lee');
    await ada.press(corrected, 'Discard');
  });

  test('a form for a draft that is gone is stale', async () => {
    const draft = await shown('Bridge', bridge);
    const form = await formFrom(ada.press(draft, 'Edit'));
    await ada.press(draft, 'Discard');
    expect(textOf(await messageOf(ada.submit(form, { title: 'x' })))).toContain('That form has expired');
    expect(textOf(await messageOf(ada.forge('Enone', draft)))).toContain('That button has expired');
  });
});

describe('the form for an article’s text', () => {
  const long = `${bridge.join('\n')}\n`.repeat(40);
  const file = (name: string): PersonFile => ({
    name,
    contentType: 'text/plain; charset=utf-8',
    bytes: Buffer.from(long),
  });

  test('takes a file, with a title and a link', async () => {
    const form = await formFrom(ada.command('article add'));
    const fields = { title: 'The bridge', link: 'https://post.example/bridge' };
    const draft = await messageOf(ada.submit(form, fields, { file: file('long.md') }));
    expect(textOf(draft)).toContain('The bridge');
    expect(textOf(draft)).toContain('https://post.example/bridge');
    expect(textOf(draft)).toContain('160 paragraphs');
    await ada.press(draft, 'Discard');
  });

  test('takes text and a file one after the other', async () => {
    const form = await formFrom(ada.command('article add'));
    const draft = await messageOf(ada.submit(form, { title: 'Dam', text: dam.join('\n') }, { file: file('long.txt') }));
    expect(textOf(draft)).toContain('160 paragraphs');
    expect(textOf(await messageOf(ada.press(draft, 'Discard')))).toContain('Dam');
  });

  test.each([
    ['neither', {}, {}, 'There was no text and no file. Use </article add:'],
    ['another kind of file', {}, { file: file('a.pdf') }, 'I can read .txt, .md and .html files.'],
    ['a link that isn’t valid', { link: 'nowhere' }, { file: file('a.txt') }, 'The link was left out.'],
  ])('with %s says what to do', async (_what, fields, files, told) => {
    const form = await formFrom(ada.command('article add'));
    expect(textOf(await messageOf(ada.submit(form, fields, files)))).toContain(told);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { parseLine } from '../../src/terminal/article-lines.ts';
import { openTestLibraries, type TestStorage } from '../library/test-libraries.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { addFile, bridge, dam, fileOf, isEphemeral, listed, messageOf, removeArticle, said } from './article-steps.ts';
import { type NewsSite, openNewsSite, pageOf } from './news-site.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

/** Tests everything that users do with articles in Discord. */
export function describeLibrary(storage: () => Promise<TestStorage>): void {
  let verbatim: Verbatim;
  let site: NewsSite;
  let ada: Person;

  beforeAll(async () => {
    site = await openNewsSite({
      '/dam': pageOf('Dam at Morva holds', dam),
      '/bridge': pageOf('Bridge shut', bridge),
      '/slow': pageOf('Slow news', [...dam, 'The snow fell slowly.']),
    });
    verbatim = await startVerbatim(await storage());
    ada = verbatim.playground.person;
  });
  afterAll(async () => {
    await verbatim.stop();
    await site.close();
  });

  describe('/article add', () => {
    test('a link: shows what was read, stores it on Keep, and finds it at once', async () => {
      const shown = await messageOf(ada.command('article add', { link: `${site.address}/dam` }));
      expect(isEphemeral(shown)).toBe(true);
      for (const words of ['Dam at Morva holds', 'Valley Courier', '2 May 2024', '4 paragraphs', 'Ilse Brandt']) {
        expect(textOf(shown)).toContain(words);
      }
      expect(await said(ada, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
      const kept = await messageOf(ada.press(shown, 'Keep'));
      expect(kept.id).toBe(shown.id);
      expect(textOf(kept)).toContain('Saved: ');
      expect(buttonsOf(kept)).toEqual([]);
      expect(await said(ada, 'the dam at Morva will hold')).toContain('### Ilse Brandt');
    });

    test('the same again is one article, and the answer says so', async () => {
      const shown = await messageOf(ada.command('article add', { link: `${site.address}/dam` }));
      expect(textOf(await messageOf(ada.press(shown, 'Keep')))).toContain('Already in the library');
      expect(await listed(ada)).toContain('2 articles');
    });

    test('Discard stores nothing', async () => {
      const shown = await messageOf(ada.command('article add', { link: `${site.address}/bridge` }));
      expect(textOf(await messageOf(ada.press(shown, 'Discard')))).toContain('Discarded: ');
      expect(await said(ada, 'the bridge stays closed until')).not.toContain('bolt');
    });

    test('a file, found by completion and in the list', async () => {
      expect(await addFile(ada, 'Bread by the river', bridge)).toContain('Saved: ');
      expect(await said(ada, 'nobody has told the shopkeepers anything')).toContain('Karl Osten');
      const choices = await ada.autocomplete('article show', 'article', 'bread');
      expect(choices.map(({ name }) => name)).toContain('Bread by the river');
      expect(textOf(await messageOf(ada.command('article list', { find: 'bread river' })))).toContain(
        '1 article matching',
      );
    });

    test('with neither: a form, whose text becomes an article', async () => {
      const { modal } = await ada.command('article add');
      if (modal === undefined) throw new Error('No form opened');
      const text = 'Olga Marek said the mill would open in spring.\n“We bake for the whole valley,” she said.';
      const shown = await messageOf(ada.submit(modal, { title: 'The mill', link: '', text }));
      expect(textOf(shown)).toContain('The mill');
      await ada.press(shown, 'Keep');
      expect(await said(ada, 'we bake for the whole valley')).toContain('The mill');
    });

    test.each([
      ['a link to nothing', { link: '/nowhere' }],
      ['a link that is none', { link: 'not a link' }],
    ])('%s: one clear sentence, in private', async (_what, { link }) => {
      const answer = await messageOf(
        ada.command('article add', { link: link.startsWith('/') ? site.address + link : link }),
      );
      expect(isEphemeral(answer)).toBe(true);
      expect(buttonsOf(answer)).toEqual([]);
      expect(textOf(answer)).toMatch(/link/iv);
    });

    test('a file that is too large is refused', async () => {
      const huge = { name: 'huge.txt', contentType: 'text/plain', bytes: Buffer.alloc(2_000_001, 'a ') };
      expect(textOf(await messageOf(ada.command('article add', {}, { file: huge })))).toContain('larger than 2 MB');
    });
  });

  describe('different text under the same link', () => {
    test('replaces the older text, and answers say so', async () => {
      const pages = { '/news': pageOf('The mill opens', [...dam, 'The mill at Dolna opens in spring.']) };
      const changing = await openNewsSite(pages);
      const link = `${changing.address}/news`;
      await ada.press(await messageOf(ada.command('article add', { link })), 'Keep');
      pages['/news'] = pageOf('The mill opens', [...bridge, 'Snow fell on the mill all night, said Wenzel Proch.']);
      const kept = await messageOf(ada.press(await messageOf(ada.command('article add', { link })), 'Keep'));
      await changing.close();
      expect(textOf(kept)).toContain('Updated: ');
      const answer = await said(ada, 'snow fell on the mill all night');
      expect(answer).toContain('Wenzel Proch');
      expect(answer).toContain('updated');
      await removeArticle(ada, 'The mill opens');
    });
  });

  describe('Apps > Add to library', () => {
    test('offers the links and files of a message one by one', async () => {
      const message = ada.say(`Read ${site.address}/nowhere and <${site.address}/bridge>!`, [
        fileOf('ferry.txt', 'The ferry runs twice as often', [
          '“We carry two hundred an hour,” said Ferryman Jan Kolar.',
          'The landing was widened over the summer.',
          'Fares stay as they are.',
        ]),
      ]);
      const first = await messageOf(ada.use('Add to library', message));
      expect(textOf(first)).toContain('(1 of 3)');
      expect(textOf(first)).toContain('The ferry runs twice as often');
      const second = await messageOf(ada.press(first, 'Keep'));
      expect(textOf(second)).toContain('Saved: ');
      expect(textOf(second)).toContain('There’s no page at that link');
      expect(textOf(second)).toContain('(3 of 3)');
      expect(textOf(await messageOf(ada.press(second, 'Discard')))).toContain('Discarded: ');
      expect(await said(ada, 'we carry two hundred an hour')).toContain('Jan Kolar');
    });

    test('says so if a message has neither', async () => {
      const answer = await messageOf(ada.use('Add to library', ada.say('Good morning')));
      expect(textOf(answer)).toContain('no links or files');
    });
  });

  describe('an answer that takes longer than Discord waits', () => {
    test('a command shows a “thinking” message first', async () => {
      const shown = await messageOf(ada.command('article add', { link: `${site.address}/slow` }));
      expect(textOf(shown)).toContain('Slow news');
      expect(isEphemeral(shown)).toBe(true);
      expect(textOf(await messageOf(ada.press(shown, 'Discard')))).toContain('Discarded: ');
    });

    test('a button updates its message later', async () => {
      const message = ada.say(`${site.address}/bridge ${site.address}/slow`);
      const first = await messageOf(ada.use('Add to library', message));
      const second = await messageOf(ada.press(first, 'Discard'));
      expect(second.id).toBe(first.id);
      const now = () => textOf(ada.sees().find(({ id }) => id === first.id) ?? {});
      await expect.poll(now, { timeout: 10_000 }).toContain('Slow news');
    });
  });

  describe('/article remove', () => {
    test('asks for confirmation, removes, and can be undone', async () => {
      const question = await messageOf(ada.command('article remove', { article: 'Dam at Morva' }));
      expect(textOf(question)).toContain('4 paragraphs');
      expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
      const removed = await messageOf(ada.press(question, 'Remove'));
      expect(textOf(removed)).toContain('Removed: ');
      expect(await said(ada, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
      expect(textOf(await messageOf(ada.command('who is', { name: 'Ilse Brandt' })))).not.toContain('¶1');
      expect(textOf(await messageOf(ada.press(removed, 'Undo')))).toContain('Back in the library');
      expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
    });

    test('can remove the seed article too', async () => {
      const removed = await removeArticle(ada, 'us-china-rome-meeting');
      expect(textOf(removed)).toContain('Removed: ');
      expect(await said(ada, 'ration packs')).not.toContain('CNN');
      await ada.press(removed, 'Undo');
    });
  });

  test('/article export has every article, and can be imported as it is', async () => {
    const answer = await messageOf(ada.command('article export'));
    expect(isEphemeral(answer)).toBe(true);
    const url = answer.attachments[0]?.url ?? '';
    const lines = (await (await fetch(url)).text()).trimEnd().split('\n');
    expect(await listed(ada)).toContain(`${lines.length} articles`);
    const { libraries, end } = await openTestLibraries([]);
    const other = await libraries.open({ kind: 'server', id: '5' });
    for (const line of lines) {
      const reading = parseLine(line);
      if (reading.kind === 'refused') throw new Error(reading.reason);
      await other.add(reading.metadata, reading.text);
    }
    const again: string[] = [];
    for await (const line of other.lines()) again.push(line);
    expect(again).toEqual(lines);
    await end();
  });
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import type { TestStorage } from '../library/test-libraries.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { addFile, bridge, dam, isEphemeral, listed, messageOf, said } from './article-steps.ts';
import { type NewsSite, openNewsSite, pageOf } from './news-site.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

/** Tests that everyone reaches only their own library and can do only what they may. */
export function describeOwners(storage: () => Promise<TestStorage>): void {
  let verbatim: Verbatim;
  let site: NewsSite;
  let ada: Person;

  beforeAll(async () => {
    site = await openNewsSite({
      '/dam': pageOf('Dam at Morva holds', dam),
      '/bridge': pageOf('Bridge shut', bridge),
      '/slow': pageOf('Slow news', [...dam, 'The snow fell slowly.']),
    });
    verbatim = await startVerbatim({ guilds: 2, ...(await storage()) });
    ada = verbatim.playground.person;
    await addFile(ada, 'Dam at Morva holds', dam);
  });
  afterAll(async () => {
    await verbatim.stop();
    await site.close();
  });

  describe('a member without Manage Server', () => {
    let ben: Person;
    beforeAll(() => {
      ben = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
    });

    test('can read', async () => {
      expect(await said(ben, 'the dam at Morva will hold')).toContain('Ilse Brandt');
      expect(await listed(ben)).toContain('Dam at Morva holds');
    });

    test.each([
      ['article add', { link: 'http://example.org/' }],
      ['article add', {}],
      ['article remove', { article: 'Dam at Morva' }],
      ['article export', {}],
    ])('cannot /%s %o', async (path, options) => {
      expect(textOf(await messageOf(ben.command(path, options)))).toContain('Manage Server');
    });

    test('isn’t offered what only managers may do', async () => {
      expect((await ben.command('library erase')).failed).toContain('permission');
      expect((await ben.use('Add to library', ben.say('http://example.org/'))).failed).toContain('permission');
    });

    test('can’t press a manager’s buttons, nor undo', async () => {
      const draft = await messageOf(ada.command('article add', { link: `${site.address}/bridge` }));
      const shown = await messageOf(ben.command('article list'));
      const [keep] = buttonsOf(draft);
      const id = (await messageOf(ada.command('article remove', { article: 'Dam at Morva' }))).components;
      const remove = /"custom_id":"(?<id>R[^"]+)"/v.exec(JSON.stringify(id))?.groups?.id ?? '';
      for (const forged of [keep?.custom_id ?? '', remove, remove.replace('R', 'U')]) {
        const answer = await messageOf(ben.forge(forged, shown));
        expect(textOf(answer)).toMatch(/Manage Server/v);
      }
      expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
    });
  });

  describe('two servers', () => {
    let zoe: Person;
    beforeAll(() => {
      zoe = verbatim.playground.personOf({ name: 'Zoe', where: 1, isManager: true });
    });

    test('never find, complete, list or open each other’s articles', async () => {
      expect(await said(zoe, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
      expect(await listed(zoe)).toContain('1 article in');
      expect(await zoe.autocomplete('article show', 'article', 'Dam at')).toEqual([]);
      expect(await zoe.autocomplete('quote', 'words', 'the dam at Mor')).toEqual([]);
      expect(await zoe.autocomplete('who is', 'name', 'Ilse')).toEqual([]);
    });

    test('don’t open each other’s articles by a forged value or button', async () => {
      const [choice] = await ada.autocomplete('article show', 'article', 'Dam at');
      const value = String(choice?.value);
      for (const path of ['article show', 'article remove', 'summary']) {
        expect(textOf(await messageOf(zoe.command(path, { article: value })))).toContain(
          'don’t have an article called',
        );
      }
      const quote = await messageOf(ada.command('quote', { words: 'the dam at Morva will hold' }));
      const draft = await messageOf(ada.command('article add', { link: `${site.address}/bridge` }));
      const shown = await messageOf(zoe.command('article list'));
      for (const { custom_id: id } of [...buttonsOf(quote), ...buttonsOf(draft)]) {
        const answer = textOf(await messageOf(zoe.forge(id, shown)));
        expect(answer).toContain('has expired');
      }
      for (const deed of ['R', 'U']) {
        const answer = textOf(await messageOf(zoe.forge(deed + value, shown)));
        expect(answer).toMatch(/has expired|can’t be undone any more/v);
      }
      expect(await said(ada, 'the dam at Morva will hold')).toContain('Ilse Brandt');
    });

    test('have no part in direct messages, where the library is the user’s own', async () => {
      const alone = verbatim.playground.personOf({ name: 'Ida', where: 'direct', isManager: false });
      expect(await listed(alone)).toContain('1 article in');
      expect(await addFile(alone, 'Mine', dam)).toContain('Saved: ');
      const { modal } = await alone.command('library erase');
      if (modal === undefined) throw new Error('No form opened');
      await alone.submit(modal, { words: 'my library' });
      expect(await listed(alone)).not.toContain('Mine');
      const other = verbatim.playground.personOf({ name: 'Ulf', where: 'direct', isManager: false });
      expect(await listed(other)).toContain('1 article in');
    });

    test('/library erase leaves nothing of this library, once its name is typed, and all of the other', async () => {
      await addFile(zoe, 'Ours', bridge);
      const ask = async () => {
        const { modal } = await zoe.command('library erase');
        if (modal === undefined) throw new Error('No form opened');
        return modal;
      };
      const wrong = await messageOf(zoe.submit(await ask(), { words: 'Newsroom' }));
      expect(textOf(wrong)).toContain('Nothing was erased');
      expect(await listed(zoe)).toContain('Ours');
      const right = await messageOf(zoe.submit(await ask(), { words: 'Newsroom 2' }));
      expect(textOf(right)).toContain('Everything was erased');
      expect(await listed(zoe)).not.toContain('Ours');
      expect(await said(zoe, 'the bridge stays closed until')).not.toContain('Petra Lind');
      expect(await listed(ada)).toContain('Dam at Morva holds');
    });
  });

  describe('a user who installed the bot, in a server that hasn’t', () => {
    let eva: Person;
    beforeAll(() => {
      eva = verbatim.playground.personOf({ name: 'Eva', where: 0, isManager: false, installedBy: 'person' });
    });

    test('has a library of their own, not the server’s', async () => {
      expect(await said(eva, 'the dam at Morva will hold')).not.toContain('Ilse Brandt');
      expect(await addFile(eva, 'Bread by the river', bridge)).toContain('Saved: ');
      expect(await said(eva, 'nobody has told the shopkeepers')).toContain('Karl Osten');
      expect(await said(ada, 'nobody has told the shopkeepers')).not.toContain('Karl Osten');
    });

    test('is its only user: others who press its buttons reach nothing of it', async () => {
      const answer = await messageOf(eva.command('quote', { words: 'nobody has told the shopkeepers' }));
      const tom = verbatim.playground.personOf({ name: 'Tom', where: 0, isManager: true, installedBy: 'person' });
      const pressed = await messageOf(tom.press(answer, 'Context'));
      expect(textOf(pressed)).toContain('Only the person who asked');
      expect(textOf(await messageOf(eva.press(answer, 'Context')))).toContain('ferry');
    });

    test('is the only one whose presses count, so others don’t show their own library to everyone', async () => {
      const tom = verbatim.playground.personOf({ name: 'Tom', where: 0, isManager: false, installedBy: 'person' });
      for (const [person, title] of [
        [eva, 'Hers'],
        [tom, 'His'],
      ] as const) {
        const library = await verbatim.libraries.open({ kind: 'person', id: person.id });
        for (let at = 1; at <= 9; at += 1) {
          await library.add({ ...UNKNOWN_METADATA, title: `${title} ${at}` }, `${title}, part ${at}.`, undefined);
        }
      }
      const list = await messageOf(eva.command('article list'));
      const [seed] = await eva.autocomplete('article show', 'article', '');
      const article = await messageOf(eva.command('article show', { article: String(seed?.value) }));
      for (const [message, label] of [
        [list, 'Next'],
        [list, 'Delete answer'],
        [article, 'Ask about this article'],
      ] as const) {
        const { message: answer, modal, updated } = await tom.press(message, label);
        expect({ modal, updated }, label).toEqual({ modal: undefined, updated: false });
        expect(answer && isEphemeral(answer), label).toBe(true);
        expect(answer && textOf(answer), label).toContain('Only the person who asked');
      }
      const turned = await eva.press(list, 'Next');
      expect(turned.updated).toBe(true);
      expect(turned.message && textOf(turned.message)).toContain('Hers 1');
      expect((await eva.press(article, 'Ask about this article')).modal).toBeDefined();
    });
  });
}

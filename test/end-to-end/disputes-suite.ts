import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import type { TestStorage } from '../library/test-libraries.ts';
import { buttonsOf, idOf, labelsIn, menuIn, quotedLines, textOf } from '../replies/read-reply.ts';
import { addFile, bridge, dam, isEphemeral, messageOf } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

const tram = Array.from(
  { length: 12 },
  (_, at) => `“Tram number ${at + 1} runs again from spring,” said Ada Vance, the driver.`,
);

/** Tests what becomes of a report that somebody else said something. */
export function describeDisputes(storage: () => Promise<TestStorage>): void {
  let verbatim: Verbatim;
  let manager: Person;
  let member: Person;
  let place: TestStorage;

  const start = async () => {
    verbatim = await startVerbatim({ guilds: 2, ...place });
    manager = verbatim.playground.person;
    member = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
  };
  beforeAll(async () => {
    place = await storage();
    await start();
    for (const [title, text] of Object.entries({ Dam: dam, Bridge: bridge, Tram: tram })) {
      expect(await addFile(manager, title, text)).toContain('Saved:');
    }
  });
  afterAll(() => verbatim.stop());

  const asked = async (person: Person, path: string, options: Readonly<Record<string, string>>) =>
    await messageOf(person.command(path, options));
  const quoted = (words: string, person = member) => asked(person, 'quote', { words });
  const reported = async (words: string, person = member) =>
    await messageOf(person.press(await quoted(words, person), 'Wrong speaker'));
  const decide = async (name: string) => {
    const reports = await messageOf(manager.command('library reports'));
    return await messageOf(manager.press(reports, name));
  };

  test('until it is decided, the speaker is unclear everywhere', async () => {
    const answer = await reported('We have not slept');
    expect(isEphemeral(answer)).toBe(true);
    expect(textOf(answer)).toContain('treat the speaker as unclear');
    expect(labelsIn(answer)).toEqual([]);
    const again = await quoted('We have not slept');
    expect(textOf(again)).toContain('Reported as the wrong speaker');
    expect(quotedLines(again)).toEqual([dam[2]]);
    expect(textOf(again)).not.toMatch(/### Tomas Havel/v);
    expect(textOf(await asked(member, 'who said', { words: 'We have not slept' }))).not.toMatch(/### Tomas Havel/v);
    expect(textOf(await asked(member, 'who is', { name: 'Tomas Havel' }))).toContain('only mentioned');
    expect(textOf(await asked(member, 'timeline', { speaker: 'Tomas Havel' }))).toContain('No quotes by');
    expect(textOf(await asked(member, 'compare', { a: 'Tomas Havel', b: 'Karl Osten' }))).toContain('No quotes by');
    expect(textOf(await asked(member, 'speakers', { article: 'Dam' }))).toMatch(/Speaker unclear|unclear/v);
    expect(textOf(await asked(member, 'speakers', {}))).not.toContain('Tomas Havel');
    const check = await asked(member, 'check', { words: 'We have not slept for three nights', speaker: 'Tomas Havel' });
    expect(textOf(check)).not.toContain('### Exact');
    expect(textOf(await reported('We have not slept'))).toMatch(/expired|already reported/v);
  });

  test('whoever manages the library sees the passage, its context and who it was taken for, and decides', async () => {
    const reports = await messageOf(manager.command('library reports'));
    expect(isEphemeral(reports)).toBe(true);
    expect(textOf(reports)).toContain('I credited it to **Tomas Havel**.');
    expect(textOf(reports)).toContain(`<@${member.id}>`);
    expect(textOf(reports)).toContain('moved their cattle');
    expect(quotedLines(reports)).toContain(dam[2]);
    expect(menuIn(reports)?.options.map(({ label }) => label)).toEqual([
      'Tomas Havel',
      'Ilse Brandt',
      'Nobody I can name',
    ]);
    expect((await member.command('library reports')).failed).toContain('permission');
    expect(textOf(await decide('Ilse Brandt'))).toMatch(/^Saved: \*\*Ilse Brandt\*\* said it\.\nThere are no reports/v);
    const quote = await quoted('We have not slept');
    expect(textOf(quote)).toContain('### Ilse Brandt');
    expect(textOf(quote)).toContain('Checked by someone who manages this library.');
    expect(textOf(await asked(member, 'timeline', { speaker: 'Ilse Brandt' }))).toContain('We have not slept');
  });

  test('a manager may decide again, and at once', async () => {
    const again = await reported('We have not slept', manager);
    expect(textOf(again)).toContain('already decided');
    expect(textOf(await messageOf(manager.press(again, 'Tomas Havel')))).toContain('**Tomas Havel** said it');
    expect(textOf(await quoted('We have not slept'))).toContain('### Tomas Havel');
    const own = await reported('Nobody has told the shopkeepers', manager);
    expect(textOf(await messageOf(manager.press(own, 'Nobody I can name')))).toContain('stays unclear');
    expect(textOf(await quoted('Nobody has told the shopkeepers'))).toContain('unclear who said this');
    expect(textOf(await reported('We have not slept'))).toContain('already decided');
  });

  test('decisions survive a restart', async () => {
    if (place.libraryFolder === undefined && place.databaseUrl === undefined) return;
    await verbatim.stop();
    await start();
    expect(textOf(await quoted('Nobody has told the shopkeepers'))).toContain('unclear who said this');
  });

  test('a line is posted where /settings says, with a button for managers', async () => {
    const channel = verbatim.playground.channels.first(0);
    const messages = () => verbatim.playground.channels.messages(channel);
    expect(textOf(await asked(manager, 'settings', { reports: channel }))).toContain(`posted in <#${channel}>`);
    await reported('The bridge stays closed');
    const isPost = (message: APIMessage) => labelsIn(message).includes('Decide');
    await expect.poll(() => messages().filter(isPost), { interval: 100, timeout: 20_000 }).toHaveLength(1);
    const [post] = messages().filter(isPost);
    if (post === undefined) return expect.fail('not posted');
    expect(textOf(post)).toContain('I credited it to **Petra Lind**.');
    expect(quotedLines(post)).toEqual([bridge[0]]);
    expect([post.mention_everyone, post.mentions]).toEqual([false, []]);
    expect(textOf(await messageOf(member.press(post, 'Decide')))).toContain('Manage Server');
    const opened = await messageOf(manager.press(post, 'Decide'));
    expect(isEphemeral(opened)).toBe(true);
    expect(textOf(await messageOf(manager.press(opened, 'Petra Lind')))).toContain('said it');
    expect(textOf(await quoted('The bridge stays closed'))).toContain('### Petra Lind');
  });

  test('a person reports ten a day, whoever manages the library more', async () => {
    const busy = verbatim.playground.personOf({ name: 'Cy', where: 0, isManager: false });
    const outcomes: string[] = [];
    for (const at of tram.keys()) outcomes.push(textOf(await reported(`Tram number ${at + 1} runs again`, busy)));
    expect(outcomes.filter(text => text.includes('treat the speaker as unclear'))).toHaveLength(10);
    expect(outcomes.filter(text => text.includes('10 quotes in the last 24 hours'))).toHaveLength(2);
    const reports = await messageOf(manager.command('library reports'));
    expect(buttonsOf(reports).map(({ label }) => label)).toEqual(['Previous', '1 / 10', 'Next']);
    const next = await messageOf(manager.press(reports, 'Next'));
    expect(next.id).toBe(reports.id);
    expect(buttonsOf(next)[1]?.label).toBe('2 / 10');
    expect(textOf(await decide('Ada Vance'))).toContain('**Ada Vance** said it');
  });

  test('a manager whose report another one has decided meanwhile sees that first, and may still change it', async () => {
    const late = await messageOf(manager.command('library reports'));
    expect(textOf(await decide('Ada Vance'))).toContain('**Ada Vance** said it');
    const shown = await messageOf(manager.press(late, 'Nobody I can name'));
    expect(textOf(shown)).toContain('already decided');
    expect(textOf(shown)).toContain('### Ada Vance');
    expect(textOf(await messageOf(manager.press(shown, 'Nobody I can name')))).toContain('stays unclear');
  });

  test('forged ids decide nothing: others’ articles, members, and who isn’t in the article', async () => {
    const elsewhere = verbatim.playground.personOf({ name: 'Zoe', where: 1, isManager: true });
    const seed = await asked(elsewhere, 'quote', { words: 'open lines of communication' });
    const quote = await quoted('The dam at Morva will hold');
    const wrong = idOf(quote, 'Wrong speaker');
    const reports = await messageOf(manager.command('library reports'));
    const choice = idOf(reports, 'Ada Vance');
    for (const id of [wrong, choice, `V${choice.slice(1, 15)}`]) {
      expect(textOf(await messageOf(elsewhere.forge(id, seed))), id).toContain('has expired');
    }
    expect(textOf(await messageOf(member.forge(choice, quote)))).toContain('Manage Server');
    for (const id of [`O${choice.slice(1, 15)}AAAAAAAF`, `O${choice.slice(1, 7)}AAAAAAAF`, `O${'A'.repeat(14)}`]) {
      expect(textOf(await messageOf(manager.forge(id, quote))), id).toContain('has expired');
    }
    for (const id of ['W', 'Wabc', `W${'-'.repeat(13)}`, 'O', 'V-1', `V${'9'.repeat(7)}`]) {
      expect((await manager.forge(id, quote)).ephemeral, id).toBe(true);
    }
    expect(textOf(await messageOf(manager.forge('V999999', quote)))).toContain('Wrong speaker?');
    expect(textOf(await quoted('The dam at Morva will hold'))).toContain('### Ilse Brandt');
  });
}

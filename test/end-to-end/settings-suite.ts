import { type APIMessage, ComponentType } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { ACCENTS } from '../../src/replies/reply.ts';
import { traditional } from '../../src/wording/zh-TW.ts';
import type { TestStorage } from '../library/test-libraries.ts';
import { buttonsOf, labelsIn, textOf } from '../replies/read-reply.ts';
import { isEphemeral, messageOf } from './article-steps.ts';
import { startVerbatim, type Verbatim } from './start-verbatim.ts';

const quote = { words: 'open lines of communication' };
const blurple = 0x5865f2;

/** Commands whose answers may be public. */
const shown = [
  ['quote', quote],
  ['who said', quote],
  ['who is', { name: 'CNN' }],
  ['summary', {}],
  ['speakers', {}],
  ['random', {}],
  ['card', { words: 'reflecting the gravity of the moment' }],
  ['check', { words: 'I suppose it depends on how you define success' }],
  ['article list', {}],
  ['article show', { article: 'Rome' }],
] as const;

function accentOf({ components }: APIMessage): number | null | undefined {
  const [container] = components ?? [];
  return container?.type === ComponentType.Container ? container.accent_color : undefined;
}

/** Tests what a server's manager sets for all answers there. */
export function describeSettings(storage: () => Promise<TestStorage>): void {
  let verbatim: Verbatim;
  let ada: Person;
  let ben: Person;

  const set = async (options: Readonly<Record<string, string>>, person = ada) =>
    await messageOf(person.command('settings', options));

  beforeAll(async () => {
    verbatim = await startVerbatim({ guilds: 2, ...(await storage()) });
    ada = verbatim.playground.person;
    ben = verbatim.playground.personOf({ name: 'Ben', where: 0, isManager: false });
  });
  afterAll(() => verbatim.stop());

  test('shows the settings, at first the defaults, to those who may use them', async () => {
    const message = await set({});
    expect(isEphemeral(message)).toBe(true);
    expect(textOf(message)).toMatch(/visible to everyone[\s\S]*each person’s own[\s\S]*\*\*none\*\*/v);
    expect((await ben.command('settings')).failed).toContain('permission');
  });

  test('answers are visible only to the person asking, unless the command says otherwise', async () => {
    const saved = textOf(await set({ answers: 'private' }));
    expect(saved).toMatch(/Saved[\s\S]*visible only to the person asking/v);
    expect(saved).not.toContain('Language');
    for (const [path, options] of shown) {
      expect(isEphemeral(await messageOf(ben.command(path, options))), path).toBe(true);
      expect(isEphemeral(await messageOf(ben.command(path, { ...options, private: false }))), path).toBe(false);
    }
    expect(textOf(await set({}))).toContain('visible only to the person asking');
  });

  test('a button’s answer is as visible as its message, and Share makes it public', async () => {
    const hidden = await messageOf(ben.command('quote', quote));
    const page = await ben.press(hidden, 'Next');
    expect([page.updated, page.ephemeral]).toEqual([true, true]);
    expect(isEphemeral(await messageOf(ben.press(hidden, 'Card')))).toBe(true);
    expect(isEphemeral(await messageOf(ben.press(hidden, 'Share')))).toBe(false);
    const open = await messageOf(ben.command('quote', { ...quote, private: false }));
    expect(isEphemeral(await messageOf(ada.press(open, 'Card')))).toBe(false);
  });

  test('answers are public again, unless the command says otherwise', async () => {
    await set({ answers: 'public' });
    expect(isEphemeral(await messageOf(ben.command('quote', quote)))).toBe(false);
    expect(isEphemeral(await messageOf(ben.command('quote', { ...quote, private: true })))).toBe(true);
  });

  test('the accent colour replaces all colours that aren’t warnings', async () => {
    expect(accentOf(await messageOf(ben.command('quote', quote)))).toBe(ACCENTS.sure);
    expect(accentOf(await set({ accent: '#5865f2' }))).toBe(blurple);
    const message = await messageOf(ben.command('quote', quote));
    expect(accentOf(message)).toBe(blurple);
    expect(accentOf(await messageOf(ben.press(message, 'Next')))).toBe(ACCENTS.likely);
    expect(accentOf(await messageOf(ben.press(message, 'Previous')))).toBe(blurple);
    expect(accentOf(await messageOf(ben.command('summary')))).toBe(blurple);
    expect(accentOf(await messageOf(ben.command('help')))).toBe(blurple);
    expect(accentOf(await messageOf(ben.command('quote', { words: 'xylophone' })))).toBe(ACCENTS.unclear);
    expect(textOf(await set({}))).toContain('#5865F2');
    expect(accentOf(await set({ accent: 'None' }))).toBe(ACCENTS.article);
    expect(accentOf(await messageOf(ben.command('quote', quote)))).toBe(ACCENTS.sure);
  });

  test.each([
    ['beige', 'I don’t recognise “beige” as a colour'],
    ['#12345', '\\#12345” as a colour'],
    ['#d9922e', '#D9922E is too close to the amber and grey'],
  ])('%s is refused as an accent colour, and nothing changes', async (accent, sentence) => {
    const message = await set({ accent, answers: 'private' });
    expect(textOf(message)).toContain(sentence);
    expect(textOf(await set({}))).toMatch(/visible to everyone[\s\S]*\*\*none\*\*/v);
  });

  test('colours have completion by name and by digits', async () => {
    const names = async (typed: string) =>
      (await ada.autocomplete('settings', 'accent', typed)).map(({ name, value }) => [name, value]);
    expect(await names('bl')).toEqual([
      ['Blurple · #5865F2', '#5865F2'],
      ['Blue · #3498DB', '#3498DB'],
      ['Black · #000000', '#000000'],
    ]);
    expect(await names('58f')).toEqual([['#5588FF', '#5588FF']]);
    expect(await names('NONE')).toEqual([['none: my own colours', 'none']]);
    expect(textOf(await set({ accent: 'Blue' }))).toContain('#3498DB');
    await set({ accent: 'none' });
  });

  test('a language applies to everyone, until it is reset', async () => {
    expect(textOf(await set({ language: 'zh-TW' }))).toContain('這裡的所有人都用**繁體中文**');
    expect(textOf(await set({}))).toContain('### 這個伺服器的設定');
    const message = await messageOf(ben.command('quote', { ...quote, private: true }));
    expect(labelsIn(message)).toContain(traditional['button.share']);
    const shared = await messageOf(ben.press(message, traditional['button.share']));
    expect(labelsIn(shared)).toContain(traditional['button.delete']);
    const check = await messageOf(ben.command('check', { words: 'ration packs', private: true }));
    const sharedCheck = await messageOf(ben.press(check, traditional['button.share']));
    expect(buttonsOf(sharedCheck).map(({ label }) => label)).toEqual([traditional['button.delete']]);
    await set({ language: 'own' });
    expect(textOf(await set({}))).toContain('### Settings of this server');
  });

  test('another server and a user’s own library have separate settings, which erasing deletes', async () => {
    await set({ answers: 'private', accent: 'red' });
    const zoe = verbatim.playground.personOf({ name: 'Zoe', where: 1, isManager: true });
    const ida = verbatim.playground.personOf({ name: 'Ida', where: 'direct', isManager: false });
    for (const person of [zoe, ida]) {
      const message = await messageOf(person.command('quote', quote));
      expect([isEphemeral(message), accentOf(message)]).toEqual([false, ACCENTS.sure]);
    }
    expect(textOf(await set({ answers: 'private' }, ida))).toContain('Saved');
    expect(textOf(await set({}, ida))).toContain('### Settings of your library');
    const hidden = await messageOf(ida.command('quote', quote));
    expect(isEphemeral(hidden)).toBe(true);
    expect(labelsIn(hidden)).toContain('Share');
    const { modal } = await ida.command('library erase');
    if (modal === undefined) throw new Error('No form opened');
    await ida.submit(modal, { words: 'my library' });
    expect(isEphemeral(await messageOf(ida.command('quote', quote)))).toBe(false);
    expect(isEphemeral(await messageOf(ben.command('quote', quote)))).toBe(true);
  });
}

/** Expects that settings survive a restart, in storage that lasts. */
export async function expectSettingsKept(storage: TestStorage): Promise<void> {
  const before = await startVerbatim(storage);
  await messageOf(before.playground.person.command('settings', { answers: 'private', accent: '#123456' }));
  await before.stop();
  const after = await startVerbatim(storage);
  const message = await messageOf(after.playground.person.command('quote', quote));
  expect([isEphemeral(message), accentOf(message)]).toEqual([true, 0x123456]);
  await after.stop();
}

import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { commands } from '../../src/commands/index.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { menuIn, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const context = await contextOf([buildSeed()]);
const paths = commands.flatMap(({ advice }) => advice.map(({ path }) => path));

test('the help names every command once, with what it does', async () => {
  for (const language of LANGUAGES) {
    const say = sayIn(language);
    const overview = await ask({ ...context, say }, 'help');
    expect(refusalOf(overview)).toBeUndefined();
    const lines = textOf(overview).split('\n');
    const named = [...textOf(overview).matchAll(/^- <\/(?<path>[a-z ]+):\d+>/gmv)].map(({ groups }) => groups?.path);
    expect(named.toSorted()).toEqual(paths.toSorted());
    expect(lines.find(line => line.startsWith('- </check:'))).toContain(` ${say('command.check.does')}`);
    expect(textOf(overview)).not.toContain('`/');
  }
});

test('names only what somebody may use', async () => {
  const member = { ...context, user: { ...context.user, mayChange: false } };
  const text = textOf(await ask(member, 'help'));
  for (const path of ['quote', 'article list', 'article show', 'check']) expect(text).toContain(`</${path}:`);
  for (const path of ['article add', 'article remove', 'article export', 'library', 'feed', 'settings']) {
    expect(text).not.toContain(`</${path}`);
  }
  expect(text).not.toContain('Add to library');
  const entries = menuIn(await ask(member, 'help'))?.options ?? [];
  expect(entries.map(({ label }) => label)).not.toContain('/article add');
});

test('its menu explains one command at a time, in the same message', async () => {
  const entries = menuIn(await ask(context, 'help'))?.options ?? [];
  expect(entries).toHaveLength(paths.length);
  const card = entries.find(({ label }) => label === '/card');
  const { kind, reply } = await answerComponent(card?.value ?? '', { ...context, isPrivate: true });
  expect([kind, isPrivate(reply)]).toEqual(['update', true]);
  expect(refusalOf(reply)).toBeUndefined();
  expect(textOf(reply)).toContain('Try `/card words:');
  expect(textOf(reply)).not.toContain('/quote');
  expect(menuIn(reply)?.options).toEqual(entries);
});

test('a forged entry for no command is stale', async () => {
  expect(textOf((await answerComponent('Hno such', { ...context, isPrivate: true })).reply)).toContain(
    'That button has expired',
  );
});

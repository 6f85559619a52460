import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { commands } from '../../src/commands/index.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { menuIn, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const context = await contextOf([buildSeed()]);
const paths = commands.flatMap(({ advice }) => advice.map(({ path }) => path));

test('the help opens with an overview that names every command once and explains none', async () => {
  const overview = await ask(context, 'help');
  expect(refusalOf(overview)).toBeUndefined();
  const named = [...textOf(overview).matchAll(/<\/(?<path>[a-z ]+):\d+>/gv)].map(({ groups }) => groups?.path);
  expect(named.toSorted()).toEqual(paths.toSorted());
  expect(textOf(overview)).not.toContain('Try `');
  expect(textOf(overview).length).toBeLessThan(1500);
});

test('its menu explains one command at a time, in the same message', async () => {
  const entries = menuIn(await ask(context, 'help'))?.options ?? [];
  expect(entries).toHaveLength(paths.length);
  const card = entries.find(({ label }) => label === '/card');
  const { kind, reply } = await answerComponent(card?.value ?? '', true, context);
  expect([kind, isPrivate(reply)]).toEqual(['update', true]);
  expect(refusalOf(reply)).toBeUndefined();
  expect(textOf(reply)).toContain('Try `/card words:');
  expect(textOf(reply)).not.toContain('/quote');
  expect(menuIn(reply)?.options).toEqual(entries);
});

test('a forged entry for no command is stale', async () => {
  expect(textOf((await answerComponent('Hno such', true, context)).reply)).toContain('That button has expired');
});

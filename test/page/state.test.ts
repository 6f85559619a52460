import { expect, test } from 'vitest';
import type { Message } from '../../playground/page/discord.ts';
import { receive, type State } from '../../playground/page/state.ts';

const author = { id: '1', username: 'ada' };
const message = (id: string, content: string): Message => ({ id, author, content, timestamp: '2026-01-01T00:00:00Z' });
const state: State = {
  guild: { id: '1', name: 'Newsroom' },
  channel: { id: '2', name: 'general' },
  user: author,
  roles: [],
  servers: [],
  members: [],
  bot: { user: { id: '3', username: 'verbatim' }, online: false },
  commands: [],
  hidden: [],
  messages: [message('10', 'a'), message('11', 'b')],
};
const contents = ({ messages }: State) => messages.map(({ content }) => content);

test('an update keeps the position of its message', () => {
  expect(contents(receive(state, { t: 'update', message: message('10', 'c') }))).toEqual(['c', 'b']);
});

test('a message that arrives twice is shown once, and an update may arrive before its message', () => {
  const once = receive(state, { t: 'update', message: message('12', 'c') });
  expect(contents(receive(once, { t: 'message', message: message('12', 'd') }))).toEqual(['a', 'b', 'd']);
});

test('a deleted message is gone; deleting an unknown one changes nothing', () => {
  expect(contents(receive(state, { t: 'delete', id: '10' }))).toEqual(['b']);
  expect(contents(receive(state, { t: 'delete', id: '99' }))).toEqual(['a', 'b']);
});

test('the bot connects and disconnects, commands are replaced', () => {
  const command = { id: '1', name: 'quote', description: '' };
  const feed = { id: '2', name: 'feed', description: '' };
  const next = receive(receive(state, { t: 'bot', online: true }), {
    t: 'commands',
    commands: [command],
    hidden: [feed],
  });
  expect(next.bot.online).toBe(true);
  expect([next.commands, next.hidden]).toEqual([[command], [feed]]);
});

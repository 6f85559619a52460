import { InteractionContextType, PermissionFlagsBits } from 'discord.js';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { RateLimiter } from '../../src/commands/rate-limit.ts';
import { requestContext } from '../../src/discord/request-context.ts';
import { DEFAULT_SETTINGS } from '../../src/library/store/library-settings.ts';
import { refuse } from '../../src/reading/reading.ts';
import { message } from '../../src/wording/say.ts';
import { ask } from '../commands/ask.ts';
import { openTestLibraries } from '../library/test-libraries.ts';
import { textOf } from '../replies/read-reply.ts';

const { libraries, end } = await openTestLibraries([]);
afterAll(end);

const nothing = () => Promise.resolve(refuse(message('reading.no-link')));
const services = {
  commands,
  log: pino({ level: 'silent' }),
  libraries,
  rateLimiter: new RateLimiter(),
  reader: { link: nothing, file: nothing, feed: nothing, outline: nothing },
  drawer: { draw: () => Promise.reject(new Error('Nothing is drawn')) },
  commandIds: new Map(),
  hearsMessages: true,
};

test.each([
  [true, PermissionFlagsBits.SendMessages, '**Send Messages in Threads**'],
  [true, PermissionFlagsBits.SendMessagesInThreads, undefined],
  [false, PermissionFlagsBits.SendMessages, undefined],
  [false, PermissionFlagsBits.SendMessagesInThreads, '**Send Messages**'],
])('a command in a thread (%s) names what the bot lacks there', async (isThread, allowed, missing) => {
  const asker = {
    user: { id: '2' },
    locale: 'en-US',
    guildId: '1',
    guild: null,
    channelId: '5',
    channel: { isThread: () => isThread },
    context: InteractionContextType.Guild,
    authorizingIntegrationOwners: { guildId: '1' },
    memberPermissions: null,
    appPermissions: { bitfield: PermissionFlagsBits.ViewChannel | allowed },
  };
  const text = textOf(await ask(await requestContext(asker, services, DEFAULT_SETTINGS, false).open(), 'help'));
  if (missing === undefined) expect(text).not.toContain('I can’t answer mentions');
  else expect(text).toContain(`until I’m given ${missing}.`);
});

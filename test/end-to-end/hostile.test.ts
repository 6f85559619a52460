import { expect, test } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { startPlayground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import { times } from '../depth.ts';
import { startRunningBot } from '../discord/running-bot.ts';
import { fc } from '../fast-check.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { messageOf, said } from './article-steps.ts';
import { forgedInteraction } from './forged-interactions.ts';
import { anyPort } from './start-verbatim.ts';

const atOnce = 10;

/** Returns ids of all kinds of buttons in answers. */
async function idsOffered(person: Person): Promise<readonly string[]> {
  const asked = [
    person.command('quote', { words: 'open lines of communication' }),
    person.command('who said', { words: 'ration packs' }),
    person.command('who is', { name: 'the official' }),
    person.command('summary'),
    person.command('article list'),
  ];
  const shown = await Promise.all(asked.map(messageOf));
  return shown.flatMap(message => buttonsOf(message).map(({ custom_id }) => custom_id));
}

test('any interaction is answered or refused cleanly, with nothing that Discord would refuse', async () => {
  const playground = await startPlayground({ port: anyPort, folder: undefined, guilds: 3 });
  const { bot, logged } = await startRunningBot(commands, playground);
  const people = Array.from({ length: 30 }, (_, order) =>
    playground.personOf({
      name: `P${order}`,
      where: order % 4 === 3 ? 'direct' : order % 4,
      isManager: order % 2 === 0,
    }),
  );
  const { person } = playground;
  const one = fc.record({ forged: forgedInteraction(await idsOffered(person)), who: fc.nat(29) });
  const batch = fc.array(one, { minLength: atOnce, maxLength: atOnce });
  await fc.assert(
    fc.asyncProperty(batch, async all => {
      const before = playground.refusals.length;
      // The playground keeps only the last messages, and components belong to one.
      const under = await messageOf(person.command('help'));
      const answers = await Promise.all(all.map(({ forged, who }) => people[who]?.send(forged(under))));
      expect(answers.map(answer => answer?.failed)).toEqual(all.map(() => undefined));
      expect(playground.refusals.slice(before)).toEqual([]);
    }),
    { numRuns: times(40, 1000) },
  );
  expect(await said(person, 'ration packs')).toContain('CNN');
  expect(textOf(await messageOf(person.command('help')))).toContain('/quote');
  await bot.stop();
  await playground.close();
  expect(
    logged()
      .split('\n')
      .filter(line => /"level":[456]0/v.test(line)),
  ).toEqual([]);
});

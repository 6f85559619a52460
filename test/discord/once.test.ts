import { setTimeout as pause } from 'node:timers/promises';
import { SlashCommandBuilder } from '@discordjs/builders';
import { describe, type TestContext, test } from 'vitest';
import type { Fault } from '../../playground/faults.ts';
import type { Person } from '../../playground/person.ts';
import type { Playground } from '../../playground/playground.ts';
import type { Command } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/index.ts';
import { usableEverywhere } from '../../src/commands/options.ts';
import { sendOnce } from '../../src/discord/send-once.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { DEFAULT_SETTINGS, type LibrarySettings } from '../../src/library/store/library-settings.ts';
import { ACCENTS, reply } from '../../src/replies/reply.ts';
import { message, sayIn } from '../../src/wording/say.ts';
import { textOf } from '../replies/read-reply.ts';
import { late, lateCommand, type StubbedBot, startStubbedBot } from './stubbed-bot.ts';

const unsure = sayIn('en')('answering.unsure');
/** Each call of this route creates one more message. */
const further = 'POST /webhooks';

const parts: Command = {
  builder: usableEverywhere(new SlashCommandBuilder()).setName('parts').setDescription('For the test'),
  advice: [],
  run: () => Promise.resolve(inParts()),
};

async function* inParts() {
  for (const text of ['One', 'Two', 'Three']) {
    yield await Promise.resolve(reply({ accent: ACCENTS.article, texts: [text], private: false }));
  }
}

/** A bot of one test: they run at once, since late answers take seconds. */
interface Started {
  /** Of the test, since there are several at a time. */
  readonly expect: TestContext['expect'];
  readonly bot: StubbedBot;
  readonly playground: Playground;
  readonly person: Person;
  readonly heard: () => readonly string[];
  /** Waits until this many interactions are answered and logged. */
  readonly answered: (count: number) => Promise<void>;
}

async function start(
  { expect, onTestFinished }: TestContext,
  read: () => Promise<LibrarySettings> = () => Promise.resolve(DEFAULT_SETTINGS),
): Promise<Started> {
  const own = [lateCommand('hush', 'who asks'), lateCommand('slow', 'as announced'), parts];
  const bot = await startStubbedBot([...commands, ...own], () => ({ choices: read }));
  onTestFinished(() => bot.end());
  const { playground } = bot;
  const { person } = playground;
  const answered = async (count: number) => {
    await expect.poll(() => bot.logged().match(/"result":/gv)?.length).toBe(count);
  };
  return { expect, bot, playground, person, heard: () => person.sees().map(textOf), answered };
}

describe.concurrent('a private answer after a public “thinking” message:', () => {
  test.for<readonly [Fault, readonly string[]]>([
    ['lost', ['Late', unsure]],
    ['reset', [unsure]],
    ['500', [unsure]],
    ['502', [unsure]],
    ['302', [unsure]],
    ['closed', ['Late', unsure]],
    ['cut', ['Late', unsure]],
    ['429', ['Late']],
  ])('%s', async ([fault, expected], own) => {
    const { answered, expect, heard, person, playground } = await start(own);
    playground.faults.next(fault, { route: further });
    await person.command('hush');
    await answered(1);
    expect(heard()).toEqual(expected);
  });

  test('if the warning that it may be missing is lost too, it is shown once', async own => {
    const { answered, expect, heard, person, playground } = await start(own);
    playground.faults.next('lost', { route: further, times: 2 });
    await person.command('hush');
    await answered(1);
    expect(heard()).toEqual(['Late', unsure]);
  });

  test('the reply to deleting the “thinking” message is lost: the answer comes', async own => {
    const { answered, expect, heard, person, playground } = await start(own);
    playground.faults.next('lost', { route: 'DELETE /webhooks' });
    await person.command('hush');
    await answered(1);
    expect(heard()).toEqual(['Late']);
  });
});

describe.concurrent.each<Fault>(['302', '429', '500', '502', 'closed', 'cut', 'lost', 'reset'])(
  'whatever happens to requests that can be repeated: %s',
  fault => {
    test('an answer replaces the “thinking” message', async own => {
      const { answered, bot, expect, heard, person, playground } = await start(own);
      playground.faults.next(fault, { route: 'callback' });
      playground.faults.next(fault, { route: 'PATCH /webhooks' });
      await person.command('slow');
      await answered(1);
      expect([heard(), playground.faults.met]).toEqual([['Late'], 2]);
      expect(bot.logged()).toContain('"result":"answered"');
    });

    test('an answer comes at once, is changed, shared and deleted', async own => {
      const { answered, bot, expect, heard, person, playground } = await start(own);
      const oneIsIn = async (act: () => Promise<unknown>) => {
        const before = person.sees().map(({ id }) => id);
        playground.faults.next(fault, { route: 'callback' });
        await act();
        acts += 1;
        await answered(acts);
        return person.sees().filter(({ id }) => !before.includes(id));
      };
      let acts = 0;
      const [shown = expect.fail('no answer')] = await oneIsIn(() => person.command('random', { private: true }));
      const old = heard();
      expect(await oneIsIn(() => person.press(shown, 'Context'))).toEqual([]);
      expect(heard()).not.toEqual(old);
      const [shared = expect.fail('not shared'), ...more] = await oneIsIn(() => person.press(shown, 'Share'));
      expect(more).toEqual([]);
      playground.faults.next(fault, { route: 'DELETE /webhooks' });
      expect(await oneIsIn(() => person.press(shared, 'Delete answer'))).toEqual([]);
      expect(person.sees().map(({ id }) => id)).toEqual([shown.id]);
      expect([bot.logged().match(/"result":"answered"/gv)?.length, playground.faults.met]).toEqual([4, 5]);
    });
  },
);

test.concurrent('a 429 is repeated as soon as Discord says, not after the whole seconds of its header', async own => {
  const { expect, playground } = await start(own);
  const address = `${playground.apiUrl}/v10/users/@me`;
  const exactly = async (fault: Fault, milliseconds: number) => {
    playground.faults.next(fault, { route: 'GET /users/@me', milliseconds });
    const { status, headers } = await sendOnce(address, {});
    return [status, headers.get('retry-after')];
  };
  expect(await exactly('429', 250)).toEqual([429, '0.25']);
  expect(await exactly('429', 64_570)).toEqual([429, '64.57']);
  expect(await exactly('500', 250)).toEqual([500, null]);
});

test.concurrent('the reply to the first of several messages is lost: all come, once', async own => {
  const { answered, expect, heard, person, playground } = await start(own);
  playground.faults.next('lost', { route: 'callback' });
  await person.command('parts');
  await answered(1);
  expect(heard()).toEqual(['One', 'Two', 'Three']);
});

test.concurrent('the reply to a later message is lost: the user is told that it may be missing, and nothing comes twice', async own => {
  const { answered, expect, heard, person, playground } = await start(own);
  playground.faults.next('lost', { route: further });
  await person.command('parts');
  await answered(1);
  expect(heard()).toEqual(['One', 'Two', unsure]);
});

test.concurrent('a late message that is shared is shown once', async own => {
  let delay = 0;
  const read = () => pause(delay, DEFAULT_SETTINGS);
  const { answered, expect, heard, person, playground } = await start(own, read);
  const { message } = await person.command('random', { private: true });
  if (message === undefined) throw new Error('no answer');
  delay = late;
  playground.faults.next('lost', { route: further });
  await person.press(message, 'Share');
  await answered(2);
  const [shown, ...more] = heard();
  expect(more).toEqual([shown, unsure]);
});

test.concurrent('an apology replaces the “thinking” message, once', async own => {
  const read = async () => {
    await pause(late);
    throw new StorageError(message('keeping.taken'));
  };
  const { answered, expect, heard, person, playground } = await start(own, read);
  playground.faults.next('lost', { route: 'PATCH /webhooks' });
  await person.command('random', { private: true });
  await answered(1);
  expect(heard()).toEqual([sayIn('en')('keeping.taken')]);
});

test.concurrent('a message that is deleted while its button is at work: nobody is told, and it is no error', async own => {
  let delay = 0;
  const { answered, bot, expect, heard, person } = await start(own, () => pause(delay, DEFAULT_SETTINGS));
  const { message } = await person.command('random');
  if (message === undefined) throw new Error('no answer');
  delay = late;
  void person.press(message, 'Context');
  await pause(late - 200);
  person.delete(message);
  await answered(2);
  expect(heard()).toEqual([]);
  expect(bot.logged()).toContain('"result":"late"');
});

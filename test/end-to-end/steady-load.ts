import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Person } from '../../playground/person.ts';
import { type Playground, startPlayground } from '../../playground/playground.ts';
import { commands } from '../../src/commands/index.ts';
import type { Libraries } from '../../src/library/libraries.ts';
import { type Article, toArticle } from '../../src/news/article.ts';
import { times } from '../depth.ts';
import { startRunningBot } from '../discord/running-bot.ts';
import { attributeByHand } from '../library/attribute-by-hand.ts';
import { openTestLibraries, type TestStorage } from '../library/test-libraries.ts';
import { labelsIn, textOf } from '../replies/read-reply.ts';
import { addFile, bridge, fileOf, said } from './article-steps.ts';
import { anyPort } from './start-verbatim.ts';

/** What a user did in a server, and the result. */
export interface Done {
  readonly where: number;
  readonly action: Action;
  /** Discord's message if no answer came in time. */
  readonly failed: string | undefined;
  /** Everything the bot said to them. */
  readonly said: readonly string[];
  /** True if one of their interactions has more than one message. */
  readonly isTwice: boolean;
}

type Action = 'quoting' | 'asking who' | 'listing' | 'completing' | 'adding' | 'removing';
type Heard = Pick<Done, 'said' | 'isTwice'>;
type Doing = Done & { readonly person: Person };

/** What users do in a server, in turn. Of five articles added, two are removed again. */
const round: readonly Action[] = ['quoting', 'adding', 'completing', 'asking who', 'adding', 'listing', 'removing'];
const betweenActions = 100;
/** Per server and load: several loads share a bot, and a server may add 60 articles in ten minutes. */
const mostAdded = 6;
/** Discord's message if an interaction never reached the bot, so that the bot can't count it. */
const neverSent = /: it is offline$/v;
/** The number of articles written so far, so that no two are alike. */
let reports = 0;
/** The number of loads started so far. */
let loads = 0;
/** Shorter than a test's timeout, so that the error says what stopped. */
const timeout = 50_000;

export const servers = times(3, 6);
const articlesEach = 10;

/** Returns the initial articles of a library. */
function firstArticles(): readonly Article[] {
  const nothingKnown = { titleIsDescriptive: false, byline: undefined, published: undefined, url: undefined };
  return Array.from({ length: articlesEach }, (_, number) => {
    const metadata = { ...nothingKnown, title: `Rain in week ${number}`, outlet: 'Valley Courier' };
    return toArticle(`week-${number}`, metadata, `“The river rose in week ${number},” said Ilse Brandt.`);
  });
}

/** Users acting one at a time in each server, until `end`. */
export class SteadyLoad {
  readonly #playground: Playground;
  /** Each load has its own, since there is a limit on what one person adds. */
  readonly #person: string;
  readonly #doings: Doing[] = [];
  readonly #lanes: readonly Promise<void>[];
  /** By server, the titles of articles whose addition was acknowledged. */
  readonly #kept = Array.from({ length: servers }, () => new Set<string>());
  /** By server, the number of additions that reached the bot. */
  readonly #added = Array.from({ length: servers }, () => 0);
  readonly #removed = Array.from({ length: servers }, () => new Set<string>());
  #isEnding = false;

  constructor(playground: Playground) {
    this.#playground = playground;
    loads += 1;
    this.#person = `Kim ${loads}`;
    this.#lanes = Array.from({ length: servers }, (_, where) => this.#keepActing(where));
  }

  /** Resolves after this many more actions in every server; throws if the bot no longer answers. */
  async more(actions: number): Promise<void> {
    const count = (where: number) => this.#doings.filter(doing => doing.where === where).length;
    const before = this.#kept.map((_, where) => count(where));
    await this.until(() => before.every((had, where) => count(where) >= had + actions));
  }

  async until(isSo: () => boolean): Promise<void> {
    const end = performance.now() + timeout;
    while (!isSo()) {
      if (performance.now() > end) throw new Error('Nothing goes on any more.');
      await pause(50);
    }
  }

  /** Returns the actions so far, from this index on. */
  done(from = 0): readonly Done[] {
    return this.#doings.slice(from).map(({ person, ...doing }) => {
      // An unwanted answer may have arrived since; the playground keeps only the last messages.
      const later = heard(person);
      return later.said.length > doing.said.length ? { ...doing, ...later } : doing;
    });
  }

  get count(): number {
    return this.#doings.length;
  }

  /** Ends the load once enough changes were acknowledged, more than one a server, for something to be lost. */
  async end(): Promise<readonly Done[]> {
    await this.until(() => this.#changed() > servers);
    this.#isEnding = true;
    await Promise.all(this.#lanes);
    return this.done();
  }

  /** Returns the titles that a library has too few or too many of, compared with what was acknowledged. */
  async differences(libraries: Libraries): Promise<readonly string[]> {
    const all = this.#playground.servers().map(async (id, where) => {
      const library = await libraries.open({ kind: 'server', id });
      const titles = (await library.newest(0, 1000)).map(({ title }) => title);
      const there = new Set(titles);
      const lost = [...(this.#kept[where] ?? [])].filter(title => !there.has(title));
      const back = [...(this.#removed[where] ?? [])].filter(title => there.has(title));
      const twice = titles.filter((title, order) => titles.indexOf(title) < order);
      return [...lost, ...back, ...twice];
    });
    return (await Promise.all(all)).flat();
  }

  /** Returns the number of acknowledged additions and removals. */
  #changed(): number {
    return [...this.#kept, ...this.#removed].reduce((all, { size }) => all + size, 0);
  }

  async #keepActing(where: number): Promise<void> {
    // Each starts with a different action, so that a fault meets all kinds.
    for (let turn = where; !this.#isEnding; turn += 1) {
      const action = this.#nextAction(turn, where);
      const person = this.#playground.personOf({ name: this.#person, where, isManager: true });
      const failed = await this.#act(action, person, where);
      this.#doings.push({ where, action, failed, ...heard(person), person });
      await pause(betweenActions);
    }
  }

  #nextAction(turn: number, where: number): Action {
    const action = round[turn % round.length] ?? 'quoting';
    return action === 'adding' && (this.#added[where] ?? 0) >= mostAdded ? 'quoting' : action;
  }

  async #act(action: Action, person: Person, where: number): Promise<string | undefined> {
    if (action === 'adding') return await this.#add(person, where);
    if (action === 'removing') return await this.#remove(person, where);
    if (action === 'completing') return (await complete(person, 'quote', 'words', 'river')).failed;
    if (action === 'listing') return (await person.command('article list')).failed;
    if (action === 'asking who') return (await person.command('who is', { name: 'Brandt' })).failed;
    return (await person.command('quote', { words: 'the river rose' })).failed;
  }

  async #add(person: Person, where: number): Promise<string | undefined> {
    reports += 1;
    const title = `Report ${reports}.`;
    const { message, failed } = await person.command('article add', {}, { file: reportOf(title, reports) });
    if (failed === undefined || !neverSent.test(failed)) this.#added[where] = (this.#added[where] ?? 0) + 1;
    if (message === undefined || !offers(message, 'Keep')) return failed;
    const kept = await person.press(message, 'Keep');
    if (textOf(kept.message ?? {}).startsWith(`Saved: ${title}\n`)) this.#kept[where]?.add(title);
    return kept.failed;
  }

  async #remove(person: Person, where: number): Promise<string | undefined> {
    const [title] = this.#kept[where] ?? [];
    if (title === undefined) return undefined;
    const { choices, failed } = await complete(person, 'article remove', 'article', title);
    const choice = choices.find(({ name }) => name.includes(title));
    if (choice === undefined) return failed;
    const asked = await person.command('article remove', { article: String(choice.value) });
    if (asked.message === undefined || !offers(asked.message, 'Remove')) return asked.failed;
    // Unknown from here on, until it is acknowledged.
    this.#kept[where]?.delete(title);
    const removed = await person.press(asked.message, 'Remove');
    if (textOf(removed.message ?? {}).includes('Removed: ')) this.#removed[where]?.add(title);
    return removed.failed;
  }
}

/** Returns a short article, which `attributeByHand` can read. */
function reportOf(title: string, number: number) {
  return fileOf('report.txt', title, [`“Gauge ${number} stood at the mark,” said Tomas Havel, a farmer.`]);
}

function offers(message: Parameters<typeof labelsIn>[0], label: string): boolean {
  return labelsIn(message).includes(label);
}

/** Returns the suggestions for an option, or why there are none. */
async function complete(person: Person, path: string, option: string, typed: string) {
  return await person.autocomplete(path, option, typed).then(
    choices => ({ choices, failed: undefined }),
    (error: unknown) => ({ choices: [], failed: error instanceof Error ? error.message : String(error) }),
  );
}

/** Returns all messages that answer a person's interactions, as they see them. */
function heard(person: Person): Heard {
  const own = person.sees().filter(({ interaction_metadata: by }) => by?.user.id === person.id);
  const interactions = new Set(own.map(({ interaction_metadata: by }) => by?.id));
  return { said: own.map(textOf), isTwice: interactions.size < own.length };
}

/** A bot in the servers that a load is applied to. */
export interface BotUnderLoad {
  readonly playground: Playground;
  readonly libraries: Libraries;
  stop(): Promise<void>;
}

export async function startBotUnderLoad(storage: TestStorage = {}): Promise<BotUnderLoad> {
  const playground = await startPlayground({ port: anyPort, folder: undefined, guilds: servers });
  const { libraries, end } = await openTestLibraries(firstArticles(), { ...storage, attributor: attributeByHand });
  // Stores the first articles, which takes longer on a busy machine than Discord waits.
  for (const id of playground.servers()) await libraries.open({ kind: 'server', id });
  const { bot } = await startRunningBot(commands, playground, libraries);
  const stop = async () => {
    await bot.stop();
    await end();
    await playground.close();
  };
  return { playground, libraries, stop };
}

/** Expects that everybody's next interaction is answered without a restart. */
export async function allAnswer(playground: Playground): Promise<void> {
  const asked = Array.from({ length: servers }, async (_, where) => {
    const person = playground.personOf({ name: 'Lee', where, isManager: true });
    expect(await said(person, 'the river rose in week 7')).toContain('Valley Courier');
    expect(await addFile(person, 'Bridge', bridge)).toMatch(/Saved|Already in the library/v);
  });
  await Promise.all(asked);
}

/** Returns errors shown as such, and answers to retried interactions. */
export function apologiesIn(done: readonly Done[]): readonly string[] {
  return done.flatMap(({ said }) => said).filter(text => /Something went wrong|has expired/v.test(text));
}

/** Returns true if there was neither an answer nor an error from Discord. Suggestions are no messages. */
function silent({ action, failed, said }: Done): boolean {
  return failed === undefined && said.length === 0 && action !== 'completing' && action !== 'removing';
}

/** Expects what must hold under any fault: everyone is answered, nobody twice, and what was acknowledged is stored. */
export async function expectNothingLost(load: SteadyLoad, done: readonly Done[], libraries: Libraries): Promise<void> {
  expect(done.filter(silent)).toEqual([]);
  expect(done.filter(({ isTwice }) => isTwice)).toEqual([]);
  expect(await load.differences(libraries)).toEqual([]);
}

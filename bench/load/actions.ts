import type { Person, PersonFile } from '../../playground/person.ts';
import type { Playground } from '../../playground/playground.ts';
import { english } from '../../src/wording/en.ts';
import { buttonsOf } from '../../test/replies/read-reply.ts';
import { type MadeUpArticle, makeNews } from '../made-up-news.ts';

/** The outcome of one interaction. */
export interface ActionResult {
  readonly kind: Kind;
  /** Until the first answer. */
  readonly milliseconds: number;
  /** The error that the user saw, if any. */
  readonly failed: string | undefined;
  /** True for a completion that was dropped because the user had typed on. */
  readonly typedOn: boolean;
}

type Kind = 'asking' | 'completing' | 'quote' | 'who' | 'button' | 'summary' | 'adding';

/** Shares of all actions, in percent. */
const mix: readonly (readonly [kind: Kind, share: number])[] = [
  ['completing', 60],
  ['quote', 13],
  ['who', 12],
  ['button', 5],
  ['summary', 5],
  ['adding', 5],
];

const people = ['Abara', 'Brandt', 'Cheng', 'Dufour', 'Eriksen', 'Falk', 'Garza', 'Hale', 'Ito', 'Jansen', 'Kovac'];
const wordsAsked = 4;
/** Members of each server. One alone would be too few, since typing on drops earlier completions. */
const members = ['Kim', 'Ola', 'Pia', 'Quy', 'Rex', 'Sam', 'Tom', 'Uma'];
/** The playground keeps its last 500 messages. */
const mostShown = 300;
/** Articles to add. */
const fresh = makeNews(500, 99);

/** Simulates users in many servers, at random but the same in each run. */
export class Crowd {
  /** By server. */
  readonly #people: readonly (readonly Person[])[];
  readonly #playground: Playground;
  readonly #news: readonly MadeUpArticle[];
  readonly #random: () => number;
  readonly #asking: number;
  /** By server, the id of the last answer with buttons. */
  readonly #shown = new Map<number, string>();
  /** How often each user has typed. */
  readonly #typed = new Map<Person, number>();
  #added = 0;

  /** `asking`: the percentage of actions that are questions to `/ask`, in place of completions. */
  constructor(
    playground: Playground,
    servers: number,
    news: readonly MadeUpArticle[],
    random: () => number,
    asking = 0,
  ) {
    this.#asking = asking;
    this.#playground = playground;
    this.#news = news;
    this.#random = random;
    this.#people = Array.from({ length: servers }, (_, where) =>
      members.map(name => playground.personOf({ name, where, isManager: false })),
    );
  }

  /** Does one thing in one server. Adding an article is two interactions. */
  async act(): Promise<readonly ActionResult[]> {
    const where = Math.floor(this.#random() * this.#people.length);
    const person = this.#pick(this.#people[where] ?? []);
    const kind = this.#pickKind();
    if (kind === 'completing') return [await this.#complete(person, this.#words(2).slice(0, -1))];
    if (kind === 'adding') return await this.#add(where);
    return [await this.#ask(kind, person, where)];
  }

  async #complete(person: Person, words: string): Promise<ActionResult> {
    const typed = (this.#typed.get(person) ?? 0) + 1;
    this.#typed.set(person, typed);
    const started = performance.now();
    const failed = await person.autocomplete('quote', 'words', words).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : 'no reason given'),
    );
    const typedOn = failed !== undefined && this.#typed.get(person) !== typed;
    return {
      kind: 'completing',
      milliseconds: performance.now() - started,
      failed: typedOn ? undefined : failed,
      typedOn,
    };
  }

  async #ask(kind: Exclude<Kind, 'completing' | 'adding'>, person: Person, where: number): Promise<ActionResult> {
    // The message as it is now: somebody may have turned its page.
    const before = person.sees().find(({ id }) => id === this.#shown.get(where));
    const button = kind === 'button' && before !== undefined ? buttonsOf(before).find(isOpen) : undefined;
    const isPressed = before !== undefined && button?.custom_id !== undefined;
    const answer = isPressed ? await person.press(before, button.custom_id) : await this.#command(kind, person);
    const { message, milliseconds, failed } = answer;
    if (message !== undefined && buttonsOf(message).length > 0) this.#remember(where, message.id);
    return { kind: kind === 'button' && !isPressed ? 'quote' : kind, milliseconds, failed, typedOn: false };
  }

  /** Keeps only messages that the playground will still have. Turning a page doesn't make a message newer. */
  #remember(where: number, message: string): void {
    if (this.#shown.get(where) === message) return;
    this.#shown.delete(where);
    this.#shown.set(where, message);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > mostShown && oldest !== undefined) this.#shown.delete(oldest);
  }

  #command(kind: Kind, person: Person): ReturnType<Person['command']> {
    if (kind === 'who') return person.command('who is', { name: this.#pick(people) });
    if (kind === 'asking') {
      return person.command('ask', {
        question: `What did ${this.#pick(people)} say about ${this.#words(wordsAsked)}?`,
      });
    }
    if (kind === 'summary') return person.command('summary', { article: this.#pick(this.#news).id });
    return person.command('quote', { words: this.#words(wordsAsked) });
  }

  async #add(where: number): Promise<readonly ActionResult[]> {
    // A new person each time: one may add thirty articles in ten minutes.
    const manager = this.#playground.personOf({ name: 'Lee', where, isManager: true });
    const { milliseconds, failed, message } = await manager.command('article add', {}, { file: this.#freshFile() });
    const read: ActionResult = { kind: 'adding', milliseconds, failed, typedOn: false };
    if (message === undefined) return [read];
    const kept = await manager.press(message, 'Keep');
    return [read, { ...read, milliseconds: kept.milliseconds, failed: kept.failed }];
  }

  #freshFile(): PersonFile {
    this.#added += 1;
    const { title, text } = fresh[this.#added % fresh.length] ?? { title: 'Rain', text: 'Rain fell.' };
    const words = `title: ${title}\n\n${text}\nThis is number ${this.#added}.\n`;
    return { name: 'news.txt', contentType: 'text/plain', bytes: Buffer.from(words) };
  }

  #pickKind(): Kind {
    let left = this.#random() * 100;
    if (left < this.#asking) return 'asking';
    for (const [kind, share] of mix) {
      left -= share;
      if (left < 0) return kind;
    }
    return 'completing';
  }

  #words(count: number): string {
    const words = this.#pick(this.#news).text.match(/\p{L}+/gv) ?? ['rain'];
    const from = Math.floor(this.#random() * Math.max(1, words.length - count));
    return words.slice(from, from + count).join(' ');
  }

  #pick<Item>(items: readonly Item[]): Item {
    const picked = items[Math.floor(this.#random() * items.length)];
    if (picked === undefined) throw new RangeError('There is nothing to pick from.');
    return picked;
  }
}

/** Excludes the button that deletes the message: somebody else may be pressing one of its buttons. */
function isOpen({ custom_id: id, disabled, label }: ReturnType<typeof buttonsOf>[number]): boolean {
  return id !== undefined && disabled !== true && label !== english['button.delete'];
}

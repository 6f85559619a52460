import { createHash } from 'node:crypto';
import { type APIMessage, ComponentType, InteractionType } from 'discord-api-types/v10';
import type { Person } from '../../playground/person.ts';
import { times } from '../depth.ts';
import { buttonsOf, menuIn } from '../replies/read-reply.ts';

/** A command that changes nothing. */
export interface Question {
  readonly path: string;
  readonly options?: Readonly<Record<string, string | boolean>>;
  /** The option being typed, if the suggestions for it are asked for. */
  readonly typing?: string;
  /** The message that the command is used on. */
  readonly on?: string;
}

/** The number of presses to follow from an answer: its buttons, three at most, and as many entries of its menu. */
const mostPresses = times(6, 10);
/** The number of menu entries to choose. */
const mostChosen = 3;
/** Matches the ids of Delete, which would remove the message and all its other buttons, and of Wrong speaker. */
const isChange = /^(?:T\d|W)/v;
/** Matches snowflakes of users and commands, and the playground's port. */
const own = /\d{17,20}|(?<=http:\/\/127\.0\.0\.1:)\d+/gv;

type Shown = Awaited<ReturnType<Person['command']>>;

/** Returns an answer without what is unique to it: ids and visibility times. */
async function without({ message, modal, failed, ephemeral, updated }: Shown) {
  if (failed !== undefined) throw new Error(failed);
  const files = await Promise.all((message?.attachments ?? []).map(print));
  const { components, content, flags } = message ?? {};
  const said = JSON.stringify({ components, content, flags, modal: modal?.modal }, withoutIds);
  return { said: JSON.parse(said.replaceAll(own, '#')), files, ephemeral, updated };
}

/** Discord numbers components anew in each message, and assigns attachment ids. */
function withoutIds(key: string, value: unknown): unknown {
  return key === 'attachment_id' ? undefined : value;
}

async function print({ url, filename, size, description, content_type }: APIMessage['attachments'][number]) {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { filename, size, description, content_type, digest };
}

interface Press {
  readonly id: string;
  /** The chosen entries of a menu. */
  readonly values?: readonly string[];
}

function pressesOn(message: APIMessage): readonly Press[] {
  const menu = menuIn(message);
  const chosen = (menu?.options ?? []).slice(0, mostChosen);
  const entries = chosen.map(({ value }) => ({ id: menu?.custom_id ?? '', values: [value] }));
  const presses: readonly Press[] = [...entries, ...buttonsOf(message).map(({ custom_id: id }) => ({ id }))];
  return presses.filter(({ id, values = [] }) => ![id, ...values].some(each => isChange.test(each)));
}

/** Presses even if the message no longer shows it, since an updated message has other buttons. */
async function press(person: Person, message: APIMessage, { id, values }: Press): Promise<Shown> {
  const component_type = values === undefined ? ComponentType.Button : ComponentType.StringSelect;
  const payload = { custom_id: id, component_type, id: 1, ...(values && { values }) };
  return await person.send({ type: InteractionType.MessageComponent, payload, message });
}

/** Returns the answer and everything its buttons and menus lead to, breadth first, up to the limit. */
async function follow(person: Person, first: Shown) {
  const answers = [{ pressed: 'nothing', ...(await without(first)) }];
  const ahead = first.message === undefined ? [] : pressesOn(first.message).map(each => [first.message, each] as const);
  const known = new Set<string>();
  for (const [message, each] of ahead) {
    const name = [each.id, ...(each.values ?? [])].join(' ');
    if (message === undefined || known.has(name) || known.size === mostPresses) continue;
    known.add(name);
    const shown = await press(person, message, each);
    answers.push({ pressed: name.replaceAll(own, '#'), ...(await without(shown)) });
    const { message: next } = shown;
    if (next !== undefined) ahead.push(...pressesOn(next).map(one => [next, one] as const));
  }
  return answers;
}

/** Returns everything a user gets to see who asks this and follows the buttons. */
export async function answersTo(person: Person, { path, options = {}, typing, on }: Question) {
  if (typing !== undefined) {
    const { [typing]: typed = '', ...others } = options;
    return await person.autocomplete(path, typing, String(typed), others);
  }
  return await follow(
    person,
    await (on === undefined ? person.command(path, options) : person.use(path, person.say(on))),
  );
}

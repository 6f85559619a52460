import { leavesOf, originalOf } from '../composer/command.ts';
import type { Command, Message } from '../discord.ts';
import { element } from '../dom.ts';
import { displayName, type State } from '../state.ts';
import { formatDay } from '../time.ts';
import { renderMessage } from './message.ts';

export interface Actions {
  readonly act: (message: Message, customId: string, type: number, values?: readonly string[]) => Promise<void>;
  readonly dismiss: (message: Message) => void;
  readonly apply: (command: Command, message: Message) => void;
  readonly reply: (message: Message) => void;
}

interface Shown {
  /** The inputs it was rendered from, to skip rendering if they haven't changed. */
  readonly from: readonly unknown[];
  readonly node: HTMLElement;
}

const TOGETHER_MILLISECONDS = 7 * 60_000;

/** The message list. Renders only what changed and keeps the focus. */
export class MessageList {
  private readonly root: HTMLElement;
  private readonly actions: Actions;
  private shown = new Map<string, Shown>();

  constructor(root: HTMLElement, actions: Actions) {
    this.root = root;
    this.actions = actions;
  }

  show(state: State): void {
    const focus = this.focused();
    const next = new Map<string, Shown>();
    let before: Message | undefined;
    for (const message of state.messages) {
      next.set(message.id, this.draw(message, before, state));
      before = message;
    }
    for (const [id, { node }] of this.shown) if (next.get(id)?.node !== node) node.remove();
    this.shown = next;
    this.place(state.messages);
    focus?.restore();
  }

  private draw(message: Message, before: Message | undefined, state: State): Shown {
    const continued = follows(message, before);
    const apps = state.commands.filter(command => command.type === 3);
    const repliedTo = state.messages.find(({ id }) => id === message.message_reference?.message_id);
    const called = localName(message.interaction_metadata?.name, state);
    const isOwn = message.author.id === state.user.id;
    const from = [message, continued, apps, repliedTo, called];
    const known = this.shown.get(message.id);
    if (known && isSame(known.from, from)) return { from, node: known.node };
    const node = renderMessage(message, {
      continued,
      repliedTo,
      called,
      botId: state.bot.user.id,
      nameOf: id => nameIn(state, id),
      attachments: message.attachments ?? [],
      act: (customId, type, values) => this.actions.act(message, customId, type, values),
      dismiss: () => this.actions.dismiss(message),
      reply: () => this.actions.reply(message),
      isOwn,
      apps: apps.map(command => ({ name: command.name, run: () => this.actions.apply(command, message) })),
    });
    return { from, node };
  }

  /** Orders the nodes and separates days with a date, without moving nodes that are in place. */
  private place(messages: readonly Message[]): void {
    for (const line of this.root.querySelectorAll('.day')) line.remove();
    let at: ChildNode | null = this.root.firstChild;
    let day = '';
    for (const message of messages) {
      const node = this.shown.get(message.id)?.node;
      if (!node) continue;
      if (node === at) at = at.nextSibling;
      else this.root.insertBefore(node, at);
      const today = formatDay(new Date(message.timestamp));
      if (today !== day)
        node.before(element('div', { class: 'day', 'aria-hidden': 'true' }, element('span', {}, today)));
      day = today;
    }
  }

  /** Remembers the focused control, because pressing Next re-renders its message. */
  private focused(): { readonly restore: () => void } | undefined {
    const holder = document.activeElement;
    const message = holder?.closest<HTMLElement>('.message');
    if (!(holder instanceof HTMLElement) || !message || !this.root.contains(message)) return undefined;
    const place = controls(message).indexOf(holder);
    const label = holder.textContent;
    return { restore: () => this.refocus(message, place, label) };
  }

  private refocus(before: HTMLElement, place: number, label: string | null): void {
    if (before.isConnected) return;
    const message = this.shown.get(before.dataset.id ?? '')?.node;
    if (!message) return;
    const usable = controls(message).filter(control => !control.matches(':disabled'));
    const same = usable.find(control => control.textContent === label) ?? controls(message)[place];
    const target = same && !same.matches(':disabled') ? same : (usable[0] ?? message);
    target.focus({ preventScroll: true });
  }
}

/** Compares by identity, then by content, since reloading the state creates new objects. */
function isSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.every((part, at) => part === after[at] || JSON.stringify(part) === JSON.stringify(after[at]));
}

function controls(message: HTMLElement): HTMLElement[] {
  return [...message.querySelectorAll<HTMLElement>('.row button')];
}

function follows(message: Message, before: Message | undefined): boolean {
  if (before?.author.id !== message.author.id || message.interaction_metadata) return false;
  const apart = Date.parse(message.timestamp) - Date.parse(before.timestamp);
  return apart < TOGETHER_MILLISECONDS && (before.flags ?? 0) === (message.flags ?? 0);
}

/** Returns a command's localised name, or its own name if the command no longer exists. */
function localName(name: string | undefined, { commands }: State): string | undefined {
  const leaf = leavesOf(commands).find(({ original }) => original === name);
  return leaf?.path ?? commands.find(command => originalOf(command) === name)?.name ?? name;
}

function nameIn(state: State, id: string): string | undefined {
  if (id === state.channel.id) return state.channel.name;
  const person = [...state.members.map(({ user }) => user), state.bot.user].find(user => user.id === id);
  return person ? displayName(person) : state.roles.find(role => role.id === id)?.name;
}

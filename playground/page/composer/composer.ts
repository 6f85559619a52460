import type { Choice, Command, User } from '../discord.ts';
import { find } from '../dom.ts';
import { translate } from '../language.ts';
import { interact, type ReplyTo, readUpload } from '../server.ts';
import { displayName, type UploadedFile } from '../state.ts';
import { findNamed, type Leaf, leavesOf, readTyped, suggestLeaves } from './command.ts';
import { Listbox } from './listbox.ts';
import { completeMention, encodeMentions, suggestMentions } from './mention.ts';
import { Options } from './options.ts';

/** The list of commands shown while the text starts with a slash. */
class CommandPalette {
  private readonly field: HTMLTextAreaElement;
  private readonly list: Listbox;
  private readonly onChoose: (leaf: Leaf) => void;
  private leaves: readonly Leaf[] = [];

  constructor(field: HTMLTextAreaElement, list: Listbox, onChoose: (leaf: Leaf) => void) {
    this.field = field;
    this.list = list;
    this.onChoose = onChoose;
  }

  get known(): readonly Leaf[] {
    return this.leaves;
  }

  setCommands(commands: readonly Command[]): void {
    this.leaves = leavesOf(commands).toSorted((a, b) => a.path.localeCompare(b.path));
    if (this.list.isOpen && document.activeElement === this.field) this.suggest();
  }

  suggest(): void {
    const text = this.field.value;
    const found = text.startsWith('/') ? suggestLeaves(this.leaves, text.slice(1)) : [];
    const items = found.map(leaf => ({ label: `/${leaf.path}${required(leaf)}`, detail: leaf.description }));
    this.list.show(this.field, items, 0, at => {
      const leaf = found[at];
      if (leaf) this.onChoose(leaf);
    });
  }
}

/** Returns the required options to show after a command's name, as in `/quote words`. */
function required(leaf: Leaf): string {
  return leaf.options.flatMap(option => (option.required ? [` ${option.name}`] : [])).join('');
}

export interface Sent {
  readonly leaf: Leaf;
  readonly data: { readonly options: ReturnType<Options['read']> };
  readonly files: readonly UploadedFile[];
}

interface ComposerActions {
  readonly command: (sent: Sent) => void;
  /** Resolves to true if the message was sent. */
  readonly message: (content: string, reply: ReplyTo | undefined) => Promise<boolean>;
}

/** The message box: plain text, or a field for each option of a command. */
export class Composer {
  private readonly form = find('composer', HTMLFormElement);
  private readonly box = find('box', HTMLElement);
  private readonly field = find('text', HTMLTextAreaElement);
  private readonly cancel = find('cancel', HTMLButtonElement);
  private readonly hints = find('hint', HTMLElement);
  private readonly list = new Listbox(translate('suggestions'));
  private readonly palette: CommandPalette;
  private readonly actions: ComposerActions;
  private options: Options | undefined;
  private hidden: readonly Command[] = [];
  private people: readonly User[] = [];
  private readonly reply = new ReplyBar(() => this.focus());

  constructor(actions: ComposerActions) {
    this.actions = actions;
    this.palette = new CommandPalette(this.field, this.list, leaf => this.begin(leaf, new Map()));
    find('suggestions', HTMLElement).append(this.list.root);
    this.field.addEventListener('input', () => this.typed());
    this.field.addEventListener('keydown', event => this.key(event));
    this.field.addEventListener('blur', () => this.list.hide());
    this.cancel.addEventListener('click', () => this.leave(''));
    this.form.addEventListener('submit', event => {
      event.preventDefault();
      this.send();
    });
    this.box.addEventListener('click', event => {
      if (event.target === this.box) this.focus();
    });
  }

  /** `hidden` are those that the person lacks a permission for. */
  setCommands(commands: readonly Command[], hidden: readonly Command[]): void {
    this.hidden = hidden;
    this.palette.setCommands(commands);
    if (commands.length > 0 && this.field.value.startsWith('/')) this.typed();
  }

  /** Sets who can be mentioned. */
  setPeople(people: readonly User[]): void {
    this.people = people;
  }

  /** Makes the next message a reply. */
  replyTo(message: string, author: User): void {
    if (this.options) this.leave('');
    this.reply.open(message, author);
    this.focus();
  }

  setPlaceholder(placeholder: string): void {
    this.field.placeholder = placeholder;
    this.field.setAttribute('aria-label', this.field.placeholder);
  }

  focus(): void {
    if (this.options) this.options.focus(undefined);
    else this.field.focus();
  }

  /** Enters a text as if typed. A complete command becomes option fields. */
  fill(text: string): void {
    this.leave(text);
    this.typed();
  }

  private typed(): void {
    const typed = readTyped(this.palette.known, this.field.value);
    if (typed) this.begin(typed.leaf, typed.texts);
    else this.suggest();
    // The field grows with its text.
    this.field.rows = Math.min(8, this.field.value.split('\n').length);
  }

  private suggest(): void {
    this.palette.suggest();
    if (!this.field.value.startsWith('/')) this.suggestPeople();
    const hidden = findNamed(this.hidden, this.field.value);
    this.hint(hidden === undefined ? '' : translate('hidden', hidden.name), true);
  }

  private suggestPeople(): void {
    const people = suggestMentions(this.field.value, this.people);
    const items = people.map(person => ({
      label: `@${displayName(person)}`,
      detail: person.bot ? translate('bot') : undefined,
    }));
    this.list.show(this.field, items, 0, at => {
      const person = people[at];
      if (person) this.fill(completeMention(this.field.value, person));
    });
  }

  private begin(leaf: Leaf, texts: ReadonlyMap<string, string>): void {
    this.end();
    this.options = new Options(leaf, texts, {
      list: this.list,
      hint: (text, wrong = false) => this.hint(text, wrong),
      send: () => this.send(),
      leave: text => this.leave(text),
      ask: async (chip, signal) => await this.ask(leaf, chip, signal),
    });
    this.field.hidden = true;
    this.cancel.hidden = false;
    this.field.value = '';
    this.box.prepend(this.options.root);
    this.options.focus([...texts.keys()].at(-1));
  }

  private end(): void {
    this.list.hide();
    this.options?.close();
    this.options?.root.remove();
    this.options = undefined;
    this.hint('', false);
  }

  private leave(text: string): void {
    this.end();
    this.field.hidden = false;
    this.cancel.hidden = true;
    this.field.value = text;
    this.field.focus();
    this.palette.suggest();
  }

  private hint(text: string, wrong: boolean): void {
    this.hints.textContent = text;
    this.hints.classList.toggle('wrong', wrong);
  }

  private async ask(leaf: Leaf, chip: Parameters<Options['read']>[0], signal: AbortSignal) {
    const data = { options: this.options?.read(chip) ?? [] };
    const asked = { kind: 'autocomplete', commandId: leaf.command.id, data } as const;
    const outcome = await interact(asked, signal);
    const choices: readonly Choice[] | undefined = outcome.choices;
    return choices;
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape' && !this.list.isOpen) this.reply.close();
    else if (event.key === 'Escape') this.list.hide();
    else if (event.key === 'Tab' && !event.shiftKey && this.list.choose()) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (!this.list.choose()) this.send();
    } else if (this.list.move(event.key)) event.preventDefault();
  }

  private async send(): Promise<void> {
    const { options } = this;
    if (!options) {
      await this.sendText();
      return;
    }
    const values = options.values();
    if (!values) return;
    const files = await Promise.all(options.files().map(({ id, file }) => readUpload(id, file)));
    this.leave('');
    this.actions.command({ leaf: options.leaf, data: { options: values }, files });
  }

  private async sendText(): Promise<void> {
    const content = this.field.value.trim();
    const isUnknownYet = content.startsWith('/') && this.palette.known.length === 0;
    if (content === '' || isUnknownYet || findNamed(this.hidden, content)) return;
    this.field.value = '';
    this.field.rows = 1;
    this.list.hide();
    const reply = this.reply.read();
    this.reply.close();
    const isSent = await this.actions.message(encodeMentions(content, this.people), reply);
    if (!isSent && this.field.value === '') this.field.value = content;
  }
}

/** What the next message replies to, shown above the message box. */
class ReplyBar {
  private readonly bar = find('replying', HTMLElement);
  private readonly name = find('replied', HTMLElement);
  private readonly ping = find('ping', HTMLButtonElement);
  private message: string | undefined;

  constructor(focus: () => void) {
    this.ping.addEventListener('click', () => {
      this.setPing(!this.isPinging());
      focus();
    });
    find('unreply', HTMLButtonElement).addEventListener('click', () => {
      this.close();
      focus();
    });
  }

  open(message: string, author: User): void {
    this.message = message;
    this.name.textContent = translate('replyingTo', displayName(author));
    this.setPing(true);
    this.bar.hidden = false;
  }

  close(): void {
    this.message = undefined;
    this.bar.hidden = true;
  }

  read(): ReplyTo | undefined {
    return this.message === undefined ? undefined : { replyTo: this.message, isPinging: this.isPinging() };
  }

  private isPinging(): boolean {
    return this.ping.getAttribute('aria-pressed') === 'true';
  }

  private setPing(isOn: boolean): void {
    this.ping.setAttribute('aria-pressed', String(isOn));
  }
}

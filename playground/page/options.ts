import { Chip } from './chip.ts';
import { type Leaf, nest, readValue, splitOptions } from './command.ts';
import { type Ask, Completion } from './completion.ts';
import type { CommandOption, OptionValue } from './discord.ts';
import { element } from './element.ts';
import type { Listbox } from './listbox.ts';

export interface OptionsSurroundings {
  readonly list: Listbox;
  readonly ask: Ask;
  /** Says what the option in focus is for, or what is wrong with it. */
  readonly hint: (text: string, wrong?: boolean) => void;
  readonly send: () => void;
  /** Leaves the command; the text goes back to the plain field. */
  readonly leave: (text: string) => void;
}

/** A command being filled in: required options are there from the start, the others are one press away. */
export class Options {
  readonly leaf: Leaf;
  readonly root: HTMLElement;
  private readonly chips: Chip[] = [];
  private readonly around: OptionsSurroundings;
  private readonly completion: Completion;
  private readonly more = element('button', { type: 'button', class: 'more', 'aria-haspopup': 'listbox' });

  constructor(leaf: Leaf, texts: ReadonlyMap<string, string>, around: OptionsSurroundings) {
    this.leaf = leaf;
    this.around = around;
    this.completion = new Completion(around.list, around.ask, chip => this.focusNext(chip));
    const name = element('span', { class: 'command-name' }, `/${leaf.path}`);
    this.root = element('div', { class: 'options', role: 'group', 'aria-label': `/${leaf.path}` }, name, this.more);
    this.more.addEventListener('click', () => this.offerMore());
    this.more.addEventListener('keydown', event => this.keyOnMore(event));
    this.more.addEventListener('blur', () => this.completion.close());
    for (const option of leaf.options) {
      const text = texts.get(option.name);
      if (option.required || text !== undefined) this.add(option).take(text ?? '', undefined);
    }
  }

  /** Where a person wants to go on: the last option that was typed, else the first that is empty. */
  focus(last: string | undefined): void {
    const typed = this.chips.find(chip => chip.option.name === last);
    const target = typed ?? this.chips.find(chip => chip.entry.text === '') ?? this.chips.at(-1);
    (target?.field ?? this.more).focus();
    if (!target) this.around.hint(this.leaf.description);
  }

  close(): void {
    this.completion.close();
  }

  /** The options as Discord sends them, or undefined after marking what is missing or wrong. */
  values(): readonly OptionValue[] | undefined {
    const filled = this.chips.filter(chip => chip.option.required || chip.entry.text !== '');
    const wrong = filled.filter(chip => readValue(chip.option, chip.entry) === undefined);
    for (const chip of filled) chip.setProblem(wrong.includes(chip));
    const first = wrong[0];
    if (!first) return this.read();
    first.field.focus();
    const empty = first.entry.text === '';
    const name = first.option.name;
    this.around.hint(empty ? `Fill in “${name}” to send this command.` : `“${name}” does not take this value.`, true);
    return undefined;
  }

  /** The options as they stand, complete or not; `focused` is the one being typed. */
  read(focused?: Chip): readonly OptionValue[] {
    const values = this.chips.flatMap(chip => {
      const { type, name } = chip.option;
      if (chip === focused) return [{ type, name, value: chip.entry.text, focused: true }];
      const value = type === 11 && chip.file ? name : readValue(chip.option, chip.entry);
      return value === undefined ? [] : [{ type, name, value }];
    });
    return nest(this.leaf, values);
  }

  files(): readonly { readonly id: string; readonly file: File }[] {
    return this.chips.flatMap(({ option, file }) => (file ? [{ id: option.name, file }] : []));
  }

  private get unused(): readonly CommandOption[] {
    return this.leaf.options.filter(option => !this.chips.some(chip => chip.option === option));
  }

  private add(option: CommandOption): Chip {
    const chip = new Chip(option);
    this.chips.push(chip);
    this.more.before(chip.root);
    chip.field.addEventListener('focus', () => this.entered(chip));
    chip.field.addEventListener('blur', () => this.completion.close());
    chip.field.addEventListener('input', () => this.typed(chip));
    chip.field.addEventListener('keydown', event => this.keyOnChip(event, chip));
    this.showMore();
    return chip;
  }

  private remove(chip: Chip): void {
    const at = this.chips.indexOf(chip);
    this.chips.splice(at, 1);
    chip.root.remove();
    this.showMore();
    (this.chips[Math.max(0, at - 1)]?.field ?? this.more).focus();
  }

  private showMore(): void {
    const count = this.unused.length;
    this.more.hidden = count === 0;
    this.more.textContent = `+${count} more`;
    this.more.setAttribute('aria-label', `Add one of ${count} more options`);
  }

  private offerMore(): void {
    const { unused } = this;
    const items = unused.map(({ name, description }) => ({ label: name, detail: description }));
    this.around.list.show(this.more, items, 0, at => {
      const option = unused[at];
      if (option) this.add(option).field.focus();
    });
  }

  private keyOnMore(event: KeyboardEvent): void {
    const { list } = this.around;
    if (event.key === 'Escape' && list.isOpen) list.hide();
    else if (event.key === 'ArrowDown' && !list.isOpen) this.offerMore();
    else if (event.key === 'Backspace' || event.key === 'ArrowLeft') this.chips.at(-1)?.field.focus();
    else if (event.key === 'Enter' && list.isOpen) list.choose();
    else if (!list.move(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private entered(chip: Chip): void {
    this.around.hint(chip.option.description);
    this.completion.open(chip, 0);
  }

  /** `speaker:` typed inside another option begins that option, as in Discord. */
  private typed(chip: Chip): void {
    const others = this.unused.concat(chip.option, ...this.chips.map(({ option }) => option));
    const texts = splitOptions([chip.option, ...others], chip.field.value);
    const named = [...texts].filter(([name]) => name !== chip.option.name);
    const repeated = chip.field.value.startsWith(`${chip.option.name}:`);
    if (named.length > 0 || repeated) chip.take(texts.get(chip.option.name) ?? '', undefined);
    for (const [name, text] of named) this.fill(name, text);
    if (named.length === 0) this.completion.open(chip);
  }

  private fill(name: string, text: string): void {
    const option = this.leaf.options.find(candidate => candidate.name === name);
    if (!option) return;
    const chip = this.chips.find(candidate => candidate.option === option) ?? this.add(option);
    chip.take(text, undefined);
    chip.field.focus();
  }

  private focusNext(chip: Chip): void {
    const missing = this.chips.find(({ option, entry }) => option.required && entry.text === '');
    (missing ?? chip).field.focus();
    if (!missing) this.completion.close();
  }

  private keyOnChip(event: KeyboardEvent, chip: Chip): void {
    const { list, send, leave } = this.around;
    const empty = chip.field.value === '';
    if (event.isComposing) return;
    if (event.key === 'Escape' && list.isOpen) this.completion.close();
    else if (event.key === 'Escape') leave('');
    else if (event.key === 'Enter' && !list.choose()) send();
    else if (event.key === 'Backspace' && empty) this.backspace(chip);
    else if (event.key === 'Tab' && !event.shiftKey && list.choose()) this.after(chip);
    else if (event.key === 'ArrowDown' && !list.isOpen) this.completion.open(chip, 0);
    else if (event.key !== 'Enter' && !list.move(event.key)) return;
    event.preventDefault();
  }

  private backspace(chip: Chip): void {
    if (chip.option.required) this.around.leave(`/${this.leaf.path}`);
    else this.remove(chip);
  }

  private after(chip: Chip): void {
    const next = this.chips[this.chips.indexOf(chip) + 1];
    if (next) next.field.focus();
    else if (!this.more.hidden) this.more.focus();
  }
}

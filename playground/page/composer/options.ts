import type { CommandOption, OptionValue } from '../discord.ts';
import { element } from '../dom.ts';
import { translate } from '../language.ts';
import { type Ask, Chip, Completion } from './chip.ts';
import { type Leaf, nest, originalOf, splitOptions } from './command.ts';
import type { Listbox } from './listbox.ts';
import { type Problem, readValue } from './value.ts';

interface OptionPickerContext {
  readonly list: Listbox;
  readonly add: (option: CommandOption, text: string) => void;
  readonly send: () => void;
  readonly leave: () => void;
  /** Goes back to the previous option. */
  readonly back: () => void;
  readonly hint: (text: string) => void;
}

/** The field after the options, which adds another option by name. Enter sends the command. */
class OptionPicker {
  readonly field: HTMLInputElement;
  readonly button = element('button', { type: 'button', class: 'more', tabindex: -1 });
  private readonly context: OptionPickerContext;
  private unused: readonly CommandOption[] = [];

  constructor(path: string, description: string, context: OptionPickerContext) {
    this.context = context;
    this.field = element('input', {
      class: 'tail',
      role: 'combobox',
      'aria-label': translate('moreOf', path),
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    this.field.addEventListener('focus', () => context.hint(description));
    this.field.addEventListener('input', () => this.typed());
    this.field.addEventListener('keydown', event => this.key(event));
    this.field.addEventListener('blur', () => this.left());
    // Keeps the focus until the list is open.
    this.button.addEventListener('pointerdown', event => event.preventDefault());
    this.button.addEventListener('click', () => {
      this.field.focus();
      this.offer();
    });
  }

  show(unused: readonly CommandOption[]): void {
    this.unused = unused;
    this.button.hidden = unused.length === 0;
    this.button.textContent = translate('more', String(unused.length));
    this.button.setAttribute('aria-label', translate('addMore', String(unused.length)));
  }

  private left(): void {
    this.context.list.hide();
    this.field.value = '';
  }

  private typed(): void {
    const [name = '', text] = this.field.value.split(':', 2);
    const named = this.unused.find(option => [option.name, originalOf(option)].includes(name.trim()));
    if (named && text !== undefined) this.context.add(named, text.trim());
    else if (this.field.value === '') this.context.list.hide();
    else this.offer();
  }

  private offer(): void {
    const typed = this.field.value.trim().toLowerCase();
    const found = this.unused.filter(({ name }) => name.includes(typed));
    const items = found.map(({ name, description }) => ({ label: name, detail: description }));
    this.context.list.show(this.field, items, 0, at => {
      const option = found[at];
      if (option) this.context.add(option, '');
    });
  }

  private key(event: KeyboardEvent): void {
    const { list, send, leave, back } = this.context;
    const atStart = this.field.selectionStart === 0 && this.field.selectionEnd === 0;
    if (event.isComposing) return;
    if (event.key === 'Escape' && list.isOpen) list.hide();
    else if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && !list.choose()) send();
    else if ((event.key === 'Backspace' || event.key === 'ArrowLeft') && atStart) back();
    else if (event.key === 'ArrowDown' && !list.isOpen) this.offer();
    else if (event.key === 'Tab' && (event.shiftKey || !list.choose())) return;
    else if (event.key !== 'Enter' && event.key !== 'Tab' && !list.move(event.key)) return;
    event.preventDefault();
  }
}

interface OptionsContext {
  readonly list: Listbox;
  readonly ask: Ask;
  /** Shows the focused option's description, or its error. */
  readonly hint: (text: string, wrong?: boolean) => void;
  readonly send: () => void;
  /** Leaves the command and puts `text` in the plain field. */
  readonly leave: (text: string) => void;
}

/** The option fields of a command. Required options are shown from the start, others can be added. */
export class Options {
  readonly leaf: Leaf;
  readonly root: HTMLElement;
  private readonly chips: Chip[] = [];
  private readonly context: OptionsContext;
  private readonly completion: Completion;
  private readonly more: OptionPicker;

  constructor(leaf: Leaf, texts: ReadonlyMap<string, string>, context: OptionsContext) {
    this.leaf = leaf;
    this.context = context;
    this.completion = new Completion(context.list, context.ask, chip => this.focusNext(chip));
    const name = element('span', { class: 'command-name' }, `/${leaf.path}`);
    this.more = new OptionPicker(leaf.path, leaf.description, {
      list: context.list,
      hint: context.hint,
      send: context.send,
      leave: () => this.giveUp(),
      back: () => this.back(),
      add: (option, text) => this.fill(option.name, text),
    });
    const label = { class: 'options', role: 'group', 'aria-label': `/${leaf.path}` };
    this.root = element('div', label, name, this.more.button, this.more.field);
    this.more.show(this.unused);
    for (const option of leaf.options) {
      const text = texts.get(option.name);
      if (option.required || text !== undefined) this.add(option).take(text ?? '', undefined);
    }
  }

  /** Focuses the option `last`, or else the first empty one. */
  focus(last: string | undefined): void {
    const typed = this.chips.find(chip => chip.option.name === last);
    const target = typed ?? this.chips.find(chip => chip.entry.text === '') ?? this.chips.at(-1);
    (target ?? this.more).field.focus();
  }

  close(): void {
    this.completion.close();
  }

  /** Returns the options as Discord sends them. If any is missing or invalid, marks it and returns undefined. */
  values(): readonly OptionValue[] | undefined {
    const filled = this.chips.filter(chip => chip.option.required || chip.entry.text !== '');
    const wrong = filled.flatMap(chip => {
      const reading = readValue(chip.option, chip.entry);
      return reading.kind === 'wrong' ? [{ chip, problem: reading.problem }] : [];
    });
    for (const chip of filled) chip.setProblem(wrong.some(one => one.chip === chip));
    const first = wrong[0];
    if (!first) return this.read();
    first.chip.field.focus();
    this.context.hint(explain(first.chip.option.name, first.problem), true);
    return undefined;
  }

  /** Returns the options so far. `focused` is the one being typed. */
  read(focused?: Chip): readonly OptionValue[] {
    const values = this.chips.flatMap(chip => {
      const { type } = chip.option;
      const name = originalOf(chip.option);
      if (chip === focused) return [{ type, name, value: chip.entry.text, focused: true }];
      if (type === 11 && chip.file) return [{ type, name, value: name }];
      const reading = readValue(chip.option, chip.entry);
      return reading.kind === 'read' ? [{ type, name, value: reading.value }] : [];
    });
    return nest(this.leaf, values);
  }

  files(): readonly { readonly id: string; readonly file: File }[] {
    return this.chips.flatMap(({ option, file }) => (file ? [{ id: originalOf(option), file }] : []));
  }

  private get unused(): readonly CommandOption[] {
    return this.leaf.options.filter(option => !this.chips.some(chip => chip.option === option));
  }

  private add(option: CommandOption): Chip {
    const chip = new Chip(option);
    this.chips.push(chip);
    this.more.button.before(chip.root);
    chip.field.addEventListener('focus', () => this.entered(chip));
    chip.field.addEventListener('blur', () => this.completion.close());
    chip.field.addEventListener('input', () => this.typed(chip));
    chip.field.addEventListener('keydown', event => this.keyOnChip(event, chip));
    this.more.show(this.unused);
    return chip;
  }

  private remove(chip: Chip): void {
    const at = this.chips.indexOf(chip);
    this.chips.splice(at, 1);
    chip.root.remove();
    this.more.show(this.unused);
    (this.chips[Math.max(0, at - 1)] ?? this.more).field.focus();
  }

  /** Focuses the last option, or leaves a command without options. */
  private back(): void {
    const last = this.chips.at(-1);
    if (last) last.field.focus();
    else this.context.leave(`/${this.leaf.path}`);
  }

  private entered(chip: Chip): void {
    this.context.hint(chip.option.description);
    this.completion.open(chip, 0);
  }

  /** Typing `speaker:` inside another option starts that option, as in Discord. */
  private typed(chip: Chip): void {
    const texts = splitOptions([chip.option, ...this.leaf.options], chip.field.value);
    const named = [...texts].filter(([name]) => name !== chip.option.name);
    const repeated = [chip.option.name, originalOf(chip.option)].some(name => chip.field.value.startsWith(`${name}:`));
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
    const { list, send } = this.context;
    const empty = chip.field.value === '';
    if (event.isComposing) return;
    if (event.key === 'Escape' && list.isOpen) this.completion.close();
    else if (event.key === 'Escape') this.giveUp();
    else if (event.key === 'Enter' && !list.choose()) send();
    else if (event.key === 'Backspace' && empty) this.backspace(chip);
    else if (event.key === 'Tab' && !event.shiftKey && list.choose()) this.after(chip);
    else if (event.key === 'ArrowDown' && !list.isOpen) this.completion.open(chip, 0);
    else if (event.key !== 'Enter' && !list.move(event.key)) return;
    event.preventDefault();
  }

  /** Escape only leaves an empty command, so that no input is lost. */
  private giveUp(): void {
    if (this.chips.every(({ entry }) => entry.text === '')) this.context.leave('');
  }

  private backspace(chip: Chip): void {
    if (chip.option.required) this.context.leave(`/${this.leaf.path}`);
    else this.remove(chip);
  }

  private after(chip: Chip): void {
    (this.chips[this.chips.indexOf(chip) + 1] ?? this.more).field.focus();
  }
}

function explain(name: string, problem: Problem): string {
  return translate(problem.says, name, ...('with' in problem ? problem.with : []));
}

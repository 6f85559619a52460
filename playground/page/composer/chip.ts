import type { Choice, CommandOption } from '../discord.ts';
import { element } from '../dom.ts';
import { translate } from '../language.ts';
import { type Entry, fixedChoices } from './command.ts';
import type { Listbox } from './listbox.ts';

/** An option of a command in the composer: its name and the field for its value. */
export class Chip {
  readonly option: CommandOption;
  readonly root: HTMLElement;
  readonly field: HTMLInputElement;
  private chosen: string | number | undefined;

  constructor(option: CommandOption) {
    this.option = option;
    this.field = element('input', {
      type: option.type === 11 ? 'file' : 'text',
      role: option.type === 11 ? undefined : 'combobox',
      class: 'chip-field',
      'aria-label': `${option.required ? translate('required', option.name) : option.name}: ${option.description}`,
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-required': String(option.required ?? false),
      autocomplete: 'off',
      spellcheck: 'false',
      size: 1,
    });
    const name = element('span', { class: 'chip-name', 'aria-hidden': 'true' }, option.name);
    this.root = element('span', { class: 'chip' }, name, this.field);
    this.field.addEventListener('input', () => this.typed());
    this.root.addEventListener('click', () => this.field.focus());
    this.fit();
  }

  get entry(): Entry {
    return { text: this.field.value, chosen: this.chosen };
  }

  get file(): File | undefined {
    return this.field.files?.[0];
  }

  /** Sets the text, and the value to send if it is a suggestion. */
  take(text: string, chosen: string | number | undefined): void {
    // Scripts can't set a file field.
    if (this.field.type === 'file') return;
    this.field.value = text;
    this.chosen = chosen;
    this.setProblem(false);
    this.fit();
    this.field.setSelectionRange(text.length, text.length);
  }

  setProblem(wrong: boolean): void {
    this.root.classList.toggle('wrong', wrong);
    if (wrong) this.field.setAttribute('aria-invalid', 'true');
    else this.field.removeAttribute('aria-invalid');
  }

  private typed(): void {
    this.chosen = undefined;
    this.setProblem(false);
    this.fit();
  }

  /** Grows the field with its text, for browsers without `field-sizing`. */
  private fit(): void {
    this.field.size = Math.max(2, Math.min(60, this.field.value.length + 1));
  }
}

/** Asks the bot for choices. Resolves to undefined if it didn't answer or the request was aborted. */
export type Ask = (chip: Chip, signal: AbortSignal) => Promise<readonly Choice[] | undefined>;

const PAUSE_MILLISECONDS = 150;

/**
 * The suggestions for a chip. Fixed choices appear at once, the bot's after a pause in typing. Stale answers are
 * dropped.
 */
export class Completion {
  private readonly list: Listbox;
  private readonly ask: Ask;
  private readonly onTaken: (chip: Chip) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking = new AbortController();

  constructor(list: Listbox, ask: Ask, onTaken: (chip: Chip) => void) {
    this.list = list;
    this.ask = ask;
    this.onTaken = onTaken;
  }

  open(chip: Chip, pause: number = PAUSE_MILLISECONDS): void {
    this.withdraw();
    const fixed = fixedChoices(chip.option);
    // When returning to a chosen value, Enter must not choose another.
    const taken = chip.entry.chosen !== undefined;
    if (fixed && !taken) {
      const typed = chip.entry.text.toLowerCase();
      const matching = fixed.filter(({ name }) => name.toLowerCase().includes(typed));
      // Only these values are allowed, so Enter takes the first.
      this.show(chip, typed === '' ? fixed : matching, 0);
    } else if (chip.option.autocomplete && !taken) {
      this.timer = setTimeout(() => this.fetch(chip), pause);
    } else {
      this.list.hide();
    }
  }

  close(): void {
    this.withdraw();
    this.list.hide();
  }

  private withdraw(): void {
    clearTimeout(this.timer);
    this.asking.abort();
    this.asking = new AbortController();
  }

  private async fetch(chip: Chip): Promise<void> {
    const { signal } = this.asking;
    const choices = await this.ask(chip, signal);
    if (signal.aborted || document.activeElement !== chip.field) return;
    // Free text is allowed too, so Enter takes a suggestion only if one is active. One that became active while the bot
    // was answering stays so.
    const active = this.list.activeLabel;
    this.show(chip, choices ?? [], choices?.findIndex(({ name }) => name === active) ?? -1);
  }

  private show(chip: Chip, choices: readonly Choice[], active: number): void {
    const items = choices.map(({ name }) => ({ label: name }));
    this.list.show(chip.field, items, active, at => {
      const choice = choices[at];
      if (!choice) return;
      chip.take(choice.name, choice.value);
      this.close();
      this.onTaken(chip);
    });
  }
}

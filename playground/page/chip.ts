import type { Entry } from './command.ts';
import type { CommandOption } from './discord.ts';
import { element } from './element.ts';
import { word } from './words.ts';

/** One option of a command in the composer: its name and the field for its value. */
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
      'aria-label': `${option.required ? word('required', option.name) : option.name}: ${option.description}`,
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

  /** Takes a suggestion: its name is what one sees, its value what is sent. */
  take(text: string, chosen: string | number | undefined): void {
    // Only a person can put a file there.
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

  /** Grows with the text, for browsers that cannot do it by style alone. */
  private fit(): void {
    this.field.size = Math.max(2, Math.min(60, this.field.value.length + 1));
  }
}

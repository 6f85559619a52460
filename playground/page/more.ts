import { originalOf } from './command.ts';
import type { CommandOption } from './discord.ts';
import { element } from './element.ts';
import type { Listbox } from './listbox.ts';
import { word } from './words.ts';

export interface MoreSurroundings {
  readonly list: Listbox;
  readonly add: (option: CommandOption, text: string) => void;
  readonly send: () => void;
  readonly leave: () => void;
  /** Goes back to the option before. */
  readonly back: () => void;
  readonly hint: (text: string) => void;
}

/** The end of a command being filled in: takes the name of one more option, and Enter sends. */
export class More {
  readonly field: HTMLInputElement;
  readonly button = element('button', { type: 'button', class: 'more', tabindex: -1 });
  private readonly around: MoreSurroundings;
  private unused: readonly CommandOption[] = [];

  constructor(path: string, description: string, around: MoreSurroundings) {
    this.around = around;
    this.field = element('input', {
      class: 'tail',
      role: 'combobox',
      'aria-label': word('moreOf', path),
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    this.field.addEventListener('focus', () => around.hint(description));
    this.field.addEventListener('input', () => this.typed());
    this.field.addEventListener('keydown', event => this.key(event));
    this.field.addEventListener('blur', () => this.left());
    // The focus stays where it is until the list is open.
    this.button.addEventListener('pointerdown', event => event.preventDefault());
    this.button.addEventListener('click', () => {
      this.field.focus();
      this.offer();
    });
  }

  show(unused: readonly CommandOption[]): void {
    this.unused = unused;
    this.button.hidden = unused.length === 0;
    this.button.textContent = word('more', String(unused.length));
    this.button.setAttribute('aria-label', word('addMore', String(unused.length)));
  }

  private left(): void {
    this.around.list.hide();
    this.field.value = '';
  }

  private typed(): void {
    const [name = '', text] = this.field.value.split(':', 2);
    const named = this.unused.find(option => [option.name, originalOf(option)].includes(name.trim()));
    if (named && text !== undefined) this.around.add(named, text.trim());
    else if (this.field.value === '') this.around.list.hide();
    else this.offer();
  }

  private offer(): void {
    const typed = this.field.value.trim().toLowerCase();
    const found = this.unused.filter(({ name }) => name.includes(typed));
    const items = found.map(({ name, description }) => ({ label: name, detail: description }));
    this.around.list.show(this.field, items, 0, at => {
      const option = found[at];
      if (option) this.around.add(option, '');
    });
  }

  private key(event: KeyboardEvent): void {
    const { list, send, leave, back } = this.around;
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

import { Listbox } from '../composer/listbox.ts';
import type { SelectComponent } from '../discord.ts';
import { element, icon, shouldOpenUp } from '../dom.ts';
import { translate } from '../language.ts';

/** A select menu, whose choice is sent at once. */
export function renderSelect(select: SelectComponent, send: (value: string) => Promise<void>): HTMLElement {
  return new Select(select, send).root;
}

class Select {
  readonly root: HTMLElement;
  private readonly component: SelectComponent;
  private readonly send: (value: string) => Promise<void>;
  private readonly face = element('span', { class: 'face' });
  private readonly button: HTMLButtonElement;
  private readonly list: Listbox;
  private chosen: string | undefined;

  constructor(component: SelectComponent, send: (value: string) => Promise<void>) {
    this.component = component;
    this.send = send;
    this.list = new Listbox(this.placeholder);
    const attributes = {
      type: 'button',
      class: 'select',
      role: 'combobox',
      'aria-label': this.placeholder,
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
    };
    this.button = element('button', attributes, this.face, icon('down'));
    this.button.addEventListener('click', () => this.toggle());
    this.button.addEventListener('keydown', event => this.key(event));
    this.button.addEventListener('blur', () => this.list.hide());
    this.root = element('div', { class: 'select-box' }, this.button, this.list.root);
    this.showFace();
  }

  private get placeholder(): string {
    return this.component.placeholder ?? translate('select');
  }

  private showFace(): void {
    const label = this.component.options.find(({ value }) => value === this.chosen)?.label;
    this.face.textContent = label ?? this.placeholder;
    this.face.classList.toggle('placeholder', label === undefined);
  }

  private toggle(): void {
    if (this.list.isOpen) this.list.hide();
    else this.open();
  }

  private open(): void {
    const items = this.component.options.map(({ label, description, value }) => ({
      label,
      detail: description,
      selected: value === this.chosen,
    }));
    this.list.show(this.button, items, 0, at => this.choose(at));
    this.root.classList.toggle('up', shouldOpenUp(this.button, this.list.root));
  }

  private async choose(at: number): Promise<void> {
    const option = this.component.options[at];
    if (!option) return;
    this.chosen = option.value;
    this.list.hide();
    this.showFace();
    this.button.setAttribute('aria-busy', 'true');
    await this.send(option.value);
    this.button.removeAttribute('aria-busy');
  }

  private key(event: KeyboardEvent): void {
    const opens = !this.list.isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp');
    const chooses = this.list.isOpen && (event.key === 'Enter' || event.key === ' ');
    if (event.key === 'Escape') this.list.hide();
    else if (opens) this.open();
    else if (chooses) this.list.choose();
    else if (!this.list.move(event.key)) return;
    event.preventDefault();
  }
}

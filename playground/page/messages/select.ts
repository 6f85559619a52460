import { Listbox } from '../composer/listbox.ts';
import type { SelectComponent, SelectOption } from '../discord.ts';
import { element, icon, shouldOpenUp } from '../dom.ts';
import { translate } from '../language.ts';

/** A select menu. A single choice is sent at once, several when the list closes. */
export function renderSelect(select: SelectComponent, send: (values: readonly string[]) => Promise<void>): HTMLElement {
  return new Select(select, send).root;
}

class Select {
  readonly root: HTMLElement;
  private readonly component: SelectComponent;
  private readonly send: (values: readonly string[]) => Promise<void>;
  private readonly face = element('span', { class: 'face' });
  private readonly button: HTMLButtonElement;
  private readonly list: Listbox;
  private readonly chosen: Set<string>;
  private changed = false;

  constructor(component: SelectComponent, send: (values: readonly string[]) => Promise<void>) {
    this.component = component;
    this.send = send;
    this.chosen = new Set(component.options.filter(option => option.default).map(option => option.value));
    this.list = new Listbox(component.placeholder ?? translate('options'));
    const attributes = { type: 'button', role: 'combobox', 'aria-haspopup': 'listbox', 'aria-expanded': 'false' };
    const disabled = component.disabled ?? false;
    this.button = element('button', { ...attributes, class: 'select', disabled }, this.face, icon('down'));
    this.button.addEventListener('click', () => this.toggle());
    this.button.addEventListener('keydown', event => this.key(event));
    this.button.addEventListener('blur', () => this.close());
    this.root = element('div', { class: 'select-box' }, this.button, this.list.root);
    this.showFace();
  }

  private get several(): boolean {
    return (this.component.max_values ?? 1) > 1;
  }

  private showFace(): void {
    const labels = this.component.options.filter(option => this.chosen.has(option.value)).map(option => option.label);
    this.face.textContent = labels.join(', ') || (this.component.placeholder ?? translate('select'));
    this.face.classList.toggle('placeholder', labels.length === 0);
    this.button.setAttribute('aria-label', this.component.placeholder ?? this.face.textContent);
  }

  private toggle(): void {
    if (this.list.isOpen) this.close();
    else this.open(0);
  }

  private open(active: number): void {
    const items = this.component.options.map(option => ({
      label: label(option),
      detail: option.description,
      selected: this.chosen.has(option.value),
    }));
    this.list.show(this.button, items, active, at => this.choose(at));
    this.root.classList.toggle('up', shouldOpenUp(this.button, this.list.root));
  }

  private choose(at: number): void {
    const option = this.component.options[at];
    if (!option) return;
    this.changed = true;
    if (this.several) {
      this.mark(option.value);
      this.open(at);
      return;
    }
    this.chosen.clear();
    this.chosen.add(option.value);
    this.close();
  }

  private mark(value: string): void {
    const full = this.chosen.size >= (this.component.max_values ?? 1);
    if (!this.chosen.delete(value) && !full) this.chosen.add(value);
    this.showFace();
  }

  private async close(): Promise<void> {
    this.list.hide();
    this.showFace();
    if (!this.changed || this.chosen.size < (this.component.min_values ?? 1)) return;
    this.changed = false;
    this.button.setAttribute('aria-busy', 'true');
    await this.send([...this.chosen]);
    this.button.removeAttribute('aria-busy');
  }

  private key(event: KeyboardEvent): void {
    const opens = !this.list.isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp');
    const chooses = this.list.isOpen && (event.key === 'Enter' || event.key === ' ');
    if (event.key === 'Escape') this.close();
    else if (opens) this.open(0);
    else if (chooses) this.list.choose();
    else if (!this.list.move(event.key)) return;
    event.preventDefault();
  }
}

function label(option: SelectOption): string {
  const name = option.emoji?.name;
  return name && !option.emoji?.id ? `${name} ${option.label}` : option.label;
}

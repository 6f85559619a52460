import { element } from '../dom.ts';

export interface ListboxItem {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly selected?: boolean | undefined;
}

let made = 0;

/** A list of suggestions that a field owns: focus stays in the field, the list only points at one item. */
export class Listbox {
  readonly root: HTMLUListElement;
  private owner: HTMLElement | undefined;
  private onChoose: (at: number) => void = () => undefined;
  private size = 0;
  private pointed = -1;

  constructor(label: string) {
    made += 1;
    this.root = element('ul', { id: `list-${made}`, class: 'listbox', role: 'listbox', 'aria-label': label });
    this.root.hidden = true;
    // Pressing the mouse must not take the focus out of the field.
    this.root.addEventListener('pointerdown', event => event.preventDefault());
    this.root.addEventListener('click', event => this.clicked(event));
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** The item pointed at, or -1. */
  get active(): number {
    return this.pointed;
  }

  show(owner: HTMLElement, items: readonly ListboxItem[], active: number, onChoose: (at: number) => void): void {
    if (items.length === 0) {
      this.hide();
      return;
    }
    if (this.owner !== owner) this.hide();
    this.owner = owner;
    this.onChoose = onChoose;
    this.size = items.length;
    this.root.replaceChildren(...items.map((item, at) => this.row(item, at)));
    this.root.hidden = false;
    owner.setAttribute('aria-controls', this.root.id);
    owner.setAttribute('aria-expanded', 'true');
    this.point(active);
  }

  hide(): void {
    this.root.hidden = true;
    this.root.replaceChildren();
    this.size = 0;
    this.pointed = -1;
    this.owner?.setAttribute('aria-expanded', 'false');
    this.owner?.removeAttribute('aria-activedescendant');
    this.owner = undefined;
  }

  /** Moves by one with the arrow keys, around the ends. True when the key was for the list. */
  move(key: string): boolean {
    if (!this.isOpen || (key !== 'ArrowDown' && key !== 'ArrowUp')) return false;
    const from = this.pointed < 0 && key === 'ArrowUp' ? 0 : this.pointed;
    this.point((from + (key === 'ArrowDown' ? 1 : -1) + this.size) % this.size);
    return true;
  }

  /** Chooses the item pointed at. False when there is none. */
  choose(): boolean {
    if (!this.isOpen || this.pointed < 0) return false;
    this.onChoose(this.pointed);
    return true;
  }

  private row(item: ListboxItem, at: number): HTMLElement {
    const detail = item.detail ? [element('span', { class: 'detail' }, item.detail)] : [];
    const attributes = { id: `${this.root.id}-${at}`, role: 'option', 'aria-selected': String(item.selected ?? false) };
    return element('li', attributes, element('span', { class: 'label' }, item.label), ...detail);
  }

  private point(at: number): void {
    this.pointed = at;
    for (const [index, row] of [...this.root.children].entries()) {
      row.classList.toggle('active', index === at);
      if (index === at) row.scrollIntoView({ block: 'nearest' });
    }
    if (at < 0) this.owner?.removeAttribute('aria-activedescendant');
    else this.owner?.setAttribute('aria-activedescendant', `${this.root.id}-${at}`);
  }

  private clicked(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    const at = row ? [...this.root.children].indexOf(row) : -1;
    if (at >= 0) this.onChoose(at);
  }
}

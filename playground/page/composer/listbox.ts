import { element } from '../dom.ts';

export interface ListboxItem {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly selected?: boolean | undefined;
}

let made = 0;

/** A list of suggestions for a field. The focus stays in the field, and one item is active. */
export class Listbox {
  readonly root: HTMLUListElement;
  private owner: HTMLElement | undefined;
  private onChoose: (at: number) => void = () => undefined;
  private size = 0;
  private activeAt = -1;

  constructor(label: string) {
    made += 1;
    this.root = element('ul', { id: `list-${made}`, class: 'listbox', role: 'listbox', 'aria-label': label });
    this.root.hidden = true;
    // Keeps the focus in the field.
    this.root.addEventListener('pointerdown', event => event.preventDefault());
    this.root.addEventListener('click', event => this.clicked(event));
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** The index of the active item, or -1. */
  get active(): number {
    return this.activeAt;
  }

  /** The label of the active item, or undefined. */
  get activeLabel(): string | undefined {
    return this.root.children[this.activeAt]?.querySelector('.label')?.textContent ?? undefined;
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
    this.activeAt = -1;
    this.owner?.setAttribute('aria-expanded', 'false');
    this.owner?.removeAttribute('aria-activedescendant');
    this.owner = undefined;
  }

  /** Handles the arrow keys, wrapping around. Returns true if it handled the key. */
  move(key: string): boolean {
    if (!this.isOpen || (key !== 'ArrowDown' && key !== 'ArrowUp')) return false;
    const from = this.activeAt < 0 && key === 'ArrowUp' ? 0 : this.activeAt;
    this.point((from + (key === 'ArrowDown' ? 1 : -1) + this.size) % this.size);
    return true;
  }

  /** Chooses the active item. Returns false if there is none. */
  choose(): boolean {
    if (!this.isOpen || this.activeAt < 0) return false;
    this.onChoose(this.activeAt);
    return true;
  }

  private row(item: ListboxItem, at: number): HTMLElement {
    const detail = item.detail ? [element('span', { class: 'detail' }, item.detail)] : [];
    const attributes = { id: `${this.root.id}-${at}`, role: 'option', 'aria-selected': String(item.selected ?? false) };
    return element('li', attributes, element('span', { class: 'label' }, item.label), ...detail);
  }

  private point(at: number): void {
    this.activeAt = at;
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

import { element, icon, shouldOpenUp } from '../dom.ts';
import { translate } from '../language.ts';

/** A message command. */
export interface App {
  readonly name: string;
  readonly run: () => void;
}

/** The Apps menu of a message. It takes the focus when opened, and returns it to its button when closed by keyboard. */
export class AppsMenu {
  readonly root: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly menu: HTMLElement;
  private readonly items: readonly HTMLButtonElement[];

  constructor(apps: readonly App[]) {
    const attributes = {
      type: 'button',
      class: 'opener',
      'aria-label': translate('apps'),
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
    };
    this.button = element('button', attributes, icon('apps'));
    this.items = apps.map(app => this.item(app));
    this.menu = element(
      'div',
      { class: 'menu', role: 'menu', 'aria-label': translate('apps'), hidden: true },
      ...this.items,
    );
    this.root = element('div', { class: 'apps' }, this.button, this.menu);
    this.button.addEventListener('click', () => this.toggle());
    this.root.addEventListener('keydown', event => this.key(event));
    this.root.addEventListener('focusout', event => {
      if (!(event.relatedTarget instanceof Node && this.root.contains(event.relatedTarget))) this.close();
    });
  }

  private item({ name, run }: App): HTMLButtonElement {
    const item = element('button', { type: 'button', role: 'menuitem', tabindex: -1 }, name);
    item.addEventListener('click', () => {
      this.close();
      run();
    });
    return item;
  }

  private toggle(): void {
    if (this.menu.hidden) this.open(0);
    else this.close();
  }

  private open(at: number): void {
    this.menu.hidden = false;
    this.root.classList.toggle('up', shouldOpenUp(this.button, this.menu));
    this.button.setAttribute('aria-expanded', 'true');
    this.items.at(at)?.focus({ preventScroll: true });
  }

  private close(): void {
    if (this.menu.hidden) return;
    if (this.menu.contains(document.activeElement)) this.button.focus({ preventScroll: true });
    this.menu.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  private key(event: KeyboardEvent): void {
    const isOpen = !this.menu.hidden;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const focused = this.items.findIndex(item => item.matches(':focus'));
    if (event.key === 'Escape' && isOpen) this.close();
    else if (step !== undefined && !isOpen) this.open(step > 0 ? 0 : -1);
    else if (step !== undefined) this.items.at((focused + step) % this.items.length)?.focus();
    else if (event.key === 'Home' && isOpen) this.items.at(0)?.focus();
    else if (event.key === 'End' && isOpen) this.items.at(-1)?.focus();
    else return;
    event.preventDefault();
  }
}

import { element, icon } from '../dom.ts';
import type { Outcome } from '../state.ts';
import { word } from '../words.ts';
import type { ReadingPlace } from './scroll-position.ts';

const PATIENCE_MILLISECONDS = 400;

/** Marks what is true only until the playground answers again. */
export const UNREACHABLE = 'data-unreachable';

/** What only this page knows: that something is under way, or that it failed. Stands below the messages. */
export class Notices {
  private readonly root: HTMLElement;
  private readonly place: ReadingPlace;

  constructor(root: HTMLElement, place: ReadingPlace) {
    this.root = root;
    this.place = place;
  }

  /** Says that a command is being sent, unless the answer comes at once. */
  wait(command: string): { readonly settle: (outcome: Outcome) => void } {
    const waiting = this.line(word('sending'), command, 'waiting');
    const timer = setTimeout(() => this.add(waiting), PATIENCE_MILLISECONDS);
    return {
      settle: outcome => {
        clearTimeout(timer);
        waiting.remove();
        this.tell(command, outcome);
      },
    };
  }

  /** Says that it failed, if it did. */
  tell(what: string, { failed, unreachable }: Outcome): void {
    if (unreachable === undefined) this.reached();
    if (failed === undefined) return;
    const line = this.line(failed, what, 'failed');
    line.toggleAttribute(UNREACHABLE, unreachable !== undefined);
    const dismiss = element('button', { type: 'button', class: 'textual' }, word('dismiss'));
    dismiss.addEventListener('click', () => line.remove());
    line.append(element('footer', {}, icon('eye'), word('onlyYou'), dismiss));
    this.add(line);
  }

  /** Takes away what said that the playground does not answer, wherever it stands. */
  reached(): void {
    for (const line of document.querySelectorAll(`[${UNREACHABLE}]`)) line.remove();
  }

  private line(text: string, command: string, kind: 'waiting' | 'failed'): HTMLElement {
    const above = element(
      'p',
      { class: 'above' },
      icon('reply'),
      word('youUsed'),
      element('span', { class: 'mention' }, command),
    );
    return element('div', { class: `notice ${kind}` }, above, element('p', {}, text));
  }

  private add(line: HTMLElement): void {
    this.root.append(line);
    this.place.toEnd();
  }
}

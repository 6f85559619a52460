import { element, icon } from '../dom.ts';
import { translate } from '../language.ts';
import type { Outcome } from '../state.ts';
import type { ScrollPosition } from './scroll-position.ts';

const DELAY_MILLISECONDS = 400;

/** Marks notices to remove once the playground responds again. */
export const UNREACHABLE = 'data-unreachable';

/** Local notices below the messages: what is being sent and what failed. */
export class Notices {
  private readonly root: HTMLElement;
  private readonly place: ScrollPosition;

  constructor(root: HTMLElement, place: ScrollPosition) {
    this.root = root;
    this.place = place;
  }

  /** Shows that a command is being sent, unless it is answered quickly. */
  wait(command: string): { readonly settle: (outcome: Outcome) => void } {
    const waiting = this.line(translate('sending'), command, 'waiting');
    const timer = setTimeout(() => this.add(waiting), DELAY_MILLISECONDS);
    return {
      settle: outcome => {
        clearTimeout(timer);
        waiting.remove();
        this.tell(command, outcome);
      },
    };
  }

  /** Shows the error of an outcome, if any, and of which command. */
  tell(command: string | undefined, { failed, unreachable }: Outcome): void {
    if (unreachable === undefined) this.reached();
    if (failed === undefined) return;
    const line = this.line(failed, command, 'failed');
    line.toggleAttribute(UNREACHABLE, unreachable !== undefined);
    const dismiss = element('button', { type: 'button', class: 'textual' }, translate('dismiss'));
    dismiss.addEventListener('click', () => line.remove());
    line.append(element('footer', {}, icon('eye'), translate('onlyYou'), dismiss));
    this.add(line);
  }

  /** Removes all notices that the playground isn't responding. */
  reached(): void {
    for (const line of document.querySelectorAll(`[${UNREACHABLE}]`)) line.remove();
  }

  private line(text: string, command: string | undefined, kind: 'waiting' | 'failed'): HTMLElement {
    const line = element('div', { class: `notice ${kind}` }, element('p', {}, text));
    if (command === undefined) return line;
    const named = element('span', { class: 'mention' }, command);
    line.prepend(element('p', { class: 'above' }, icon('reply'), translate('youUsed'), named));
    return line;
  }

  private add(line: HTMLElement): void {
    this.root.append(line);
    this.place.toEnd();
  }
}

import { element } from './element.ts';
import { icon } from './icons.ts';
import type { ReadingPlace } from './place.ts';
import { word } from './words.ts';

const PATIENCE_MILLISECONDS = 400;

/** What only this page knows: that something is under way, or that it failed. Stands below the messages. */
export class Notices {
  private readonly root: HTMLElement;
  private readonly place: ReadingPlace;

  constructor(root: HTMLElement, place: ReadingPlace) {
    this.root = root;
    this.place = place;
  }

  /** Says that a command is being sent, unless the answer comes at once. */
  wait(command: string): { readonly settle: (failed: string | undefined) => void } {
    const waiting = this.line(word('sending'), command, 'waiting');
    const timer = setTimeout(() => this.add(waiting), PATIENCE_MILLISECONDS);
    return {
      settle: failed => {
        clearTimeout(timer);
        waiting.remove();
        if (failed !== undefined) this.fail(command, failed);
      },
    };
  }

  fail(what: string, why: string): void {
    const line = this.line(why, what, 'failed');
    const dismiss = element('button', { type: 'button', class: 'textual' }, word('dismiss'));
    dismiss.addEventListener('click', () => line.remove());
    line.append(element('footer', {}, icon('eye'), word('onlyYou'), dismiss));
    this.add(line);
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

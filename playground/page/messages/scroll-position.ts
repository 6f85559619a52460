import { type Extent, isSameSize, isStillAtEnd } from '../geometry.ts';

interface Mark {
  readonly id: string | undefined;
  /** How far its top is below that of the scroller, where it is below at all. */
  readonly below: number;
  /** The part of its height that is above the scroller's top. */
  readonly passed: number;
  readonly width: number;
}

/**
 * Where in the list somebody reads. Whatever loads or changes its size, a reader at the end stays there. Anybody else is
 * kept in their place by the browser, except where all lines break anew: there by the first message that they see.
 */
export class ReadingPlace {
  private readonly scroller: HTMLElement;
  private readonly list: HTMLElement;
  private isAtEnd = true;
  private before: Extent;
  private mark: Mark | undefined;

  /** `below` may grow as well, under the list in the same scroller. */
  constructor(scroller: HTMLElement, list: HTMLElement, below: HTMLElement) {
    this.scroller = scroller;
    this.list = list;
    this.before = extentOf(scroller);
    scroller.addEventListener('scroll', () => this.scrolled(), { passive: true });
    scroller.addEventListener('wheel', event => this.wheeled(event), { passive: true });
    const watch = new ResizeObserver(() => this.keep());
    for (const part of [scroller, list, below]) watch.observe(part);
  }

  toEnd(): void {
    this.isAtEnd = true;
    this.keep();
  }

  private keep(): void {
    if (this.isAtEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    else this.backToMark();
    this.remember();
  }

  /** Upwards, that is a reader's will, whatever changes its size at the same time; with Ctrl it is not scrolling at all. */
  private wheeled({ deltaY, ctrlKey }: WheelEvent): void {
    if (deltaY < 0 && !ctrlKey && this.scroller.scrollTop > 0) this.isAtEnd = false;
  }

  private scrolled(): void {
    const now = extentOf(this.scroller);
    this.isAtEnd = isStillAtEnd(this.isAtEnd, this.before, now);
    // With another size `keep` comes next, and needs to know what was there before.
    if (isSameSize(this.before, now)) this.remember();
  }

  private remember(): void {
    this.before = extentOf(this.scroller);
    const { top } = this.scroller.getBoundingClientRect();
    const first = this.messages().find(message => message.getBoundingClientRect().bottom > top);
    const box = first?.getBoundingClientRect();
    const below = (box?.top ?? 0) - top;
    const passed = Math.max(0, -below) / (box?.height || 1);
    this.mark = { id: first?.dataset.id, below: Math.max(0, below), passed, width: this.scroller.clientWidth };
  }

  private backToMark(): void {
    const { mark, scroller } = this;
    if (mark === undefined || mark.width === scroller.clientWidth) return;
    const box = this.messages()
      .find(({ dataset }) => dataset.id === mark.id)
      ?.getBoundingClientRect();
    if (box === undefined) return;
    const below = mark.passed > 0 ? -mark.passed * box.height : mark.below;
    scroller.scrollTop += box.top - scroller.getBoundingClientRect().top - below;
  }

  private messages(): readonly HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('.message')];
  }
}

function extentOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): Extent {
  return { scrollTop, scrollHeight, clientHeight };
}

import { isSameSize, isStillAtEnd, type ScrollMetrics } from '../geometry.ts';

interface Mark {
  readonly id: string | undefined;
  /** Pixels from the scroller's top down to the message's top, or 0. */
  readonly below: number;
  /** Fraction of its height above the scroller's top. */
  readonly passed: number;
  readonly width: number;
}

/**
 * Keeps the scroll position when content loads or changes size. A reader at the end stays there. Otherwise the browser
 * keeps the position, except when the width changes: then the first visible message stays in place.
 */
export class ScrollPosition {
  private readonly scroller: HTMLElement;
  private readonly list: HTMLElement;
  private readonly below: HTMLElement;
  private isAtEnd = true;
  private before: ScrollMetrics;
  private mark: Mark | undefined;

  /** `below` is under the list in the same scroller and may also grow. */
  constructor(scroller: HTMLElement, list: HTMLElement, below: HTMLElement) {
    this.scroller = scroller;
    this.list = list;
    this.below = below;
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
    // The welcome of an empty channel is read from its top.
    const isEmpty = this.list.childElementCount + this.below.childElementCount === 0;
    if (!this.isAtEnd) this.backToMark();
    else if (!isEmpty) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.remember();
  }

  /** Scrolling up leaves the end, even if sizes change at the same time. With Ctrl, the wheel zooms instead. */
  private wheeled({ deltaY, ctrlKey }: WheelEvent): void {
    if (deltaY < 0 && !ctrlKey && this.scroller.scrollTop > 0) this.isAtEnd = false;
  }

  private scrolled(): void {
    const now = extentOf(this.scroller);
    this.isAtEnd = isStillAtEnd(this.isAtEnd, this.before, now);
    // If the size changed, `keep` runs next and needs the previous position.
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

function extentOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollMetrics {
  return { scrollTop, scrollHeight, clientHeight };
}

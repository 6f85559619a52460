import { INLINE } from './lexicon/elements.ts';
import type { Element } from './page.ts';

/** A line as displayed: a paragraph, a heading, a list item. */
export interface Line {
  readonly text: string;
  /** The whole line is a link. */
  readonly isLink: boolean;
  readonly isHeading: boolean;
}

/** Browsers collapse these to one space; U+2028 and U+2029 don't end a line in HTML. */
const SPACES = /[\t\n\f\r \u2028\u2029]+/gv;
/** Control characters, and invisible hints where a word may break. */
const UNSEEN = /[\p{Cc}\xAD\u200B\u2060\uFEFF]+/gv;
const HEADING = /^h[1-6]$/v;

/** Returns the lines of an element that aren't blank, in order. */
export function linesOf(element: Element): readonly Line[] {
  const writer = new LineWriter();
  writer.write(element);
  return writer.finish();
}

class LineWriter {
  readonly #lines: Line[] = [];
  #text = '';
  #isLink = true;
  #isHeading = false;
  /** Number of open elements of this kind. */
  #links = 0;
  #headings = 0;

  finish(): readonly Line[] {
    this.#end();
    return this.#lines;
  }

  write(element: Element): void {
    const isBlock = !INLINE.has(element.name);
    if (isBlock) this.#end();
    this.#count(element.name, 1);
    for (const child of element.children) {
      if (typeof child === 'string') this.#add(child);
      else this.write(child);
    }
    if (isBlock) this.#end();
    this.#count(element.name, -1);
  }

  #count(name: string, by: 1 | -1): void {
    if (name === 'a') this.#links += by;
    if (HEADING.test(name)) this.#headings += by;
  }

  #add(text: string): void {
    this.#text += text;
    this.#isHeading ||= this.#headings > 0;
    if (this.#links === 0 && text.trim() !== '') this.#isLink = false;
  }

  #end(): void {
    const text = this.#text.replace(SPACES, ' ').replace(UNSEEN, '').trim().toWellFormed();
    if (text !== '') this.#lines.push({ text, isLink: this.#isLink, isHeading: this.#isHeading });
    this.#text = '';
    this.#isLink = true;
    this.#isHeading = false;
  }
}

import { Parser } from 'htmlparser2';
import { BESIDE_WORDS, INLINE, KEPT_ATTRIBUTES, NOT_WORDS } from './lexicon/elements.ts';

export interface Element {
  readonly name: string;
  /** Attributes that the extraction reads, cut to a maximum length. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
  /** Number of characters of text, at any depth. */
  readonly size: number;
}

/** An element whose end tag hasn't been read. */
interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
  size: number;
}

/** Stands for what was removed between words. */
export const LINE_BREAK: Element = { name: 'br', attributes: new Map(), children: [], size: 0 };

/** In characters. */
const LONGEST_ATTRIBUTE = 200;
const LONGEST_STYLE = 2000;
/** Browsers ignore repeated ones. Sites hide them until their scripts have run. */
const AROUND_PAGE: ReadonlySet<string> = new Set(['html', 'head', 'body']);
const HIDING = /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)/iv;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Sites' usual names for what only screen readers read out. */
const SCREEN_READER = /(?:^|[\s_\-])(?:sr-only|visually-?hidden|screen-reader-text)(?:$|[\s_\-])/iv;

/** Whether the element only styles its words or wraps the page, so that it can be dropped. */
function isStyle({ name, attributes }: OpenElement): boolean {
  if (AROUND_PAGE.has(name)) return true;
  return name === 'q' || (INLINE.has(name) && name !== 'a' && attributes.size === 0);
}

/** Without their markup, 10⁶ and a note’s number after a year would be other numbers. */
function raise(text: string): string {
  return text.replace(/\d/gv, digit => SUPERSCRIPTS.charAt(Number(digit)));
}

function append(parent: OpenElement, child: Element | string): void {
  const before = parent.children.at(-1);
  if (typeof child === 'string' && typeof before === 'string') {
    parent.children[parent.children.length - 1] = before + child;
    return;
  }
  parent.children.push(child);
}

function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (AROUND_PAGE.has(name)) return false;
  if (attributes.hidden !== undefined || attributes['aria-hidden']?.toLowerCase() === 'true') return true;
  return HIDING.test(attributes.style?.slice(0, LONGEST_STYLE) ?? '');
}

function keepAttributes(attributes: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const kept = KEPT_ATTRIBUTES.flatMap(name => {
    const value = attributes[name];
    return value === undefined ? [] : ([[name, value.slice(0, LONGEST_ATTRIBUTE)]] as const);
  });
  return new Map(kept);
}

/** A page reduced to its words and metadata: safe to walk, whatever the source. */
export interface Page {
  readonly body: Element;
  /** From the `<title>` element. */
  readonly title: string;
  /** By lower-case name, property or itemprop; the first of a name counts. */
  readonly metas: ReadonlyMap<string, string>;
  readonly canonical: string | undefined;
  /** Contents of `application/ld+json` scripts. */
  readonly records: readonly string[];
}

const PIECE = 16_384;
/** News pages have depths of up to 60 and up to 3,000 elements that aren't just style. */
const MOST_DEPTH = 150;
const MOST_ELEMENTS = 8000;
/** Later passes take time proportional to size times depth; an element counts as `ELEMENT_WORK` characters. */
const MOST_WORK = 15_000_000;
const ELEMENT_WORK = 100;
/** Characters of text: 180,000 words. A page without elements would otherwise pass with 5 MB. */
const MOST_TEXT = 1_000_000;
const LONGEST_TITLE = 1000;
const LONGEST_META = 2000;
const MOST_METAS = 500;
const LONGEST_RECORD = 500_000;
const MOST_RECORDS = 20;

const RECORD_TYPE = /^\s*application\/ld\+json\s*(?:;|$)/iv;

/** Parses a page in one pass and bounded time. Returns `undefined` if it is deeper or larger than any news page. */
export function parsePage(html: string): Page | undefined {
  const reader = new PageReader();
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true });
  for (let at = 0; at < html.length; at += PIECE) {
    parser.write(html.slice(at, at + PIECE));
    if (reader.isTooMuch) return undefined;
  }
  parser.end();
  return reader.isTooMuch ? undefined : reader.page();
}

class PageReader {
  readonly #body: OpenElement = { name: 'body', attributes: new Map(), children: [], size: 0 };
  readonly #open = [this.#body];
  readonly #metas = new Map<string, string>();
  readonly #records: string[] = [];
  #canonical: string | undefined;
  #title: string | undefined;
  #depth = 0;
  #deepest = 0;
  #elements = 0;
  #work = 0;
  #text = 0;
  /** Depth of the element that is being skipped; 0 if none. */
  #leftOut = 0;
  #keepsRecord = false;

  get isTooMuch(): boolean {
    const isTooLarge = this.#elements > MOST_ELEMENTS || this.#text > MOST_TEXT || this.#work > MOST_WORK;
    return isTooLarge || this.#deepest > MOST_DEPTH;
  }

  page(): Page {
    while (this.#open.length > 1) this.#close();

    return {
      body: this.#body,
      title: this.#title ?? '',
      metas: this.#metas,
      canonical: this.#canonical,
      records: this.#records,
    };
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    if (this.#leftOut > 0) return;
    if (name === 'meta') this.#readMeta(attributes);
    if (name === 'link') this.#readLink(attributes);
    if (name === 'script') this.#readScript(attributes);
    if (NOT_WORDS.has(name) || BESIDE_WORDS.has(name) || isHidden(name, attributes) || this.#isLinkHint(attributes)) {
      this.#leftOut = this.#depth;
      if (!NOT_WORDS.has(name) && !INLINE.has(name)) this.#breakLine();
      return;
    }
    const element = {
      name: this.#isUnknownInline(name) ? 'span' : name,
      attributes: keepAttributes(attributes),
      children: [],
      size: 0,
    };
    this.#open.push(element);
    // Browsers add quotation marks around <q>, which readers see.
    if (name === 'q') {
      append(element, '“');
      this.#text += '“”'.length;
    }
    if (isStyle(element)) return;
    this.#elements += 1;
    this.#work += ELEMENT_WORK * this.#open.length;
  }

  ontext(text: string): void {
    if (this.#keepsRecord) this.#addToRecord(text);
    const parent = this.#open.at(-1);
    if (this.#leftOut > 0 || parent === undefined) return;
    append(parent, this.#open.slice(-2).some(({ name }) => name === 'sup') ? raise(text) : text);
    parent.size += text.length;
    // A title of any length is cut, so it doesn't count.
    if (parent.name !== 'title') this.#text += text.length;
    this.#work += text.length * this.#open.length;
  }

  onclosetag(): void {
    if (this.#leftOut === 0) this.#close();
    if (this.#leftOut === this.#depth) {
      this.#leftOut = 0;
      this.#keepsRecord = false;
    }
    this.#depth -= 1;
  }

  /** Elements of Word, `st1:place`, and custom ones in a paragraph. Elsewhere, custom ones usually are blocks. */
  #isUnknownInline(element: string): boolean {
    return element.includes(':') || (element.includes('-') && this.#open.some(({ name }) => name === 'p'));
  }

  /** “(opens in a new tab)”. Elsewhere, such words may be those that a picture or a drop cap shows. */
  #isLinkHint({ class: names = '' }: Readonly<Record<string, string>>): boolean {
    return SCREEN_READER.test(names.slice(0, LONGEST_ATTRIBUTE)) && this.#open.some(({ name }) => name === 'a');
  }

  #close(): void {
    const element = this.#open.length > 1 ? this.#open.pop() : undefined;
    const parent = this.#open.at(-1);
    if (element === undefined || parent === undefined) return;
    if (element.name === 'title') {
      this.#title ??= element.children
        .filter(child => typeof child === 'string')
        .join('')
        .slice(0, LONGEST_TITLE);
      return;
    }
    if (element.name === 'q') append(element, '”');
    for (const child of isStyle(element) ? element.children : [element]) append(parent, child);
    parent.size += element.size;
  }

  #breakLine(): void {
    const parent = this.#open.at(-1);
    if (parent === undefined || parent.children.at(-1) === LINE_BREAK) return;
    this.#elements += 1;
    append(parent, LINE_BREAK);
  }

  #addToRecord(text: string): void {
    const last = this.#records.length - 1;
    const record = this.#records[last] ?? '';
    if (record.length < LONGEST_RECORD) this.#records[last] = record + text;
  }

  #readMeta(attributes: Readonly<Record<string, string>>): void {
    const name = (attributes.property ?? attributes.name ?? attributes.itemprop ?? '').toLowerCase();
    const content = attributes.content?.slice(0, LONGEST_META) ?? '';
    if (name === '' || name.length > LONGEST_ATTRIBUTE || content === '' || this.#metas.size >= MOST_METAS) return;
    if (!this.#metas.has(name)) this.#metas.set(name, content);
  }

  #readLink(attributes: Readonly<Record<string, string>>): void {
    const isCanonical = attributes.rel?.slice(0, LONGEST_ATTRIBUTE).toLowerCase().split(/\s+/v).includes('canonical');
    if (isCanonical === true) this.#canonical ??= attributes.href?.slice(0, LONGEST_META);
  }

  #readScript(attributes: Readonly<Record<string, string>>): void {
    const type = attributes.type?.slice(0, LONGEST_ATTRIBUTE) ?? '';
    if (!RECORD_TYPE.test(type) || this.#records.length >= MOST_RECORDS) return;
    this.#records.push('');
    this.#keepsRecord = true;
  }
}

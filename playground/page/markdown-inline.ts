import { readAngle, readLink } from './markdown-atoms.ts';
import { pairsOfBrackets, runLength, runsOfTicks } from './markdown-runs.ts';

type Style = 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler';

/** Every leaf keeps the characters it was written with; what it looks like is for markdown-dom.ts to say. */
export type Inline =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | { readonly type: 'break'; readonly text: '\n' }
  | { readonly type: Style; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly type: 'timestamp'; readonly unix: number; readonly style: string; readonly text: string }
  | { readonly type: 'command'; readonly name: string; readonly id: string; readonly text: string }
  | { readonly type: 'mention'; readonly of: 'user' | 'role' | 'channel'; readonly id: string; readonly text: string }
  | { readonly type: 'emoji'; readonly name: string; readonly text: string };

interface Marker {
  readonly style: Style;
  readonly text: string;
}

const MARKERS: Readonly<Record<string, readonly Marker[]>> = {
  '*': [
    { style: 'emphasis', text: '*' },
    { style: 'strong', text: '**' },
  ],
  _: [
    { style: 'emphasis', text: '_' },
    { style: 'underline', text: '__' },
  ],
  '~': [{ style: 'strike', text: '~~' }],
  '|': [{ style: 'spoiler', text: '||' }],
};

const PLAIN = /[^\\`*_~\|\[<h\n]+/vy;
const PUNCTUATION = /^[^0-9A-Za-z\s]$/v;
const WORD = /^[\p{L}\p{N}_]$/v;
const SPACE = /^\s?$/v;

/** Reads one stretch of text without blocks. At most one frame is open for each marker, so the whole is linear. */
export function parseInline(text: string): readonly Inline[] {
  return new Reader(text, true).read();
}

interface Found {
  readonly length: number;
  readonly node: Inline;
}

interface Frame {
  readonly marker: Marker | undefined;
  readonly children: Inline[];
}

class Reader {
  private readonly text: string;
  private readonly links: boolean;
  private readonly frames: [Frame, ...Frame[]] = [{ marker: undefined, children: [] }];
  private readonly ticks: ReadonlyMap<number, number[]>;
  private readonly brackets: ReadonlyMap<number, number>;
  private at = 0;

  constructor(text: string, links: boolean) {
    this.text = text;
    this.links = links;
    this.ticks = runsOfTicks(text);
    this.brackets = links ? pairsOfBrackets(text) : new Map();
  }

  read(): readonly Inline[] {
    while (this.at < this.text.length) this.step();
    while (this.frames.length > 1) this.abandon();
    return this.frames[0].children;
  }

  private step(): void {
    const character = this.text.charAt(this.at);
    if (character in MARKERS) this.markers(character);
    else this.take(this.leaf(character));
  }

  private leaf(character: string): Found {
    PLAIN.lastIndex = this.at;
    const plain = PLAIN.exec(this.text)?.[0];
    if (plain !== undefined) return this.literal(plain.length);
    if (character === '\n') return { length: 1, node: { type: 'break', text: '\n' } };
    if (character === '\\') return this.escape();
    if (character === '`') return this.code();
    const link = this.links ? this.link(character) : undefined;
    const angle = character === '<' ? readAngle(this.text, this.at) : undefined;
    return link ?? angle ?? this.literal(1);
  }

  private literal(length: number): Found {
    return { length, node: { type: 'text', text: this.text.slice(this.at, this.at + length) } };
  }

  private take(found: Found): void {
    this.at += found.length;
    this.append(found.node);
  }

  private append(node: Inline): void {
    const children = this.top().children;
    const last = children.at(-1);
    const joins = node.type === 'text' && last?.type === 'text';
    if (joins) children[children.length - 1] = { type: 'text', text: last.text + node.text };
    else children.push(node);
  }

  private top(): Frame {
    return this.frames.at(-1) ?? this.frames[0];
  }

  private escape(): Found {
    const next = String.fromCodePoint(this.text.codePointAt(this.at + 1) ?? 0x20);
    if (!PUNCTUATION.test(next)) return this.literal(1);
    return { length: 1 + next.length, node: { type: 'text', text: next } };
  }

  private code(): Found {
    const length = runLength(this.text, this.at);
    const inside = this.at + length;
    const starts = this.ticks.get(length);
    while (starts && (starts[starts.length - 1] ?? inside) < inside) starts.pop();
    const close = starts?.at(-1);
    if (close === undefined) return this.literal(length);
    const written = this.text.slice(inside, close);
    const padded = written.startsWith(' `') || written.endsWith('` ');
    return { length: close + length - this.at, node: { type: 'code', text: padded ? written.trim() : written } };
  }

  private link(character: string): Found | undefined {
    const close = character === '[' ? this.brackets.get(this.at) : undefined;
    const found = readLink(this.text, this.at, close);
    if (!found) return undefined;
    const label = this.text.slice(found.label.start, found.label.end);
    const children = found.bare ? [{ type: 'text' as const, text: label }] : new Reader(label, false).read();
    return { length: found.length, node: { type: 'link', url: found.url, children } };
  }

  /** A run of three opens or closes both of its markers; longer runs are no markers at all. */
  private markers(character: string): void {
    const length = runLength(this.text, this.at);
    const known = MARKERS[character] ?? [];
    const [short, long] = known;
    if (length === 3 && short && long) {
      const shortFirst = this.openAt(short) > this.openAt(long);
      for (const marker of shortFirst ? [short, long] : [long, short]) this.toggle(marker);
      return;
    }
    const marker = known.find(candidate => candidate.text.length === length);
    if (marker) this.toggle(marker);
    else this.take(this.literal(length));
  }

  private openAt(marker: Marker): number {
    return this.frames.findLastIndex(frame => frame.marker === marker);
  }

  private toggle(marker: Marker): void {
    const open = this.openAt(marker);
    const before = this.text.charAt(this.at - 1);
    const after = this.text.charAt(this.at + marker.text.length);
    if (open > 0 && canClose(marker, before, after) && !this.isEmpty(open)) this.close(open);
    else if (open > 0 || !canOpen(marker, before, after)) this.take(this.literal(marker.text.length));
    else this.open(marker);
  }

  private open(marker: Marker): void {
    this.frames.push({ marker, children: [] });
    this.at += marker.text.length;
  }

  private isEmpty(open: number): boolean {
    return open === this.frames.length - 1 && this.frames[open]?.children.length === 0;
  }

  private close(open: number): void {
    while (this.frames.length - 1 > open) this.abandon();
    const frame = this.frames.pop();
    if (!frame?.marker) return;
    this.take({ length: frame.marker.text.length, node: { type: frame.marker.style, children: frame.children } });
  }

  /** A marker that never closes was meant as it stands. */
  private abandon(): void {
    const frame = this.frames.pop();
    if (!frame?.marker) return;
    this.append({ type: 'text', text: frame.marker.text });
    for (const child of frame.children) this.append(child);
  }
}

function canOpen(marker: Marker, before: string, after: string): boolean {
  if (marker.text === '*') return !SPACE.test(after);
  return marker.text !== '_' || !WORD.test(before);
}

function canClose(marker: Marker, before: string, after: string): boolean {
  if (marker.text === '*') return !SPACE.test(before);
  return marker.text !== '_' || !WORD.test(after);
}

/** Returns how often the character at `at` repeats. */
function runLength(text: string, at: number): number {
  const character = text.charAt(at);
  let end = at + 1;
  while (text.charAt(end) === character) end += 1;
  return end - at;
}

/**
 * Returns the positions of runs of backticks by length, last first, so that finding a closing run takes constant time.
 */
function runsOfTicks(text: string): ReadonlyMap<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const run of [...text.matchAll(/`+/gv)].reverse()) {
    const starts = runs.get(run[0].length);
    if (starts) starts.push(run.index);
    else runs.set(run[0].length, [run.index]);
  }
  return runs;
}

/** Returns the closing bracket of each unescaped `[`. */
function pairsOfBrackets(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    if (character === '[') open.push(at);
    const start = character === ']' ? open.pop() : undefined;
    if (start !== undefined) pairs.set(start, at);
  }
  return pairs;
}

type Style = 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler';

/** Every leaf keeps its source characters. */
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

/** Parses text without blocks in linear time, since at most one frame is open for each marker. */
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

  /** A run of three opens or closes both markers. Longer runs are literal. */
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

  /** A marker that never closes is literal. */
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

/** The length limits keep each attempt to match constant in time. */
const TIMESTAMP = /<t:(?<unix>-?\d{1,13})(?::(?<style>[tTdDfFsSR]))?>/vy;
const COMMAND = /<\/(?<name>[\p{L}\p{N}_\-' ]{1,100}):(?<id>\d{1,20})>/vy;
const MENTION = /<(?<sign>@[\!\&]?|#)(?<id>\d{1,20})>/vy;
const EMOJI = /<a?:(?<name>\w{1,32}):\d{1,20}>/vy;
const ANGLED = /<(?<url>https?:\/\/[^\s<>]{1,2048})>/vy;
const BARE = /https?:\/\/[^\s<>]{1,2048}/vy;
const TARGET =
  /\((?:<(?<angled>[^<>\n]{1,2048})>|(?<plain>[^\s<>\(\)]{1,2048}(?:\([^\s<>\(\)]{0,256}\)[^\s<>\(\)]{0,1024})?))\)/vy;

/** Parses `<…>` at `at`: a timestamp, a mention or a custom emoji. */
function readAngle(text: string, at: number): Found | undefined {
  const timestamp = match(TIMESTAMP, text, at);
  if (timestamp) {
    const node = { type: 'timestamp', unix: Number(timestamp.unix), style: timestamp.style ?? 'f' } as const;
    return found(node, timestamp.written);
  }
  const command = match(COMMAND, text, at);
  if (command) {
    return found({ type: 'command', name: command.name ?? '', id: command.id ?? '' }, command.written);
  }
  const mention = match(MENTION, text, at);
  if (mention) {
    const of = mention.sign === '#' ? 'channel' : mention.sign === '@&' ? 'role' : 'user';
    return found({ type: 'mention', of, id: mention.id ?? '' }, mention.written);
  }
  const emoji = match(EMOJI, text, at);
  return emoji && found({ type: 'emoji', name: emoji.name ?? '' }, emoji.written);
}

type Leaf = Extract<Inline, { type: 'timestamp' | 'command' | 'mention' | 'emoji' }>;
type WithoutText<T> = T extends unknown ? Omit<T, 'text'> : never;

function found(node: WithoutText<Leaf>, written: string): Found {
  return { length: written.length, node: { ...node, text: written } };
}

interface FoundLink {
  readonly length: number;
  readonly url: string;
  readonly label: { readonly start: number; readonly end: number };
  readonly bare: boolean;
}

/** Parses `[label](url)`, `<url>` or a bare http(s) URL. `close` is the position of the label's closing bracket. */
function readLink(text: string, at: number, close: number | undefined): FoundLink | undefined {
  if (close !== undefined) return readMasked(text, at, close);
  const angled = match(ANGLED, text, at);
  if (angled) {
    const url = httpUrl(angled.url ?? '');
    const label = { start: at + 1, end: at + angled.written.length - 1 };
    return url === undefined ? undefined : { length: angled.written.length, url, label, bare: true };
  }
  const bare = match(BARE, text, at);
  if (!bare) return undefined;
  const length = urlLength(bare.written);
  const url = httpUrl(bare.written.slice(0, length));
  return url === undefined ? undefined : { length, url, label: { start: at, end: at + length }, bare: true };
}

function readMasked(text: string, at: number, close: number): FoundLink | undefined {
  const target = match(TARGET, text, close + 1);
  const url = httpUrl(target?.angled ?? target?.plain ?? '');
  const label = { start: at + 1, end: close };
  if (!target || url === undefined || text.slice(label.start, label.end).trim() === '') return undefined;
  return { length: close + 1 + target.written.length - at, url, label, bare: false };
}

/** Returns the normalised URL, or undefined unless it is http or https. */
function httpUrl(written: string): string | undefined {
  const url = URL.parse(written);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined;
}

/** Returns the length without trailing punctuation. A closing bracket stays if the URL contains its opening one. */
function urlLength(address: string): number {
  let length = address.length;
  let surplus = address.split(')').length - address.split('(').length;
  while (length > 0) {
    const last = address.charAt(length - 1);
    const bracket = last === ')' && surplus > 0;
    if (!bracket && !/^[.,:;"'!?*_~\|\]”’»]$/v.test(last)) return length;
    if (bracket) surplus -= 1;
    length -= 1;
  }
  return length;
}

function match(
  pattern: RegExp,
  text: string,
  at: number,
): (Readonly<Record<string, string | undefined>> & { readonly written: string }) | undefined {
  pattern.lastIndex = at;
  const hit = pattern.exec(text);
  return hit ? { ...hit.groups, written: hit[0] } : undefined;
}

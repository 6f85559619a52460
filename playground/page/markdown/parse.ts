import { type Inline, parseInline } from './inline.ts';

export type Block =
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly type: 'subtext' | 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'code'; readonly language: string; readonly text: string }
  | List;

export interface List {
  readonly type: 'list';
  /** The first number, or undefined for a bulleted list. */
  readonly start: number | undefined;
  readonly items: readonly ListItem[];
}

interface ListItem {
  readonly children: readonly Inline[];
  readonly lists: readonly List[];
}

const HEADING = /^(?<hashes>#{1,3})[ \t]+(?<text>\S.*)$/v;
const SUBTEXT = /^-#[ \t]+(?<text>\S.*)$/v;
const ITEM = /^(?<indent> *)(?:[\-*]|(?<number>\d{1,9})\.) +(?<text>\S.*)$/v;
const LANGUAGE = /^(?<language>[a-zA-Z0-9_+.\-]{1,20})\n/v;

/** Parses Discord's Markdown in linear time. The tree's text is a subsequence of the input. */
export function parseMarkdown(text: string): readonly Block[] {
  return parseBlocks(text, true);
}

function parseBlocks(text: string, quotable: boolean): readonly Block[] {
  const blocks: Block[] = [];
  for (const piece of splitFences(text)) {
    if (piece.code) blocks.push(codeBlock(piece.text));
    else parseLines(piece.text.split('\n'), blocks, quotable);
  }
  return blocks;
}

/** Splits off code blocks. An unclosed fence is plain text. */
function splitFences(text: string): readonly { readonly code: boolean; readonly text: string }[] {
  const pieces: { readonly code: boolean; readonly text: string }[] = [];
  let from = 0;
  for (let open = text.indexOf('```'); open >= 0; open = text.indexOf('```', from)) {
    const close = text.indexOf('```', open + 3);
    if (close < 0) break;
    if (open > from) pieces.push({ code: false, text: text.slice(from, open).replace(/\n$/v, '') });
    pieces.push({ code: true, text: text.slice(open + 3, close) });
    from = close + 3;
    if (text[from] === '\n') from += 1;
  }
  if (from < text.length) pieces.push({ code: false, text: text.slice(from) });
  return pieces;
}

function codeBlock(text: string): Block {
  const language = LANGUAGE.exec(text)?.groups?.language ?? '';
  const body = language ? text.slice(language.length + 1) : text.replace(/^\n/v, '');
  return { type: 'code', language, text: body.replace(/\n$/v, '') };
}

function parseLines(lines: readonly string[], blocks: Block[], quotable: boolean): void {
  let plain: string[] = [];
  const flush = () => {
    if (plain.some(line => line !== '')) blocks.push({ type: 'paragraph', children: parseInline(plain.join('\n')) });
    plain = [];
  };
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const taken = quotable ? takeQuote(lines, at) : undefined;
    const found = taken ?? takeLine(line) ?? takeList(lines, at);
    if (!found) plain.push(line);
    if (found) {
      flush();
      blocks.push(found.block);
    }
    at += found?.lines ?? 1;
  }
  flush();
}

interface Taken {
  readonly block: Block;
  readonly lines: number;
}

function takeLine(line: string): Taken | undefined {
  const heading = HEADING.exec(line)?.groups;
  if (heading) {
    const level = heading.hashes?.length ?? 1;
    return { block: { type: 'heading', level, children: parseInline(heading.text ?? '') }, lines: 1 };
  }
  const subtext = SUBTEXT.exec(line)?.groups;
  return subtext && { block: { type: 'subtext', children: parseInline(subtext.text ?? '') }, lines: 1 };
}

function takeQuote(lines: readonly string[], at: number): Taken | undefined {
  const first = lines[at] ?? '';
  if (first.startsWith('>>> ')) {
    const rest = [first.slice(4), ...lines.slice(at + 1)];
    return { block: { type: 'quote', blocks: parseBlocks(rest.join('\n'), false) }, lines: rest.length };
  }
  const quoted: string[] = [];
  for (let line = at; lines[line]?.startsWith('> '); line += 1) quoted.push((lines[line] ?? '').slice(2));
  if (quoted.length === 0) return undefined;
  return { block: { type: 'quote', blocks: parseBlocks(quoted.join('\n'), false) }, lines: quoted.length };
}

interface Level {
  readonly indent: number;
  readonly start: number | undefined;
  readonly items: { readonly children: readonly Inline[]; readonly lists: List[] }[];
}

/** Discord's own limit, which also bounds recursion. */
const MAX_DEPTH = 10;

function takeList(lines: readonly string[], at: number): Taken | undefined {
  const root: List[] = [];
  const levels: Level[] = [];
  let line = at;
  for (; line < lines.length; line += 1) {
    const item = ITEM.exec(lines[line] ?? '')?.groups;
    if (!item) break;
    const start = item.number === undefined ? undefined : Number(item.number);
    const level = levelFor(levels, root, item.indent?.length ?? 0, start);
    // A list of the other kind at the same depth starts a new list.
    if (!level) break;
    level.items.push({ children: parseInline(item.text ?? ''), lists: [] });
  }
  const block = root[0];
  return block && { block, lines: line - at };
}

function levelFor(levels: Level[], root: List[], indent: number, start: number | undefined): Level | undefined {
  while (levels.length > 1 && indent < (levels.at(-1)?.indent ?? 0)) levels.pop();
  const top = levels.at(-1);
  const deeper = top === undefined || (indent > top.indent + 1 && levels.length < MAX_DEPTH);
  if (deeper) return openLevel(levels, top?.items.at(-1)?.lists ?? root, indent, start);
  if ((top.start === undefined) === (start === undefined)) return top;
  levels.pop();
  const parent = levels.at(-1);
  return parent && openLevel(levels, parent.items.at(-1)?.lists ?? root, indent, start);
}

function openLevel(levels: Level[], siblings: List[], indent: number, start: number | undefined): Level {
  const level: Level = { indent, start, items: [] };
  levels.push(level);
  siblings.push({ type: 'list', start, items: level.items });
  return level;
}

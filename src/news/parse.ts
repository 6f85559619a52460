import { type Message, message } from '../wording/say.ts';
import { type Article, type DeclaredMetadata, firstParagraph, type Metadata, toArticle } from './article.ts';
import { type Flaw, type Problem, parseHeader } from './header.ts';
import type { Span } from './span.ts';

const SPACES = /\s+/gv;
const LAST_PIECE = /\s\S*$/v;
/** Includes a lone surrogate, in case the cut split a character. */
const TRAILING_MARKS = /[\p{P}\p{Cs}\s]+$/v;

/** Maximum length of a description made from the first words, in UTF-16 units. */
const LONGEST_DESCRIPTION = 60;

/** Returns a paragraph, or its first words and `…`. They describe an article without a headline. */
function firstWords(text: string, paragraph: Span): string {
  const { start, end } = paragraph;
  const most = start + 4 * LONGEST_DESCRIPTION;
  const plain = text.slice(start, Math.min(end, most)).replace(SPACES, ' ').trim();
  if (end <= most && plain.length <= LONGEST_DESCRIPTION) return plain;
  const cut = plain.slice(0, LONGEST_DESCRIPTION);
  const whole = plain.length > cut.length ? cut.replace(LAST_PIECE, '') : cut;
  return `${whole.replace(TRAILING_MARKS, '')}…`;
}

interface ArticleFile {
  /** With its extension, without folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

type ParseResult =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** 2 MB, or 300,000 words: far beyond any article. */
const MOST_BYTES = 2_000_000;

const ENDING = /\.txt$/iv;
/** Safe in file names, Discord's `custom_id`s and answers without escaping. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_\-]{0,63}$/v;
const WORD = /[\p{L}\p{N}]/v;
const BYTE_ORDER_MARK = /^\uFEFF/v;
const LINE_FEED = 0x0a;

/** What a file says, before its text is split into paragraphs, sentences and quotations. */
type Contents =
  | { readonly kind: 'text'; readonly metadata: Metadata; readonly text: string }
  | { readonly kind: 'flaws'; readonly flaws: readonly Flaw[] };

/**
 * Parses an article file (format: seeds/README.md) and reports all of its errors at once. The article's text is the
 * file's text after the header, character for character.
 */
export function parseArticle({ name, bytes }: ArticleFile): ParseResult {
  const id = name.replace(ENDING, '');
  const content = decode(bytes);
  const read = content === undefined ? flawed(firstUndecodable(bytes), message('file.not-UTF-8')) : parseText(content);
  const badName = ID.test(id) ? [] : flawed(undefined, message('file.name')).flaws;
  if (read.kind === 'text' && badName.length === 0)
    return { kind: 'article', article: toArticle(id, read.metadata, read.text) };
  const flaws = [...badName, ...(read.kind === 'flaws' ? read.flaws : [])];
  return { kind: 'problems', problems: flaws.map(flaw => ({ file: name, ...flaw })) };
}

/** The same for a file's characters, without splitting the text, which takes a second for 2 MB. */
export function parseText(file: string): Contents {
  const bytes = Buffer.byteLength(file);
  if (bytes === 0) return flawed(undefined, message('file.empty'));
  if (bytes > MOST_BYTES)
    return flawed(undefined, message('file.too-large', { bytes: String(bytes), most: String(MOST_BYTES) }));
  const content = file.replace(BYTE_ORDER_MARK, '');
  const header = parseHeader(content);
  const flaws = [...header.flaws, ...checkText(content, header.textStart)];
  if (flaws.length > 0) return { kind: 'flaws', flaws };
  const text = content.slice(header.textStart);
  return { kind: 'text', metadata: entitle(header.metadata, text), text };
}

function flawed(line: number | undefined, expected: Message) {
  return { kind: 'flaws', flaws: [{ line, expected }] } as const;
}

/** `undefined` if the bytes aren't UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstUndecodable(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    if (decode(bytes.subarray(start, end)) === undefined) break;
    start = end;
  }
  return line;
}

function checkText(content: string, textStart: number): readonly Flaw[] {
  const zero = content.indexOf('\0');
  const zeros = zero === -1 ? [] : [{ line: lineOf(content, zero), expected: message('file.nul') }];
  return WORD.test(content.slice(textStart)) ? zeros : [...zeros, missingText(content, textStart)];
}

function missingText(content: string, textStart: number): Flaw {
  if (textStart === 0) return { line: undefined, expected: message('file.no-words') };
  return { line: lineOf(content, textStart), expected: message('file.no-text') };
}

function lineOf(content: string, at: number): number {
  return content.slice(0, at).split(/\r\n|\n|\r/v).length;
}

/** Without a title, uses the text's first words as a description, because no headline may be made up. */
export function entitle(metadata: DeclaredMetadata, text: string): Metadata {
  const { title } = metadata;
  if (title !== undefined) return { ...metadata, title };
  const first = firstParagraph(text);
  return { ...metadata, title: first === undefined ? '…' : firstWords(text, first), titleIsDescriptive: true };
}

import { readParts } from '../news/parse.ts';
import type { Problem } from '../news/problem.ts';
import { type Told, told } from '../wording/say.ts';
import { boundMasthead } from './masthead.ts';
import { type Reading, refuse } from './reading.ts';

const FENCED = /^\uFEFF?---[ \t]*(?<lineEnd>\r?\n)/v;
const FENCE = /^(?:---|\.\.\.)[ \t]*\r?$/mv;
const HEADING = /^\s*#[ \t]+(?<title>[^\n\r]{1,300})(?:\r?\n|$)/v;
const CLOSING_MARKS = /[ \t]#{1,6}\s*$/v;

/** An article out of a text with or without header; its characters stay as they are. */
export function readText(text: string): Reading {
  const read = readParts({ name: 'article.txt', bytes: new TextEncoder().encode(text) });
  if (read.kind === 'problems') return refuse(toReason(read.problems));
  return { kind: 'article', masthead: boundMasthead(read.masthead), text: read.text };
}

/** The same in Markdown: the fences around its header are no text, and a first heading is the title if none is named. */
export function readMarkdown(markdown: string): Reading {
  const reading = readText(withoutFences(markdown));
  if (reading.kind === 'refused' || !reading.masthead.titleIsDescriptive) return reading;
  const heading = HEADING.exec(reading.text);
  const title = heading?.groups?.title?.replace(CLOSING_MARKS, '');
  const text = reading.text.slice(heading?.[0].length ?? 0);
  if (title === undefined || text.trim() === '') return reading;
  return { kind: 'article', masthead: boundMasthead({ ...reading.masthead, title, titleIsDescriptive: false }), text };
}

function withoutFences(markdown: string): string {
  const opening = FENCED.exec(markdown);
  if (opening === null) return markdown;
  const rest = markdown.slice(opening[0].length);
  const closing = FENCE.exec(rest);
  if (closing === null) return markdown;
  const after = rest.slice(closing.index + closing[0].length);
  return `${rest.slice(0, closing.index)}\n${after.replace(/^\n/v, '')}`;
}

/** The first thing that is wrong with a text and where, and how much more is. */
export function toReason(problems: readonly Pick<Problem, 'line' | 'expected'>[]): Told {
  const [first] = problems;
  if (first === undefined) return told('reading.no-text');
  const { line, expected } = first;
  const flaw = line === undefined ? expected : told('reading.at-line', { line: String(line), flaw: expected });
  return problems.length > 1 ? told('reading.and-more', { flaw, more: String(problems.length - 1) }) : flaw;
}

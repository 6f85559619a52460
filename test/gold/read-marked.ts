import type { Certainty, Report } from '../../src/attribution/attribution.ts';
import type { Span } from '../../src/news/span.ts';

/** An attribution as marked by a human; offsets are into the text without marks. */
export interface MarkedAttribution {
  /** In text order. Empty only if the marks are wrong. */
  readonly content: readonly Span[];
  readonly cue: readonly Span[];
  readonly source: Span | undefined;
  /** The speaker, or `undefined` if the article doesn't suggest anybody. */
  readonly speaker: string | undefined;
  readonly certainty: Certainty;
  readonly type: Report['type'] | undefined;
}

interface Mark extends Span {
  readonly kind: string;
  readonly numbers: readonly number[];
  readonly type: string | undefined;
  readonly note: string;
}

type OpenMark = Omit<Mark, 'end' | 'note'>;

/**
 * Matches the start or end of a mark. Unlike in marked sentences, a content may contain marks: what A said that B had
 * said.
 */
const EDGE = /\{(?<kind>content|cue|source)(?<numbers>[\d,]+)(?::(?<type>[a-z]+))? |\}/gv;
const NOTE = / (?:(?:==|=|~) [^\{\}]*|\?)$/v;

/**
 * Reads the notation of test/attribution/marked.ts, with numbered marks only. Returns the plain text and the positions
 * of its marks.
 */
export function readMarked(marked: string): {
  readonly text: string;
  readonly attributions: readonly MarkedAttribution[];
} {
  const open: OpenMark[] = [];
  const marks: Mark[] = [];
  let text = '';
  let at = 0;
  for (const edge of marked.matchAll(EDGE)) {
    text += marked.slice(at, edge.index);
    at = edge.index + edge[0].length;
    if (edge.groups?.kind !== undefined) {
      open.push(openMark(text.length, edge.groups.kind, edge.groups.numbers, edge.groups.type));
      continue;
    }
    const mark = open.pop();
    if (mark === undefined) throw new Error(`A mark closes that never opened, after: ${text.slice(-40)}`);
    const note = NOTE.exec(text.slice(mark.start))?.[0] ?? '';
    text = text.slice(0, text.length - note.length);
    marks.push({ ...mark, end: text.length, note });
  }
  if (open.length > 0) throw new Error(`A mark never closes, in: ${text.slice(open[0]?.start).slice(0, 40)}`);
  return { text: text + marked.slice(at), attributions: gather(marks) };
}

function openMark(start: number, kind: string, numbers: string | undefined, type: string | undefined): OpenMark {
  return { start, kind, numbers: (numbers ?? '').split(',').map(Number), type };
}

function gather(marks: readonly Mark[]): readonly MarkedAttribution[] {
  const inOrder = marks.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const last = Math.max(0, ...inOrder.flatMap(mark => mark.numbers));
  return Array.from({ length: last }, (_, index) => attributionOf(inOrder.filter(m => m.numbers.includes(index + 1))));
}

function attributionOf(marks: readonly Mark[]): MarkedAttribution {
  const contents = marks.filter(mark => mark.kind === 'content');
  const source = marks.find(mark => mark.kind === 'source');
  return {
    content: contents.map(spanOf),
    cue: marks.filter(mark => mark.kind === 'cue').map(spanOf),
    source: source === undefined ? undefined : spanOf(source),
    ...meaningOf(source?.note ?? contents[0]?.note ?? '', source),
    type: typeOf(contents[0]?.type),
  };
}

function spanOf({ start, end }: Mark): Span {
  return { start, end };
}

function typeOf(type: string | undefined): Report['type'] | undefined {
  return type === 'direct' || type === 'indirect' || type === 'mixed' ? type : undefined;
}

/** Returns the meaning of a note: empty if the words themselves are the name, or `== NAME`, `= NAME`, `~ NAME`, `?`. */
function meaningOf(note: string, source: Mark | undefined): { speaker: string | undefined; certainty: Certainty } {
  const [, sign, ...name] = note.split(' ');
  if (sign === '==') return { speaker: name.join(' '), certainty: 'stated' };
  if (sign === '=') return { speaker: name.join(' '), certainty: 'inferred' };
  if (sign === '~') return { speaker: name.join(' '), certainty: 'unclear' };
  return { speaker: undefined, certainty: sign === undefined && source !== undefined ? 'stated' : 'unclear' };
}

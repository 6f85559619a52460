import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle, Attribution } from '../../src/attribution/attribution.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { type Span, slice } from '../../src/news/span.ts';

/**
 * Marked text holds a text and the expected attributions in one: {content “We,”} {source she = Ann Lee} {cue said},
 * {content “will rebuild.”} A mark encloses words of the text. If there are several attributions, their marks are
 * numbered (`{content2 …}`, `{source1,2 …}`) in the order of the contents; a single attribution has no number.
 * `{content:mixed …}` shows the type; if one content shows it, all do. Marks may be nested in a content: what Lee said
 * that Cho had said is `{content1 {source2 Cho} had {cue2 said} {content2<1 no}}`, where `<1` is checked too: the first
 * attribution reports it. A note after the words of a source says who is meant: {source Ann Lee} stated, and the words
 * contain the speaker's name {source Ms. Lee == Ann Lee} stated, under another form of the name {source she = Ann Lee}
 * inferred {source the aide ~ an aide} unclear, with the most likely speaker {source they ?} unclear, nobody likely A
 * content without a source may end in `~ NAME`. Quotation marks stay outside a quoted content.
 */

/** Matches the start of a mark, and its end with the note. */
const EDGE = /\{(?:content|cue|source)[\d,]*(?:<\d+)?(?::[a-z]+)? |(?: (?:(?:==|=|~) [^\{\}]*|\?))?\}/gv;
const SHOWS_TYPES = /\{content\d*(?:<\d+)?:/v;

/** Returns a marked text without its marks. */
export function unmark(marked: string): string {
  return marked.replaceAll(EDGE, '');
}

/** Attributes a marked text and marks it again. The result equals `marked` if everything is as expected. */
export async function remark(marked: string): Promise<string> {
  return mark(await attribute(toArticle('marked', UNKNOWN_METADATA, unmark(marked))), SHOWS_TYPES.test(marked));
}

interface Label {
  readonly span: Span;
  readonly kind: 'content' | 'cue' | 'source';
  /** The number of the attribution that reports this one, as in `<1`. */
  readonly reportedBy: string;
  readonly type: string;
  readonly numbers: number[];
  readonly note: string;
}

/** Returns the article's text with all its attributions marked. */
export function mark(attributed: AttributedArticle, showsTypes: boolean): string {
  const { attributions } = attributed;
  const { text } = attributed.article;
  const labels = new Map<string, Label>();
  for (const [index, attribution] of attributions.entries()) {
    const { reportedBy } = attribution;
    const reporter = reportedBy === undefined ? '' : `<${attributions.indexOf(reportedBy) + 1}`;
    for (const label of labelsOf(text, attribution, reporter, showsTypes)) {
      const key = [label.kind, label.span.start, label.span.end, label.reportedBy, label.type, label.note].join(' ');
      const known = labels.get(key) ?? { ...label, numbers: [] };
      known.numbers.push(index + 1);
      labels.set(key, known);
    }
  }
  const several = attributions.length > 1;
  const ordered = [...labels.values()].sort(
    (one, other) => one.span.start - other.span.start || other.span.end - one.span.end,
  );
  return write(text, ordered, several);
}

function labelsOf(
  text: string,
  attribution: Attribution,
  reportedBy: string,
  showsTypes: boolean,
): readonly Omit<Label, 'numbers'>[] {
  const { content, cue, source } = attribution;
  const type = showsTypes ? `:${attribution.type}` : '';
  const note = noteOf(text, attribution);
  return [
    ...content.map(
      (span, index) =>
        ({ span, kind: 'content', reportedBy, type, note: source === undefined && index === 0 ? note : '' }) as const,
    ),
    ...(cue === undefined ? [] : [{ span: cue, kind: 'cue', reportedBy: '', type: '', note: '' } as const]),
    ...(source === undefined ? [] : [{ span: source, kind: 'source', reportedBy: '', type: '', note } as const]),
  ];
}

function noteOf(text: string, { source, speaker, certainty }: Attribution): string {
  if (speaker === undefined) return source === undefined ? '' : ' ?';
  const name = slice(text, speaker.name);
  if (certainty === 'inferred') return ` = ${name}`;
  if (certainty === 'unclear') return ` ~ ${name}`;
  return source !== undefined && slice(text, source).includes(name) ? '' : ` == ${name}`;
}

function write(text: string, labels: readonly Label[], several: boolean): string {
  const open: Label[] = [];
  let written = '';
  let at = 0;
  const writeTo = (end: number) => {
    written += text.slice(at, end);
    at = Math.max(at, end);
  };
  const closeUntil = (end: number) => {
    for (let label = open.at(-1); label !== undefined && label.span.end <= end; label = open.at(-1)) {
      writeTo(label.span.end);
      written += `${label.note}}`;
      open.pop();
    }
  };
  for (const label of labels) {
    closeUntil(label.span.start);
    writeTo(label.span.start);
    written += `{${label.kind}${several ? label.numbers.join(',') : ''}${label.reportedBy}${label.type} `;
    open.push(label);
  }
  closeUntil(Number.POSITIVE_INFINITY);
  return written + text.slice(at);
}

import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle, Attribution } from '../../src/attribution/attribution.ts';
import type { Masthead } from '../../src/news/article.ts';
import { toArticle } from '../../src/news/build.ts';
import { type Span, slice } from '../../src/news/span.ts';

/*
 * Marked text is text and expectation in one:
 *   {content “We,”} {source she = Ann Lee} {cue said}, {content “will rebuild.”}
 * A mark encloses words of the text. Marks of several attributions carry their number (`{content2 …}`, `{source1,2 …}`), in the
 * order of the contents; a single attribution has none. `{content:mixed …}` shows the type, where the expectation does.
 * After a source's words stands whom it means:
 *   {source Ann Lee}              stated, and the speaker's name stands in the words
 *   {source Ms. Lee == Ann Lee}   stated, under another form of the name
 *   {source she = Ann Lee}        inferred
 *   {source the aide ~ an aide}   unclear, with the likeliest
 *   {source they ?}               unclear, nobody likely
 * A content without a source may end in `~ NAME`. Quotation marks stay outside of a quoted content.
 */

const MARK = /\{(?:content|cue|source)[\d,]*(?::[a-z]+)? (?<words>[^\{\}]*)\}/gv;
const NOTE = / (?:(?:==|=|~) [^\{\}]*|\?)$/v;
const SHOWS_TYPES = /\{content\d*:/v;

const masthead: Masthead = {
  title: 'Marked text',
  titleIsDescriptive: true,
  outlet: undefined,
  byline: undefined,
  published: undefined,
  url: undefined,
};

/** The text without marks. */
export function unmark(marked: string): string {
  return marked.replaceAll(MARK, (_, words: string) => words.replace(NOTE, ''));
}

/** Attributes the text of a marked text and marks it again: equal to `marked` when all is as expected. */
export function remark(marked: string): string {
  return mark(attribute(toArticle('marked', masthead, unmark(marked))), SHOWS_TYPES.test(marked));
}

interface Label {
  readonly span: Span;
  readonly kind: 'content' | 'cue' | 'source';
  readonly type: string;
  readonly numbers: number[];
  readonly note: string;
}

/** The article's text with all its attributions marked. */
export function mark(attributed: AttributedArticle, showsTypes: boolean): string {
  const { attributions } = attributed;
  const { text } = attributed.article;
  const labels = new Map<string, Label>();
  for (const [index, attribution] of attributions.entries()) {
    for (const label of labelsOf(text, attribution, showsTypes)) {
      const key = [label.kind, label.span.start, label.span.end, label.type, label.note].join(' ');
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

function labelsOf(text: string, attribution: Attribution, showsTypes: boolean): readonly Omit<Label, 'numbers'>[] {
  const { content, cue, source } = attribution;
  const type = showsTypes ? `:${attribution.type}` : '';
  const note = noteOf(text, attribution);
  return [
    ...content.map(
      (span, index) =>
        ({ span, kind: 'content', type, note: source === undefined && index === 0 ? note : '' }) as const,
    ),
    ...(cue === undefined ? [] : [{ span: cue, kind: 'cue', type: '', note: '' } as const]),
    ...(source === undefined ? [] : [{ span: source, kind: 'source', type: '', note } as const]),
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
  let written = '';
  let at = 0;
  for (const { span, kind, type, numbers, note } of labels) {
    const number = several ? numbers.join(',') : '';
    written += `${text.slice(at, span.start)}{${kind}${number}${type} ${slice(text, span)}${note}}`;
    at = Math.max(at, span.end);
  }
  return written + text.slice(at);
}

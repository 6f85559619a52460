import type { Paragraph } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import { contentOf, type Draft, spanOf } from './drafts.ts';
import type { Speeches } from './quoted-contents.ts';
import type { Item, Statement } from './statements.ts';
import { isCapital, isWord } from './words.ts';

/** `LEE: …`, `Q. …`: longest name before a transcript's colon, in items. */
const LONGEST_NAME = 6;
const LONGEST_HEADLINE = 30;

const ALL_CAPITALS = /^[\p{Lu}\p{N}\p{P} ]+$/v;

const NO_SPEAKER =
  /^(?:image|analysis|opinion|comment|live|poll|report|exclusive|editorial|fact check|review|explainer|photo|picture|file|video|source|sources|update|correction|note|editor|related|read more|watch|credit|caption|warning|breaking|date|time|location|where|when|who|what|why|how)\b/iv;

/** Speech that the layout gives to somebody without a verb: transcripts (`NAME: …`) and quotations signed with a dash. */
export function findLaidOutContents(
  text: string,
  paragraphs: readonly Paragraph[],
  statements: readonly Statement[],
  speeches: Speeches,
): readonly Draft[] {
  const first = new Map<number, Statement>();
  const last = new Map<number, Statement>();
  for (const statement of statements) {
    if (!first.has(statement.paragraph)) first.set(statement.paragraph, statement);
    last.set(statement.paragraph, statement);
  }
  const turns = paragraphs.flatMap(paragraph => turnOf(text, paragraph, first.get(paragraph.number)) ?? []);
  const isTranscript = (turn: Draft) =>
    turns.filter(other => Math.abs(other.paragraph - turn.paragraph) <= 4).length > 1 && turns.length > 1;
  const kept = turns.length > 400 ? [] : turns.filter(isTranscript);
  const signed = paragraphs.flatMap(
    paragraph => signedQuotation(paragraph, last.get(paragraph.number), speeches) ?? [],
  );
  const headline = kept.length > 0 ? undefined : headlineOf(text, paragraphs, statements, speeches);
  return [...kept, ...signed, ...(headline === undefined ? [] : [headline])];
}

/** "Lee: Bridge Will Be Rebuilt" over an article that names Lee; "The Latest: …" is the name of a series. */
function headlineOf(
  text: string,
  paragraphs: readonly Paragraph[],
  statements: readonly Statement[],
  speeches: Speeches,
): Draft | undefined {
  const [headline, next] = statements;
  if (headline === undefined || next?.paragraph === 1 || paragraphs.length < 3) return undefined;
  const { items } = headline;
  const colon = items.findIndex(item => item.text === ':');
  const name = items.slice(0, colon);
  const last = items.at(-1)?.quotation === undefined && !isWord(items.at(-1)) ? items.length - 1 : items.length;
  const isQuoted = items[colon + 1]?.quotation !== undefined;
  if (colon < 1 || colon > 3 || last > LONGEST_HEADLINE || !(isQuoted || last - colon > 3)) return undefined;
  if (!(namesSomebody(name) && text.indexOf(name.at(-1)?.text ?? '', headline.end) > 0)) return undefined;
  const found = contentOf(items, { from: colon + 1, to: last }, speeches);
  const source = spanOf(items, { from: 0, to: colon });
  return { ...found, cue: undefined, source, rule: 'headline', paragraph: 1 };
}

function namesSomebody(name: readonly Item[]): boolean {
  const isShouted = name.length > 1 && name.every(item => ALL_CAPITALS.test(item.text));
  const isSeries = name[0]?.lower === 'the' || NO_SPEAKER.test(name.map(item => item.text).join(' '));
  return name.every(isCapital) && !isShouted && !isSeries;
}

function turnOf(text: string, paragraph: Paragraph, statement: Statement | undefined): Draft | undefined {
  if (statement === undefined) return undefined;
  const { items } = statement;
  const colon = items.slice(0, LONGEST_NAME + 1).findIndex(item => item.text === ':');
  const lastOfName = items[colon - 1];
  const after = items[colon + 1];
  if (colon < 1 || lastOfName === undefined || after === undefined || !isCapital(items[0])) return undefined;
  const source = { start: statement.start, end: lastOfName.end };
  const name = text.slice(source.start, source.end);
  const namesOnly = items.slice(0, colon).every(item => isCapital(item) || !isWord(item));
  if (NO_SPEAKER.test(name) || !(ALL_CAPITALS.test(name) || namesOnly)) return undefined;
  const content = unquoted({ start: after.start, end: paragraph.end }, after);
  // "Lee: 1,769." is a table.
  if (!/\p{Ll}/v.test(text.slice(content.start, Math.min(content.end, content.start + 200)))) return undefined;
  return {
    type: 'direct',
    content: [content],
    cue: undefined,
    source,
    rule: 'transcript',
    paragraph: paragraph.number,
  };
}

function unquoted(content: Span, first: Item): Span {
  return first.quotation !== undefined && first.end >= content.end ? first.quotation.inner : content;
}

/** `“We won.” — Lee`. */
function signedQuotation(
  paragraph: Paragraph,
  statement: Statement | undefined,
  speeches: Speeches,
): Draft | undefined {
  if (statement === undefined) return undefined;
  const { items } = statement;
  const quoted = items.findLastIndex(item => item.quotation !== undefined);
  const quotation = items[quoted]?.quotation;
  if (quotation === undefined || quotation.start !== paragraph.start || !speeches.isSpeech(quotation)) return undefined;
  const dash = items[quoted + 1];
  const name = items.slice(quoted + 2);
  const [head] = name;
  if (dash === undefined || !/^[\u2014\u2013\-]+$/v.test(dash.text) || head === undefined) return undefined;
  if (!isCapital(head) || name.length > 14 || name.some(item => item.quotation !== undefined)) return undefined;
  const end = /^\p{P}$/v.test(name.at(-1)?.text ?? '') && name.length > 1 ? name.at(-2)?.end : name.at(-1)?.end;
  const source = { start: head.start, end: end ?? head.end };
  const content = speeches.spans(quotation);
  return { type: 'direct', content, cue: undefined, source, rule: 'signed with a dash', paragraph: paragraph.number };
}

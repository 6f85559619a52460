import type { DeclaredMetadata } from '../news/article.ts';
import { parseDays } from '../news/days.ts';
import { ASIDES, POINTERS } from './lexicon/lines.ts';

/** Words in the names of newspapers and news sites. `The` alone is not one: "The Hague". */
const OUTLET =
  /(?<!\p{L})(?:post|times|news|newspaper|gazette|herald|tribune|journal|chronicle|daily|weekly|telegraph|guardian|observer|echo|courier|examiner|mercury|standard|sentinel|bulletin|dispatch|inquirer|enquirer|review|magazine|press|broadcasting|radio|reuters|bloomberg|bbc|cnn|afp|npr|cbc|abc|wire|agency)(?!\p{L})|(?:日報|日报|時報|时报|晚報|晚报|新聞|新闻|通訊社|通讯社|電視台|电视台|週刊|周刊|雜誌|杂志|社)$/iv;

/** Parts of a byline that say what somebody does. */
const ROLE =
  /^(?:(?:staff|senior|chief|political|foreign|local|business|science|sports?|special|health|economics|education|environment|transport|technology|security|legal|\p{Lu}\p{L}+)\s+){0,3}(?:writer|reporter|correspondent|editor|columnist|staff)s?$/iv;

/** Lines that only say when a text was published, read or changed: "Updated 2 hours ago", "10:15 GMT". */
const STAMPS: readonly RegExp[] = [
  /^(?:(?:last )?(?:updated|published|posted|modified)\s*[:：]?\s*)?(?:\d{1,3}|an?|one) (?:seconds?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?) ago$/iv,
  /^(?:(?:last )?(?:updated|published|posted|modified)\s*(?:at|:)?\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s?(?:GMT|UTC|BST|CET|CEST|E[SD]?T|P[SD]?T|C[SD]T|HKT|CST|JST|AEST|AEDT)(?:[+\-]\d{1,2})?)?$/iv,
];

/** Lines of a press release, an advertisement or a site's cookie notice. Short ones only. */
const NOTICES: readonly RegExp[] = [
  /^[\-–—*\[\(\s]*(?:advertisement|for immediate release)[\-–—*\]\)\s.:]*$/iv,
  /^(?:we|we and our (?:\d+ )?partners|this (?:web)?site|our (?:web)?site) (?:use|uses|store|stores|may use) cookies\b[^“”"]*$/iv,
  /^(?:by (?:continuing|using)\b[^“”"]{0,80}\bcookies\b[^“”"]*|accept(?: all)?(?: cookies)?|reject all(?: cookies)?|(?:manage |your )?cookie (?:settings|policy|preferences|notice))$/iv,
  /^(?:(?:facebook|twitter|x|whatsapp|linkedin|e-?mail|telegram|reddit|pinterest|bluesky|threads|messenger|share|print|copy link|save)(?:[\s,\|\/·•]+|$)){2,}$/iv,
  /^(?:本網站使用|本网站使用|我們使用|我们使用)\s*[Cc]ookie/v,
];

/** Metadata from the lines above an article. */
type Top = Pick<DeclaredMetadata, 'title' | 'outlet' | 'byline' | 'published'>;

/** Who wrote an article, where it appeared and when. */
export type Publication = Omit<Top, 'title'>;

/** In UTF-16 units. */
const LONGEST_LINE = 200;
const LONGEST_PART = 60;
/** How many lines above the text are parsed, and how many are sampled to tell whether lines are paragraphs. */
const MOST_LINES = 8;
const MOST_SAMPLED = 30;
/** If fewer than this share of the lines end a sentence, the text is wrapped or a list. Set by hand. */
const LEAST_SHARE = 0.6;
const FEWEST_SENTENCES = 2;

const LINES = /[^\n\r]*(?:\r\n|\n|\r|$)/gv;
export const ENDS_SENTENCE = /[.!?…。！？][\p{Pf}\p{Pe}"'”’\s]*$/v;
const STARTS_LOWER = /^\p{Ll}/v;
const LABEL = /^(?<label>[^:：]{1,40})[:：]/v;
const PUBLISHED = /^(?:(?:first )?(?:published|posted)(?: on| at)?|date:|發布|发布|發佈|發表|发表)\s*[:：]?\s*/iv;
const UPDATED = /^(?:last )?(?:updated|modified)(?: on| at)?\s*[:：]?\s*|^更新\s*[:：]?\s*/iv;
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+/iv;
const TIME =
  /[,\s\-–\|]+(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?$|T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+\-]\d{2}:?\d{2})?$/iv;
const MONTH = String.raw`(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?`;
/** A day at the end of a line, with the punctuation before it. */
const LAST_DAY = new RegExp(
  String.raw`(?:^|[,\|•·–—\-\s]\s*)(?<day>(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+${MONTH},?\s+\d{4}|${MONTH}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日))$`,
  'iv',
);
const BY = /^(?:by\s*[\s:：]\s*|(?:文|撰文|作者)\s*[\s:：\/／]\s*|(?:記者|记者)(?=\p{Script=Han}{2,4}\s*[\/／]))/iv;
const AND = /^(?:and|&)\s+/iv;
/** "3 March 2026, by Ann Lee": an author who isn't first, and a day that isn't last. */
const LATER_BY = /^(?<before>.+?)\s*[,\|•·–—]\s*(?<by>by\s+\p{Lu}.*)$/iv;
const EARLIER_DAY = new RegExp(
  String.raw`(?<=^|[,\|•·–—]\s*)(?<day>\d{1,2}(?:st|nd|rd|th)?\s+${MONTH},?\s+\d{4}|${MONTH}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d{2}-\d{2})\s*[,\|•·–—]\s*(?=\S)`,
  'iv',
);
/** Markdown's emphasis, and a name in it at the start of a line: "*Harbour Post*, 3 March 2026". */
const EMPHASIS =
  /(?<![\p{L}\p{N}*_])(?<mark>\*{1,3}|_{1,3})(?=\S)(?<inside>[^*_]{1,200}?)(?<=\S)\k<mark>(?![\p{L}\p{N}*_])/gv;
const EMPHASISED_FIRST = /^(?<mark>\*{1,3}|_{1,3})(?<work>\p{Lu}[^*_]{1,59})\k<mark>\s*[,\|•·–—]\s*(?<rest>.+)$/v;
const PARTS = /\s*[\|•·／]\s*|\s+[–—\-]\s+|,\s+(?!and\b)|\s+for\s+(?=the\b|\p{Lu})/v;
const TITLE_CASE = /^(?:\p{Lu}[\p{L}\p{M}\p{N}.’'\-]*|of|the|and|&|de|van|von|der|da|di|la|le|al|bin|ibn|y)$/v;
const CHINESE = /^[\p{Script=Han}·．]{2,12}$/v;
const SPACES = /\s+/v;
const WORD = /[\p{L}\p{N}]/v;
const NO_HEADLINE = /^[\-*•>#]|[.,;:。，；：]$/v;

/** Whether a line is only a day or a time, an advertisement's label, a link to share or a cookie notice. */
export function isNotice(text: string): boolean {
  if (text.length > LONGEST_LINE) return false;
  if ([...ASIDES, ...NOTICES, ...STAMPS].some(pattern => pattern.test(text))) return true;
  if (POINTERS.some(pattern => pattern.test(text))) return !ENDS_SENTENCE.test(text);
  return [PUBLISHED, UPDATED].some(label => label.test(text) && dayIn(text.replace(label, '')) !== undefined);
}

/** Reads a line that is only a day, with or without "Published" before it or a time after it. */
export function parseDayLine(text: string): string | undefined {
  return text.length > LONGEST_PART ? undefined : dayIn(text.replace(PUBLISHED, ''));
}

function dayIn(text: string): string | undefined {
  const day = text.trim().replace(TIME, '').replace(WEEKDAY, '');
  const days = parseDays(day, new Date(0));
  // "May 2026" and "today" are days in a search, but not in print.
  return days !== undefined && days.first === days.last && /\d/v.test(day) ? days.first : undefined;
}

/** Reads a line that says who wrote it, where it appeared and when, in any order; `undefined` for other lines. */
export function parsePublication(text: string): Publication | undefined {
  return text.length > LONGEST_LINE ? undefined : (parseOrdered(text) ?? parseOrdered(inOrder(text)));
}

/** Moves the author to the start of a line, and the day to its end. */
function inOrder(text: string): string {
  const { before, by } = LATER_BY.exec(text)?.groups ?? {};
  const signed = before === undefined ? text : `${by}, ${before}`;
  const day = EARLIER_DAY.exec(signed)?.groups?.day;
  return day === undefined ? signed : `${signed.replace(EARLIER_DAY, '')}, ${day}`;
}

/** Reads such a line that begins with the author, if it has one, and ends with the day. */
function parseOrdered(text: string): Publication | undefined {
  const whole = parseDayLine(text);
  if (whole !== undefined) return { outlet: undefined, byline: undefined, published: whole };
  const timed = text.trim().replace(TIME, '');
  const dated = LAST_DAY.exec(timed);
  const published = dated?.groups?.day === undefined ? undefined : dayIn(dated.groups.day);
  const rest = published === undefined ? text.trim() : timed.slice(0, dated?.index);
  const isSigned = BY.test(rest);
  const parts = rest
    .replace(BY, '')
    .split(PARTS)
    .map(part => part.trim())
    .filter(part => part !== '');
  if (parts.length === 0 || ENDS_SENTENCE.test(rest) || !parts.every(isName)) return undefined;
  const outlet = parts.find((part, at) => OUTLET.test(part) && (!isSigned || at > 0 || parts.length === 1));
  const names = parts.filter(part => part !== outlet);
  // "London, 3 March 2026" may be where it happened, and "Rise and Fall" a heading.
  if (!isSigned && outlet === undefined) return undefined;
  if (!isSigned && (names.length > 1 || (names.length === 1 && published === undefined))) return undefined;
  if (isSigned && !names.some(name => isPerson(name)) && outlet === undefined) return undefined;
  return { outlet, byline: names.length === 0 ? undefined : names.join(', '), published };
}

/** Reads a line below an author: another author, "and Bo Ray", or what the author does, "Staff writer". */
function parseContinuation(text: string): Publication | undefined {
  const parts = text.replace(AND, '').split(PARTS);
  const isAlso = AND.test(text) ? parts.every(isName) && parts.some(isPerson) : ROLE.test(text);
  return isAlso && !ENDS_SENTENCE.test(text) ? { outlet: undefined, byline: text, published: undefined } : undefined;
}

/** Reads one line. In Markdown, emphasised words before the author or the day are the outlet. */
function parseLine({ text, work }: TextLine): Publication | undefined {
  const rest = work === undefined ? undefined : parsePublication(work.rest);
  return work && rest && rest.outlet === undefined ? { ...rest, outlet: work.name } : parsePublication(text);
}

/** Reads each line by itself, or else as one that continues an author's line above it. */
function parsePublications(lines: readonly TextLine[]): readonly (Publication | undefined)[] {
  const read: (Publication | undefined)[] = [];
  for (const line of lines) {
    const isBelowAuthor = read.at(-1)?.byline !== undefined;
    read.push(parseLine(line) ?? (isBelowAuthor ? parseContinuation(line.text) : undefined));
  }
  return read;
}

/** "Ann Lee and Bo Ray", "Harbour Post", "Staff writer", 王小明. */
function isName(part: string): boolean {
  if (part.length > LONGEST_PART) return false;
  return ROLE.test(part) || CHINESE.test(part) || part.split(SPACES).every(word => TITLE_CASE.test(word));
}

function isPerson(part: string): boolean {
  return CHINESE.test(part) || ROLE.test(part) || part.split(SPACES).length > 1;
}

interface TextLine {
  /** With its line end. */
  readonly whole: string;
  readonly text: string;
  /** What Markdown emphasises at its start, and what follows. */
  readonly work: { readonly name: string; readonly rest: string } | undefined;
  /** Blank lines, or nothing, before and after it. */
  readonly isAlone: boolean;
}

interface SplitText extends Top {
  readonly text: string;
}

const NOTHING: Top = { title: undefined, outlet: undefined, byline: undefined, published: undefined };

/**
 * Splits a plain text into what its first lines say about the article, and the article without notices between its
 * paragraphs. Removes whole lines only, and leaves every other character as it is. `given` is the title, if it is known.
 */
export function splitTop(text: string, given: string | undefined, isMarkdown = false): SplitText {
  const lines = toLines(text, isMarkdown);
  const isProse = areParagraphs(lines);
  const { top, taken } = isProse ? parseTopLines(lines, given) : { top: NOTHING, taken: new Set() };
  // A wrapped paragraph can have any words on a line of its own.
  const isLeft = (line: TextLine) => !((isProse || line.isAlone) && isNotice(line.text));
  const left = lines.filter(line => !taken.has(line) && isLeft(line));
  return { ...top, text: left.map(line => line.whole).join('') };
}

function parseTopLines(
  lines: readonly TextLine[],
  given: string | undefined,
): { readonly top: Top; readonly taken: ReadonlySet<TextLine> } {
  let top: Top = { ...NOTHING, title: given };
  const taken = new Set<TextLine>();
  const upper = lines.filter(
    line => line.text !== '' && !(isNotice(line.text) && parseDayLine(line.text) === undefined),
  );
  const publications = parsePublications(upper.slice(0, MOST_LINES + 1));
  for (const [at, line] of upper.slice(0, MOST_LINES).entries()) {
    const publication = publications[at];
    const isTitle =
      line.text === given ||
      (top.title === undefined && at === taken.size && isHeadline(line, upper[at + 1], publications[at + 1]));
    if (publication !== undefined && (isSure(publication) || isBesideSure(publications, at))) {
      top = merge(top, publication);
      taken.add(line);
    } else if (isTitle) {
      top = { ...top, title: line.text };
      taken.add(line);
    } else if (ENDS_SENTENCE.test(line.text) || line.text.length > LONGEST_LINE) break;
  }
  return { top, taken };
}

/** "Harbour Post" alone may be a headline. */
function isSure({ byline, published }: Publication): boolean {
  return byline !== undefined || published !== undefined;
}

/** An outlet's name is next to the author or date, or above the headline that precedes these. */
function isBesideSure(publications: readonly (Publication | undefined)[], at: number): boolean {
  const [before, after, last] = [publications[at - 1], publications[at + 1], publications[at + 2]];
  if (at === 0) return after === undefined && last !== undefined && isSure(last);
  return [before, after].some(beside => beside !== undefined && isSure(beside));
}

function merge(top: Top, { outlet, byline, published }: Publication): Top {
  return {
    title: top.title,
    outlet: top.outlet ?? outlet,
    byline: joined(top.byline, byline),
    published: top.published ?? published,
  };
}

/** Returns all authors, since their lines are no longer in the text. */
function joined(byline: string | undefined, more: string | undefined): string | undefined {
  if (byline === undefined || more === undefined) return byline ?? more;
  if (byline.includes(more)) return byline;
  return AND.test(more) ? `${byline} ${more}` : `${byline}, ${more}`;
}

/** A headline isn't a sentence or the label of a speaker or an item, and doesn't continue on the next line. */
function isHeadline({ text }: TextLine, next: TextLine | undefined, publication: Publication | undefined): boolean {
  if (
    next === undefined ||
    text.length > LONGEST_LINE ||
    NO_HEADLINE.test(text) ||
    LAST_DAY.test(text) ||
    !WORD.test(text)
  )
    return false;
  if (ENDS_SENTENCE.test(text) && publication === undefined) return false;
  const label = LABEL.exec(text)?.groups?.label;
  return !(label !== undefined && next.text.startsWith(label)) && !STARTS_LOWER.test(next.text);
}

function workIn(line: string): TextLine['work'] {
  const { work, rest } = (line.length > LONGEST_LINE ? null : EMPHASISED_FIRST.exec(line))?.groups ?? {};
  return work === undefined || rest === undefined ? undefined : { name: work.trim(), rest };
}

function toLines(text: string, isMarkdown: boolean): readonly TextLine[] {
  const lines = (text.match(LINES) ?? []).filter(line => line !== '');
  return lines.map((whole, at) => ({
    whole,
    text: isMarkdown ? whole.trim().replaceAll(EMPHASIS, '$<inside>') : whole.trim(),
    work: isMarkdown ? workIn(whole.trim()) : undefined,
    isAlone: (lines[at - 1] ?? '').trim() === '' && (lines[at + 1] ?? '').trim() === '',
  }));
}

/** Whether the lines below the headline are whole paragraphs. */
function areParagraphs(lines: readonly TextLine[]): boolean {
  const first = lines.filter(({ text }) => text !== '').slice(0, MOST_SAMPLED);
  const written = first.filter(({ text }) => !isNotice(text) && parsePublication(text) === undefined);
  const sampled = written.slice(1);
  const sentences = sampled.filter(line => ENDS_SENTENCE.test(line.text)).length;
  return sentences >= FEWEST_SENTENCES && sentences >= LEAST_SHARE * sampled.length;
}

import type { Article } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import { tokenize } from '../../words/tokens.ts';
import type { Report } from '../attribution.ts';
import { type Item, itemsOf, spanned } from '../grammar/items.ts';
import { isCapital, isFiniteForm, isWord, verbForms } from '../grammar/words.ts';
import { labels, pictures } from '../lexicon/labels.ts';
import type { Frame } from '../lexicon/reporting.ts';

const LONGEST_HEADLINE = 30;
const LONGEST_NAME = 4;
/** Minimum number of words for a headline's content; fewer are a label. */
const SHORTEST = 3;
/** A shorter text has a note as its first line, not a headline. */
const FEWEST_PARAGRAPHS = 3;

/** Maximum distance between a name and its verb, in UTF-16 units; also the number of mentions considered. */
const BESIDE = 40;
const MOST_MENTIONS = 100;
const REPORTING: ReadonlySet<Frame> = new Set(['clause', 'addressee']);
const ALL_CAPITALS = /^[\p{Lu}\p{N}\p{P} ]+$/v;

/**
 * Reads "Lee: Bridge Will Be Rebuilt" above an article in which Lee is quoted, or at least named if the whole content
 * is in quotation marks. "Paris: …" and "Ann Lee: A Life in Pictures" are other things. 43 of the 46 it finds in the
 * training articles are right.
 */
export function findHeadline(article: Article, quotations: readonly Quotation[]): Report | undefined {
  const [headline] = article.paragraphs;
  if (headline === undefined || article.paragraphs.length < FEWEST_PARAGRAPHS) return undefined;
  const items = itemsOf(article.text, headline, quotations);
  const isWithin = (start: number) => items.some(item => item.start < start && start < item.end);
  if (!headline.sentences.slice(1).every(({ start }) => isWithin(start))) return undefined;
  const parts = cutAtColon(items);
  if (parts === undefined) return undefined;
  const { name, said } = parts;
  const quoted = said.length === 1 && said[0]?.quotation !== undefined;
  if (!namesSomebody(name)) return undefined;
  const last = name.at(-1)?.text ?? '';
  const isMeant = quoted ? article.text.indexOf(last, headline.end) > 0 : speaks(article.text, last, headline.end);
  return isMeant ? reportOf(said, name) : undefined;
}

function reportOf(said: readonly Item[], name: readonly Item[]): Report | undefined {
  const [content, source] = [spanned(said), spanned(name)];
  if (content === undefined || source === undefined) return undefined;
  const common = { cue: undefined, source, rule: 'headline' };
  const only = said.length === 1 ? said[0]?.quotation : undefined;
  if (only !== undefined) return { type: 'direct', content: [only.inner], ...common };
  const isMixed = said.some(item => item.quotation !== undefined);
  return { type: isMixed ? 'mixed' : 'indirect', content: [content], ...common };
}

function cutAtColon(items: readonly Item[]): Record<'name' | 'said', readonly Item[]> | undefined {
  const colon = items.findIndex(item => item.text === ':');
  const end = items.at(-1)?.quotation === undefined && !isWord(items.at(-1)) ? items.length - 1 : items.length;
  const said = items.slice(colon + 1, end);
  if (colon < 1 || colon > LONGEST_NAME || end > LONGEST_HEADLINE || items.at(-1)?.text === '?') return undefined;
  if (said.length < SHORTEST && said.every(item => item.quotation === undefined)) return undefined;
  return { name: items.slice(0, colon), said };
}

function namesSomebody(name: readonly Item[]): boolean {
  const first = name[0]?.lower ?? '';
  const isShouted = name.length > 1 && name.every(item => ALL_CAPITALS.test(item.text));
  return name.every(isCapital) && !isShouted && !labels.has(first) && !pictures.has(first);
}

/** Whether a reporting verb appears next to the name anywhere in the article: "Lee said", "said Ms. Lee". */
function speaks(text: string, name: string, from: number): boolean {
  let at = text.indexOf(name, from);
  for (let seen = 0; at >= 0 && seen < MOST_MENTIONS; seen += 1) {
    const after = tokenize(text, { start: at + name.length, end: Math.min(text.length, at + name.length + BESIDE) });
    const before = tokenize(text, { start: Math.max(from, at - BESIDE), end: at });
    if ([...before.slice(-2), ...after.slice(0, 3)].some(token => reports(token.text.toLowerCase()))) return true;
    at = text.indexOf(name, at + name.length);
  }
  return false;
}

function reports(lower: string): boolean {
  return verbForms(lower).some(form => isFiniteForm(form) && form.particle === undefined && REPORTING.has(form.frame));
}

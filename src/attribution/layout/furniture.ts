import type { Article, Paragraph } from '../../news/article.ts';
import { slice } from '../../news/span.ts';
import { takeWhile } from '../grammar/items.ts';
import { headings, links } from '../lexicon/labels.ts';
import type { Quotations } from './settled.ts';

/** `Read more:`. */
const LABEL = /^[\[\(]?(?<label>\p{L}+(?: [^\s:]+){0,3}) ?:/v;
/** `Sources: The Ledger, “Bridge falls”; …`. */
const SOURCES = /^Sources?: [^;]*[“"„«‘;]/v;
/** `14:05`, `2.15pm`, `10:32 BST`, `7 p.m.:`. */
const TIME = /^\d{1,2}(?:[.:h]\d{2}(?:\s?[apAP]\.?[mM]\.?)?|\s?[apAP]\.?[mM]\.?)(?:\s\p{Lu}{2,4})?:?$/v;
/** `The Ledger: “Bridge will be rebuilt”`. */
const HEADLINE_ELSEWHERE = /^[^"“„«‘:]{2,60}: ?["“„«‘].*["”“»’]$/v;
const ENDS_SENTENCE = /[.!?…:]["”“»’]?$/v;
const ABOUT = /^About (?:the )?\p{Lu}/v;
const LONGEST_HEADING = 60;
/** Maximum number of paragraphs in a list of headlines, and under "About Lee & Sons". */
const MOST_HEADLINES = 12;
const MOST_ABOUT = 3;

/** The numbers of paragraphs that belong to the page and not to the article: nobody says them. */
export function findFurniture(article: Article, quotations: Quotations): ReadonlySet<number> {
  const { text, paragraphs } = article;
  const found = new Set<number>();
  for (const [index, paragraph] of paragraphs.entries()) {
    const words = slice(text, paragraph);
    if (isFurniture(words)) found.add(paragraph.number);
    if (words.length > LONGEST_HEADING || ENDS_SENTENCE.test(words)) continue;
    const after = paragraphs.slice(index + 1, index + 1 + MOST_HEADLINES);
    const listed = headlinesIn(article, after, headings.has(words.toLowerCase()));
    const about = ABOUT.test(words) ? selfDescription(text, after, quotations) : [];
    const under = [...listed, ...about];
    for (const { number } of under.length > 0 ? [paragraph, ...under] : []) found.add(number);
  }
  return found;
}

/** "Read more: …", a time, a list of sources. */
function isFurniture(words: string): boolean {
  if ((words.length < 20 && TIME.test(words)) || SOURCES.test(words.slice(0, 200))) return true;
  const label = LABEL.exec(words.slice(0, 60))?.groups?.label;
  return label !== undefined && links.has(label.toLowerCase());
}

/** The headlines of other articles under "Related", or at least two at the article’s end under any heading. */
function headlinesIn(
  { text, paragraphs }: Article,
  after: readonly Paragraph[],
  isKnown: boolean,
): readonly Paragraph[] {
  const list = takeWhile(after, paragraph => {
    const words = slice(text, paragraph);
    return !ENDS_SENTENCE.test(words) && (isKnown || HEADLINE_ELSEWHERE.test(words.slice(0, 200)));
  });
  const isLast = list.at(-1)?.number === paragraphs.length;
  return isKnown || (list.length > 1 && isLast) ? list : [];
}

/** What a company says of itself under "About Lee & Sons", up to the next heading or quotation. */
function selfDescription(text: string, after: readonly Paragraph[], quotations: Quotations): readonly Paragraph[] {
  return takeWhile(
    after.slice(0, MOST_ABOUT),
    paragraph => !quotations.has(paragraph.number) && ENDS_SENTENCE.test(slice(text, paragraph)),
  );
}

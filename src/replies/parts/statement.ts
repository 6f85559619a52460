import type { AttributedArticle, Attribution, Speaker } from '../../attribution/attribution.ts';
import { overlaps, type Span } from '../../news/span.ts';
import type { Search } from '../../search/search.ts';
import type { Statement, Statements } from '../../search/statements.ts';
import type { Say } from '../../wording/say.ts';
import { type PersonCode, placeOfSpeaker } from '../custom-id.ts';
import { weight } from '../limits.ts';
import type { ViewContext } from '../views/view.ts';
import { alsoLines, citation, titleLine } from './citation.ts';
import { showExcerpt } from './excerpt.ts';
import { capitalized, small } from './markdown.ts';
import { articleOfPlace, passageOfStatement } from './passage.ts';
import { speakerInline } from './speaker.ts';

/** What somebody says. */
export interface PersonStatements extends Statements {
  readonly from: AttributedArticle;
  readonly speaker: Speaker;
}

/** Returns statements of a person that a button remembers; `undefined` if they are gone. */
export async function statementsOf(
  code: PersonCode,
  wanted: Parameters<Search['statements']>[2],
  context: ViewContext,
): Promise<PersonStatements | undefined> {
  const from = await articleOfPlace(code, context);
  const place = from === undefined ? -1 : placeOfSpeaker(code, from);
  const speaker = from?.speakers[place];
  return from && speaker && { from, speaker, ...(await context.search.statements(from, place, wanted)) };
}

interface Rendering {
  /** Maximum weight of the excerpt. */
  readonly room: number;
  readonly isLinked: boolean;
  /** Other articles that have it. */
  readonly hasCopies: boolean;
}

const USUAL: Rendering = { room: 900, isLinked: true, hasCopies: true };
/** Shorter and shorter. */
const RENDERINGS: readonly Rendering[] = [
  USUAL,
  { ...USUAL, room: 500 },
  { ...USUAL, room: 280 },
  { ...USUAL, room: 280, isLinked: false },
  { room: 280, isLinked: false, hasCopies: false },
];

/** Returns what somebody says if others speak in the same sentences: below a name, all of it would read as theirs. */
function wordsToMark({ from, attribution }: Statement, excerpt: Span): readonly Span[] {
  const isBySame = ({ speaker }: Attribution) => speaker !== undefined && speaker === attribution.speaker;
  const near = from.attributions.filter(({ content }) => content.some(span => overlaps(span, excerpt)));
  const own = near.flatMap(each => (each === attribution || isBySame(each) ? each.content : []));
  // Of a report within another, the name above has both speakers.
  const isShared = near.some(({ content }) => !content.some(span => own.some(each => overlaps(span, each))));
  return isShared ? own : [];
}

function render(said: Statement, { room, isLinked, hasCopies }: Rendering, say: Say): string | undefined {
  const passage = passageOfStatement(said);
  if (passage === undefined) return undefined;
  const { paragraph, excerpt } = passage;
  const { attribution, also = [] } = said;
  const { article } = said.from;
  const last = article.paragraphs.findLast(each => attribution.content.some(part => overlaps(each, part)));
  const goesOn = last !== undefined && last.number > paragraph.number;
  const how = attribution.type === 'indirect' ? ` · ${say('statement.indirect')}` : '';
  const lines = [
    `${capitalized(speakerInline(article, attribution, say))}${how}`,
    showExcerpt({ article, paragraph, span: excerpt, matches: wordsToMark(said, excerpt) }, room, say),
    ...(goesOn ? [small(say('statement.goes-on', { paragraph: `${last.number}` }))] : []),
    citation(isLinked ? article : { ...article, url: undefined }, paragraph.number, excerpt, say),
    ...(hasCopies ? alsoLines(also, say) : []),
  ];
  return lines.join('\n');
}

/**
 * Returns something that somebody says: who and how surely, the words, and the citation. Empty if it is outside all
 * paragraphs.
 */
export function statement(said: Statement, say: Say): string[] {
  const text = render(said, USUAL, say);
  return text === undefined ? [] : [text];
}

/** Returns the same in at most this weight, 500 or more: shortened if need be, at worst to its article's title. */
export function statementWithin(said: Statement, most: number, say: Say): string {
  for (const rendering of RENDERINGS) {
    const text = render(said, rendering, say);
    if (text !== undefined && weight(text) <= most) return text;
  }
  return `${say('statement.too-long')}\n${small(titleLine({ ...said.from.article, url: undefined }, say))}`;
}

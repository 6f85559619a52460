import type { AttributedArticle } from '../../attribution/attribution.ts';
import { type Chart, mostBars } from '../../cards/chart.ts';
import { lettersWithoutFont } from '../../cards/typefaces.ts';
import { codeOf } from '../../library/store/keys.ts';
import { slice } from '../../news/span.ts';
import type { PersonMatch, TopSpeakers } from '../../search/people.ts';
import type { Voice } from '../../summary/count-voices.ts';
import type { Say } from '../../wording/say.ts';
import type { Press } from '../custom-id.ts';
import { titleLine } from '../parts/citation.ts';
import { bold, clip, inline, plain, small } from '../parts/markdown.ts';
import { codeOfPerson } from '../parts/statement.ts';
import { accents, limits, menuOf, type Reply, reply } from '../reply.ts';
import { buttonsOf } from './pager.ts';
import type { View } from './view.ts';

/** Somebody who is quoted, and how often. */
interface Line {
  /** Who, as plain text. */
  readonly who: string;
  /** The same as Markdown, and below it what is to be known with the numbers. */
  readonly shown: string;
  readonly notes: string;
  /** How often in quotation marks, and how often in the article's wording alone; all together where that is not told apart. */
  readonly quoted: number;
  readonly reported: number;
  /** The numbers in words, in short and with all that is known. */
  readonly numbers: string;
  readonly allNumbers: string;
  /** What leads to what they said; `undefined` where it is nobody. */
  readonly press: Press | undefined;
}

/** A page of those who are quoted. */
export interface Listing {
  readonly title: string;
  /** Whose numbers these are, as Markdown and as plain text. */
  readonly about: string;
  readonly aboutPlain: string;
  readonly lines: readonly Line[];
  readonly page: number;
  readonly pages: number;
  readonly tellsReports: boolean;
  readonly foot: string;
}

const longestName = 120;

function pagesFor(total: number): number {
  return Math.ceil(total / mostBars);
}

/** Of what there is any: how much. */
function some(count: number, part: 'quoted' | 'reported' | 'inferred' | 'told', say: Say): string[] {
  return count === 0 ? [] : [say(`speakers.${part}`, { count })];
}

function voiceLine(from: AttributedArticle, voice: Voice, say: Say): Line {
  const { speaker, quoted, reported, words, inferred, told } = voice;
  const parts = [...some(quoted, 'quoted', say), ...some(reported, 'reported', say)];
  const quotes = quoted + reported;
  const counts = {
    quoted,
    reported,
    numbers: say('speakers.numbers', { quotes, words }),
    allNumbers: say('speakers.all-numbers', { quotes, parts: parts.join(say('list.clause')), words }),
  };
  if (speaker === undefined) {
    const who = say('speakers.unclear');
    const notes = [...parts, say('speakers.why-unclear')].join(' · ');
    return { who, shown: bold(who), notes, ...counts, press: undefined };
  }
  const { text, id } = from.article;
  const unnamed = speaker.named ? [] : [say('speakers.unnamed')];
  const unsure = [...some(inferred, 'inferred', say), ...some(told, 'told', say)];
  const code = { article: codeOf(id), speaker: from.speakers.indexOf(speaker) };
  return {
    who: plain(slice(text, speaker.name)),
    shown: bold(inline(slice(text, speaker.name), longestName)),
    notes: [...parts, ...unnamed, ...unsure].join(' · '),
    ...counts,
    press: { action: 'open', view: { kind: 'person', page: 0, within: 'article', people: [code] } },
  };
}

/** Who is quoted in one article: exact, since all of it is read. */
export function listVoices(from: AttributedArticle, voices: readonly Voice[], asked: number, say: Say): Listing {
  const pages = pagesFor(voices.length);
  const page = Math.max(Math.min(asked, pages - 1), 0);
  const { title, outlet } = from.article;
  return {
    title: say('speakers.of-article'),
    about: titleLine(from.article, say),
    aboutPlain: [title, outlet].flatMap(each => (each === undefined ? [] : [plain(each)])).join(' · '),
    lines: voices.slice(page * mostBars, (page + 1) * mostBars).map(voice => voiceLine(from, voice, say)),
    page,
    pages,
    tellsReports: true,
    foot: say('speakers.counted-article'),
  };
}

function personLine(person: PersonMatch, say: Say): Line {
  const { appearances, articles, said } = person;
  const [{ from, speaker }] = appearances;
  const numbers = say('speakers.in-articles', { quotes: said, articles });
  const name = slice(from.article.text, speaker.name);
  const role = speaker.role && inline(slice(from.article.text, speaker.role), longestName);
  const notes = [speaker.named ? undefined : say('speakers.unnamed'), role && say('speaker.phrase', { phrase: role })];
  return {
    who: plain(name),
    shown: bold(inline(name, longestName)),
    notes: notes.filter(note => note !== undefined).join(' · '),
    quoted: said,
    reported: 0,
    numbers,
    allNumbers: numbers,
    press: { action: 'open', view: { kind: 'person', page: 0, within: 'library', people: [codeOfPerson(person)] } },
  };
}

/** Who is quoted most in a whole library, by the totals of its index. */
export function listTopSpeakers(
  { people, total, isCut }: TopSpeakers,
  articles: number,
  page: number,
  say: Say,
): Listing {
  return {
    title: say('speakers.of-library'),
    about: say('speakers.articles', { count: articles }),
    // The picture is shared without the lines below it, and totals of a library do not part the unclear ones.
    aboutPlain: say('speakers.articles-unsure', { count: articles }),
    lines: people.map(person => personLine(person, say)),
    page,
    pages: pagesFor(total),
    tellsReports: false,
    foot: isCut ? say('speakers.counted-cut', { total }) : say('speakers.counted-library'),
  };
}

/** The lines of a page, numbered through all pages. */
function linesText({ lines, page }: Listing): string {
  return lines
    .map(({ shown, numbers, notes }, at) => {
      const first = `${bold(`${page * mostBars + at + 1}.`)} ${shown} – ${numbers}`;
      return notes === '' ? first : `${first}\n${small(notes)}`;
    })
    .join('\n');
}

/** Of each name and title in a picture's description, so that all of its numbers fit. */
const longestDescribed = 44;
const longestTitle = 120;

/** Words that the typefaces can draw, or others in their place. */
function drawable(text: string, otherwise: string): string {
  return lettersWithoutFont([text]).length === 0 ? text : otherwise;
}

function rank({ page }: Listing, at: number): number {
  return page * mostBars + at + 1;
}

/** The numbers of a page as bars. */
export function chartOf(listing: Listing, say: Say): Chart {
  const bars = listing.lines.map(({ who, quoted, reported, numbers }, at) => ({
    label: `${rank(listing, at)}. ${drawable(who, say('chart.name-elsewhere'))}`,
    filled: quoted,
    hatched: reported,
    value: numbers,
  }));
  return {
    title: listing.title,
    subtitle: drawable(listing.aboutPlain, ''),
    bars,
    legend: listing.tellsReports ? { filled: say('chart.filled'), hatched: say('chart.hatched') } : undefined,
  };
}

/** All numbers of the picture, in its order. */
function altTextOf(listing: Listing, say: Say): string {
  const bars = listing.lines.map(({ who, allNumbers }, at) =>
    say('chart.line', { rank: `${rank(listing, at)}`, who: clip(who, longestDescribed), numbers: allNumbers }),
  );
  const about = clip(listing.aboutPlain, longestTitle);
  return clip([say('chart.described', { title: listing.title, about }), ...bars].join('\n'), limits.description);
}

function entryOf({ who, allNumbers, press }: Line) {
  return press === undefined ? [] : [{ label: who, detail: allNumbers, press }];
}

/** A drawn chart, or in a sentence why there is none. */
export type Drawn =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'none'; readonly reason: string };

/** Who is quoted: the picture, the same as text, and a menu that opens what one of them said. */
export function speakersReply(
  listing: Listing,
  drawn: Drawn,
  view: View & { readonly kind: 'speakers' },
  isPrivate: boolean,
  say: Say,
): Reply {
  const { title, about, foot, lines, page, pages } = listing;
  const notes = drawn.kind === 'none' ? [foot, say('speakers.no-picture', { reason: drawn.reason })] : [foot];
  const description = altTextOf(listing, say);
  return reply({
    accent: accents.article,
    picture: drawn.kind === 'none' ? undefined : { name: 'speakers.png', bytes: drawn.bytes, description },
    texts: [`### ${title}\n${about}`, linesText(listing), notes.map(small).join('\n')],
    menu: menuOf(say('speakers.menu'), lines.flatMap(entryOf)),
    buttons: buttonsOf({ ...view, page }, pages, isPrivate, say),
    private: isPrivate,
  });
}

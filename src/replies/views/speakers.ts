import * as z from 'zod/mini';
import type { AttributedArticle, Speaker } from '../../attribution/attribution.ts';
import type { Chart } from '../../cards/chart.ts';
import { MOST_BARS } from '../../cards/lay-out.ts';
import { lettersWithoutFont } from '../../cards/typefaces.ts';
import type { Article } from '../../news/article.ts';
import { slice } from '../../news/span.ts';
import type { TopSpeaker, TopSpeakers } from '../../search/people.ts';
import { countSpeakers, type SpeakerCounts } from '../../summary/speaker-counts.ts';
import type { Say } from '../../wording/say.ts';
import { parts, personCode, speakerCode } from '../custom-id.ts';
import { LIMITS } from '../limits.ts';
import { titleLine } from '../parts/citation.ts';
import { roleOf } from '../parts/description.ts';
import { bold, clip, inline, joined, plain, small } from '../parts/markdown.ts';
import { withinSentence } from '../parts/speaker.ts';
import { ACCENTS, type Audience, entry, menuOf, type Reply, reply } from '../reply.ts';
import { askEntry } from './excerpts.ts';
import { personView } from './person.ts';
import { controlsOf, type Drawing, defineView, pageWithin, type View, type ViewContext } from './view.ts';

/** Who is quoted in an article, or in the library. */
const shape = z.object({ page: parts.page, article: z.optional(parts.article) });
type SpeakersState = z.infer<typeof shape>;

export const speakersView: View<SpeakersState> = defineView({
  name: 'speakers',
  letter: 'v',
  form: /^v(?<article>[\w\-]{6})?$/v,
  state: shape,
  async show(state, context) {
    const listing = await findListing(state, context);
    if (listing === undefined || listing.lines.length === 0) return undefined;
    return speakersReply(listing, await context.draw(chartOf(listing, context.say)), state, context);
  },
});

async function findListing(
  { article, page }: SpeakersState,
  { library, search, say }: ViewContext,
): Promise<Listing | undefined> {
  if (article !== undefined) {
    const from = await library.articleOfCode(article);
    return from && listArticleSpeakers(from, countSpeakers(from), page, say);
  }
  return listTopSpeakers(await search.topSpeakers(page * MOST_BARS, MOST_BARS), await library.count(), page, say);
}

/** Somebody who is quoted, and how often. */
interface Line {
  /** Who, as plain text. */
  readonly who: string;
  /** The same as Markdown, and what to know about the numbers. */
  readonly shown: string;
  readonly notes: string;
  /** Lengths of the solid and the hatched part of the bar: a library's are solid. */
  readonly filled: number;
  readonly hatched: number;
  /** The numbers in words, in short and in full. */
  readonly numbers: string;
  readonly allNumbers: string;
  /** The id that opens what they said; `undefined` if nobody is known to have said it. */
  readonly opens: string | undefined;
}

export interface Listing {
  readonly title: string;
  /** What the numbers are about, as Markdown and as plain text. */
  readonly about: string;
  readonly aboutPlain: string;
  readonly lines: readonly Line[];
  readonly page: number;
  readonly pages: number;
  readonly tellsReports: boolean;
  readonly foot: string;
}

const LONGEST_NAME = 120;

/** Returns nothing for zero. */
function some(count: number, part: 'quoted' | 'reported' | 'uncertain' | 'inferred' | 'told', say: Say): string[] {
  return count === 0 ? [] : [say(`speakers.${part}`, { count })];
}

/** Returns a name as plain text and as Markdown, as it reads within a sentence. */
function namesOf(article: Article, speaker: Speaker): Pick<Line, 'who' | 'shown'> {
  const name = slice(article.text, speaker.name);
  return {
    who: withinSentence(plain(name), article, speaker),
    shown: bold(withinSentence(inline(name, LONGEST_NAME), article, speaker)),
  };
}

function speakerLine(from: AttributedArticle, counts: SpeakerCounts, say: Say): Line {
  const { speaker, quoted, reported, uncertain, words, inferred, told } = counts;
  const clear = [...some(quoted, 'quoted', say), ...some(reported, 'reported', say)];
  const possible = some(uncertain, 'uncertain', say);
  const quotes = speaker === undefined ? uncertain : quoted + reported;
  const numbers = {
    filled: quoted,
    hatched: quotes - quoted,
    numbers: say('speakers.numbers', { quotes, words }),
    allNumbers: say('speakers.all-numbers', { quotes, parts: [...clear, ...possible].join(say('list.clause')), words }),
  };
  if (speaker === undefined) {
    const who = say('speakers.unclear');
    const notes = [...possible, say('speakers.why-unclear')].join(' · ');
    return { who, shown: bold(who), notes, ...numbers, opens: undefined };
  }
  const unnamed = speaker.named ? [] : [say('speakers.unnamed')];
  const hedged = [...some(inferred, 'inferred', say), ...some(told, 'told', say)];
  return {
    ...namesOf(from.article, speaker),
    notes: [...clear, ...hedged, ...possible, ...unnamed].join(' · '),
    ...numbers,
    opens: personView.encode('open', { page: 0, within: 'article', people: [speakerCode(from, speaker)] }),
  };
}

/** Lists who is quoted in one article, exactly. */
export function listArticleSpeakers(
  from: AttributedArticle,
  counts: readonly SpeakerCounts[],
  asked: number,
  say: Say,
): Listing {
  const pages = Math.ceil(counts.length / MOST_BARS);
  const page = pageWithin(asked, pages);
  const { title, outlet } = from.article;
  return {
    title: say('speakers.of-article'),
    about: titleLine(from.article, say),
    aboutPlain: [title, outlet].flatMap(each => (each === undefined ? [] : [plain(each)])).join(' · '),
    lines: counts.slice(page * MOST_BARS, (page + 1) * MOST_BARS).map(each => speakerLine(from, each, say)),
    page,
    pages,
    tellsReports: true,
    foot: say('speakers.counted-article'),
  };
}

function personLine(person: TopSpeaker, say: Say): Line {
  const { appearances, articles, clear, uncertain } = person;
  const [{ from, speaker }] = appearances;
  const numbers = say('speakers.in-articles', { quotes: clear, articles });
  const unsure = some(uncertain, 'uncertain', say);
  const role = roleOf(from.article, speaker);
  const unnamed = speaker.named ? [] : [say('speakers.unnamed')];
  const called = role && say('quotation.marks', { words: inline(slice(from.article.text, role), LONGEST_NAME) });
  return {
    ...namesOf(from.article, speaker),
    notes: joined([...unsure, ...unnamed, called], ' · '),
    filled: clear,
    hatched: 0,
    numbers,
    allNumbers: [numbers, ...unsure].join(say('list.clause')),
    opens: personView.encode('open', { page: 0, within: 'library', people: [personCode(person)] }),
  };
}

/** Lists who is quoted most in a library, by the totals of its index. */
export function listTopSpeakers(
  { people, total, isCut }: TopSpeakers,
  articles: number,
  page: number,
  say: Say,
): Listing {
  return {
    title: say('speakers.of-library'),
    about: say('speakers.articles', { count: articles }),
    aboutPlain: say('speakers.articles', { count: articles }),
    lines: people.map(person => personLine(person, say)),
    page,
    pages: Math.ceil(total / MOST_BARS),
    tellsReports: false,
    foot: isCut ? say('speakers.counted-cut', { total }) : say('speakers.counted-library'),
  };
}

/** Returns the lines; beside a picture, nothing if it shows all that there is: no notes, and only names that it can draw. */
function linesText(listing: Listing, hasPicture: boolean): string {
  if (hasPicture && listing.lines.every(({ who, notes }) => notes === '' && isDrawable(who))) return '';
  return listing.lines
    .map(({ shown, numbers, notes }, at) => {
      const first = `${bold(`${rank(listing, at)}.`)} ${shown}`;
      return hasPicture ? joined([first, notes], ' · ') : joined([`${first} – ${numbers}`, small(notes)]);
    })
    .join('\n');
}

/** Maximum length of names and titles in a picture's alt text, so that all numbers fit. */
const LONGEST_DESCRIBED = 44;
const LONGEST_TITLE = 120;

/** True if the typefaces can draw the text. */
function isDrawable(text: string): boolean {
  return lettersWithoutFont([text]).length === 0;
}

function rank({ page }: Listing, at: number): number {
  return page * MOST_BARS + at + 1;
}

function chartOf(listing: Listing, say: Say): Chart {
  const bars = listing.lines.map(({ who, filled, hatched, numbers }, at) => ({
    label: `${rank(listing, at)}. ${isDrawable(who) ? who : say('chart.name-elsewhere')}`,
    filled,
    hatched,
    value: numbers,
  }));
  return {
    title: listing.title,
    subtitle: isDrawable(listing.aboutPlain) ? listing.aboutPlain : '',
    bars,
    legend: listing.tellsReports ? { filled: say('chart.filled'), hatched: say('chart.hatched') } : undefined,
  };
}

/** Returns all numbers of the picture, in its order. */
function altTextOf(listing: Listing, say: Say): string {
  const bars = listing.lines.map(({ who, allNumbers }, at) =>
    say('chart.line', { rank: `${rank(listing, at)}`, who: clip(who, LONGEST_DESCRIBED), numbers: allNumbers }),
  );
  const about = clip(listing.aboutPlain, LONGEST_TITLE);
  return clip([say('chart.described', { title: listing.title, about }), ...bars].join('\n'), LIMITS.description);
}

function entryOf({ who, allNumbers, opens }: Line) {
  return opens === undefined ? [] : [entry(who, opens, allNumbers)];
}

/** Returns who is quoted: a picture, the same as text, and a menu that opens what one of them said. */
export function speakersReply(listing: Listing, drawn: Drawing, state: SpeakersState, audience: Audience): Reply {
  const { say } = audience;
  const { title, about, aboutPlain, foot, lines, page, pages } = listing;
  const hasPicture = drawn.kind === 'drawn';
  const notes = hasPicture ? [foot] : [foot, say('speakers.no-picture', { reason: drawn.reason })];
  // The picture has the title, but no link.
  const head = hasPicture ? (about === aboutPlain ? '' : about) : `### ${title}\n${about}`;
  const text = linesText(listing, hasPicture);
  const ask = state.article === undefined ? [] : [askEntry(state.article, say)];
  return reply({
    accent: ACCENTS.article,
    picture: hasPicture
      ? { name: 'speakers.png', bytes: drawn.bytes, description: altTextOf(listing, say) }
      : undefined,
    texts: [head, text, notes.map(small).join('\n')],
    menu: menuOf(say('speakers.menu'), lines.flatMap(entryOf)),
    ...controlsOf(speakersView, { ...state, page }, pages, audience, { buttons: ask }),
  });
}

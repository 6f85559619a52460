import type { AttributedArticle } from '../attribution/attribution.ts';
import { mostBars } from '../cards/chart.ts';
import { codeOf } from '../library/keys.ts';
import { slice } from '../news/span.ts';
import type { Loudest } from '../search/find-loudest.ts';
import type { PersonMatch } from '../search/people.ts';
import type { Voice } from '../summary/count-voices.ts';
import type { Say } from '../wording/say.ts';
import { titleLine } from './citation.ts';
import type { Press } from './custom-id.ts';
import { codeOfPerson } from './found.ts';
import { bold, inline, plain, small } from './markdown.ts';

/** Somebody who is quoted, and how often. */
export interface Line {
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

/** "one quote", "1,234 quotes". */
function times(number: number, one: string): string {
  return number === 1 ? `one ${one}` : `${number.toLocaleString('en')} ${one}s`;
}

function some(number: number, what: string): string[] {
  return number === 0 ? [] : [`${number.toLocaleString('en')} ${what}`];
}

function pagesFor(total: number): number {
  return Math.ceil(total / mostBars);
}

const nobody = {
  who: 'Not clear who',
  shown: bold('Not clear who'),
  notes: 'the article leaves it open, or I may have misread it',
};

function voiceLine(from: AttributedArticle, voice: Voice): Line {
  const { speaker, quoted, reported, words, inferred, told } = voice;
  const numbers = `${times(quoted + reported, 'quote')}, ${times(words, 'word')}`;
  const parts = [...some(quoted, 'in quotation marks'), ...some(reported, 'in the article’s wording')];
  const counts = { quoted, reported, numbers };
  const allNumbers = `${times(quoted + reported, 'quote')}: ${parts.join(', ')}; ${times(words, 'word')}`;
  if (speaker === undefined) {
    return { ...nobody, notes: [...parts, nobody.notes].join(' · '), ...counts, allNumbers, press: undefined };
  }
  const { text, id } = from.article;
  const unnamed = speaker.named ? [] : ['not named'];
  const unsure = [...some(inferred, 'most likely theirs'), ...some(told, 'as others report')];
  const code = { article: codeOf(id), speaker: from.speakers.indexOf(speaker) };
  return {
    who: plain(slice(text, speaker.name)),
    shown: bold(inline(slice(text, speaker.name), longestName)),
    notes: [...parts, ...unnamed, ...unsure].join(' · '),
    ...counts,
    allNumbers,
    press: { action: 'open', view: { kind: 'person', page: 0, within: 'article', people: [code] } },
  };
}

/** Who is quoted in one article: exact, since all of it is read. */
export function listVoices(from: AttributedArticle, voices: readonly Voice[], asked: number, say: Say): Listing {
  const pages = pagesFor(voices.length);
  const page = Math.max(Math.min(asked, pages - 1), 0);
  const { title, outlet } = from.article;
  return {
    title: 'Who is quoted in this article',
    about: titleLine(from.article, say),
    aboutPlain: [title, outlet].flatMap(each => (each === undefined ? [] : [plain(each)])).join(' · '),
    lines: voices.slice(page * mostBars, (page + 1) * mostBars).map(voice => voiceLine(from, voice)),
    page,
    pages,
    tellsReports: true,
    foot: 'Each thing that the article attributes to somebody counts once. Words are those that were said, in its wording or theirs.',
  };
}

function personLine(person: PersonMatch): Line {
  const { appearances, articles, said } = person;
  const [{ from, speaker }] = appearances;
  const numbers = `${times(said, 'quote')} in ${times(articles, 'article')}`;
  const name = slice(from.article.text, speaker.name);
  const role = speaker.role && inline(slice(from.article.text, speaker.role), longestName);
  const notes = [speaker.named ? undefined : 'not named', role === undefined ? undefined : `“${role}”`];
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
export function listLoudest({ people, total, isCut }: Loudest, articles: number, page: number): Listing {
  const about = `In all that I have read: ${times(articles, 'article')}`;
  const counted =
    'Counted is each thing that an article attributes to somebody, those included where it may be somebody else.';
  const cut = isCut ? ` These are the ${total} who are quoted most.` : '';
  return {
    title: 'Who is quoted most',
    about,
    aboutPlain: about,
    lines: people.map(personLine),
    page,
    pages: pagesFor(total),
    tellsReports: false,
    foot: `${counted}${cut} For words, and what is in quotation marks, choose an \`article\`.`,
  };
}

/** The lines of a page, numbered through all pages. */
export function linesText({ lines, page }: Listing): string {
  return lines
    .map(({ shown, numbers, notes }, at) => {
      const first = `${bold(`${page * mostBars + at + 1}.`)} ${shown} – ${numbers}`;
      return notes === '' ? first : `${first}\n${small(notes)}`;
    })
    .join('\n');
}

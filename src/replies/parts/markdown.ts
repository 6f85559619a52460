import { weight } from '../limits.ts';

/** Characters that Discord reads as formatting, mentions, links, emoji or timestamps anywhere. */
const ANYWHERE = /[\\`*_~\|<>@\[\]\/⟦⟧]|:(?=\S)/v;
/** Characters that begin a heading, small print or a list at the start of a line. */
const AT_LINE_START = /[\-+#](?<=^[^\S\n]*.)|[.\)](?<=^[^\S\n]*\d+.)/v;
const FORMATTING = new RegExp(`${ANYWHERE.source}|${AT_LINE_START.source}`, 'gmv');

/**
 * Invisible characters, which could make words look like others: controls, line separators, fillers, zero-width
 * characters and changes of direction. Joiners are kept, since scripts and emoji need them.
 */
const INVISIBLE =
  /[[\p{Cc}\p{Cs}]--[\t\n]]|[\u061c\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/gv;

const ESCAPED = /\\(?<sign>[^0-9A-Za-z\s])|⟦(?<code>[0-9A-F]+)⟧/gv;

function show(character: string): string {
  return `⟦${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;
}

/**
 * Escapes a text so that Discord shows it as it is, without formatting, mentions, links, emoji or timestamps. Invisible
 * characters are shown as `⟦202E⟧`. The inverse is `unescapeMarkdown`.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(FORMATTING, String.raw`\$&`).replace(INVISIBLE, show);
}

/** Inverse of `escapeMarkdown`. */
export function unescapeMarkdown(text: string): string {
  return text.replace(ESCAPED, (_whole, sign: string | undefined, code: string | undefined) =>
    code === undefined ? (sign ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** Returns a text on one line, for places without formatting, without invisible characters. */
export function plain(text: string): string {
  return text.toWellFormed().replaceAll(INVISIBLE, '').replaceAll(/\s+/gv, ' ').trim();
}

export function bold(markdown: string): string {
  return `**${markdown}**`;
}

export function italic(markdown: string): string {
  return `*${markdown}*`;
}

export function blockQuote(markdown: string): string {
  return `> ${markdown.replaceAll('\n', '\n> ')}`;
}

/** Returns small print; nothing for an empty text. */
export function small(markdown: string): string {
  return markdown && `-# ${markdown}`;
}

/** Joins the texts that there are. */
export function joined(texts: readonly (string | undefined)[], separator = '\n'): string {
  return texts.filter(text => text !== undefined && text !== '').join(separator);
}

/** Returns a text with a capital letter, if it begins with a letter, for the beginning of a line. */
export function capitalized(markdown: string): string {
  return `${markdown.charAt(0).toUpperCase()}${markdown.slice(1)}`;
}

/** Returns a moment that Discord shows as "in 5 minutes". */
export function relative(milliseconds: number): string {
  return `<t:${Math.round(milliseconds / 1000)}:R>`;
}

/** Returns at most this many UTF-16 units, ending with `…` if something is left out, and never inside a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Returns the same on one line and without invisible characters, ending at a word if a line of them is left out. */
export function clipAtWord(text: string, most: number): string {
  const line = plain(text);
  const cut = clip(line, most);
  const space = cut.lastIndexOf(' ');
  // Languages without spaces, and words that aren't any.
  return cut === line || space < most / 2 ? cut : `${cut.slice(0, space)}…`;
}

/** Returns an escaped text on one line that weighs at most `most`. */
export function inline(text: string, most: number): string {
  const line = clip(text, 4 * most)
    .replaceAll(/\s+/g, ' ')
    .trim();
  let kept = clip(line, most);
  while (kept.length > 1 && weight(escapeMarkdown(kept)) > most) kept = clip(line, Math.floor(kept.length * 0.9));
  return escapeMarkdown(kept);
}

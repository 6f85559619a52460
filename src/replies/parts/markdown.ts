import { weight } from '../limits.ts';

/** Signs that Discord reads as formatting, mentions, links, emoji or timestamps wherever they stand. */
const anywhere = /[\\`*_~\|<>@\[\]\/⟦⟧]|:(?=\S)/v;
/** Signs that make a heading, small text or a list where a line begins. */
const atLineStart = /[\-+#](?<=^[^\S\n]*.)|[.\)](?<=^[^\S\n]*\d+.)/v;
const formatting = new RegExp(`${anywhere.source}|${atLineStart.source}`, 'gmv');

/**
 * Characters that cannot be seen and could make words look like others: controls, line separators, fillers, zero-width
 * ones and those that turn the direction of writing. Joiners stay, as scripts and emoji need them.
 */
const invisible =
  /[[\p{Cc}\p{Cs}]--[\t\n]]|[\u061c\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/gv;

const escaped = /\\(?<sign>[^0-9A-Za-z\s])|⟦(?<code>[0-9A-F]+)⟧/gv;

function show(character: string): string {
  return `⟦${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;
}

/**
 * A stranger's words so that Discord shows them as they are and does nothing else: no formatting, mention, link, emoji or
 * timestamp. What cannot be seen is shown as `⟦202E⟧`. The inverse is `unescapeMarkdown`.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(formatting, String.raw`\$&`).replace(invisible, show);
}

/** The very words that `escapeMarkdown` was given. */
export function unescapeMarkdown(text: string): string {
  return text.replace(escaped, (_whole, sign: string | undefined, code: string | undefined) =>
    code === undefined ? (sign ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** A stranger's words on one line where nothing is formatted, without what cannot be seen. */
export function plain(text: string): string {
  return text.toWellFormed().replaceAll(invisible, '').replaceAll(/\s+/gv, ' ').trim();
}

export function bold(markdown: string): string {
  return `**${markdown}**`;
}

/** Every line of a text set off as quoted. */
export function blockQuote(markdown: string): string {
  return `> ${markdown.replaceAll('\n', '\n> ')}`;
}

export function small(markdown: string): string {
  return `-# ${markdown}`;
}

/** A text of at most so many UTF-16 units that never ends inside a character; `…` stands for what is left out. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A stranger's words on one line, weighing at most `most`: for names, titles and what somebody typed. */
export function inline(text: string, most: number): string {
  const line = clip(text, 4 * most)
    .replaceAll(/\s+/g, ' ')
    .trim();
  let kept = clip(line, most);
  while (kept.length > 1 && weight(escapeMarkdown(kept)) > most) kept = clip(line, Math.floor(kept.length * 0.9));
  return escapeMarkdown(kept);
}

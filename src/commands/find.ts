import type { AttributedArticle } from '../attribution/attribution.ts';
import { plainTitle } from '../replies/citation.ts';
import { bold, escapeMarkdown } from '../replies/markdown.ts';
import { mention, notice, typed } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { nameOf } from '../replies/speaker.ts';
import type { Passage, Scope } from '../search/passage.ts';
import type { SpeakerMatch } from '../search/speakers.ts';
import type { Context, Desk, Options } from './command.ts';
import { articleOfValue, textOf } from './options.ts';

const mostSuggested = 4;

/** What was asked for, or a line that says why it cannot be and what to do. */
export type Outcome<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'notice'; readonly reply: Reply };

function found<T>(value: T): Outcome<T> {
  return { kind: 'found', value };
}

function told(markdown: string): { readonly kind: 'notice'; readonly reply: Reply } {
  return { kind: 'notice', reply: notice(markdown) };
}

function either(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

function titles(articles: readonly AttributedArticle[]): string {
  return either(articles.slice(0, mostSuggested).map(({ article }) => bold(escapeMarkdown(plainTitle(article, 100)))));
}

/** The one article that somebody means by what they typed or chose. */
function oneArticle(value: string, context: Context): Outcome<AttributedArticle> {
  const exact = articleOfValue(value, context);
  if (exact !== undefined) return found(exact);
  const like = context.search.articles(value);
  const [only] = like;
  if (only === undefined)
    return told(
      `I have no article called ${typed(value)}. See what I have with ${mention('article list', context.commandIds)}.`,
    );
  return like.length === 1
    ? found(only)
    : told(`${typed(value)} could be ${titles(like)}. Pick one from the list that opens as you type.`);
}

/** Those like the words, the best first; without words all, the newest first. */
export function articlesLike(words: string, { library, search }: Context): readonly AttributedArticle[] {
  return words === '' ? library.articles.toReversed() : search.articles(words);
}

export function emptyLibrary({ commandIds }: Pick<Desk, 'commandIds'>): Reply {
  return notice(`The library is still empty. Put an article into it with ${mention('article add', commandIds)}.`);
}

/** The article that was chosen; without a choice the newest there is. */
export function articleOrNewest(options: Options, context: Context): Outcome<AttributedArticle> {
  const value = textOf(options, 'article');
  if (value !== undefined) return oneArticle(value, context);
  const newest = context.library.articles.at(-1);
  return newest === undefined ? { kind: 'notice', reply: emptyLibrary(context) } : found(newest);
}

function quotesBy({ from, speaker, attributions }: SpeakerMatch): string {
  const number = attributions.length;
  const quotes = number === 0 ? 'not quoted' : `${number} ${number === 1 ? 'quote' : 'quotes'}`;
  return `${bold(nameOf(from.article, speaker))} (${quotes})`;
}

/** Nobody is called that; those whose names come near. */
export function nobodyCalled(name: string, near: readonly SpeakerMatch[], { commandIds }: Context): Reply {
  const names = [...new Set(near.map(quotesBy))].slice(0, mostSuggested);
  return names.length === 0
    ? notice(
        `I know nobody called ${typed(name)}. Try a surname or a role, or see who speaks with ${mention('summary', commandIds)}.`,
      )
    : notice(`Nothing by ${typed(name)}. Did you mean ${either(names)}?`);
}

/** Somebody who is there, but of whom nothing is quoted. */
function saysNothing({ from, speaker }: SpeakerMatch, { commandIds }: Context): Reply {
  const name = bold(nameOf(from.article, speaker));
  return notice(
    `The article quotes nothing by ${name}. See where it mentions them with ${mention('who is', commandIds)}.`,
  );
}

/** Where to look, once what was typed for it is known to lead somewhere. */
export function scopeOf(options: Options, context: Context): Outcome<Scope> {
  const value = textOf(options, 'article');
  const speaker = textOf(options, 'speaker');
  const article = value === undefined ? undefined : oneArticle(value, context);
  if (article?.kind === 'notice') return article;
  const scope = { article: article?.value.article.id, speaker: undefined };
  if (speaker === undefined) return found(scope);
  const speakers = context.search.speakers(speaker, scope);
  const meant = speakers.filter(each => each.closeness === 'match');
  const [first] = meant;
  if (first === undefined) return { kind: 'notice', reply: nobodyCalled(speaker, speakers, context) };
  return meant.some(each => each.attributions.length > 0)
    ? found({ ...scope, speaker })
    : { kind: 'notice', reply: saysNothing(first, context) };
}

function nothing(words: string, options: Options, { commandIds }: Context): Reply {
  const { speaker, article } = options.texts;
  const narrow = [speaker && 'speaker', article && 'article'].filter(name => name).map(name => `\`${name}\``);
  return narrow.length === 0
    ? notice(
        `I found nothing like ${typed(words)}. Try fewer or rarer words, or see what I have read with ${mention('article list', commandIds)}.`,
      )
    : notice(`I found nothing like ${typed(words)} there. Try fewer words, or leave out ${narrow.join(' and ')}.`);
}

/** The passages that hold the words, or else those that come near. */
export function passagesFor(
  words: string,
  options: Options,
  context: Context,
): Outcome<{ readonly matches: readonly Passage[]; readonly near: readonly Passage[] }> {
  const scope = scopeOf(options, context);
  if (scope.kind === 'notice') return scope;
  const passages = context.search.passages(words, scope.value);
  if (passages.length === 0) return { kind: 'notice', reply: nothing(words, options, context) };
  return found({
    matches: passages.filter(passage => passage.closeness === 'match'),
    near: passages.filter(passage => passage.closeness === 'near'),
  });
}

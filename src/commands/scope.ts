import { bold } from '../replies/markdown.ts';
import { mention, notice, typed } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { nameOf } from '../replies/speaker.ts';
import { anywhere, type Passage, type Scope } from '../search/passage.ts';
import type { PersonMatch } from '../search/people.ts';
import type { Say } from '../wording/say.ts';
import type { Context, Options } from './command.ts';
import { readDays } from './days.ts';
import { either, found, mostSuggested, type Outcome, oneArticle, told } from './find.ts';
import { textOf } from './options.ts';

function quotesBy({ appearances: [{ from, speaker }], said }: PersonMatch): string {
  const quotes = said === 0 ? 'not quoted' : `${said.toLocaleString('en')} ${said === 1 ? 'quote' : 'quotes'}`;
  return `${bold(nameOf(from.article, speaker))} (${quotes})`;
}

/** Nobody is called that; those whose names come near. */
export function nobodyCalled(
  name: string,
  near: readonly PersonMatch[],
  options: Options,
  { commandIds, say }: Context,
): Reply {
  const names = [...new Set(near.map(quotesBy))].slice(0, mostSuggested);
  if (names.length > 0) return notice(`Nothing by ${typed(name, say)}. Did you mean ${either(names)}?`);
  const narrow = narrowing(options, ['article', 'outlet', 'after', 'before']);
  return narrow === ''
    ? notice(
        `I know nobody called ${typed(name, say)}. Try a surname or a role, or see who speaks with ${mention('summary', commandIds)}.`,
      )
    : notice(`I know nobody called ${typed(name, say)} there. Try a surname or a role, or leave out ${narrow}.`);
}

/** Somebody who is there, but of whom nothing is quoted. */
function saysNothing({ appearances: [{ from, speaker }], articles }: PersonMatch, { commandIds }: Context): Reply {
  const name = bold(nameOf(from.article, speaker));
  const [quote, mentions] =
    articles === 1 ? ['The article quotes', 'it mentions'] : ['The articles quote', 'they mention'];
  return notice(`${quote} nothing by ${name}. See where ${mentions} them with ${mention('who is', commandIds)}.`);
}

/** The options that narrow a search, of those that were filled in. */
export function narrowing(options: Options, names: readonly string[]): string {
  return names
    .filter(name => textOf(options, name) !== undefined)
    .map(name => `\`${name}\``)
    .join(' and ');
}

const dayForms = '`2022-03-14`, `2022-03`, `2022`, `14 March 2022` or `yesterday`';

/** The days between which to look; `after` and `before` are among them. */
export function daysOf(options: Options, { say }: Pick<Context, 'say'>): Outcome<Pick<Scope, 'after' | 'before'>> {
  const [after, before] = [textOf(options, 'after'), textOf(options, 'before')];
  const now = new Date();
  const first = after === undefined ? undefined : readDays(after, now)?.first;
  const last = before === undefined ? undefined : readDays(before, now)?.last;
  for (const [value, day] of [
    [after, first],
    [before, last],
  ]) {
    if (value !== undefined && day === undefined)
      return told(`I cannot read ${typed(value, say)} as a date. Write it like ${dayForms}.`);
  }
  return first !== undefined && last !== undefined && first > last
    ? told(
        `No day is both after ${typed(after ?? '', say)} and before ${typed(before ?? '', say)}. Change the two, or leave one out.`,
      )
    : found({ after: first, before: last });
}

/** Somebody who says something. */
interface Meant {
  readonly person: PersonMatch;
  /** Who else may be meant; a sentence, or nothing. */
  readonly note: string;
}

function noteOf(name: string, others: readonly PersonMatch[], say: Say): string {
  const names = [...new Set(others.map(quotesBy))].slice(0, mostSuggested);
  return names.length === 0
    ? ''
    : `${typed(name, say)} could also be ${either(names)}. Pick them from the list as you type.`;
}

/** Whoever is meant by a name, of several the likeliest; those of whom nothing is quoted are not. */
export async function personCalled(name: string, options: Options, context: Context): Promise<Outcome<Meant>> {
  const people = await context.search.people(name, anywhere);
  const meant = people.filter(each => each.closeness === 'match');
  const [first] = meant;
  if (first === undefined) return { kind: 'notice', reply: nobodyCalled(name, people, options, context) };
  const [person, ...others] = meant.filter(each => each.said > 0);
  if (person === undefined) return { kind: 'notice', reply: saysNothing(first, context) };
  return found({ person, note: noteOf(name, others, context.say) });
}

/** Where to look, once what was typed for it is known to lead somewhere. */
export async function scopeOf(options: Options, context: Context): Promise<Outcome<Scope>> {
  const value = textOf(options, 'article');
  const speaker = textOf(options, 'speaker');
  const days = daysOf(options, context);
  if (days.kind === 'notice') return days;
  const article = value === undefined ? undefined : await oneArticle(value, context);
  if (article?.kind === 'notice') return article;
  const scope = { ...anywhere, ...days.value, article: article?.value.article.id, outlet: textOf(options, 'outlet') };
  if (speaker === undefined) return found(scope);
  const people = await context.search.people(speaker, scope);
  const meant = people.filter(each => each.closeness === 'match');
  const [first] = meant;
  if (first === undefined) return { kind: 'notice', reply: nobodyCalled(speaker, people, options, context) };
  return meant.some(each => each.said > 0)
    ? found({ ...scope, speaker })
    : { kind: 'notice', reply: saysNothing(first, context) };
}

function nothing(words: string, options: Options, { commandIds, say }: Context): Reply {
  const narrow = narrowing(options, ['speaker', 'article', 'outlet', 'after', 'before']);
  return narrow === ''
    ? notice(
        `I found nothing like ${typed(words, say)}. Try fewer or rarer words, or see what I have read with ${mention('article list', commandIds)}.`,
      )
    : notice(`I found nothing like ${typed(words, say)} there. Try fewer words, or leave out ${narrow}.`);
}

/** The passages that hold the words, or else those that come near. */
export async function passagesFor(
  words: string,
  options: Options,
  context: Context,
): Promise<Outcome<{ readonly matches: readonly Passage[]; readonly near: readonly Passage[] }>> {
  const scope = await scopeOf(options, context);
  if (scope.kind === 'notice') return scope;
  const passages = await context.search.passages(words, scope.value);
  if (passages.length === 0) return { kind: 'notice', reply: nothing(words, options, context) };
  return found({
    matches: passages.filter(passage => passage.closeness === 'match'),
    near: passages.filter(passage => passage.closeness === 'near'),
  });
}

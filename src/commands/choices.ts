import { codeOf } from '../library/store/keys.ts';
import type { ArticleSummary } from '../library/store/stored.ts';
import { LIMITS } from '../replies/limits.ts';
import { plainDay, plainTitle } from '../replies/parts/citation.ts';
import { clip, joined, plain } from '../replies/parts/markdown.ts';
import { notice, typed } from '../replies/reply.ts';
import type { Say } from '../wording/say.ts';
import { type Choice, found, type Lookup, notFound } from './command.ts';

// What an option offers while it is typed, and which of it was chosen.

const LONGEST_MORE = 60;

/** Returns choices as Discord takes them, each value once. */
export function toChoices(all: readonly Choice[]): readonly Choice[] {
  const seen = new Set<string>();
  const fresh = all.filter(({ value }) => value !== '' && !seen.has(value) && seen.add(value));
  return fresh.slice(0, LIMITS.autocompleteChoices).map(({ name, value }) => ({ name, value }));
}

/** Returns the choices with what was typed in their name or other text. */
export function choicesLike<Named extends Choice>(
  typed: string,
  all: readonly Named[],
  textOf: (choice: Named) => string = ({ name }) => name,
): readonly Choice[] {
  const folded = typed.trim().toLowerCase();
  return toChoices(all.filter(each => textOf(each).toLowerCase().includes(folded)));
}

/** Looks up what was chosen by its value, or typed: its name or a part of it. */
export function findChoice<Named extends Choice>(
  value: string,
  all: readonly Named[],
  none: 'following.which' | 'watching.which',
  list: string,
  say: Say,
): Lookup<Named> {
  if (value === '') return notFound(notice(say('choosing.which', { list })));
  const folded = value.toLowerCase();
  const [chosen, another] =
    [
      all.filter(each => each.value === value),
      all.filter(({ name }) => name.toLowerCase() === folded),
      all.filter(({ name }) => name.toLowerCase().includes(folded)),
    ].find(({ length }) => length > 0) ?? [];
  if (chosen !== undefined && another === undefined) return found(chosen);
  return notFound(notice(say(chosen === undefined ? none : 'choosing.several', { name: typed(value, say), list })));
}

/** Returns articles as an option's choices. Outlets and dates tell those with the same title apart. */
export function articleChoices(articles: readonly ArticleSummary[], say: Say): readonly Choice[] {
  return toldApart(
    articles.map(each => {
      const { id, outlet, published, url } = each;
      const day = published === undefined ? undefined : plainDay(published, say);
      const more = joined([outlet, day, withoutScheme(url ?? '')], ' · ') || id;
      return { name: plainTitle(each, LIMITS.choice), value: choiceOf(each), more };
    }),
  );
}

/** Returns choices whose names can be told apart: those of one name have what else is known of them, too. */
export function toldApart<Named extends Choice & { readonly more: string }>(all: readonly Named[]): readonly Named[] {
  const named = Map.groupBy(all, ({ name }) => name);
  return all.map(each => {
    if (named.get(each.name)?.length === 1) return each;
    const more = clip(plain(each.more), LONGEST_MORE);
    return { ...each, name: `${clip(each.name, LIMITS.choice - more.length - 3)} · ${more}` };
  });
}

export function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\//v, '');
}

/** Returns an article's value among an option's choices: its id, or a code if that is too long. */
export function choiceOf({ id }: { readonly id: string }): string {
  return id.length < LIMITS.choice ? id : `#${codeOf(id)}`;
}

import type { ArticleSummary } from '../library/store/stored.ts';
import { parseDays } from '../news/days.ts';
import { LONGEST_SUBJECT } from '../replies/custom-id.ts';
import { LIMITS } from '../replies/limits.ts';
import { plainTitle } from '../replies/parts/citation.ts';
import { clip } from '../replies/parts/markdown.ts';
import type { Say } from '../wording/say.ts';
import { articleChoices, toChoices } from './choices.ts';
import type { Choice, Complete, Context } from './command.ts';
import { articlesOfLink, filterSoFar } from './lookup.ts';
import { textOf } from './options.ts';

function wordChoices(found: readonly string[]): readonly Choice[] {
  return toChoices(
    found.map(words => {
      const shown = clip(words.replaceAll(/[\s\p{C}]+/gv, ' ').trim(), LIMITS.choice);
      return { name: shown, value: shown };
    }),
  );
}

/** Returns articles like what was typed; the newest if nothing was. */
async function articlesLike(typed: string, { library, search }: Context): Promise<readonly ArticleSummary[]> {
  if (typed.trim() === '') return await library.newest(0, LIMITS.autocompleteChoices);
  return (await articlesOfLink(typed, { library })) ?? (await search.articles(typed));
}

/** Returns what was typed if it is a day, and common days that begin with it. */
function dayChoices(typed: string, now: Date, say: Say): readonly Choice[] {
  const day = now.toISOString();
  const usual = [say('day.yesterday'), day.slice(0, 7), day.slice(0, 4), say('day.today')];
  const begun = usual.filter(each => each.startsWith(typed.trim().toLowerCase()));
  return wordChoices(parseDays(typed, now) === undefined ? begun : [typed, ...begun]);
}

/** Returns choices for any option. */
export const complete: Complete = async (option, typed, options, context) => {
  const { search } = context;
  if (option === 'after' || option === 'before') return dayChoices(typed, new Date(), context.say);
  if (option === 'outlet') return wordChoices(await search.completeOutlets(typed));
  if (option === 'article') {
    return toChoices(articleChoices(await articlesLike(typed, context), context.say));
  }
  if (option === 'find') {
    return wordChoices((await articlesLike(typed, context)).map(each => plainTitle(each, 90)));
  }
  const filter = await filterSoFar(options, context);
  if (option !== 'words') return wordChoices(await search.completeSpeakers(typed, filter));
  return wordChoices(await search.completeWords(typed, { ...filter, speaker: textOf(options, 'speaker') }));
};

/** Returns the same for commands whose words are a subject: none longer than a subject may be. */
export const completeSubject: Complete = async (option, typed, options, context) => {
  const found = await complete(option, typed, options, context);
  return option === 'words' ? found.filter(({ value }) => value.length <= LONGEST_SUBJECT) : found;
};

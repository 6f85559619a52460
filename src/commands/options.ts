import type {
  ContextMenuCommandBuilder,
  SlashCommandBooleanOption,
  SlashCommandBuilder,
  SlashCommandStringOption,
  SlashCommandSubcommandBuilder,
} from '@discordjs/builders';
import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';
import type { AttributedArticle } from '../attribution/attribution.ts';
import { plainTitle } from '../replies/citation.ts';
import { articleCode } from '../replies/custom-id.ts';
import { limits } from '../replies/limits.ts';
import { clip } from '../replies/markdown.ts';
import type { Scope } from '../search/passage.ts';
import type { Choice, Context, Options } from './command.ts';

const longestWords = 300;
const longestName = 100;

/** Usable in servers, in direct messages and wherever somebody has installed it for themselves. */
export function usableEverywhere<Builder extends SlashCommandBuilder | ContextMenuCommandBuilder>(
  builder: Builder,
): Builder {
  builder
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel)
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall);
  return builder;
}

export function wordsOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('words')
    .setDescription('What was said, as well as you remember it')
    .setRequired(true)
    .setMaxLength(longestWords)
    .setAutocomplete(true);
}

export function nameOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('name')
    .setDescription('A name, a role or a group')
    .setRequired(true)
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

export function speakerOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('speaker')
    .setDescription('Only what this person or group said')
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

export function articleOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return option
    .setName('article')
    .setDescription('Only in this article')
    .setMaxLength(longestName)
    .setAutocomplete(true);
}

export function privateOption(option: SlashCommandBooleanOption): SlashCommandBooleanOption {
  return option.setName('private').setDescription('Show the answer to you alone');
}

/** Where to look and for whom to show it: the options that close every command. */
export function withArticleAndPrivate(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return subcommand.addStringOption(articleOption).addBooleanOption(privateOption);
}

/** What was typed into an option, without the space around it; `undefined` where that leaves nothing. */
export function textOf(options: Options, name: string): string | undefined {
  return options.texts[name]?.toWellFormed().trim() || undefined;
}

/** What an article is called among an option's values: its id, or a code where that is too long. */
export function choiceOf({ article }: AttributedArticle): string {
  return article.id.length < limits.choice ? article.id : `#${articleCode(article.id)}`;
}

/** The article that a choice stands for, exactly. */
export function articleOfValue(value: string, { library }: Context): AttributedArticle | undefined {
  return library.article(value) ?? library.articles.find(from => choiceOf(from) === value);
}

function choices(found: readonly Choice[]): readonly Choice[] {
  const seen = new Set<string>();
  const fresh = found.filter(({ value }) => value !== '' && !seen.has(value) && seen.add(value));
  return fresh.slice(0, limits.autocompleteChoices);
}

function wordChoices(found: readonly string[]): readonly Choice[] {
  return choices(
    found.map(words => {
      const shown = clip(words.replaceAll(/[\s\p{C}]+/gv, ' ').trim(), limits.choice);
      return { name: shown, value: shown };
    }),
  );
}

function scopeSoFar(options: Options, context: Context): Scope {
  const article = textOf(options, 'article');
  return { article: article && articleOfValue(article, context)?.article.id, speaker: undefined };
}

/** Choices for whichever option is being typed. */
export function complete(option: string, typed: string, options: Options, context: Context): readonly Choice[] {
  const { search } = context;
  if (option === 'article') {
    return choices(
      search.articles(typed).map(from => ({ name: plainTitle(from.article, limits.choice), value: choiceOf(from) })),
    );
  }
  if (option === 'find') return wordChoices(search.articles(typed).map(({ article }) => plainTitle(article, 90)));
  const scope = scopeSoFar(options, context);
  if (option === 'words') {
    return wordChoices(search.completeWords(typed, { ...scope, speaker: textOf(options, 'speaker') }));
  }
  return wordChoices(search.completeSpeakers(typed, scope));
}

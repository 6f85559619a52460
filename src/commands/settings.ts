import { SlashCommandBuilder, type SlashCommandStringOption } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { type Choices, privacies } from '../library/store/choices.ts';
import { writeColour } from '../replies/colour.ts';
import { notice, typed } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { languageNames, savedReply, settingsReply } from '../replies/settings.ts';
import { languages } from '../wording/languages.ts';
import { type Say, sayIn } from '../wording/say.ts';
import { colourChoices, meantColour } from './colours.ts';
import type { Command, Context, Options } from './command.ts';
import { choice, described } from './named.ts';
import { textOf, usableEverywhere } from './options.ts';
import { barrier } from './permission.ts';

const longestColour = 30;

/** What somebody chose of one option: nothing where they left it out, or why it cannot be. */
type Read = Partial<Choices> | Reply;

function readPrivacy(options: Options, say: Say): Read {
  const given = textOf(options, 'answers');
  if (given === undefined) return {};
  const privacy = privacies.find(each => each === given);
  return privacy === undefined ? notice(say('settings.noChoice')) : { privacy };
}

function readLanguage(options: Options, say: Say): Read {
  const given = textOf(options, 'language');
  if (given === undefined) return {};
  const language = (['own', ...languages] as const).find(each => each === given);
  return language === undefined ? notice(say('settings.noChoice')) : { language };
}

function readAccent(options: Options, say: Say): Read {
  const given = textOf(options, 'accent');
  if (given === undefined) return {};
  const meant = meantColour(given, say);
  if (meant.kind === 'none') return { accent: undefined };
  if (meant.kind === 'unknown') return notice(say('settings.noColour', { typed: typed(given, say) }));
  const colour = writeColour(meant.colour);
  return meant.kind === 'warning' ? notice(say('settings.warningColour', { colour })) : { accent: meant.colour };
}

async function run(options: Options, context: Context): Promise<Reply> {
  const { choices, library, owner, say } = context;
  const read = [readPrivacy, readLanguage, readAccent].map(each => each(options, say));
  const refused = read.find(each => 'components' in each);
  if (refused !== undefined && 'components' in refused) return refused;
  const changes: Partial<Choices> = Object.assign({}, ...read);
  if (Object.keys(changes).length === 0) return settingsReply(choices, owner, say);
  const barred = barrier(context);
  if (barred !== undefined) return barred;
  const chosen = await library.choose(changes);
  return savedReply(chosen, changes, chosen.language === 'own' ? say : sayIn(chosen.language));
}

function answersOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.answers').addChoices(...privacies.map(choice));
}

function languageOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.language').addChoices(
    choice('own'),
    ...languages.map(language => ({ name: languageNames[language], value: language })),
  );
}

function accentOption(option: SlashCommandStringOption): SlashCommandStringOption {
  return described(option, 'option.accent').setMaxLength(longestColour).setAutocomplete(true);
}

/** Shows and changes what holds for all answers of a server. */
export const settings: Command = {
  builder: described(usableEverywhere(new SlashCommandBuilder()), 'command.settings')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addStringOption(answersOption)
    .addStringOption(languageOption)
    .addStringOption(accentOption),
  advice: [{ path: 'settings', example: [['accent', '#5865F2']] }],
  autocomplete: (_option, words, _options, { say }) => Promise.resolve(colourChoices(words, say)),
  isPrivate: () => true,
  run,
};

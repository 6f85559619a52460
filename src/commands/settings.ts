import { SlashCommandBuilder, type SlashCommandStringOption } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { type LibrarySettings, privacies } from '../library/store/library-settings.ts';
import { notice, type Reply, typed } from '../replies/reply.ts';
import { looksLikeWarning, readColour, savedReply, settingsReply, writeColour } from '../replies/settings.ts';
import { languages, spoken } from '../wording/languages.ts';
import { type Say, sayIn } from '../wording/say.ts';
import { barrier, type Choice, type Command, type Context, type Options } from './command.ts';
import { choice, described } from './filter.ts';
import { textOf, usableEverywhere } from './options.ts';

const none = 'none';

const colours = {
  blurple: 0x5865f2,
  blue: 0x3498db,
  teal: 0x1abc9c,
  green: 0x2ecc71,
  red: 0xed4245,
  pink: 0xeb459e,
  purple: 0x9b59b6,
  black: 0x000000,
  white: 0xffffff,
} as const;
const names = ['blurple', 'blue', 'teal', 'green', 'red', 'pink', 'purple', 'black', 'white'] as const;

/** What somebody means by an accent colour: one, to have none, or nothing that can be read. */
type Meant =
  | { readonly kind: 'colour' | 'warning'; readonly colour: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** A colour as digits or by its name, in English or in the language that it was offered in. */
function meantColour(typed: string, say: Say): Meant {
  const folded = typed.trim().toLowerCase();
  if (folded === none) return { kind: 'none' };
  const named = names.find(name => [name, say(`settings.colour.${name}`).toLowerCase()].includes(folded));
  const colour = named === undefined ? readColour(folded) : colours[named];
  if (colour === undefined) return { kind: 'unknown' };
  return { kind: looksLikeWarning(colour) ? 'warning' : 'colour', colour };
}

/** A few colours by name, after the one that was typed as digits. */
function colourChoices(typed: string, say: Say): readonly Choice[] {
  const folded = typed.trim().toLowerCase();
  const named = names.map(name => {
    const colour = writeColour(colours[name]);
    return { name: `${say(`settings.colour.${name}`)} · ${colour}`, value: colour, called: name };
  });
  const digits = readColour(folded);
  const own = digits === undefined ? [] : [{ name: writeColour(digits), value: writeColour(digits), called: folded }];
  const all = [...own, ...named, { name: say('settings.colour.none'), value: none, called: none }];
  const like = all.filter(({ name, called }) => called.startsWith(folded) || name.toLowerCase().includes(folded));
  return like.map(({ name, value }) => ({ name, value }));
}

const longestColour = 30;

/** What somebody chose of one option: nothing where they left it out, or why it cannot be. */
type Read = Partial<LibrarySettings> | Reply;

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
  const changes: Partial<LibrarySettings> = Object.assign({}, ...read);
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
    ...languages.map(language => ({ name: spoken[language].name, value: language })),
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

import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Owner } from '../library/owner.ts';
import { type LibrarySettings, PRIVACIES, type SettingsChanges } from '../library/store/library-settings.ts';
import { channelMention } from '../replies/feeds.ts';
import { small } from '../replies/parts/markdown.ts';
import { ACCENTS, notice, type Reply, reply, typed } from '../replies/reply.ts';
import { LANGUAGES, listIn, SPOKEN } from '../wording/languages.ts';
import type { OptionName } from '../wording/messages.ts';
import { type Say, sayIn } from '../wording/say.ts';
import { type Choice, type Command, type Context, type Options, refuseWithoutPermission } from './command.ts';
import { channelOption, choice, choiceOption, described, slashCommand, textOf, textOption } from './options.ts';
import { MESSAGE_TYPES, refuseWithoutRights } from './posting-rights.ts';

const HEXADECIMAL = /^#?(?<digits>[0-9a-f]{6}|[0-9a-f]{3})$/iv;

/** Minimum distance of two RGB colours that are easy to tell apart at an answer's edge. */
const LEAST_DISTANCE = 80;

/** Reads `#5865F2`, `5865f2` and `#58f` as 0xrrggbb. */
export function readColour(typed: string): number | undefined {
  const digits = HEXADECIMAL.exec(typed.trim())?.groups?.digits;
  if (digits === undefined) return undefined;
  return Number.parseInt(digits.length === 3 ? [...digits].map(digit => digit + digit).join('') : digits, 16);
}

export function writeColour(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0').toUpperCase()}`;
}

/** True if a colour looks like one that warns of an inferred or unclear speaker. */
export function looksLikeWarning(colour: number): boolean {
  return [ACCENTS.likely, ACCENTS.unclear].some(warning => distance(colour, warning) < LEAST_DISTANCE);
}

function distance(one: number, other: number): number {
  const apart = [16, 8, 0].map(shift => ((one >> shift) & 0xff) - ((other >> shift) & 0xff));
  return Math.hypot(...apart);
}

type Line = (settings: LibrarySettings, say: Say) => string;

const LINES: Readonly<Record<keyof LibrarySettings, Line>> = {
  privacy: ({ privacy }, say) => say(privacy === 'public' ? 'settings.public' : 'settings.private'),
  language: ({ language }, say) =>
    language === 'own' ? say('settings.own-language') : say('settings.one-language', { name: SPOKEN[language].name }),
  accent: ({ accent }, say) =>
    accent === undefined ? say('settings.own-colours') : say('settings.accent', { colour: writeColour(accent) }),
  mentions: ({ mentions }, say) => {
    if (mentions === 'everywhere') return say('settings.mentions-everywhere');
    if (mentions.length === 0) return say('settings.mentions-nowhere');
    return say('settings.mentions-some', { channels: listIn(say.language, 'and', mentions.map(channelMention)) });
  },
  reports: ({ reports }, say) =>
    reports === undefined ? say('settings.no-reports') : say('settings.reports', { channel: channelMention(reports) }),
};
const ALL = ['privacy', 'language', 'accent', 'mentions', 'reports'] as const;

function shown(head: string, of: readonly (keyof LibrarySettings)[], settings: LibrarySettings, say: Say): Reply {
  const texts = [head, ...of.map(each => LINES[each](settings, say)), small(say('settings.foot'))];
  return reply({ accent: ACCENTS.article, texts: [texts.join('\n')], private: true });
}

/** Returns all settings. */
function settingsReply(settings: LibrarySettings, { kind }: Owner, say: Say): Reply {
  if (kind === 'server') return shown(say('settings.of-server'), ALL, settings, say);
  const own = ALL.filter(each => each !== 'mentions');
  return shown(say('settings.of-person'), own, settings, say);
}

const NONE = 'none';

const COLOURS = [
  ['blurple', 0x5865f2],
  ['blue', 0x3498db],
  ['teal', 0x1abc9c],
  ['green', 0x2ecc71],
  ['red', 0xed4245],
  ['pink', 0xeb459e],
  ['purple', 0x9b59b6],
  ['black', 0x000000],
  ['white', 0xffffff],
] as const;

/** Returns the colour that was typed as digits, then some by name. */
function colourChoices(typed: string, say: Say): readonly Choice[] {
  const folded = typed.trim().toLowerCase();
  const named = COLOURS.map(([name, colour]) => {
    const value = writeColour(colour);
    return { name: `${say(`settings.colour.${name}`)} · ${value}`, value, called: name };
  });
  const digits = readColour(folded);
  const own = digits === undefined ? [] : [{ name: writeColour(digits), value: writeColour(digits), called: folded }];
  const all = [...own, ...named, { name: say('settings.colour.none'), value: NONE, called: NONE }];
  const like = all.filter(({ name, called }) => called.startsWith(folded) || name.toLowerCase().includes(folded));
  return like.map(({ name, value }) => ({ name, value }));
}

const LONGEST_COLOUR = 30;

/** What one option changes, which is nothing if it was left out, or why it can't. */
type Change = SettingsChanges | Reply;

/** Reads one of an option's choices. */
function readChoice<Value extends string>(
  given: string | undefined,
  values: readonly Value[],
  changeTo: (value: Value) => SettingsChanges,
  say: Say,
): Change {
  if (given === undefined) return {};
  const value = values.find(each => each === given);
  return value === undefined ? notice(say('settings.no-choice')) : changeTo(value);
}

/** Reads a colour by digits or by its name, in English or in the user's language. */
function readAccent(options: Options, say: Say): Change {
  const given = textOf(options, 'accent');
  if (given === undefined) return {};
  const folded = given.toLowerCase();
  if (folded === NONE) return { accent: undefined };
  const named = COLOURS.find(([name]) => [name, say(`settings.colour.${name}`).toLowerCase()].includes(folded));
  const accent = named === undefined ? readColour(folded) : named[1];
  if (accent === undefined) return notice(say('settings.no-colour', { typed: typed(given, say) }));
  return looksLikeWarning(accent)
    ? notice(say('settings.warning-colour', { colour: writeColour(accent) }))
    : { accent };
}

/** Refuses two options that contradict each other. */
function contradiction(one: OptionName, other: OptionName, say: Say): Reply {
  return notice(say('settings.contradiction', { one: say(`option.${one}`), other: say(`option.${other}`) }));
}

/** Discord lets nobody choose more than one channel at once, so this is far more than anybody needs. */
const MOST_CHANNELS = 50;

/** Reads where mentions are answered. A channel is added to those where they are, or removed if it is one of them. */
function readMentions(options: Options, { channel: here, owner, say }: Context): Change {
  const given = textOf(options, 'mentions');
  const channel = options.channels.channel?.id;
  if (given === undefined && channel === undefined) return {};
  if (owner.kind === 'person') return notice(say('settings.mentions-direct'));
  if (given === 'everywhere' || given === 'nowhere') {
    if (channel !== undefined) return contradiction('mentions', 'channel', say);
    return { mentions: given === 'everywhere' ? given : [] };
  }
  if (given !== undefined && given !== 'some') return notice(say('settings.no-choice'));
  const change = (former: LibrarySettings['mentions']) => {
    const chosen = former === 'everywhere' ? [] : former;
    if (channel === undefined) return chosen.length === 0 ? [here.id] : chosen;
    const isChosen = chosen.includes(channel);
    return isChosen ? chosen.filter(id => id !== channel) : [...chosen, channel].slice(-MOST_CHANNELS);
  };
  return { mentions: change };
}

/** Reads the channel for reports. A person has no channels. */
function readReports(options: Options, say: Say): Change {
  const channel = options.channels.reports;
  const isCleared = options.flags['no-reports'] === true;
  if (channel === undefined) return isCleared ? { reports: undefined } : {};
  if (isCleared) return contradiction('reports', 'no-reports', say);
  return refuseWithoutRights(channel, say, false) ?? { reports: channel.id };
}

async function run(options: Options, context: Context): Promise<Reply> {
  const { settings: current, library, owner, ownLanguage, say } = context;
  const read = [
    readChoice(textOf(options, 'answers'), PRIVACIES, privacy => ({ privacy }), say),
    readChoice(textOf(options, 'language'), ['own', ...LANGUAGES] as const, language => ({ language }), say),
    readAccent(options, say),
    readReports(options, say),
    readMentions(options, context),
  ];
  const refused = read.find(each => 'components' in each);
  if (refused !== undefined && 'components' in refused) return refused;
  const changes: SettingsChanges = Object.assign({}, ...read);
  if (Object.keys(changes).length === 0) return settingsReply(current, owner, say);
  const forbidden = refuseWithoutPermission(context);
  if (forbidden !== undefined) return forbidden;
  const chosen = await library.choose(changes);
  const sayNow = sayIn(chosen.language === 'own' ? ownLanguage : chosen.language);
  const changed = ALL.filter(each => each in changes);
  return shown(sayNow('settings.saved'), changed, chosen, sayNow);
}

/** Shows and changes a library's settings for all answers. */
export const settings: Command = {
  builder: slashCommand('settings')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addStringOption(choiceOption('option.answers', PRIVACIES.map(choice)))
    .addStringOption(
      choiceOption('option.language', [
        choice('own'),
        ...LANGUAGES.map(language => ({ name: SPOKEN[language].name, value: language })),
      ]),
    )
    .addStringOption(textOption('option.accent', { maxLength: LONGEST_COLOUR, isCompleted: true }))
    .addStringOption(choiceOption('option.mentions', (['everywhere', 'some', 'nowhere'] as const).map(choice)))
    .addChannelOption(channelOption('option.channel', MESSAGE_TYPES))
    .addChannelOption(channelOption('option.reports', MESSAGE_TYPES))
    .addBooleanOption(option => described(option, 'option.no-reports')),
  advice: [{ path: 'settings', group: 'articles', example: [['accent', '#5865F2']] }],
  autocomplete: (_option, words, _options, { say }) => Promise.resolve(colourChoices(words, say)),
  isPrivate: () => true,
  run,
};

import { mostFollowed } from '../following/following.ts';
import { isSpelling, isWatched } from '../following/watch.ts';
import type { Period, Watch } from '../library/store/following/watches.ts';
import {
  deleteWatch,
  directTo,
  forumOf,
  MOST_DIRECT,
  readWatches,
  recipientOf,
  saveWatch,
} from '../library/store/following/watches.ts';
import { digestOf } from '../library/store/keys.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { slice } from '../news/span.ts';
import { channelMention, pingChange } from '../replies/feeds.ts';
import { LIMITS } from '../replies/limits.ts';
import { joined } from '../replies/parts/markdown.ts';
import { mention, notice, type Reply, typed } from '../replies/reply.ts';
import { visibleWatches, watchesView, watchName, watchText } from '../replies/views/following.ts';
import { NO_FILTER_OPTIONS } from '../search/filter.ts';
import { foldPhrase } from '../words/words.ts';
import { choicesLike, findChoice, toldApart } from './choices.ts';
import { type Command, type Context, type Options, refuseWithoutPermission } from './command.ts';
import { complete } from './complete.ts';
import { anyOfNote } from './lookup.ts';
import { channelOption, choice, choiceOption, described, slashCommand, textOf, textOption } from './options.ts';
import { refusePing, refuseWithoutRights, storedChannelOf, tagNotes } from './posting-rights.ts';

const LONGEST_SPEAKER = 100;
const LONGEST_WORDS = 200;
/** Of a person's own, on each library. */
const MOST_PERSONAL = 5;
const PERIODS = ['day', 'week'] as const satisfies readonly Period[];

/**
 * Returns whom to watch for, with a note on who else has that name, or that nobody has it yet. A misspelt name, or one in
 * lower case, becomes what articles write, since it isn't guessed at later. Any other stays as typed: a longer one may be
 * somebody else's.
 */
async function readSpeaker(typedName: string | undefined, { search, say }: Context) {
  if (typedName === undefined) return { speaker: undefined, note: '' };
  const people = await search.people(typedName, NO_FILTER_OPTIONS);
  const matching = people.filter(({ closeness }) => closeness === 'match');
  const names = matching.flatMap(({ appearances: [{ from, speaker }] }) =>
    [speaker.name, ...speaker.aliases].map(span => slice(from.article.text, span)),
  );
  const called = matching.filter(({ appearances: [each] }) => isWatched(typedName, each.from, each.speaker));
  if (called.length > 0) {
    const written = names.find(name => foldPhrase(name) === foldPhrase(typedName));
    return { speaker: written ?? typedName, note: anyOfNote(typedName, called, say) };
  }
  const spelling = names.find(name => isSpelling(typedName, name));
  // "Ann Lee" is known by "Ann Lee and Bo Day", though that is no name of hers.
  const isKnown = spelling !== undefined || names.some(name => foldPhrase(name).includes(foldPhrase(typedName)));
  const unknown = say('watching.unknown', { name: typed(typedName, say) });
  return { speaker: spelling ?? typedName, note: isKnown || isMainlyHan(typedName) ? '' : unknown };
}

/** True if quotes are to be sent to the user alone, which needs no permission. */
function isForUser({ flags }: Options): boolean {
  return flags['direct-messages'] === true;
}

/** Says which limit is reached: that of a library or a person, or that of all people's own watches together. */
function tooMany(place: string, most: number, watches: readonly Watch[], { say, commandIds }: Context): Reply {
  const remove = mention('watch remove', commandIds);
  const isTheirs = recipientOf(place) === undefined || watches.filter(each => each.channel === place).length >= most;
  return notice(
    isTheirs
      ? say('watching.too-many', { most, remove })
      : say('watching.too-many-personal', { most: MOST_DIRECT, remove }),
  );
}

/** Returns what no two watches share: what they are for, however it is written, and where they post. */
function keyOf({ speaker = '', words = '', channel }: Pick<Watch, 'speaker' | 'words' | 'channel'>): string {
  return [foldPhrase(speaker), foldPhrase(words), channel].join('\n');
}

async function add(options: Options, context: Context): Promise<Reply> {
  const { library, user, channel: here, isDirect, say, commandIds } = context;
  const typedName = textOf(options, 'speaker')?.slice(0, LONGEST_SPEAKER);
  const words = textOf(options, 'words')?.slice(0, LONGEST_WORDS);
  const given = [typedName, words].filter(each => each !== undefined);
  if (given.length === 0 || given.some(each => foldPhrase(each) === '')) return notice(say('watching.need'));
  const isOwn = library.owner.kind === 'person';
  const isPersonal = isForUser(options);
  if (isOwn && !isDirect && !isPersonal)
    return notice(say('watching.elsewhere', { add: mention('watch add', commandIds) }));
  const channel = (isOwn ? undefined : options.channels.in) ?? here;
  const inChannel = isOwn || isPersonal ? undefined : channel;
  const { ping: role } = options.roles;
  const refused = (inChannel && refuseWithoutRights(inChannel, say)) ?? refusePing(role, inChannel, context);
  if (refused !== undefined) return refused;
  const place = isPersonal ? directTo(user.id) : storedChannelOf(channel);
  const { speaker, note } = await readSpeaker(typedName, context);
  const every = PERIODS.find(each => each === textOf(options, 'every'));
  const watch = {
    speaker,
    words,
    channel: place,
    addedBy: user.id,
    locale: say.language,
    disabled: undefined,
    ping: role?.id,
    every,
    addedAt: Date.now(),
  };
  const most = isPersonal ? MOST_PERSONAL : mostFollowed(library);
  const watches = await library.read(readWatches);
  const key = keyOf(watch);
  // Adding the same again replaces it, so that it posts again after it was disabled.
  const former = watches.find(each => keyOf(each) === key);
  const id = former?.id ?? digestOf(key);
  if (!(await library.write(saveWatch, { id, ...watch }, most))) return tooMany(place, most, watches, context);
  const what = watchText(watch, say);
  const own = isPersonal ? 'watching.added-personal' : 'watching.added-own';
  const added =
    isOwn || isPersonal ? say(own, { what }) : say('watching.added', { what, channel: channelMention(channel.id) });
  const when = every && say(`watching.digest-${every}`);
  const pings = pingChange(former?.ping, watch.ping, say);
  const limit = given.some(isMainlyHan) ? say('watching.english-only') : '';
  return notice(joined([added, when, ...pings, ...tagNotes(inChannel, say), note, limit]));
}

/** Returns the watches that somebody may see, as choices. */
async function watchChoices({ library, user, say }: Context) {
  const watches = visibleWatches(await library.read(readWatches), user.id);
  return toldApart(
    watches.map(watch => {
      const { id, channel, every } = watch;
      const isMine = recipientOf(channel) !== undefined;
      const where = isMine ? say('watching.own') : say('post.posts-in', { channel: forumOf(channel) ?? channel });
      const more = every === undefined ? where : `${where} · ${say(`watching.every-${every}`)}`;
      return { watch, name: watchName(watch, LIMITS.choice, say), value: `#${id}`, more };
    }),
  );
}

async function remove(options: Options, context: Context): Promise<Reply> {
  const { library, user, say, commandIds } = context;
  const list = mention('watch list', commandIds);
  const value = textOf(options, 'watch') ?? '';
  const chosen = findChoice(value, await watchChoices(context), 'watching.which', list, say);
  if (chosen.kind === 'notice') return chosen.reply;
  const { watch } = chosen.value;
  const isMine = recipientOf(watch.channel) === user.id;
  const refused = isMine ? undefined : refuseWithoutPermission(context);
  if (refused !== undefined) return refused;
  await library.write(deleteWatch, watch.id);
  return notice(say('watching.removed', { what: watchText(watch, say) }));
}

async function list(_options: Options, context: Context): Promise<Reply> {
  const shown = await watchesView.show({ page: 0 }, context);
  return shown ?? notice(context.say('watching.none', { add: mention('watch add', context.commandIds) }));
}

const watchOption = textOption('option.watch', { maxLength: LIMITS.choice, isRequired: true, isCompleted: true });

const RUNS: Readonly<Record<string, Command['run']>> = { add, remove };

export const watch: Command = {
  builder: slashCommand('watch')
    .addSubcommand(subcommand =>
      described(subcommand, 'command.watch add')
        .addStringOption(textOption('option.speaker', { maxLength: LONGEST_SPEAKER, isCompleted: true }))
        .addStringOption(textOption('option.words', { maxLength: LONGEST_WORDS, does: 'option.words.watched' }))
        .addStringOption(choiceOption('option.every', PERIODS.map(choice)))
        .addBooleanOption(option => described(option, 'option.direct-messages'))
        .addChannelOption(channelOption('option.in'))
        .addRoleOption(option => described(option, 'option.ping')),
    )
    .addSubcommand(subcommand => described(subcommand, 'command.watch list'))
    .addSubcommand(subcommand => described(subcommand, 'command.watch remove').addStringOption(watchOption)),
  advice: [
    { path: 'watch add', group: 'follow', example: [['speaker', 'Xi Jinping']] },
    { path: 'watch list', group: 'follow', example: [] },
  ],
  autocomplete: async (option, words, options, context) =>
    option === 'watch'
      ? choicesLike(words, await watchChoices(context))
      : await complete(option, words, options, context),
  first: (options, request) =>
    options.subcommand === 'add' && !isForUser(options) && !request.user.mayChange
      ? notice(request.say('watching.only-own'))
      : undefined,
  isPrivate: () => true,
  run: (options, context) => (RUNS[options.subcommand ?? ''] ?? list)(options, context),
};

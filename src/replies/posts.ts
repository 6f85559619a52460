import { ComponentType } from 'discord-api-types/v10';
import type { AttributedArticle } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import type { OpenLibrary } from '../library/library.ts';
import type { Owner } from '../library/owner.ts';
import { type Follow, readFollows } from '../library/store/following/following.ts';
import type { Post, WatchHit } from '../library/store/following/outbox.ts';
import { type Period, readWatches, recipientOf, type Watch } from '../library/store/following/watches.ts';
import { codeOf } from '../library/store/keys.ts';
import type { LibrarySettings } from '../library/store/library-settings.ts';
import type { Article } from '../news/article.ts';
import { withoutCopies } from '../search/copies.ts';
import { markWords } from '../search/mark.ts';
import { languageOf, listIn } from '../wording/languages.ts';
import { format, type Message, type Say, sayIn } from '../wording/say.ts';
import { type DisputedStatement, disputePost, openDispute } from './disputes.ts';
import { feedProblem, feedTitle, roleMention } from './feeds.ts';
import { LIMITS, ROOM, WEIGHT_OF_DISPLAY, weight } from './limits.ts';
import { withStopButton } from './message-buttons.ts';
import { plainDay, titleLine } from './parts/citation.ts';
import { bold, clipAtWord, inline, joined, small } from './parts/markdown.ts';
import { accentOfPassage, passageOfStatement, type ShownPassage, showPassage } from './parts/passage.ts';
import { isStated, nameWithin } from './parts/speaker.ts';
import { ACCENTS, arrange, button, mention, type Reply, reply, withAccent } from './reply.ts';
import { excerptControls } from './views/excerpts.ts';
import { watchName, watchText } from './views/following.ts';
import { quotesView } from './views/quotes.ts';
import { summaryView } from './views/summary.ts';
import { brief } from './views/who-said.ts';

// Messages that the bot posts on its own. Nobody asked for them, so most of their buttons answer only the person who
// presses one.

const MOST_SPEAKERS = 3;
const LONGEST_PROBLEM = 200;
const LONGEST_SERVER = 100;
/** In a watch's digest. */
const MOST_QUOTES = 10;

/** Names the people quoted most, leaving out words that may be somebody else's, that others report, or that are denied. */
function speakersOf({ article, attributions }: AttributedArticle, say: Say): string {
  const counts = new Map<string, number>();
  for (const attribution of attributions) {
    const { speaker } = attribution;
    if (speaker === undefined || !isStated(article, attribution) || denialOf({ article }, attribution) !== undefined)
      continue;
    const name = bold(nameWithin(article, speaker));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
  const shown = names.slice(0, MOST_SPEAKERS);
  const others = names.length - shown.length;
  return listIn(say.language, 'and', others === 0 ? shown : [...shown, say('post.more-speakers', { count: others })]);
}

/** A new article of a feed: title, outlet and link, who is quoted, and buttons for more. */
export function articlePost(from: AttributedArticle, say: Say): Reply {
  const { article } = from;
  const code = codeOf(article.id);
  const speakers = speakersOf(from, say);
  const quoted = speakers === '' ? say('measures.nobody') : say('post.quoted', { speakers });
  const summary = { page: 0, article: code, length: 'short' } as const;
  const buttons = [
    button(say('button.summary'), summaryView.encode('peek', summary)),
    ...(from.attributions.length === 0
      ? []
      : [button(say('button.quotes'), quotesView.encode('peek', { page: 0, article: code }))]),
  ];
  return reply({
    accent: ACCENTS.article,
    texts: [`${bold(titleLine(article, say))}\n${small(quoted)}`],
    buttons,
    private: false,
  });
}

/** What a watch found in an article. */
interface WatchPassage {
  readonly watch: Pick<Watch, 'speaker' | 'words'>;
  readonly passage: ShownPassage;
  /** How many more quotes of the article it found. */
  readonly others: number;
}

/** Returns what a watch found; `undefined` if the article has changed since. */
function watchPassage(
  watch: WatchPassage['watch'],
  from: AttributedArticle,
  { passage: at, others }: { readonly passage: number; readonly others: number },
): WatchPassage | undefined {
  const attribution = from.attributions[at];
  // Whether the speaker is the one who is watched is disputed.
  if (watch.speaker !== undefined && attribution?.dispute !== undefined) return undefined;
  const passage = attribution && passageOfStatement({ from, attribution });
  if (passage === undefined) return undefined;
  const { excerpt } = passage;
  const matches = markWords(from.article.text, excerpt, watch.words ?? '', passage.attribution?.content);
  return { watch, passage: { ...passage, matches }, others };
}

/** A quote that a watch found: who, the words, the citation, and the buttons of `/quote`. */
function watchPost({ watch, passage, others }: WatchPassage, say: Say): Reply {
  const more = others === 0 ? '' : say('post.others', { count: others });
  const head = joined([small(say('post.watch', { what: watchText(watch, say) })), small(more)]);
  const controls = excerptControls([passage], say, { words: watch.words ?? '', mode: 'peek' });
  return reply({
    accent: accentOfPassage(passage),
    texts: [head, showPassage(passage, ROOM - weight(head) - 2 * WEIGHT_OF_DISPLAY, say)],
    ...arrange([], controls, say),
    private: false,
  });
}

/** What a line of a digest is about. */
type DigestItem =
  | { readonly kind: 'article'; readonly from: AttributedArticle }
  | { readonly kind: 'failing'; readonly follow: Pick<Follow, 'feed' | 'title'>; readonly problem: Message }
  | { readonly kind: 'found'; readonly found: WatchPassage }
  | { readonly kind: 'dispute'; readonly disputed: DisputedStatement };

/** Returns what a watch found as lines of a digest. The watch's own digest doesn't say what it watches for: its title does. */
function foundLine({ watch, passage }: WatchPassage, say: Say, isTitled: boolean): string {
  const words = brief(passage, '', say);
  return isTitled ? words : `${words}\n${small(say('post.watch', { what: watchText(watch, say) }))}`;
}

/** An item of a digest with its own lines, and the language of those. */
interface DigestEntry {
  readonly item: DigestItem;
  readonly line: string;
  readonly say: Say;
}

/** Returns the lines of each item. What a watch found word for word in several articles is one, which names the others. */
export function digestLines(entries: readonly DigestEntry[], isTitled: boolean): readonly string[] {
  const found = entries.flatMap(({ item }) => {
    if (item.kind !== 'found') return [];
    return [{ item, watch: item.found.watch, from: item.found.passage.from }];
  });
  const byWatch = Map.groupBy(found, ({ watch }) => watch);
  const distinct = [...byWatch.values()].flatMap(theirs => withoutCopies(theirs, ({ item }) => item.found.passage));
  const also = new Map<DigestItem, readonly AttributedArticle[]>(distinct.map(each => [each.item, each.also]));
  return entries.flatMap(({ item, line, say }) => {
    const others = also.get(item);
    if (item.kind !== 'found' || others?.length === 0) return [line];
    if (others === undefined) return [];
    const passage = { ...item.found.passage, also: others };
    return [foundLine({ ...item.found, passage }, say, isTitled)];
  });
}

/** Returns the first line of what a watch found, in a day or a week if it posts as often. */
function digestHead(every: Period | undefined, watch: WatchPassage['watch'], say: Say): string {
  const what = watchText(watch, say);
  return every === undefined ? say('post.watch', { what }) : say(`post.digest-${every}`, { what });
}

interface Digest {
  readonly title: string;
  /** How many lines it may have, and their weight. */
  readonly most: number;
  readonly room: number;
  /** Says how many aren't shown. */
  readonly more: (count: number) => string;
}

/** Returns many posts as one message, given the line of each. */
function digestPost(lines: readonly string[], { title, most, room, more }: Digest): Reply {
  const head = `### ${title}`;
  const left = room - weight(head) - weight(more(lines.length)) - 3;
  const shown: string[] = [];
  for (const line of lines.slice(0, most)) {
    if (weight([...shown, line].join('\n')) > left) break;
    shown.push(line);
  }
  const others = lines.length - shown.length;
  const foot = others === 0 ? '' : more(others);
  return reply({ accent: ACCENTS.article, texts: [joined([head, ...shown, foot])], private: false });
}

/** Returns how many more there are. Whoever reads it in direct messages would get their own library's list there. */
function moreElsewhere(count: number, server: string | undefined, say: Say): string {
  if (server === undefined) return say('post.more-alone', { count });
  const list = bold(`/${say('command.article list')}`);
  return say('post.more-there', { count, list, server: bold(inline(server, LONGEST_SERVER)) });
}

/** What posts are about. */
type PostSource = Pick<OpenLibrary, 'owner' | 'read' | 'articles'>;

/** The server of a library, as Discord describes it. */
export interface ServerName {
  readonly name: string;
  readonly preferredLocale: string;
}

/** How the posts of a library are shown. */
interface PostContext {
  readonly settings: LibrarySettings;
  /** `undefined` for a person, or as long as Discord hasn't sent the server. */
  readonly server: ServerName | undefined;
  readonly commandIds: ReadonlyMap<string, string>;
  /** Called with a post that can't be rendered. */
  readonly report: (post: Post, error: unknown) => void;
}

/** A post as a message of its own and as a line of a digest. */
export interface RenderedPost extends DigestEntry {
  readonly post: Post;
  readonly alone: Reply;
  /** How the message begins, if its watch posts everything it found in one. */
  readonly head: string | undefined;
  /** What it is called as the post of a forum. */
  readonly name: string;
  /** The article's, or the title of a feed that can't be read. */
  readonly outlet: string | undefined;
  /** The role to mention. */
  readonly ping: string | undefined;
  readonly accent: LibrarySettings['accent'];
  readonly server: ServerName | undefined;
}

/** Renders posts. Leaves out those that have nothing to show any more or can't be rendered. */
export async function renderPosts(
  posts: readonly Post[],
  library: PostSource,
  { settings, server, commandIds, report }: PostContext,
): Promise<readonly RenderedPost[]> {
  const { language, accent, reports } = settings;
  const itemOf = await readItems(posts, reports, library);
  const render = (post: Post): RenderedPost | undefined => {
    const found = itemOf(post);
    if (found === undefined) return undefined;
    const { item, locale, ping } = found;
    const say = sayIn(language === 'own' ? languageOf(server?.preferredLocale ?? locale ?? 'en') : language);
    const { reason } = post;
    const every = reason.kind === 'watch' ? reason.every : undefined;
    const isApart = every !== undefined || isForPerson(post, library.owner);
    const own = isApart && item.kind === 'found' ? item.found : undefined;
    const head = own && digestHead(every, own.watch, say);
    const { alone, line, name, outlet } = showItem(item, own !== undefined, commandIds, say);
    const called = own === undefined ? name : digestName(own, post.since, say);
    return alone && { post, item, alone, line, head, name: called, outlet, ping, say, accent, server };
  };
  return posts.flatMap(post => {
    try {
      return render(post) ?? [];
    } catch (error) {
      report(post, error);
      return [];
    }
  });
}

/** What Discord might take for a mention. Names of posts have no other formatting. */
const MENTION_SIGN = /@(?=everyone|here|[!\&]?\d)/gv;

/** Returns a text as the name of a forum's post. */
function postName(text: string, say: Say): string {
  return clipAtWord(text.replaceAll(MENTION_SIGN, '＠'), LIMITS.threadName) || say('citation.untitled');
}

/** Returns what a digest is called: its watch and the day. */
function digestName({ watch }: WatchPassage, since: number, say: Say): string {
  const day = plainDay(new Date(since).toISOString(), say) ?? '';
  return postName(`${watchName(watch, LIMITS.threadName - day.length - 3, say)} · ${day}`, say);
}

/** How an item is shown: as a message of its own, as lines of a digest, and as the post of a forum. */
type ItemPost = Pick<RenderedPost, 'line' | 'name' | 'outlet'> & { readonly alone: Reply | undefined };

function showItem(item: DigestItem, isTitled: boolean, commandIds: ReadonlyMap<string, string>, say: Say): ItemPost {
  const ofArticle = ({ title, outlet }: Article, alone: Reply | undefined, line: string) => {
    return { alone, line, name: postName(title ?? '', say), outlet };
  };
  switch (item.kind) {
    case 'article':
      return ofArticle(item.from.article, articlePost(item.from, say), `- ${titleLine(item.from.article, say)}`);
    case 'found':
      return ofArticle(
        item.found.passage.from.article,
        watchPost(item.found, say),
        foundLine(item.found, say, isTitled),
      );
    case 'dispute': {
      const { article } = item.disputed.from;
      const line = `- ${say('disputes.head')} · ${titleLine(article, say)}`;
      return ofArticle(article, disputePost(item.disputed, say), line);
    }
    case 'failing': {
      const { feed, title } = item.follow;
      const why = format(feedProblem(item.problem), say.language);
      const shown = { title: feedTitle(item.follow), problem: inline(why, LONGEST_PROBLEM) };
      const text = say('post.failing', { ...shown, list: mention('feed list', commandIds) });
      return {
        alone: reply({ accent: ACCENTS.article, texts: [text], private: false }),
        line: `- ${say('post.failing-line', shown)}`,
        name: postName(say('post.failing-line', { title: title.trim() === '' ? feed : title, problem: why }), say),
        outlet: title,
      };
    }
  }
}

/** A message that the bot posts on its own. */
export interface PostMessage extends Reply {
  /** What it is called in a forum, with at most 100 characters. */
  readonly name: string;
  /** The outlets that it is about, each once. */
  readonly outlets: readonly string[];
  /** The ids of the roles to mention, each once. */
  readonly pings: readonly string[];
}

/** Returns a message that mentions and notifies these roles, and nobody else. */
export function withPings(message: Reply, roles: readonly string[]): Reply {
  if (roles.length === 0) return message;
  const mentions = { type: ComponentType.TextDisplay, content: pingText(roles) } as const;
  return { ...message, components: [mentions, ...message.components], allowed_mentions: { parse: [], roles } };
}

function pingText(roles: readonly string[]): string {
  return roles.map(roleMention).join(' ');
}

/** Returns the message for posts that are sent together, given the first of them. */
export function messageOf(
  first: RenderedPost,
  together: readonly RenderedPost[],
  owner: Owner,
  commandIds: ReadonlyMap<string, string>,
): PostMessage {
  const { name, alone, head, say, accent, server, post } = first;
  const { reason } = post;
  const isPersonal = isForPerson(post, owner);
  const list = mention('article list', commandIds);
  const more = (count: number) =>
    isPersonal ? moreElsewhere(count, server?.name, say) : say('post.more', { count, list });
  const lines = digestLines(together, head !== undefined);
  const [title, most] =
    head === undefined ? [say('post.digest', { count: lines.length }), lines.length] : [head, MOST_QUOTES];
  const isAlone = together.length === 1 && !isPersonal;
  const pings = [...new Set(together.flatMap(({ ping }) => ping ?? []))];
  const room = ROOM - weight(pingText(pings)) - WEIGHT_OF_DISPLAY;
  const bare = isAlone ? alone : digestPost(lines, { most, room, title, more });
  const offered =
    isPersonal && reason.kind === 'watch' ? withStopButton(bare, `${owner.id} ${reason.watch}`, say) : bare;
  const outlets = [...new Set(together.flatMap(({ outlet }) => outlet ?? []))];
  return { ...withAccent(offered, accent), name, outlets, pings };
}

/** True if a server's library sends a post to a person, who can't use its buttons there. */
function isForPerson({ channel, reason }: Post, { kind }: Owner): boolean {
  return kind === 'server' && reason.kind === 'watch' && recipientOf(channel) !== undefined;
}

/** What a post shows, the locale of the user who added its watch, and the role to mention. */
interface PostContent {
  readonly item: DigestItem;
  readonly locale: string | undefined;
  readonly ping: string | undefined;
}

/**
 * Reads what posts are about. The function it returns says what one shows: `undefined` if its article or watch is gone,
 * if its feed no longer posts there, or if it is decided.
 */
async function readItems(
  posts: readonly Post[],
  reports: LibrarySettings['reports'],
  library: PostSource,
): Promise<(post: Post) => PostContent | undefined> {
  const articles = await library.articles([...new Set(posts.map(({ article }) => article))]);
  const byId = new Map(articles.map(from => [from.article.id, from]));
  const watches = new Map((await library.read(readWatches)).map(each => [each.id, each]));
  const follows = new Map((await library.read(readFollows)).map(each => [each.feed, each]));
  const alone = (item: DigestItem | undefined, ping?: string) => item && { item, locale: undefined, ping };
  const foundBy = (hit: WatchHit, from: (typeof articles)[number]): PostContent | undefined => {
    const watch = watches.get(hit.watch);
    // The text was replaced since.
    if (watch === undefined || watch.disabled !== undefined || from.article.updated) return undefined;
    const found = watchPassage(watch, from, hit);
    return found && { item: { kind: 'found', found }, locale: watch.locale, ping: watch.ping };
  };
  const failing = (feed: string, problem: Message): DigestItem | undefined => {
    const follow = follows.get(feed);
    return follow && !follow.isPaused ? { kind: 'failing', follow, problem } : undefined;
  };
  const takenFrom = (feed: string, channel: string, from: (typeof articles)[number]): DigestItem | undefined => {
    const follow = follows.get(feed);
    const isWanted = follow?.channel === channel && !follow.isPaused && follow.disabled === undefined;
    return isWanted ? { kind: 'article', from } : undefined;
  };
  return ({ article, channel, reason }) => {
    if (reason.kind === 'failing') return alone(failing(reason.feed, reason.problem));
    const from = byId.get(article);
    if (from === undefined) return undefined;
    if (reason.kind === 'watch') return foundBy(reason, from);
    if (reason.kind === 'dispute') {
      const content = { start: reason.starts, end: reason.ends };
      const disputed = channel === reports ? openDispute(from, content) : undefined;
      return alone(disputed && { kind: 'dispute', disputed });
    }
    return alone(takenFrom(reason.feed, channel, from), follows.get(reason.feed)?.ping);
  };
}

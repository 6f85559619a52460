import { Composer, type Sent } from './composer/composer.ts';
import type { Command, Message, Modal } from './discord.ts';
import { element, find } from './dom.ts';
import { setUpLanguage, translate, translatePage } from './language.ts';
import { MessageList } from './messages/message-list.ts';
import { Notices, UNREACHABLE } from './messages/notices.ts';
import { ScrollPosition } from './messages/scroll-position.ts';
import { showModal } from './modal.ts';
import { dismissMessage, interact, listen, type ReplyTo, sendMessage } from './server.ts';
import { DIRECT, displayName, type Outcome, receive, type State } from './state.ts';

type Theme = 'dark' | 'light';

const THEME_KEY = 'verbatim-theme';

/** Follows the system theme until the user chooses one, which is stored in this browser. */
function setUpTheme(toggle: HTMLButtonElement): void {
  const system = matchMedia('(prefers-color-scheme: light)');
  showTheme(currentTheme(system), toggle);
  system.addEventListener('change', () => showTheme(currentTheme(system), toggle));
  toggle.addEventListener('click', () => {
    const next = currentTheme(system) === 'dark' ? 'light' : 'dark';
    localStorage.setItem(THEME_KEY, next);
    showTheme(next, toggle);
  });
}

function currentTheme(system: MediaQueryList): Theme {
  const chosen = localStorage.getItem(THEME_KEY);
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return system.matches ? 'light' : 'dark';
}

function showTheme(theme: Theme, toggle: HTMLButtonElement): void {
  document.documentElement.dataset.theme = theme;
  toggle.setAttribute('aria-label', translate(theme === 'dark' ? 'light' : 'dark'));
}

/** What to try, each with what it does, and what to try instead if that command is hidden. */
const EXAMPLES = [
  { text: 'askExample', about: 'askAway' },
  { text: 'checkExample', about: 'checkIt' },
  { text: 'feedExample', about: 'followIt', command: 'feed', instead: { text: 'summaryExample', about: 'sumUp' } },
  { text: 'quoteExample', about: 'findWords' },
  { text: 'compareExample', about: 'compareThem' },
] as const;

/** The playground's own feed, at the address that the bot may read, even if the page was opened at `localhost`. */
const FEED = `http://127.0.0.1:${location.port}/feeds/harbour-post.xml`;

/** Renders the welcome of an empty channel, with commands to try. */
function renderWelcome({ guild, channel, bot, hidden }: State, fill: (text: string) => void): HTMLElement {
  const isDirect = guild.id === DIRECT;
  const examples = EXAMPLES.map(example => {
    const isHidden = 'command' in example && hidden.some(({ name }) => name === example.command);
    const { text, about } = isHidden ? example.instead : example;
    const command = translate(text, FEED);
    const button = element(
      'button',
      { type: 'button' },
      element('code', {}, command),
      element('span', {}, translate(about)),
    );
    // The trailing space opens the command.
    button.addEventListener('click', () => fill(`${command} `));
    return element('li', {}, button);
  });
  return element(
    'section',
    { class: 'welcome', 'aria-label': translate('welcome') },
    element('img', { src: '/assets/verbatim.svg', alt: '' }),
    element('h2', {}, isDirect ? displayName(bot.user) : translate('welcomeTo', channel.name)),
    element('p', {}, translate(isDirect ? 'aboutDirect' : 'about', displayName(bot.user))),
    element('p', { class: 'lead' }, translate('lead')),
    element('ul', { class: 'examples' }, ...examples),
  );
}

const log = find('log', HTMLElement);
const reconnecting = find('reconnecting', HTMLElement);
const below = find('notices', HTMLElement);
const place = new ScrollPosition(find('scroller', HTMLElement), log, below);
const notices = new Notices(below, place);
const composer = new Composer({ command: runCommand, message: say });
const messages = new MessageList(log, { act: pressComponent, dismiss, apply: applyCommand, reply });
let state: State | undefined;

function show(next: State): void {
  const before = state;
  state = next;
  if (before?.commands !== next.commands) composer.setCommands(next.commands, next.hidden);
  if (before?.bot !== next.bot || before.channel !== next.channel) showChannel(next);
  composer.setPeople([next.bot.user, ...next.members.map(({ user }) => user)]);
  messages.show(next);
  if (before?.hidden !== next.hidden) document.querySelector('.welcome')?.remove();
  showWelcome(next);
}

function showChannel(state: State): void {
  const { guild, channel, bot } = state;
  const isDirect = guild.id === DIRECT;
  document.title = isDirect ? `@${channel.name}` : `#${channel.name} · ${guild.name}`;
  find('channel', HTMLElement).textContent = channel.name;
  find('channel', HTMLElement).classList.toggle('direct', isDirect);
  find('guild', HTMLElement).textContent = isDirect ? translate('directMessages') : guild.name;
  find('bot', HTMLElement).textContent = displayName(bot.user);
  showActor(state);
  const presence = find('presence', HTMLElement);
  presence.textContent = translate(bot.online ? 'online' : 'offline');
  presence.classList.toggle('online', bot.online);
  composer.setPlaceholder(translate(isDirect ? 'placeholderDirect' : 'placeholder', channel.name));
}

/** Shows who acts and where. Another choice is another address, so that two tabs can be two people. */
function showActor({ guild, user, servers, members }: State): void {
  const people = members.map(member => ({
    id: member.user.id,
    name: translate(member.isManager ? 'manager' : 'plainMember', displayName(member.user)),
  }));
  offer('member', find('person', HTMLSelectElement), people, user.id);
  const places = [...servers, { id: DIRECT, name: translate('directMessages') }];
  offer('server', find('server', HTMLSelectElement), places, guild.id);
}

interface Offered {
  readonly id: string;
  readonly name: string;
}

function offer(
  key: 'member' | 'server',
  select: HTMLSelectElement,
  offered: readonly Offered[],
  current: string,
): void {
  select.replaceChildren(...offered.map(({ id, name }) => element('option', { value: id }, name)));
  select.value = current;
  select.onchange = () => {
    const chosen = new URLSearchParams(location.search);
    chosen.set(key, select.value);
    location.search = chosen.toString();
  };
}

function showWelcome(state: State): void {
  const welcome = document.querySelector('.welcome');
  if (state.messages.length > 0) welcome?.remove();
  else if (!welcome) log.before(renderWelcome(state, text => composer.fill(text)));
}

async function say(content: string, replyTo: ReplyTo | undefined): Promise<boolean> {
  const outcome = await sendMessage(content, replyTo);
  notices.tell(undefined, outcome);
  place.toEnd();
  return outcome.failed === undefined;
}

function reply({ id, author }: Message): void {
  composer.replyTo(id, author);
}

async function runCommand({ leaf, data, files }: Sent): Promise<void> {
  place.toEnd();
  const sent = { kind: 'command', commandId: leaf.command.id, data } as const;
  const notice = notices.wait(`/${leaf.path}`);
  const outcome = await interact(files.length > 0 ? { ...sent, files } : sent);
  notice.settle(outcome);
  openModal(outcome, undefined);
}

async function applyCommand(command: Command, message: Message): Promise<void> {
  const notice = notices.wait(command.name);
  const data = { options: [], target_id: message.id };
  const outcome = await interact({ kind: 'command', commandId: command.id, data });
  notice.settle(outcome);
  openModal(outcome, undefined);
}

async function pressComponent(
  message: Message,
  customId: string,
  componentType: number,
  values?: readonly string[],
): Promise<void> {
  const pressed = { kind: 'component', messageId: message.id, customId, componentType } as const;
  const outcome = await interact(values ? { ...pressed, values } : pressed);
  showFailure(message, outcome);
  openModal(outcome, message.id);
}

/** Shows an error under a message until the next press or redraw. */
function showFailure(message: Message, { failed, unreachable }: Outcome): void {
  const shown = document.querySelector(`.message[data-id="${CSS.escape(message.id)}"]`);
  shown?.querySelector('.problem')?.remove();
  if (unreachable === undefined) notices.reached();
  if (failed === undefined) return;
  shown?.append(element('p', { class: 'problem', role: 'alert', [UNREACHABLE]: unreachable }, failed));
}

function openModal({ modal }: Outcome, messageId: string | undefined): void {
  if (!modal) return;
  showModal(
    modal,
    submission => submitModal(modal, messageId, submission),
    () => composer.focus(),
  );
}

type Submission = Parameters<Parameters<typeof showModal>[1]>[0];

async function submitModal(modal: Modal, messageId: string | undefined, { components, files }: Submission) {
  const origin = messageId === undefined ? {} : { messageId };
  const { custom_id: customId, interactionId } = modal;
  const outcome = await interact({ kind: 'modal', customId, interactionId, components, files, ...origin });
  return outcome.failed;
}

async function dismiss(message: Message): Promise<void> {
  const outcome = await dismissMessage(message.id);
  if (outcome.unreachable) return notices.tell(undefined, outcome);
  if (state) show(receive(state, { t: 'delete', id: message.id }));
  composer.focus();
}

/** Clicking a command mention, such as `</quote:1>`, opens the command. */
log.addEventListener('click', event => {
  const mention = event.target instanceof Element ? event.target.closest('[data-path]') : null;
  if (mention instanceof HTMLElement) composer.fill(`/${mention.dataset.path} `);
});

/** Typing anywhere focuses the composer. */
document.addEventListener('keydown', event => {
  const idle =
    document.activeElement === document.body || document.activeElement?.matches('.message, .message button, #scroller');
  const letter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (idle && letter && !document.querySelector('dialog[open]')) composer.focus();
});

translatePage();
setUpLanguage(find('language', HTMLSelectElement));
setUpTheme(find('theme', HTMLButtonElement));
composer.focus();
listen({
  state: show,
  event: received => {
    if (state) show(receive(state, received));
  },
  connected: connected => {
    reconnecting.hidden = connected;
    if (connected) notices.reached();
  },
});

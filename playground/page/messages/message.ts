import { EPHEMERAL, FROM_MENU, LOADING, type Message, type MessageComponent, type User } from '../discord.ts';
import { element, icon } from '../dom.ts';
import { translate } from '../language.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { displayName } from '../state.ts';
import { formatSent } from '../time.ts';
import { type App, AppsMenu } from './apps-menu.ts';
import { type MessageContext, renderAttachment, renderComponent } from './components.ts';

export interface MessageView extends MessageContext {
  /** True if the previous message is recent and by the same author, so the name isn't repeated. */
  readonly continued: boolean;
  readonly botId: string;
  /** The message it replies to, if it still exists. */
  readonly repliedTo: Message | undefined;
  /** The localised name of the command it answers. */
  readonly called: string | undefined;
  /** Dismisses an ephemeral message, or deletes one's own. */
  readonly dismiss: () => void;
  readonly reply: () => void;
  /** True if the person who is shown the message wrote it. */
  readonly isOwn: boolean;
  /** The bot's message commands. */
  readonly apps: readonly App[];
}

export function renderMessage(message: Message, view: MessageView): HTMLElement {
  const flags = message.flags ?? 0;
  const ephemeral = (flags & EPHEMERAL) !== 0;
  const above = renderAbove(message, view);
  const body = (flags & LOADING) === 0 ? renderBody(message, view) : [renderThinking(message)];
  const edited =
    message.edited_timestamp && (flags & LOADING) === 0
      ? [element('span', { class: 'edited' }, translate('edited'))]
      : [];
  const headless = view.continued && above.length === 0;
  const classes = `message${ephemeral ? ' ephemeral' : ''}${headless ? ' continued' : ''}`;
  const name = displayName(message.author);
  const attributes = { class: classes, 'data-id': message.id, tabindex: -1, 'aria-label': translate('from', name) };
  const head = headless ? [] : [renderAvatar(message.author, view.botId), renderHead(message)];
  const foot = ephemeral ? [renderDismiss(view)] : [];
  const deeds = ephemeral || (flags & LOADING) !== 0 ? [] : renderDeeds(view);
  const apps = view.apps.length > 0 ? [new AppsMenu(view.apps).root] : [];
  const actions = element('div', { class: 'actions' }, ...deeds, ...apps);
  return element('article', attributes, ...above, ...head, ...body, ...edited, ...foot, actions);
}

/** Renders the buttons that reply to a message and delete one's own. */
function renderDeeds(view: MessageView): HTMLElement[] {
  const deed = (label: string, shape: 'answer' | 'bin', run: () => void) => {
    const button = element(
      'button',
      { type: 'button', class: 'opener', 'aria-label': label, title: label },
      icon(shape),
    );
    button.addEventListener('click', run);
    return button;
  };
  const remove = view.isOwn ? [deed(translate('deleteMessage'), 'bin', view.dismiss)] : [];
  return [deed(translate('reply'), 'answer', view.reply), ...remove];
}

function renderAbove(message: Message, view: MessageView): Node[] {
  const used = message.interaction_metadata;
  if (used?.type === 2 && view.called !== undefined) {
    const who = element('strong', {}, displayName(used.user));
    const command = message.type === FROM_MENU ? view.called : `/${view.called}`;
    return [
      element(
        'p',
        { class: 'above' },
        icon('reply'),
        who,
        translate('used'),
        element('span', { class: 'mention' }, command),
      ),
    ];
  }
  const target = view.repliedTo;
  if (!target) return [];
  const name = element('strong', {}, displayName(target.author));
  const preview = element('span', { class: 'preview' }, ` ${previewOf(target, view.nameOf)}`);
  return [element('p', { class: 'above' }, icon('reply'), name, preview)];
}

const LONGEST_PREVIEW = 120;

/** Returns what a message says first, as plain text on one line. */
function previewOf({ content, components = [] }: Message, nameOf: MessageView['nameOf']): string {
  const words = content === '' ? (firstText(components) ?? '') : content;
  const named = words.replaceAll(/<@!?(?<id>\d+)>/gv, (_, id: string) => `@${nameOf(id) ?? id}`);
  const plain = named
    .replaceAll(/<\/(?<path>[^:>]+):\d+>/gv, '/$<path>')
    .replaceAll(/^(?:#{1,3}|-#|>) |[*_`~\\]/gmv, '');
  return plain.replaceAll(/\s+/gv, ' ').slice(0, LONGEST_PREVIEW);
}

function firstText(components: readonly MessageComponent[]): string | undefined {
  for (const component of components) {
    const text =
      component.type === 10 ? component.content : component.type === 17 ? firstText(component.components) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

function renderAvatar(user: User, botId: string): HTMLElement {
  if (user.id === botId) return element('img', { class: 'avatar', src: '/assets/verbatim.svg', alt: '' });
  return element('span', { class: 'avatar', 'aria-hidden': 'true' }, [...displayName(user)][0]?.toUpperCase() ?? '?');
}

function renderHead(message: Message): HTMLElement {
  const sent = new Date(message.timestamp);
  const tag = message.author.bot ? [element('span', { class: 'tag' }, 'APP')] : [];
  const time = element('time', { datetime: message.timestamp }, formatSent(sent, new Date()));
  return element('header', {}, element('span', { class: 'name' }, displayName(message.author)), ...tag, time);
}

function renderThinking(message: Message): HTMLElement {
  const dots = element('span', { class: 'dots', 'aria-hidden': 'true' }, element('i'), element('i'), element('i'));
  return element('p', { class: 'thinking' }, dots, translate('thinking', displayName(message.author)));
}

function renderBody(message: Message, view: MessageView): Node[] {
  const content = message.content === '' ? [] : [renderMarkdown(message.content, view.nameOf)];
  const components = message.components ?? [];
  const shown = JSON.stringify(components);
  const rest = (message.attachments ?? []).filter(({ url }) => !shown.includes(url));
  const parts = components.map(component => renderComponent(component, view));
  return [...content, ...parts, ...rest.map(renderAttachment)];
}

function renderDismiss(view: MessageView): HTMLElement {
  const dismiss = element('button', { type: 'button', class: 'textual' }, translate('dismiss'));
  dismiss.addEventListener('click', view.dismiss);
  return element('footer', {}, icon('eye'), translate('onlyYou'), dismiss);
}

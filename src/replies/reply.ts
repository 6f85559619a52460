import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import { format, type Message, type Say } from '../wording/say.ts';
import { LIMITS } from './limits.ts';
import { clip, inline, plain } from './parts/markdown.ts';

export type Button = APIButtonComponentWithCustomId;

/** An everyday step, what most people want, or what is hard to undo. */
const STYLES = { step: ButtonStyle.Secondary, main: ButtonStyle.Success, danger: ButtonStyle.Danger } as const;

export function button(label: string, customId: string, style: keyof typeof STYLES = 'step', disabled = false): Button {
  return { type: ComponentType.Button, style: STYLES[style], label, custom_id: customId, disabled };
}

/** An answer has one row of buttons. What else can be done with it is in its More menu. */
export const MOST_BUTTONS = 3;

type ButtonRow = APIActionRowComponent<Button>;

export function rowOf(buttons: readonly Button[]): ButtonRow {
  return { type: ComponentType.ActionRow, components: [...buttons] };
}

type MenuRow = APIActionRowComponent<APIStringSelectComponent>;

/** Something to choose, with the id of what that does. Label and detail needn't be escaped. */
export interface Entry {
  readonly label: string;
  /** Empty if the label says it all. */
  readonly detail: string;
  readonly value: string;
}

export function entry(label: string, value: string, detail = ''): Entry {
  return { label, detail, value };
}

/** The `custom_id` of menus: the values of their entries say what they do. */
const MENU_ID = '*';
export const MORE_ID = '**';

/** Leaves room for one entry, to delete the answer. */
const MOST_ENTRIES = LIMITS.menuEntries - 1;

/** Returns entries as Discord takes them. Of those with the same value the first is kept. */
export function menuOptions(entries: readonly Entry[]): APISelectMenuOption[] {
  return entries
    .filter(({ value }, at) => entries.findIndex(each => each.value === value) === at)
    .map(({ label, detail, value }) => ({
      label: clip(plain(label) || '?', LIMITS.menuEntry),
      ...(detail === '' ? {} : { description: clip(plain(detail), LIMITS.menuEntry) }),
      value,
    }));
}

function menuRow(id: string, placeholder: string, options: APISelectMenuOption[]): MenuRow | undefined {
  if (options.length === 0) return undefined;
  const menu = { type: ComponentType.StringSelect, custom_id: id, placeholder, options } as const;
  return { type: ComponentType.ActionRow, components: [menu] };
}

/** Returns a menu from which one entry is chosen; `undefined` if there are none. */
export function menuOf(placeholder: string, entries: readonly Entry[]): MenuRow | undefined {
  return menuRow(MENU_ID, placeholder, menuOptions(entries));
}

/** Returns the menu of what else can be done with an answer. */
export function moreMenu(entries: readonly Entry[], say: Say): MenuRow | undefined {
  return menuRow(MORE_ID, say('button.more'), menuOptions(entries).slice(0, MOST_ENTRIES));
}

/** Who reads an answer: in which language, and whether nobody else sees it. */
export interface Audience {
  readonly say: Say;
  /** True if only the user sees the answer. A notice is always for them alone. */
  readonly isPrivate: boolean;
}

/** What can be done with an answer. */
export interface Controls {
  /** As buttons, as far as they fit. */
  readonly buttons: readonly Entry[];
  /** In the More menu. */
  readonly more: readonly Entry[];
}

/** Returns a row of buttons, these first, and a menu of what doesn't fit. A menu of one entry would be a button. */
export function arrange(
  first: readonly Button[],
  { buttons, more }: Controls,
  say: Say,
): Pick<Content, 'buttons' | 'more'> {
  const [shown, hidden] =
    first.length > 0 ? [[], buttons] : [buttons.slice(0, MOST_BUTTONS), buttons.slice(MOST_BUTTONS)];
  const entries = [...hidden, ...more];
  const row = [...first, ...shown.map(({ label, value }) => button(label, value))];
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0 && row.length < MOST_BUTTONS) {
    return { buttons: [...row, button(only.label, only.value)], more: undefined };
  }
  return { buttons: row, more: moreMenu(entries, say) };
}

/** A file attached to an answer. */
export interface ReplyFile {
  /** Letters, digits, dots and hyphens. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** An answer, as Discord's API takes it. */
export interface Reply {
  readonly flags: MessageFlags;
  readonly components: readonly APIMessageTopLevelComponent[];
  /** `roles` are the ids of those that are notified. */
  readonly allowed_mentions: { readonly parse: readonly []; readonly roles?: readonly string[] };
  /** Components refer to them as `attachment://NAME`. */
  readonly files: readonly ReplyFile[];
  /** The id of a button that would show the same again, for replies to this answer. */
  readonly about?: string | undefined;
}

/** Colours at an answer's edge, which show how sure it is. */
export const ACCENTS = { sure: 0x2f8f6b, likely: 0xd9922e, unclear: 0x8a8f98, article: 0x3d6fb4 } as const;

/** Colours without a warning: a library's own colour may replace them. */
const NEUTRAL: ReadonlySet<number> = new Set([ACCENTS.sure, ACCENTS.article]);

interface Picture extends ReplyFile {
  /** Alt text of at most 1,024 characters. */
  readonly description: string;
}

/**
 * An answer from top to bottom: a picture, Markdown texts with lines between them, files, a menu, a row of buttons, and a
 * menu of what else can be done.
 */
interface Content {
  readonly accent: number;
  /** Empty ones are left out. */
  readonly texts: readonly string[];
  readonly menu?: MenuRow | undefined;
  /** At most three. */
  readonly buttons?: readonly Button[] | undefined;
  /** The More menu. */
  readonly more?: MenuRow | undefined;
  /** True if only the user sees it. */
  readonly private: boolean;
  readonly files?: readonly ReplyFile[];
  readonly picture?: Picture | undefined;
  readonly about?: string | undefined;
}

function withSeparators(texts: readonly string[]): APIComponentInContainer[] {
  return texts.flatMap((content, at): APIComponentInContainer[] => {
    const text = { type: ComponentType.TextDisplay, content } as const;
    return at === 0 ? [text] : [{ type: ComponentType.Separator }, text];
  });
}

function gallery({ name, description }: Picture): APIComponentInContainer {
  return { type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${name}` }, description }] };
}

export function reply(content: Content): Reply {
  const { picture } = content;
  const texts = content.texts.filter(text => text !== '');
  const components = [...(picture === undefined ? [] : [gallery(picture)]), ...withSeparators(texts)];
  const files = content.files ?? [];
  for (const { name } of files) components.push({ type: ComponentType.File, file: { url: `attachment://${name}` } });
  if (content.menu !== undefined) components.push(content.menu);
  if (content.buttons !== undefined && content.buttons.length > 0) components.push(rowOf(content.buttons));
  if (content.more !== undefined) components.push(content.more);
  return {
    flags: content.private ? MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral : MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: content.accent, components }],
    allowed_mentions: { parse: [] },
    files: picture === undefined ? files : [picture, ...files],
    about: content.about,
  };
}

/** Returns the answer in the library's own colour, unless its colour is a warning. */
export function withAccent(answer: Reply, accent: number | undefined): Reply {
  if (accent === undefined) return answer;
  const components = answer.components.map(component =>
    component.type === ComponentType.Container && NEUTRAL.has(component.accent_color ?? -1)
      ? { ...component, accent_color: accent }
      : component,
  );
  return { ...answer, components };
}

export function isPrivate(answer: Reply): boolean {
  return (answer.flags & MessageFlags.Ephemeral) !== 0;
}

/**
 * Returns an answer only for the user: what happened and what to do next. Anybody else's words in the Markdown must be
 * escaped.
 */
export function notice(markdown: string): Reply {
  return reply({ accent: ACCENTS.unclear, texts: [markdown], private: true });
}

/** In UTF-16 units. */
const LONGEST_REASON = 240;

/** Returns a notice of why a link or a file can't be read. */
export function refusalNotice(reason: Message, { language }: Say): Reply {
  return notice(inline(format(reason, language), LONGEST_REASON));
}

const MOST_LINES = 2;
/** A line break after Chinese punctuation, which no space follows. */
const AFTER_FULL_WIDTH = /(?<=[。！？：；，])\n/gv;

/** Returns a private answer for everybody, in one line: what its first text says, without what is small or quoted. */
export function asLine(answer: Reply): Reply {
  const [container] = answer.components;
  const parts = container?.type === ComponentType.Container ? container.components : [];
  const texts = parts.flatMap(part => (part.type === ComponentType.TextDisplay ? [part.content.split('\n')] : []));
  const plainly = texts.map(lines => lines.filter(line => line !== '' && !/^(?:-#|>|#{1,3}) /v.test(line)));
  const said = plainly.find(lines => lines.length > 0) ?? [];
  const line = said.slice(0, MOST_LINES).join('\n').replaceAll(AFTER_FULL_WIDTH, '').replaceAll('\n', ' ');
  return reply({ accent: ACCENTS.unclear, texts: [line], private: false, about: answer.about });
}

/** Returns what somebody typed, quoted and escaped for a sentence. */
export function typed(words: string, say: Say): string {
  return say('quotation.marks', { words: inline(words, 200) });
}

/** Returns a command mention, or the command's bare name if its id isn't known. */
export function mention(path: string, ids: ReadonlyMap<string, string>): string {
  const id = ids.get(path.split(' ')[0] ?? path);
  return id === undefined ? `**/${path}**` : `</${path}:${id}>`;
}

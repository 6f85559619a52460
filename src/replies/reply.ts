import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Say } from '../wording/say.ts';
import { LIMITS } from './limits.ts';
import { clip, inline, plain } from './parts/markdown.ts';

export type Button = APIButtonComponentWithCustomId;
export type ButtonRow = APIActionRowComponent<Button>;

/** An everyday step, what most people want, or what is hard to undo. */
const STYLES = { step: ButtonStyle.Secondary, main: ButtonStyle.Success, danger: ButtonStyle.Danger } as const;

export function button(label: string, customId: string, style: keyof typeof STYLES = 'step', disabled = false): Button {
  return { type: ComponentType.Button, style: STYLES[style], label, custom_id: customId, disabled };
}

/** Returns buttons in rows of at most five. */
export function rowsOf(buttons: readonly Button[]): readonly ButtonRow[] {
  return Array.from({ length: Math.ceil(buttons.length / LIMITS.buttonsInRow) }, (_, at) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(at * LIMITS.buttonsInRow, (at + 1) * LIMITS.buttonsInRow),
  }));
}

type MenuRow = APIActionRowComponent<APIStringSelectComponent>;

/** A menu entry, with the id of what choosing it shows. Label and detail needn't be escaped. */
interface Entry {
  readonly label: string;
  readonly detail: string;
  readonly value: string;
}

/** The `custom_id` of every menu: the values of its entries say what they show. */
const MENU_ID = '*';

/**
 * Returns a menu from which one entry is chosen; `undefined` if there are none. Of entries with the same value the
 * first is kept.
 */
export function menuOf(placeholder: string, entries: readonly Entry[]): MenuRow | undefined {
  const options = entries
    .filter(({ value }, at) => entries.findIndex(each => each.value === value) === at)
    .map(({ label, detail, value }) => ({
      label: clip(plain(label) || '?', LIMITS.menuEntry),
      description: clip(plain(detail), LIMITS.menuEntry),
      value,
    }));
  if (options.length === 0) return undefined;
  const menu = { type: ComponentType.StringSelect, custom_id: MENU_ID, placeholder, options } as const;
  return { type: ComponentType.ActionRow, components: [menu] };
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
  readonly allowed_mentions: { readonly parse: readonly [] };
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
 * An answer from top to bottom: a picture, Markdown texts with lines between them, files, a menu, and rows of buttons.
 */
interface Content {
  readonly accent: number;
  readonly texts: readonly string[];
  /** Buttons right below the text at the same place. */
  readonly below?: readonly (ButtonRow | undefined)[];
  readonly menu?: MenuRow | undefined;
  readonly buttons?: readonly ButtonRow[] | undefined;
  /** True if only the user sees it. */
  readonly private: boolean;
  readonly files?: readonly ReplyFile[];
  readonly picture?: Picture | undefined;
  readonly about?: string | undefined;
}

function withSeparators({ texts, below = [] }: Content): APIComponentInContainer[] {
  return texts.flatMap((content, at): APIComponentInContainer[] => {
    const text = { type: ComponentType.TextDisplay, content } as const;
    const row = below[at];
    const shown = row === undefined ? [text] : [text, row];
    return at === 0 ? shown : [{ type: ComponentType.Separator }, ...shown];
  });
}

function gallery({ name, description }: Picture): APIComponentInContainer {
  return { type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${name}` }, description }] };
}

export function reply(content: Content): Reply {
  const { picture } = content;
  const components = [...(picture === undefined ? [] : [gallery(picture)]), ...withSeparators(content)];
  const files = content.files ?? [];
  for (const { name } of files) components.push({ type: ComponentType.File, file: { url: `attachment://${name}` } });
  if (content.menu !== undefined) components.push(content.menu);
  components.push(...(content.buttons ?? []));
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

const MOST_LINES = 2;

/** Returns a private answer for everybody, in one line: what it says first, without what is small or quoted. */
export function asLine(answer: Reply): Reply {
  const [container] = answer.components;
  const parts = container?.type === ComponentType.Container ? container.components : [];
  const texts = parts.flatMap(part => (part.type === ComponentType.TextDisplay ? part.content.split('\n') : []));
  const lines = texts.filter(line => line !== '' && !/^(?:-#|>|#{1,3}) /v.test(line)).slice(0, MOST_LINES);
  return reply({ accent: ACCENTS.unclear, texts: [lines.join(' ')], private: false, about: answer.about });
}

/** Returns what somebody typed, quoted and escaped for a sentence. */
export function typed(words: string, say: Say): string {
  return say('typed.words', { words: inline(words, 200) });
}

/** Returns a command to click on, or its bare name if its id isn't known. */
export function mention(path: string, ids: ReadonlyMap<string, string>): string {
  const id = ids.get(path.split(' ')[0] ?? path);
  return id === undefined ? `**/${path}**` : `</${path}:${id}>`;
}

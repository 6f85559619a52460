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
import { encode, type Press } from './custom-id.ts';
import { clip, inline, plain } from './parts/markdown.ts';

/** Discord's numbers for the messages and buttons that this bot sends. */
export const limits = {
  autocompleteChoices: 25,
  buttonsInRow: 5,
  choice: 100,
  /** Label, value and description of an entry in a menu. */
  menuEntry: 100,
  customId: 100,
  /** Of a picture. */
  description: 1024,
  /** Characters in all text displays of a message together. */
  text: 4000,
  /** UTF-8 bytes in all text displays together, where each display counts for 12 more. Beyond it Discord answers with a 500. */
  bytes: 10_170,
  bytesPerDisplay: 12,
} as const;

/** What one text display takes besides its words, in the unit of `weight`. */
export const weightOfDisplay = Math.ceil((limits.bytesPerDisplay * limits.text) / limits.bytes);

/** What all texts of a message may weigh together: a little under Discord's limit. */
export const room = limits.text - 100;

/** How much of a message a text takes, in characters: the greater of its length and its bytes' share. */
export function weight(text: string): number {
  return Math.max(text.length, Math.ceil((Buffer.byteLength(text) * limits.text) / limits.bytes));
}

export type Button = APIButtonComponentWithCustomId;
export type ButtonRow = APIActionRowComponent<Button>;

/** How much a button does: an everyday step, the one that most people want, one that cannot be taken back lightly. */
const styles = { step: ButtonStyle.Secondary, main: ButtonStyle.Success, danger: ButtonStyle.Danger } as const;

export function button(label: string, customId: string, style: keyof typeof styles = 'step', disabled = false): Button {
  return { type: ComponentType.Button, style: styles[style], label, custom_id: customId, disabled };
}

/** Buttons in rows of as many as Discord puts beside each other. */
export function rowsOf(buttons: readonly Button[]): readonly ButtonRow[] {
  return Array.from({ length: Math.ceil(buttons.length / limits.buttonsInRow) }, (_, at) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(at * limits.buttonsInRow, (at + 1) * limits.buttonsInRow),
  }));
}

type MenuRow = APIActionRowComponent<APIStringSelectComponent>;

/** An entry of a menu: strangers' words, and what choosing it asks for. */
interface Entry {
  readonly label: string;
  readonly detail: string;
  readonly press: Press;
}

/** Of every menu: what is asked for stands in its entries, as in buttons. */
const menuId = '*';

/** A menu of which one entry is chosen; `undefined` where there is none to choose. Of entries that ask for the same the first stays. */
export function menuOf(placeholder: string, entries: readonly Entry[]): MenuRow | undefined {
  const valued = entries.map(entry => ({ ...entry, value: encode(entry.press) }));
  const options = valued
    .filter(({ value }, at) => valued.findIndex(each => each.value === value) === at)
    .map(({ label, detail, value }) => ({
      label: clip(plain(label) || '?', limits.menuEntry),
      description: clip(plain(detail), limits.menuEntry),
      value,
    }));
  if (options.length === 0) return undefined;
  const menu = { type: ComponentType.StringSelect, custom_id: menuId, placeholder, options } as const;
  return { type: ComponentType.ActionRow, components: [menu] };
}

/** A file that goes with an answer. */
export interface ReplyFile {
  /** Letters, digits, dots and hyphens. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A whole answer, as Discord's API takes it. */
export interface Reply {
  readonly flags: MessageFlags;
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: readonly [] };
  /** What the components call `attachment://NAME`. */
  readonly files: readonly ReplyFile[];
}

/** The colour at an answer's edge: how sure it is, before one has read a word. */
export const accents = { sure: 0x2f8f6b, likely: 0xd9922e, unclear: 0x8a8f98, article: 0x3d6fb4 } as const;

/** Colours that warn of nothing: a library may have one of its own in their place. */
const neutral: ReadonlySet<number> = new Set([accents.sure, accents.article]);

/** A picture that stands in an answer. */
interface Picture extends ReplyFile {
  /** All that it shows, for whoever does not see it: at most 1,024 characters. */
  readonly description: string;
}

/** What an answer is made of: a picture, Markdown texts, one below the other and parted by lines, a menu, and rows of buttons. */
interface Content {
  readonly accent: number;
  readonly texts: readonly string[];
  readonly menu?: MenuRow | undefined;
  readonly buttons: readonly ButtonRow[] | undefined;
  /** Only the person who asked sees it. */
  readonly private: boolean;
  readonly files?: readonly ReplyFile[];
  readonly picture?: Picture | undefined;
}

function parted(texts: readonly string[]): APIComponentInContainer[] {
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
  const components = [...(picture === undefined ? [] : [gallery(picture)]), ...parted(content.texts)];
  const files = content.files ?? [];
  for (const { name } of files) components.push({ type: ComponentType.File, file: { url: `attachment://${name}` } });
  if (content.menu !== undefined) components.push(content.menu);
  components.push(...(content.buttons ?? []));
  return {
    flags: content.private ? MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral : MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: content.accent, components }],
    allowed_mentions: { parse: [] },
    files: picture === undefined ? files : [picture, ...files],
  };
}

/** The answer in a colour that was chosen; one that warns keeps its own. */
export function withAccent(answer: Reply, accent: number | undefined): Reply {
  if (accent === undefined) return answer;
  const components = answer.components.map(component =>
    component.type === ComponentType.Container && neutral.has(component.accent_color ?? -1)
      ? { ...component, accent_color: accent }
      : component,
  );
  return { ...answer, components };
}

export function isPrivate(answer: Reply): boolean {
  return (answer.flags & MessageFlags.Ephemeral) !== 0;
}

/** A line for the one person who asked: what happened, and what to do next. Markdown; strangers' words already escaped. */
export function notice(markdown: string): Reply {
  return reply({ accent: accents.unclear, texts: [markdown], buttons: undefined, private: true });
}

/** What somebody typed, fit to stand in a sentence. */
export function typed(words: string, say: Say): string {
  return say('typed.words', { words: inline(words, 200) });
}

/** A command to click on; by its name alone where Discord has not told its id. */
export function mention(path: string, ids: ReadonlyMap<string, string>): string {
  const id = ids.get(path.split(' ')[0] ?? path);
  return id === undefined ? `**/${path}**` : `</${path}:${id}>`;
}

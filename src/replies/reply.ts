import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { ButtonRow } from './buttons.ts';
import type { MenuRow } from './menu.ts';

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

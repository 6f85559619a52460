import { IncomingWebhookInteractionRequestSchema } from 'discord-api-spec/zod';
import {
  type APIButtonComponentWithCustomId,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { checkMessage } from '../../playground/rest/message-rules.ts';
import { componentOf } from '../../src/commands/components.ts';
import { unescapeMarkdown } from '../../src/replies/parts/markdown.ts';
import type { Reply } from '../../src/replies/reply.ts';
import type { Press } from '../../src/replies/views/view.ts';

/** Returns why Discord would refuse this answer, by the playground's rules, or `undefined` if it is valid. */
export function refusalOf({ files, ...body }: Reply): unknown {
  const sent = files.map(({ name, bytes }, at) => {
    const upload = { name, contentType: 'application/octet-stream', bytes: new Uint8Array(bytes) };
    return [String(at), upload] as const;
  });
  const verdict = checkMessage(body, {
    schema: IncomingWebhookInteractionRequestSchema,
    prefix: ['data'],
    current: undefined,
    files: new Map(sent),
  });
  return verdict.kind === 'refused' ? verdict.reply : undefined;
}

/** Returns the view that an id shows; `undefined` if it shows none. */
export function pressOf(id: string): Press | undefined {
  const component = componentOf(id);
  return component?.kind === 'view' ? component.press : undefined;
}

/** An answer as built or as a message that Discord shows. */
type Shown = { readonly components?: readonly APIMessageTopLevelComponent[] | undefined };

function inside(component: APIMessageTopLevelComponent) {
  return component.type === ComponentType.Container ? component.components : [component];
}

/** Returns the whole text of an answer, in order. */
export function textOf(shown: Shown): string {
  return (shown.components ?? [])
    .flatMap(inside)
    .flatMap(component => (component.type === ComponentType.TextDisplay ? [component.content] : []))
    .join('\n');
}

export function buttonsOf(shown: Shown): readonly APIButtonComponentWithCustomId[] {
  return (shown.components ?? [])
    .flatMap(inside)
    .flatMap(component => (component.type === ComponentType.ActionRow ? component.components : []))
    .flatMap(component => (component.type === ComponentType.Button && 'custom_id' in component ? [component] : []));
}

function menusIn(shown: Shown): readonly APIStringSelectComponent[] {
  return (shown.components ?? [])
    .flatMap(inside)
    .flatMap(component => (component.type === ComponentType.ActionRow ? component.components : []))
    .filter(component => component.type === ComponentType.StringSelect);
}

/** Returns the id of the button with this label, or the value of the menu entry. */
export function idOf(shown: Shown, label: string): string {
  const value = menusIn(shown)
    .flatMap(({ options }) => options)
    .find(option => option.label === label)?.value;
  return buttonsOf(shown).find(button => button.label === label)?.custom_id ?? value ?? `no button ${label}`;
}

/** Returns the labels of an answer's buttons, then those of the entries of its menus. */
export function labelsIn(shown: Shown): readonly string[] {
  const entries = menusIn(shown).flatMap(({ options }) => options);
  return [...buttonsOf(shown).map(({ label }) => label ?? ''), ...entries.map(({ label }) => label)];
}

/** Returns the first menu below an answer. */
export function menuIn(shown: Shown): APIStringSelectComponent | undefined {
  return menusIn(shown)[0];
}

/** Returns the alternative text of its picture. */
export function descriptionOf(shown: Shown): string | undefined {
  const galleries = (shown.components ?? []).flatMap(inside).filter(each => each.type === ComponentType.MediaGallery);
  return galleries.flatMap(({ items }) => items)[0]?.description ?? undefined;
}

const boldMark = /(?<kept>\\.)|\*\*/gsv;

/** Returns the quoted lines of an answer as in the article: without bold or escapes. */
export function quotedLines(shown: Shown): readonly string[] {
  return textOf(shown)
    .split('\n')
    .filter(line => line.startsWith('> '))
    .map(line => unescapeMarkdown(line.slice(2).replace(boldMark, '$<kept>')));
}

import type {
  Attachment,
  ButtonComponent,
  ContainerComponent,
  MessageComponent,
  RowComponent,
  SectionComponent,
  SelectComponent,
} from '../discord.ts';
import { element, icon } from '../dom.ts';
import { shownSize } from '../geometry.ts';
import { httpUrl } from '../markdown/inline.ts';
import { type NameOf, renderMarkdown } from '../markdown/render.ts';
import { addressFor } from '../server.ts';
import { renderSelect } from './select.ts';

const PREFIX = 'attachment://';

/**
 * Renders one of the message's pictures. External pictures become links, since the content security policy forbids
 * loading them.
 */
function renderImage(
  url: string,
  description: string | null | undefined,
  attachments: readonly Attachment[],
): HTMLElement {
  const address = localAddress(url, attachments);
  const name = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : 'picture';
  if (address === undefined) {
    const alt = description || 'External picture';
    const attributes = { class: 'elsewhere', href: httpUrl(url), target: '_blank', rel: 'noopener noreferrer' };
    return element('a', attributes, alt);
  }
  const size = shownSize(attachmentAt(url, attachments));
  const image = element('img', { src: address, alt: description || name, loading: 'lazy', ...size });
  const attributes = { class: 'image', href: address, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', attributes, image);
}

function renderFile(
  url: string,
  name: string | undefined,
  size: number | undefined,
  attachments: readonly Attachment[],
): HTMLElement {
  const attachment = attachmentAt(url, attachments);
  const shown = name ?? attachment?.filename ?? url.replace(PREFIX, '');
  const address = localAddress(url, attachments);
  const bytes = size ?? attachment?.size;
  const label = address === undefined ? shown : element('a', { href: address, download: shown }, shown);
  const weight = bytes === undefined ? [] : [element('span', { class: 'detail' }, formatSize(bytes))];
  return element('div', { class: 'file' }, icon('file'), element('span', {}, label), ...weight);
}

/** Renders an attachment that no component shows. */
export function renderAttachment(attachment: Attachment): HTMLElement {
  const isImage = attachment.content_type?.startsWith('image/') ?? false;
  if (isImage) return renderImage(attachment.url, attachment.description, [attachment]);
  return renderFile(attachment.url, attachment.filename, attachment.size, []);
}

function attachmentAt(url: string, attachments: readonly Attachment[]): Attachment | undefined {
  if (!url.startsWith(PREFIX)) return attachments.find(attachment => attachment.url === url);
  return attachments.find(attachment => attachment.filename === url.slice(PREFIX.length));
}

function localAddress(url: string, attachments: readonly Attachment[]): string | undefined {
  const address = URL.parse(attachmentAt(url, attachments)?.url ?? url, location.origin);
  return address !== null && isPlayground(address) ? addressFor(address.pathname) : undefined;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);

/** Whether an address is the playground's, which the page may have been opened at by another name. */
function isPlayground({ protocol, hostname, port }: URL): boolean {
  return LOOPBACK.has(hostname) && protocol === location.protocol && port === location.port;
}

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / (1024 * 1024), 'MB'];
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(size)} ${unit}`;
}

/** The dependencies of a message's components. */
export interface MessageContext {
  readonly nameOf: NameOf;
  readonly attachments: readonly Attachment[];
  /** Sends a button press or a select's choice. Resolves once the bot has answered. */
  readonly act: (customId: string, componentType: number, values?: readonly string[]) => Promise<void>;
}

const BUTTON_STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'link'];

export function renderComponent(component: MessageComponent, context: MessageContext): Node {
  switch (component.type) {
    case 1:
      return renderRow(component, context);
    case 2:
      return renderButton(component, context);
    case 9:
      return renderSection(component, context);
    case 10:
      return renderMarkdown(component.content, context.nameOf);
    case 12: {
      const images = component.items.map(item => renderImage(item.media.url, item.description, context.attachments));
      return element('div', { class: 'gallery', 'data-count': images.length }, ...images);
    }
    case 13:
      return renderFile(component.file.url, component.name, component.size, context.attachments);
    case 14: {
      const large = component.spacing === 2;
      return element('hr', {
        class: `separator${large ? ' large' : ''}${component.divider === false ? ' blank' : ''}`,
      });
    }
    case 17:
      return renderContainer(component, context);
    default:
      return document.createDocumentFragment();
  }
}

function renderContainer(container: ContainerComponent, context: MessageContext): Node {
  const box = element(
    'div',
    { class: 'container' },
    ...container.components.map(part => renderComponent(part, context)),
  );
  const colour = container.accent_color;
  if (typeof colour === 'number') {
    box.classList.add('accented');
    box.style.setProperty('--accent', `#${colour.toString(16).padStart(6, '0')}`);
  }
  return box;
}

function renderSection(section: SectionComponent, context: MessageContext): Node {
  const texts = section.components.map(part => renderComponent(part, context));
  const { accessory } = section;
  const beside =
    accessory.type === 2
      ? renderButton(accessory, context)
      : renderImage(accessory.media.url, accessory.description, context.attachments);
  return element(
    'div',
    { class: 'section' },
    element('div', {}, ...texts),
    element('div', { class: 'accessory' }, beside),
  );
}

function renderRow(row: RowComponent, context: MessageContext): Node {
  const controls = row.components.map(control => renderControl(control, context));
  return element('div', { class: 'row' }, ...controls);
}

function renderControl(control: RowComponent['components'][number], context: MessageContext): Node {
  if (control.type === 2) return renderButton(control, context);
  if (control.type === 3) return renderSelect(control, values => actOnSelect(control, values, context));
  return document.createDocumentFragment();
}

async function actOnSelect(select: SelectComponent, values: readonly string[], context: MessageContext): Promise<void> {
  await context.act(select.custom_id, 3, values);
}

function renderButton(button: ButtonComponent, context: MessageContext): Node {
  const style = BUTTON_STYLES[button.style] ?? 'secondary';
  const face = [...(button.emoji?.name ? [emoji(button)] : []), button.label ?? ''];
  const address = button.url === undefined ? undefined : httpUrl(button.url);
  if (address !== undefined) {
    const attributes = { class: `button ${style}`, href: address, target: '_blank', rel: 'noopener noreferrer' };
    return element('a', attributes, ...face, icon('out'));
  }
  const disabled = button.disabled ?? button.custom_id === undefined;
  const made = element('button', { type: 'button', class: `button ${style}`, disabled }, ...face);
  made.addEventListener('click', async () => {
    if (made.getAttribute('aria-busy') === 'true') return;
    made.setAttribute('aria-busy', 'true');
    await context.act(button.custom_id ?? '', 2);
    made.removeAttribute('aria-busy');
  });
  return made;
}

function emoji(button: ButtonComponent): HTMLElement {
  const name = button.emoji?.name ?? '';
  // Custom emoji are pictures on Discord's servers, which this page never loads.
  return element('span', { class: 'emoji', 'aria-hidden': 'true' }, button.emoji?.id ? `:${name}:` : name);
}

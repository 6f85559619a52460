import type { Attachment, ButtonComponent, ContainerComponent, MessageComponent, RowComponent } from '../discord.ts';
import { element, icon } from '../dom.ts';
import { shownSize } from '../geometry.ts';
import { type NameOf, renderMarkdown } from '../markdown/render.ts';
import { addressFor } from '../server.ts';
import { renderSelect } from './select.ts';

function renderImage(attachment: Attachment, description: string | null | undefined): HTMLElement {
  const address = localAddress(attachment.url);
  const alt = description || attachment.filename;
  const image = element('img', { src: address, alt, loading: 'lazy', ...shownSize(attachment) });
  const attributes = { class: 'image', href: address, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', attributes, image);
}

function renderFile({ url, filename, size }: Attachment): HTMLElement {
  const link = element('a', { href: localAddress(url), download: filename }, filename);
  return element('div', { class: 'file' }, icon('file'), link, element('span', { class: 'detail' }, formatSize(size)));
}

/** Renders an attachment that no component shows. */
export function renderAttachment(attachment: Attachment): HTMLElement {
  const isImage = attachment.content_type?.startsWith('image/') ?? false;
  return isImage ? renderImage(attachment, attachment.description) : renderFile(attachment);
}

/** Returns an attachment's address by the name at which the page was opened, since its policy allows no other. */
function localAddress(url: string): string {
  return addressFor(new URL(url).pathname);
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

const BUTTON_STYLES = ['', 'primary', 'secondary', 'success', 'danger'];

export function renderComponent(component: MessageComponent, context: MessageContext): Node {
  switch (component.type) {
    case 1:
      return renderRow(component, context);
    case 10:
      return renderMarkdown(component.content, context.nameOf);
    case 12: {
      const images = component.items.flatMap(({ media, description }) =>
        attached(media, context).map(attachment => renderImage(attachment, description)),
      );
      return element('div', { class: 'gallery' }, ...images);
    }
    case 13:
      return element('div', {}, ...attached(component.file, context).map(renderFile));
    case 14:
      return element('hr', { class: 'separator' });
    case 17:
      return renderContainer(component, context);
  }
}

/** Returns the attachment that a component shows; none if there is none any more. */
function attached({ url }: { readonly url: string }, { attachments }: MessageContext): readonly Attachment[] {
  return attachments.filter(attachment => attachment.url === url);
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

function renderRow(row: RowComponent, context: MessageContext): Node {
  const controls = row.components.map(control =>
    control.type === 2
      ? renderButton(control, context)
      : renderSelect(control, async value => await context.act(control.custom_id, 3, [value])),
  );
  return element('div', { class: 'row' }, ...controls);
}

function renderButton(button: ButtonComponent, context: MessageContext): Node {
  const style = BUTTON_STYLES[button.style] ?? 'secondary';
  const { disabled } = button;
  const made = element('button', { type: 'button', class: `button ${style}`, disabled }, button.label);
  made.addEventListener('click', async () => {
    if (made.getAttribute('aria-busy') === 'true') return;
    made.setAttribute('aria-busy', 'true');
    await context.act(button.custom_id, 2);
    made.removeAttribute('aria-busy');
  });
  return made;
}

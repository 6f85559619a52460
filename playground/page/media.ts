import type { Attachment } from './discord.ts';
import { element } from './element.ts';
import { shownSize } from './geometry.ts';
import { icon } from './icons.ts';
import { webAddress } from './markdown-atoms.ts';

const PREFIX = 'attachment://';

/** A picture of this message. Pictures from elsewhere are not loaded, as the page's policy forbids it: a link instead. */
export function renderImage(
  url: string,
  description: string | null | undefined,
  attachments: readonly Attachment[],
): HTMLElement {
  const address = localAddress(url, attachments);
  const name = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : 'picture';
  if (address === undefined) {
    const alt = description || 'A picture from elsewhere';
    const attributes = { class: 'elsewhere', href: webAddress(url), target: '_blank', rel: 'noopener noreferrer' };
    return element('a', attributes, alt);
  }
  const size = shownSize(attachmentAt(url, attachments));
  const image = element('img', { src: address, alt: description || name, loading: 'lazy', ...size });
  const attributes = { class: 'image', href: address, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', attributes, image);
}

export function renderFile(
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

/** Attachments that no component shows stand below the message. */
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
  return address?.origin === location.origin ? address.pathname : undefined;
}

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / (1024 * 1024), 'MB'];
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(size)} ${unit}`;
}

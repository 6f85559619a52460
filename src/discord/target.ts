import type { Attachment as Attached, Message } from 'discord.js';
import type { Attachment, Target } from '../commands/command.ts';

/** A link where a message holds one, without what closes a sentence or a bracket after it. */
const linkPattern = /https?:\/\/[^\s<>"“”]+/giv;
const closing = /[\).,;:!?'’\]\}\|*_~]/v;

export function attachmentOf({ name, contentType, size, url }: Attached): Attachment {
  return { name, contentType: contentType ?? undefined, size, url };
}

/** What the message says, links to and holds. */
export function targetOf({ content, embeds, attachments, messageSnapshots }: Message): Target {
  const written = [...content.matchAll(linkPattern)].map(([link]) => withoutClosing(link));
  const embedded = embeds.flatMap(({ url }) => (url !== null && /^https?:/v.test(url) ? [url] : []));
  const forwarded = messageSnapshots?.first()?.content ?? '';
  const links = [...new Set([...written, ...embedded])];
  return { text: content === '' ? forwarded : content, links, attachments: attachments.map(attachmentOf) };
}

/** Backwards, since a pattern bound to the end is tried from every sign on. */
function withoutClosing(link: string): string {
  let end = link.length;
  while (end > 0 && closing.test(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

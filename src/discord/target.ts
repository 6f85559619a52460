import type { Attachment as Attached, Message } from 'discord.js';
import type { Attachment, Target } from '../commands/command.ts';

/** A link where a message holds one, without what closes a sentence or a bracket after it. */
const linkPattern = /https?:\/\/[^\s<>"“”]+/giv;
const closing = /[\).,;:!?'’\]\}\|*_~]/v;

export function attachmentOf({ name, contentType, size, url }: Attached): Attachment {
  return { name, contentType: contentType ?? undefined, size, url };
}

/** What the message says, links to and holds, or the one that it forwards. */
export function targetOf(message: Message): Target {
  const forwarded = message.messageSnapshots?.first();
  const all = [message, ...(forwarded === undefined ? [] : [forwarded])];
  const text = all.map(({ content }) => content).find(content => content !== '') ?? '';
  const written = all.flatMap(({ content }) =>
    [...content.matchAll(linkPattern)].map(([link]) => withoutClosing(link)),
  );
  const embedded = all.flatMap(({ embeds }) =>
    embeds.flatMap(({ url }) => (url !== null && isOfWeb(url) ? [url] : [])),
  );
  const attachments = all.flatMap(each => each.attachments.map(attachmentOf));
  return { text, links: [...new Set([...written, ...embedded])], attachments };
}

function isOfWeb(url: string): boolean {
  return /^https?:/v.test(url);
}

/** Backwards, since a pattern bound to the end is tried from every sign on. */
function withoutClosing(link: string): string {
  let end = link.length;
  while (end > 0 && closing.test(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

import type { Found } from './components.ts';
import type { Draft } from './message-rules.ts';
import type { FieldError } from './refusal.ts';
import { isRecord } from './schema.ts';

interface Link {
  readonly path: readonly (string | number)[];
  readonly url: unknown;
  readonly schemes: readonly string[];
}

function links({ body, components }: Draft): readonly Link[] {
  const web = ['http', 'https'];
  const media = [...web, 'attachment'];
  const embeds = (body.embeds ?? []).flatMap((embed, index) => [
    { path: ['embeds', index, 'url'], url: embed.url, schemes: web },
    { path: ['embeds', index, 'image', 'url'], url: embed.image?.url, schemes: media },
    { path: ['embeds', index, 'thumbnail', 'url'], url: embed.thumbnail?.url, schemes: media },
    { path: ['embeds', index, 'author', 'url'], url: embed.author?.url, schemes: web },
  ]);
  return [...embeds, ...components.flatMap(componentLinks)];
}

function componentLinks({ component, path }: Found): readonly Link[] {
  const schemes = ['http', 'https', 'attachment'];
  const items: readonly unknown[] = Array.isArray(component.items) ? component.items : [];
  const media = items.map((item, index) => ({
    path: [...path, 'items', index, 'media', 'url'],
    url: isRecord(item) && isRecord(item.media) ? item.media.url : undefined,
    schemes,
  }));
  const own = (['media', 'file'] as const).map(name => {
    const holder = component[name];
    return { path: [...path, name, 'url'], url: isRecord(holder) ? holder.url : undefined, schemes };
  });
  return [{ path: [...path, 'url'], url: component.url, schemes: ['http', 'https', 'discord'] }, ...media, ...own];
}

/** Link buttons, embeds and media lead to the web or to a file that came along. */
export function badSchemes(draft: Draft): readonly FieldError[] {
  return links(draft).flatMap(({ path, url, schemes }) => {
    if (typeof url !== 'string') return [];
    if (!URL.canParse(url)) return [{ path, code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }];
    const scheme = new URL(url).protocol.slice(0, -1);
    if (schemes.includes(scheme)) return [];
    const listed = schemes.map(name => `'${name}'`).join(', ');
    const message = `Scheme "${scheme}" is not supported. Scheme must be one of (${listed}).`;
    return [{ path, code: 'URL_TYPE_INVALID_SCHEME', message }];
  });
}

export function missingFiles(draft: Draft): readonly FieldError[] {
  return links(draft).flatMap(({ path, url }) => {
    if (typeof url !== 'string' || !url.startsWith('attachment://')) return [];
    if (draft.fileNames.includes(url.slice('attachment://'.length))) return [];
    const message = `The referenced attachment "${url}" was not found`;
    return [{ path, code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message }];
  });
}

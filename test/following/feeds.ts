/** An item as a test feed has it. */
export interface TestItem {
  readonly guid?: string;
  readonly link?: string;
  readonly title?: string;
  readonly date?: string;
  readonly html?: string;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const element = (name: string, text: string | undefined) =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;

/** Returns an RSS 2.0 feed. `inside` is more of the channel. */
export function rss(items: readonly TestItem[], inside = ''): string {
  const rows = items.map(({ guid, link, title, date, html }) => {
    const id = guid === undefined ? '' : `<guid isPermaLink="false">${escaped(guid)}</guid>`;
    const fields = [element('link', link), element('title', title), element('pubDate', date)];
    return `<item>${id}${fields.join('')}${element('description', html)}</item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Post</title>${inside}${rows.join('\n')}</channel></rss>`;
}

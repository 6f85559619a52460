/** An item of a feed. */
export interface FeedItem {
  /** What identifies it in its feed, the best first: one is enough to recognise it. */
  readonly keys: readonly string[];
  readonly title: string;
  /** http or https. */
  readonly link: string | undefined;
  /** ISO 8601. */
  readonly published: string | undefined;
  /** The feed's own text of it, a paragraph per line. */
  readonly text: string;
}

/** What a feed says. */
export interface Feed {
  readonly title: string;
  /** In the feed's order, usually the newest first. */
  readonly items: readonly FeedItem[];
  /** How long its site says that it stays the same. */
  readonly ttlMinutes: number | undefined;
}

/** Returns the newest items, the newest first. If some have no date, the feed's order counts. */
export function newestItems({ items }: Feed, most: number): readonly FeedItem[] {
  const isDated = items.every(({ published }) => published !== undefined);
  const time = ({ published }: FeedItem) => Date.parse(published ?? '');
  return (isDated ? items.toSorted((one, other) => time(other) - time(one)) : items).slice(0, most);
}

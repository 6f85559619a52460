import type { FeedItem } from '../library/store/following.ts';

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

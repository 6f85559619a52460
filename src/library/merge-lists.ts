/** A list that is read page by page: `read` gives what comes after a row, or what comes first; an empty page ends it. */
export function* pages<Item>(read: (after: Item | undefined) => readonly Item[]): Generator<Item> {
  for (let page = read(undefined); page.length > 0; page = read(page.at(-1))) yield* page;
}

/** Ordered lists as one, read only as far as somebody asks: `isBefore` tells which of two comes first. */
export function* mergeLists<Item>(
  lists: readonly Generator<Item>[],
  isBefore: (one: Item, other: Item) => boolean,
): Generator<Item> {
  const heads = lists.flatMap(list => {
    const head = list.next();
    return head.done === true ? [] : [{ list, item: head.value }];
  });
  while (heads.length > 0) {
    let [head, at] = [heads[0], 0];
    // By index: this runs for each item as often as there are lists.
    for (let place = 1; place < heads.length; place += 1) {
      const other = heads[place];
      if (head === undefined || other === undefined || !isBefore(other.item, head.item)) continue;
      [head, at] = [other, place];
    }
    if (head === undefined) return;
    yield head.item;
    const next = head.list.next();
    if (next.done === true) heads.splice(at, 1);
    else head.item = next.value;
  }
}

/** The next ones, at most so many; more can be taken later. */
export function takeNext<Item>(list: Generator<Item>, most: number): Item[] {
  const taken: Item[] = [];
  while (taken.length < most) {
    const next = list.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

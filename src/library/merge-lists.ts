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
    let at = 0;
    for (const [place, { item }] of heads.entries()) {
      const first = heads[at];
      if (first !== undefined && isBefore(item, first.item)) at = place;
    }
    const head = heads[at];
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

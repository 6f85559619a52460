/** What is done to libraries in the background, by one process at a time each. */
export type BackgroundTask = 'refreshing' | 'encoding';

interface Work<Item> {
  /** Whether to go on. */
  readonly isOpen: () => boolean;
  /** Takes the lease, or extends it. Returns false if another process has it. */
  readonly claim: () => Promise<boolean>;
  readonly release: () => Promise<void>;
  /** Returns what to do next, nothing if all is done. */
  readonly next: () => Promise<readonly Item[]>;
  readonly work: (items: readonly Item[]) => Promise<void>;
}

/** Works until nothing is left. Returns false if another process, which has the lease, is doing the rest. */
export async function workThrough<Item>(task: Work<Item>): Promise<boolean> {
  const { isOpen, claim, release, next, work } = task;
  let isClaimed = false;
  try {
    while (isOpen() && (await next()).length > 0) {
      isClaimed = await claim();
      if (!isClaimed) return false;
      // Asked again now that we have the lease: its last holder may have done it.
      await work(await next());
    }
    return true;
  } finally {
    if (isClaimed) await release();
  }
}

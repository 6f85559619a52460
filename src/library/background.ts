/** What is done to libraries in the background, by one process at a time each. */
export type BackgroundTask = 'refreshing' | 'encoding';

interface Work<Item> {
  /** Who takes the lease. If giving it back fails, only the same claimant can go on before it expires. */
  readonly claimant: string;
  /** Whether to go on. */
  readonly isOpen: () => boolean;
  /** Takes the lease, or extends it. Returns false if another process has it. */
  readonly claim: (claimant: string) => Promise<boolean>;
  readonly release: (claimant: string) => Promise<void>;
  /** Returns what to do next, nothing if all is done. */
  readonly next: () => Promise<readonly Item[]>;
  readonly work: (items: readonly Item[]) => Promise<void>;
}

/** Works until nothing is left. Returns false if another process, which has the lease, is doing the rest. */
export async function workThrough<Item>(task: Work<Item>): Promise<boolean> {
  const { claimant, isOpen, claim, release, next, work } = task;
  let isClaimed = false;
  try {
    while (isOpen() && (await next()).length > 0) {
      isClaimed = await claim(claimant);
      if (!isClaimed) return false;
      // Asked again now that we have the lease: its last holder may have done it.
      await work(await next());
    }
    return true;
  } finally {
    if (isClaimed) await release(claimant);
  }
}

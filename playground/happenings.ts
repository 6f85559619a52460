import type { Kept } from './messages.ts';

/** What the page and the gateway hear about. */
export type Happening =
  | { readonly kind: 'posted' | 'changed' | 'removed'; readonly kept: Kept }
  | { readonly kind: 'commands' }
  | { readonly kind: 'bot'; readonly online: boolean };

export interface Happenings {
  announce(happening: Happening): void;
  /** The result ends the watching. */
  watch(listener: (happening: Happening) => void): () => void;
}

export function createHappenings(): Happenings {
  const listeners = new Set<(happening: Happening) => void>();
  return {
    announce(happening) {
      for (const listener of [...listeners]) listener(happening);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

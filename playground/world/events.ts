import type { StoredMessage } from './messages.ts';

/** A change that the page is notified of. */
export type PlatformEvent =
  | { readonly kind: 'posted' | 'changed' | 'removed'; readonly kept: StoredMessage }
  | { readonly kind: 'commands' }
  | { readonly kind: 'bot'; readonly online: boolean };

export interface Events {
  emit(event: PlatformEvent): void;
  /** Returns a function that unsubscribes. */
  subscribe(listener: (event: PlatformEvent) => void): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<(event: PlatformEvent) => void>();
  return {
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

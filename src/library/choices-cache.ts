import type { LibrarySettings } from './store/library-settings.ts';

/** A change by another process is noticed after this time. */
const FRESH_MILLISECONDS = 30_000;

interface Read {
  readonly choices: Promise<LibrarySettings>;
  readonly until: number;
}

/** Caches the settings of libraries, so that no command waits for a query. */
export class ReadChoices {
  readonly #now: () => number;
  readonly #read = new Map<string, Read>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns cached settings, or reads them. */
  async of(library: string, read: () => Promise<LibrarySettings>): Promise<LibrarySettings> {
    const known = this.#read.get(library);
    if (known !== undefined && this.#now() < known.until) return await known.choices;
    const reading = this.#keep(library, read());
    try {
      return await reading.choices;
    } catch (error) {
      if (this.#read.get(library) === reading) this.forget(library);
      throw error;
    }
  }

  /** Caches settings that were just saved, even if they are being read. */
  keep(library: string, choices: LibrarySettings): void {
    this.#keep(library, Promise.resolve(choices));
  }

  forget(library: string): void {
    this.#read.delete(library);
  }

  forgetStale(): void {
    for (const [library, { until }] of this.#read) if (this.#now() >= until) this.forget(library);
  }

  #keep(library: string, choices: Promise<LibrarySettings>): Read {
    const read = { choices, until: this.#now() + FRESH_MILLISECONDS };
    this.#read.set(library, read);
    return read;
  }
}

/** The playground's clock, in milliseconds since 1970. Tests advance it by hand to reach Discord's time limits. */
export interface Clock {
  now(): number;
  /** Runs `run` once after `milliseconds`. Returns a function that cancels it. */
  after(milliseconds: number, run: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface ManualClock extends Clock {
  pass(milliseconds: number): void;
}

export function manualClock(start = Date.now()): ManualClock {
  let now = start;
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    after(milliseconds, run) {
      const entry = { at: now + milliseconds, run };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    pass(milliseconds) {
      now += milliseconds;
      const due = [...waiting].filter(entry => entry.at <= now).sort((a, b) => a.at - b.at);
      for (const entry of due) {
        if (waiting.delete(entry)) entry.run();
      }
    },
  };
}

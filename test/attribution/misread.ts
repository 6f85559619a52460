import { describe, expect, test } from 'vitest';
import { remark } from './marked.ts';

type Kinds = Readonly<Record<string, readonly string[]>>;

/**
 * Tests texts of some kinds. `fault` returns what is wrong with how one is read. The network misreads some: `allowed`
 * says how many of a kind, none of all others. It includes texts that are misread under another rounding of the same
 * weights (four were tried), since processors differ in the last digits. Lower it after an improvement; new weights must
 * not need more in all.
 */
export function testMost(
  name: string,
  kinds: Kinds,
  allowed: Readonly<Record<string, number>>,
  fault: (text: string) => Promise<string | undefined>,
): void {
  describe(name, () => {
    test.each(Object.entries(kinds))('%s', async (kind, texts) => {
      const faults: string[] = [];
      for (const text of texts) {
        const found = await fault(text);
        if (found !== undefined) faults.push(`${text}\n  ${found}`);
      }
      expect(faults.length, faults.join('\n')).toBeLessThanOrEqual(allowed[kind] ?? 0);
    });
  });
}

/** Tests that marked texts are read as marked. */
export function testReading(name: string, kinds: Kinds, allowed: Readonly<Record<string, number>> = {}): void {
  testMost(name, kinds, allowed, async text => {
    const read = await remark(text);
    return read === text ? undefined : `read as ${read}`;
  });
}

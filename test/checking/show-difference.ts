import type { CheckResult } from '../../src/checking/verdict.ts';

/** Returns the difference in the notation of the tests: `{+added+}`, `{-missing-}`. */
export function shown(finding: CheckResult): string {
  if (finding.verdict === 'not found') return '';
  const marks = { same: ['', ''], added: ['{+', '+}'], missing: ['{-', '-}'] } as const;
  return finding.difference.map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`).join(' ');
}

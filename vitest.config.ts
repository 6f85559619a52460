import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What never comes fails, however slow the machine is.
    expect: { poll: { timeout: 20_000 } },
  },
});

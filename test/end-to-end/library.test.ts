import { describe } from 'vitest';
import { describeLibrary } from './library-suite.ts';

describe('a library in a file', () => {
  describeLibrary(() => Promise.resolve({}));
});

import { describe } from 'vitest';
import { describeLibrary } from './library-walk.ts';

describe('a library in a file', () => {
  describeLibrary(() => Promise.resolve({}));
});

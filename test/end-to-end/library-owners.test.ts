import { describe } from 'vitest';
import { describeOwners } from './owners-suite.ts';

describe('libraries in files', () => {
  describeOwners(() => Promise.resolve({}));
});

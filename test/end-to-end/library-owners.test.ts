import { describe } from 'vitest';
import { describeOwners } from './owners-walk.ts';

describe('libraries in files', () => {
  describeOwners(() => Promise.resolve({}));
});

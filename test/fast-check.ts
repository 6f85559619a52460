import { relative } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { times } from './depth.ts';

const seed = Number(process.env.SEED);

// Runs the same cases every time unless a seed is given; new ones each time in `npm run test:deep`.
fc.configureGlobal({
  seed,
  numRuns: times(100),
  reporter: details => {
    if (!details.failed) return;
    const file = relative(process.cwd(), expect.getState().testPath ?? '');
    const again = `Repeat with: SEED=${seed} npx vitest run ${file} --mode ${process.env.DEPTH}`;
    throw new Error(`${fc.defaultReportMessage(details)}\n\n${again}`, { cause: details.errorInstance });
  },
});

/** The code points from here on are surrogates, which are no characters. */
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LAST_CODE_POINT = 0x10_ffff;

/** The code points of fast-check's unit `binary`, without its map of all of them: that takes a second and 100 MB. */
const codePoint = fc.nat({ max: LAST_CODE_POINT - SURROGATES }).map(
  at => String.fromCodePoint(at < FIRST_SURROGATE ? at : at + SURROGATES),
  character => {
    const code = typeof character === 'string' && character.isWellFormed() ? (character.codePointAt(0) ?? -1) : -1;
    if (code < 0 || String.fromCodePoint(code) !== character) throw new Error('not one character');
    return code < FIRST_SURROGATE ? code : code - SURROGATES;
  },
);

const urlCharacter = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(..."abcXYZ0189-._~!$&'()*+,;=:@/") },
  { weight: 1, arbitrary: codePoint.map(encodeURIComponent) },
);
const urlPart = fc.array(urlCharacter, { maxLength: 12 }).map(characters => characters.join(''));

/** Like fast-check's `webUrl`, which maps all code points as well. */
const anyUrl = fc
  .tuple(
    fc.constantFrom('http', 'https'),
    fc.domain(),
    fc.oneof(
      fc.constant(''),
      urlPart.map(path => `/${path}`),
    ),
    fc.oneof(
      fc.constant(''),
      urlPart.map(query => `?${query}`),
    ),
  )
  .map(([scheme, domain, path, query]) => `${scheme}://${domain}${path}${query}`);

export { anyUrl, codePoint, fc };

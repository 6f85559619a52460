import { expect, test } from 'vitest';
import { PALETTES, THEMES } from '../../src/cards/card.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('computes contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test.each(THEMES.flatMap(theme => (['words', 'muted', 'accent'] as const).map(colour => ({ theme, colour }))))(
  '$colour is readable on $theme',
  ({ theme, colour }) => {
    expect(contrast(PALETTES[theme][colour], PALETTES[theme].background)).toBeGreaterThanOrEqual(4.5);
  },
);

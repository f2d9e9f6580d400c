import { describe, expect, test } from 'vitest';
import { type Colours, colourVariables, DARK, LIGHT } from './tokens.ts';

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const TEXTS: readonly (readonly [keyof Colours, keyof Colours])[] = [
  ['text', 'ground'],
  ['text', 'quiet'],
  ['text', 'attentionGround'],
  ['text', 'invalidGround'],
  ['text', 'accentGround'],
  ['dimmed', 'ground'],
  ['dimmed', 'surface'],
  ['dimmed', 'quiet'],
  ['accentText', 'ground'],
  ['accentText', 'quiet'],
  ['accentText', 'accentGround'],
  ['accentText', 'attentionGround'],
  ['accentOnFill', 'accent'],
  ['accentOnFill', 'accentHover'],
  ['valid', 'ground'],
  ['valid', 'validGround'],
  ['attention', 'ground'],
  ['attention', 'attentionGround'],
  ['invalid', 'ground'],
  ['invalid', 'invalidGround'],
  ['unknown', 'unknownGround'],
  // Rows of tables: pointed at, open.
  ['dimmed', 'accentGround'],
  ['valid', 'quiet'],
  ['valid', 'accentGround'],
  ['attention', 'quiet'],
  ['attention', 'accentGround'],
  ['invalid', 'quiet'],
  ['invalid', 'accentGround'],
  // The button of what does not come back.
  ['ground', 'invalid'],
];
const CONTROLS: readonly (readonly [keyof Colours, keyof Colours])[] = [
  ['control', 'ground'],
  ['control', 'surface'],
  ['accent', 'ground'],
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('the %s scheme', (_name, colours) => {
  test.each(TEXTS)('has %s on %s at 4.5:1 or better', (text, ground) => {
    expect(contrast(colours[text], colours[ground])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(CONTROLS)('has the control %s on %s at 3:1 or better', (control, ground) => {
    expect(contrast(colours[control], colours[ground])).toBeGreaterThanOrEqual(3);
  });
});

test('the contrast of black and white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});

test('a colour becomes a variable in kebab case', () => {
  expect(colourVariables(LIGHT)['--p-accent-ground']).toBe(LIGHT.accentGround);
});

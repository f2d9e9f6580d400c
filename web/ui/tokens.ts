/**
 * Every colour of the pages, by what it is for. Texts keep 4.5:1 and controls 3:1 against their ground in both
 * schemes (WCAG 2.2, 1.4.3 and 1.4.11); the test beside this file computes it.
 */
export interface Colours {
  readonly ground: string;
  readonly surface: string;
  /** The quiet box that holds a message word for word. */
  readonly quiet: string;
  readonly line: string;
  /** Outlines of controls. */
  readonly control: string;
  readonly text: string;
  readonly dimmed: string;
  readonly accent: string;
  readonly accentText: string;
  readonly accentGround: string;
  readonly accentOnFill: string;
  readonly accentHover: string;
  readonly valid: string;
  readonly validGround: string;
  readonly attention: string;
  readonly attentionGround: string;
  readonly attentionLine: string;
  readonly invalid: string;
  readonly invalidGround: string;
  readonly invalidLine: string;
  readonly unknown: string;
  readonly unknownGround: string;
}

export const LIGHT: Colours = {
  ground: '#ffffff',
  surface: '#ffffff',
  quiet: '#f3f5f8',
  line: '#dde2ea',
  control: '#8791a1',
  text: '#161b24',
  dimmed: '#566072',
  accent: '#1d4a94',
  accentText: '#1d4a94',
  accentGround: '#edf3fc',
  accentOnFill: '#ffffff',
  accentHover: '#163a77',
  valid: '#17693a',
  validGround: '#e9f6ee',
  attention: '#8a4b00',
  attentionGround: '#fff5e3',
  attentionLine: '#e9bd76',
  invalid: '#b3261e',
  invalidGround: '#fdeeec',
  invalidLine: '#efb5b0',
  unknown: '#566072',
  unknownGround: '#f3f5f8',
};

export const DARK: Colours = {
  ground: '#14171c',
  surface: '#1a1e25',
  quiet: '#20252e',
  line: '#333b48',
  control: '#748095',
  text: '#e8ebf0',
  dimmed: '#a4aebd',
  accent: '#2f62b5',
  accentText: '#93b7f2',
  accentGround: '#1c2a44',
  accentOnFill: '#ffffff',
  accentHover: '#3a70c6',
  valid: '#72cf97',
  validGround: '#16301f',
  attention: '#f0b45c',
  attentionGround: '#33260f',
  attentionLine: '#7a5a20',
  invalid: '#ff968c',
  invalidGround: '#3a1c1a',
  invalidLine: '#82403b',
  unknown: '#a4aebd',
  unknownGround: '#20252e',
};

/** `accentGround` -> `--p-accent-ground`. */
export function colourVariables(colours: Colours): Record<string, string> {
  return Object.fromEntries(
    Object.entries(colours).map(([name, value]: [string, string]) => [
      `--p-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
  );
}

/** Of the rows of a table, in CSS pixels: 3.25 and 2.25 rem, as `data-table.module.css` says. */
export const ROW_HEIGHTS = { comfortable: 52, compact: 36 } as const;

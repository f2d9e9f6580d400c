import {
  Anchor,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  PasswordInput,
  Radio,
  TextInput,
} from '@mantine/core';
import { colourVariables, DARK, LIGHT } from './tokens.ts';

const blue: MantineColorsTuple = [
  '#edf3fc',
  '#d9e5f8',
  '#b3caf0',
  '#93b7f2',
  '#6594df',
  '#4379cf',
  '#2f62b5',
  '#1d4a94',
  '#163a77',
  '#0f2a59',
];

export const theme = createTheme({
  colors: { blue },
  primaryColor: 'blue',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: "'Golos Text Variable', system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Consolas, 'SF Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.35', xl: '1.25' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem', xxl: '2.5rem' },
  radius: { xs: '0.25rem', sm: '0.5rem', md: '0.5rem', lg: '0.5rem', xl: '0.5rem' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'md' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'md' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'md' } }),
    Radio: Radio.extend({ defaultProps: { size: 'md' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
  },
});

/** Mantine's own variables where a component reads them, and ours (`--p-…`) everywhere else. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...colourVariables(LIGHT),
    '--mantine-color-body': LIGHT.ground,
    '--mantine-color-text': LIGHT.text,
    '--mantine-color-dimmed': LIGHT.dimmed,
    '--mantine-color-anchor': LIGHT.accentText,
    '--mantine-color-error': LIGHT.invalid,
    '--mantine-color-default-border': LIGHT.control,
    // Outlines of inputs and radio buttons: 3:1.
    '--mantine-color-gray-4': LIGHT.control,
    '--mantine-color-placeholder': LIGHT.dimmed,
    '--menu-item-hover': LIGHT.accentGround,
  },
  dark: {
    ...colourVariables(DARK),
    '--mantine-color-body': DARK.ground,
    '--mantine-color-text': DARK.text,
    '--mantine-color-dimmed': DARK.dimmed,
    '--mantine-color-anchor': DARK.accentText,
    '--mantine-color-error': DARK.invalid,
    '--mantine-color-default': DARK.surface,
    '--mantine-color-default-hover': DARK.quiet,
    '--mantine-color-default-border': DARK.control,
    '--mantine-color-dark-4': DARK.control,
    '--menu-item-hover': DARK.accentGround,
    '--mantine-color-placeholder': DARK.dimmed,
  },
});

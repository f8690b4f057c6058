import { ActionIcon, Button, createTheme, Input, rem } from '@mantine/core';
import type { VariantColorsResolver } from '@mantine/core';
import { defaultVariantColorsResolver } from '@mantine/core';
import { colors } from './theme-colors.js';
import classes from './theme.module.css';

const variantColorResolver: VariantColorsResolver = (input) => {
  if (input.variant === 'danger') {
    return {
      background: 'var(--pg-surface)',
      hover: 'var(--pg-bad-soft)',
      color: 'var(--pg-bad)',
      border: '1px solid var(--pg-border)',
    };
  }
  if (input.variant === 'quiet') {
    return {
      background: 'transparent',
      hover: 'var(--mantine-color-default-hover)',
      color: 'var(--pg-text-2)',
      border: '1px solid transparent',
    };
  }
  return defaultVariantColorsResolver(input);
};

const isCompact = (size: unknown): boolean => size === 'xs';

export const theme = createTheme({
  colors,
  primaryColor: 'iris',
  primaryShade: 6,
  white: '#fff',
  black: '#171c24',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  lineHeights: { xs: '1.334', sm: '1.4', md: '1.43', lg: '1.4', xl: '1.3' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(2), sm: rem(4), md: rem(6), lg: rem(8), xl: rem(12) },
  defaultRadius: 'md',
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  variantColorResolver,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, { size }) => ({
        root: {
          '--button-height': isCompact(size) ? 'var(--pg-compact-height)' : 'var(--pg-control-height)',
          '--button-padding-x': isCompact(size) ? rem(9) : rem(12),
          '--button-fz': isCompact(size) ? 'var(--mantine-font-size-xs)' : 'var(--mantine-font-size-sm)',
        },
      }),
      classNames: { root: classes.button, section: classes.buttonSection },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'quiet', size: 'sm' },
      vars: (_theme, { size }) => ({
        root: { '--ai-size': isCompact(size) ? 'var(--pg-compact-height)' : 'var(--pg-control-height)' },
      }),
    }),
    Input: Input.extend({
      vars: () => ({
        wrapper: {
          '--input-height': 'var(--pg-control-height)',
          '--input-fz': 'var(--pg-field-font-size)',
          '--input-padding': rem(10),
        },
      }),
      classNames: { input: classes.input },
    }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'], withAsterisk: false },
      classNames: { label: classes.label, error: classes.fieldNote, description: classes.fieldNote },
    }),
    Checkbox: {
      defaultProps: { size: 'xs' },
      classNames: { input: classes.checkbox, label: classes.checkboxLabel },
    },
    Modal: {
      defaultProps: {
        radius: 'xl',
        centered: true,
        padding: 20,
        closeButtonProps: { 'aria-label': 'Close' },
      },
      classNames: { title: classes.modalTitle, overlay: classes.scrim, content: classes.modalContent },
    },
    Menu: { defaultProps: { radius: 'lg', shadow: 'md' }, classNames: { item: classes.menuItem } },
  },
});

import type { MantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { cssVariablesResolver } from './css-variables.js';
import { colors } from './theme-colors.js';

const schemes = cssVariablesResolver({} as MantineTheme);

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  const hexOf = (name: string): string => {
    const value = (schemes[scheme] as Record<string, string>)[name] ?? '';
    const [, hue, shade] = /^var\(--mantine-color-(\w+)-(\d)\)$/.exec(value) ?? [];
    return hue === undefined ? value : (colors[hue as keyof typeof colors][Number(shade)] ?? '');
  };

  it.each(['--pg-page', '--pg-surface', '--pg-sunken'])('quiet text is read on %s', (ground) => {
    for (const text of ['--mantine-color-dimmed', '--pg-text-2', '--pg-accent']) {
      expect(contrast(hexOf(text), hexOf(ground)), text).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['ok', 'bad', 'wait', 'run', 'unsure', 'idle'])(
    'the words of %s are read on its own ground',
    (state) => {
      expect(contrast(hexOf(`--pg-${state}`), hexOf(`--pg-${state}-soft`))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(hexOf(`--pg-${state}`), hexOf('--pg-surface'))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(['--pg-page', '--pg-surface', '--pg-accent-soft'])(
    'the ring of the focus is seen on %s',
    (ground) => {
      expect(contrast(hexOf('--pg-focus'), hexOf(ground))).toBeGreaterThanOrEqual(3);
      expect(contrast(hexOf('--pg-control'), hexOf('--pg-surface'))).toBeGreaterThanOrEqual(3);
    },
  );
});

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/g, '$&$&') : hex;
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

import type { CSSVariablesResolver } from '@mantine/core';

type Scheme = 'light' | 'dark';
type State = 'ok' | 'bad' | 'wait' | 'run' | 'unsure';

const stateHue: Record<State, string> = {
  ok: 'green',
  bad: 'red',
  wait: 'amber',
  run: 'azure',
  unsure: 'plum',
};
const darkSoft: Record<State, string> = {
  ok: '#12301f',
  bad: '#3c1a1b',
  wait: '#38270d',
  run: '#0d2c40',
  unsure: '#331a38',
};

const shade = (hue: string, index: number): string => `var(--mantine-color-${hue}-${index})`;

/** Text, fill, soft ground and line of each state. Amber fills are bright in both schemes and carry dark ink. */
function stateVariables(scheme: Scheme): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const state of Object.keys(stateHue) as State[]) {
    const hue = stateHue[state];
    const isLight = scheme === 'light';
    variables[`--pg-${state}`] = shade(hue, isLight ? 7 : 4);
    variables[`--pg-${state}-solid`] = shade(hue, state === 'wait' ? 4 : isLight ? 6 : 5);
    variables[`--pg-${state}-soft`] = isLight ? shade(hue, 1) : darkSoft[state];
    variables[`--pg-${state}-line`] = shade(hue, state === 'wait' ? 6 : isLight ? 3 : 7);
  }
  return variables;
}

const light = {
  ...stateVariables('light'),
  '--mantine-color-dimmed': shade('gray', 6),
  '--mantine-color-placeholder': shade('gray', 6),
  '--mantine-color-default': '#fff',
  '--mantine-color-default-hover': shade('gray', 1),
  '--mantine-color-default-border': shade('gray', 3),
  '--mantine-color-anchor': shade('iris', 7),
  '--mantine-color-error': shade('red', 7),
  '--mantine-color-disabled': shade('gray', 1),
  '--mantine-color-disabled-color': shade('gray', 6),
  '--mantine-color-disabled-border': shade('gray', 3),
  '--pg-page': shade('gray', 0),
  '--pg-surface': '#fff',
  '--pg-sunken': shade('gray', 1),
  '--pg-line': shade('gray', 2),
  '--pg-border': shade('gray', 3),
  '--pg-control': shade('gray', 5),
  '--pg-text-2': shade('gray', 7),
  '--pg-accent': shade('iris', 7),
  '--pg-accent-solid': shade('iris', 6),
  '--pg-accent-soft': shade('iris', 1),
  '--pg-accent-line': shade('iris', 4),
  '--pg-focus': shade('iris', 6),
  '--pg-ok-mid': shade('green', 5),
  '--pg-idle': shade('gray', 6),
  '--pg-idle-solid': shade('gray', 3),
  '--pg-idle-soft': shade('gray', 1),
  '--pg-idle-line': shade('gray', 4),
  '--pg-on-solid': '#fff',
  '--pg-tip-bg': shade('gray', 9),
  '--pg-tip-dim': shade('gray', 4),
  '--pg-scrim': 'rgb(23 28 36 / 34%)',
  '--mantine-shadow-md': '0 1px 2px rgb(16 24 40 / 6%), 0 6px 16px rgb(16 24 40 / 10%)',
  '--mantine-shadow-xl': '0 2px 6px rgb(16 24 40 / 8%), 0 20px 48px rgb(16 24 40 / 20%)',
};

const dark = {
  ...stateVariables('dark'),
  '--mantine-color-body': shade('dark', 7),
  '--mantine-color-text': shade('dark', 0),
  '--mantine-color-dimmed': shade('dark', 2),
  '--mantine-color-placeholder': shade('dark', 2),
  '--mantine-color-default': shade('dark', 7),
  '--mantine-color-default-hover': shade('dark', 6),
  '--mantine-color-default-color': shade('dark', 0),
  '--mantine-color-default-border': shade('dark', 4),
  '--mantine-color-anchor': shade('iris', 3),
  '--mantine-color-error': shade('red', 4),
  '--mantine-color-disabled': shade('dark', 6),
  '--mantine-color-disabled-color': shade('dark', 2),
  '--mantine-color-disabled-border': shade('dark', 4),
  '--pg-page': shade('dark', 8),
  '--pg-surface': shade('dark', 7),
  '--pg-sunken': shade('dark', 6),
  '--pg-line': shade('dark', 5),
  '--pg-border': shade('dark', 4),
  '--pg-control': shade('dark', 3),
  '--pg-text-2': shade('dark', 1),
  '--pg-accent': shade('iris', 3),
  '--pg-accent-solid': shade('iris', 6),
  '--pg-accent-soft': '#20264a',
  '--pg-accent-line': shade('iris', 5),
  '--pg-focus': shade('iris', 4),
  '--pg-ok-mid': shade('green', 6),
  '--pg-idle': shade('dark', 2),
  '--pg-idle-solid': '#3d424a',
  '--pg-idle-soft': shade('dark', 6),
  '--pg-idle-line': '#4a5059',
  '--pg-on-solid': shade('dark', 9),
  '--pg-tip-bg': '#2d3138',
  '--pg-tip-dim': shade('dark', 1),
  '--pg-scrim': 'rgb(0 0 0 / 56%)',
  '--mantine-shadow-md': '0 0 0 1px rgb(255 255 255 / 5%), 0 8px 20px rgb(0 0 0 / 45%)',
  '--mantine-shadow-xl': '0 0 0 1px rgb(255 255 255 / 6%), 0 24px 60px rgb(0 0 0 / 60%)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light, dark });

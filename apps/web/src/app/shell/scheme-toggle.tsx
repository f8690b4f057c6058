import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../../ui/icon.js';

export function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'light' ? 'dark' : 'light';
  return (
    <ActionIcon aria-label={`Switch to ${other}`} onClick={() => setColorScheme(other)}>
      <Icon name={scheme === 'light' ? 'sun' : 'moon'} />
    </ActionIcon>
  );
}

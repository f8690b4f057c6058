import { ActionIcon, Menu } from '@mantine/core';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { Icon } from '../../ui/icon.js';

export type WindowAction = 'edit' | 'switch' | 'delete';

interface WindowMenuProps {
  window: MaintenanceWindowView;
  onAction: (action: WindowAction) => void;
}

export function WindowMenu({ window, onAction }: WindowMenuProps) {
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon size="xs" aria-label={`More for ${window.name}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onAction('edit')}>
          Edit
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="power" />} onClick={() => onAction('switch')}>
          {window.enabled ? 'Disable' : 'Enable'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="trash" />} color="red" onClick={() => onAction('delete')}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

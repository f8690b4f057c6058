import { ActionIcon, Menu } from '@mantine/core';
import type { HealthCheckView } from '@patchgate/contracts';
import { Icon } from '../../ui/icon.js';
import type { CheckDialog } from './use-check-dialog.js';

interface CheckMenuProps {
  check: HealthCheckView;
  onOpen: (dialog: CheckDialog) => void;
}

export function CheckMenu({ check, onOpen }: CheckMenuProps) {
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon size="xs" aria-label={`More for ${check.name}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon name="edit" />}
          onClick={() => onOpen({ kind: 'edit', checkId: check.id })}
        >
          Edit
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="power" />} onClick={() => onOpen({ kind: 'switch', check })}>
          {check.enabled ? 'Disable' : 'Enable'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="trash" />}
          color="red"
          onClick={() => onOpen({ kind: 'delete', check })}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

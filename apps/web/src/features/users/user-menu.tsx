import { ActionIcon, Menu } from '@mantine/core';
import type { UserView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { Icon } from '../../ui/icon.js';
import type { UserAction } from './user-dialog.js';

interface UserMenuProps {
  user: UserView;
  isSelf: boolean;
  onAction: (action: UserAction) => void;
}

export function UserMenu({ user, isSelf, onAction }: UserMenuProps) {
  const isDisabled = user.disabled_at !== null;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon size="xs" aria-label={`Actions for ${user.username}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onAction('edit')}>
          Edit name and role
        </Menu.Item>
        {isSelf ? (
          <Menu.Item component={Link} to="/account" leftSection={<Icon name="key" />}>
            Change your password
          </Menu.Item>
        ) : (
          <>
            <Menu.Item leftSection={<Icon name="key" />} onClick={() => onAction('password')}>
              Reset password
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="power" />}
              onClick={() => onAction(isDisabled ? 'enable' : 'disable')}
            >
              {isDisabled ? 'Enable' : 'Disable'}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<Icon name="trash" />} color="red" onClick={() => onAction('delete')}>
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

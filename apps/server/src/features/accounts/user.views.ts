import type { UserView } from '@patchgate/contracts';
import type { UserRow } from './user.repository.js';

export const userView = (row: UserRow): UserView => ({
  id: row.id,
  username: row.username,
  display_name: row.display_name,
  role: row.role,
  disabled_at: row.disabled_at?.toISOString() ?? null,
  last_login_at: row.last_login_at?.toISOString() ?? null,
  groups: row.groups,
  created_at: row.created_at.toISOString(),
});

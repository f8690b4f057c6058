import type { CurrentSessionView, SessionView } from '@patchgate/contracts';
import type { Principal } from '../../platform/http/caller.js';
import { idleMs } from './session.repository.js';
import type { SessionRow } from './session.repository.js';

export function currentSessionView(principal: Principal, session: SessionRow | null): CurrentSessionView {
  const { userId, username, displayName, role } = principal;
  return {
    user: { id: userId, username, display_name: displayName, role },
    session: session && {
      id: session.id,
      created_at: session.created_at.toISOString(),
      expires_at: session.expires_at.toISOString(),
      idle_expires_at: new Date(session.last_used_at.getTime() + idleMs).toISOString(),
    },
  };
}

export const sessionView = (row: SessionRow, currentId: string): SessionView => ({
  id: row.id,
  created_at: row.created_at.toISOString(),
  last_used_at: row.last_used_at.toISOString(),
  expires_at: row.expires_at.toISOString(),
  source_address: row.source_address,
  user_agent: row.user_agent,
  current: row.id === currentId,
});

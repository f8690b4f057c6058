import type { SessionView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { DataTable } from '../../ui/data-table.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { useEndSession } from './account.mutations.js';
import { sessionsQuery } from './account.queries.js';
import { browserOf } from './browser-words.js';
import { sessionColumns } from './session-columns.js';

export function SessionsTab() {
  const query = useQuery(sessionsQuery);
  const end = useEndSession();
  const [ending, setEnding] = useState<SessionView | null>(null);
  const columns = useMemo(() => sessionColumns(setEnding), []);
  return (
    <>
      <QueryView
        query={query}
        what="your sessions"
        skeleton={<TableSkeleton what="your sessions" rows={3} />}
      >
        {({ items, total }) => (
          <DataTable
            label="Your sessions"
            columns={columns}
            rows={items}
            rowKey={(session) => session.id}
            total={total}
            minWidth="860px"
          />
        )}
      </QueryView>
      {ending !== null && (
        <ConfirmDialog
          title="End this session?"
          confirm="End session"
          onConfirm={async () => {
            await end.mutateAsync(ending.id);
            announce('The session was ended.');
          }}
          onClose={() => setEnding(null)}
        >
          {browserOf(ending.user_agent)} at {ending.source_address} is signed out within a second.
        </ConfirmDialog>
      )}
    </>
  );
}

import type { EnrollmentTokenView } from '@patchgate/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { rowsOf } from '../../lib/list-query.js';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { useRevokeToken } from './agents.mutations.js';
import { enrolmentTokensQuery } from './agents.queries.js';
import { tokenColumns } from './token-columns.js';

export function TokensTab() {
  const query = useInfiniteQuery(enrolmentTokensQuery);
  const revoke = useRevokeToken();
  const [revoking, setRevoking] = useState<EnrollmentTokenView | null>(null);
  const columns = useMemo(() => tokenColumns(setRevoking), []);
  return (
    <>
      <QueryView query={query} what="the tokens" skeleton={<TableSkeleton what="the tokens" rows={3} />}>
        {(data) => {
          const { rows, total } = rowsOf(data);
          if (total === 0) return <NoTokens />;
          return (
            <DataTable
              label="Open tokens"
              columns={columns}
              rows={rows}
              rowKey={(token) => token.id}
              total={total}
              more={moreRowsOf(query)}
              minWidth="760px"
            />
          );
        }}
      </QueryView>
      {revoking !== null && (
        <ConfirmDialog
          title="Revoke this token?"
          confirm="Revoke token"
          onConfirm={async () => {
            await revoke.mutateAsync(revoking.id);
            announce('The token was revoked.');
          }}
          onClose={() => setRevoking(null)}
        >
          The command it is part of is refused from now on. A request that came with it stays where it is.
        </ConfirmDialog>
      )}
    </>
  );
}

function NoTokens() {
  return (
    <EmptyCard
      icon="key"
      title="No open tokens"
      action={
        <LinkButton to="/agents/tokens" search={{ dialog: 'enrol' }}>
          Enrol host
        </LinkButton>
      }
    >
      A token vouches for one machine that enrols within 30 minutes. Those that were used, revoked or have
      expired are not listed; the audit log knows them.
    </EmptyCard>
  );
}

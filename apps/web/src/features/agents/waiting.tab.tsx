import { Button } from '@mantine/core';
import type { EnrollmentView } from '@patchgate/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { overviewQuery } from '../../lib/fleet.queries.js';
import { rowsOf } from '../../lib/list-query.js';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import classes from './agents.module.css';
import { useDeny } from './agents.mutations.js';
import { enrolmentsQuery } from './agents.queries.js';
import { ApproveDialog } from './approve.dialog.js';
import { RequestCard } from './request.card.js';

export function WaitingTab() {
  const query = useInfiniteQuery(enrolmentsQuery);
  const deny = useDeny();
  const [approving, setApproving] = useState<EnrollmentView | null>(null);
  const [denying, setDenying] = useState<EnrollmentView | null>(null);
  return (
    <>
      <QueryView query={query} what="the requests" skeleton={<TableSkeleton what="the requests" rows={6} />}>
        {(data) => {
          const { rows, total } = rowsOf(data);
          if (total === 0) return <NobodyWaits />;
          return (
            <div className={classes.stack}>
              <ul className={classes.requests} aria-label="Requests">
                {rows.map((request) => (
                  <li key={request.id}>
                    <RequestCard
                      request={request}
                      onApprove={() => setApproving(request)}
                      onDeny={() => setDenying(request)}
                    />
                  </li>
                ))}
              </ul>
              {query.hasNextPage && (
                <Button
                  variant="default"
                  aria-disabled={query.isFetchingNextPage}
                  onClick={() => !query.isFetchingNextPage && void query.fetchNextPage()}
                >
                  Show more of {countOf(total, 'request')}
                </Button>
              )}
            </div>
          );
        }}
      </QueryView>
      {approving !== null && <ApproveDialog request={approving} onClose={() => setApproving(null)} />}
      {denying !== null && (
        <ConfirmDialog
          title={`Deny ${denying.fqdn}?`}
          confirm="Deny request"
          onConfirm={async () => {
            await deny.mutateAsync(denying.id);
            announce(`${denying.fqdn} was denied.`);
          }}
          onClose={() => setDenying(null)}
        >
          Its agent reads that it was denied and gives up. It can ask again when somebody starts it again.
        </ConfirmDialog>
      )}
    </>
  );
}

function NobodyWaits() {
  const { data } = useQuery(overviewQuery);
  return (
    <EmptyCard
      icon="device"
      title="No agent is waiting"
      action={
        <LinkButton to="/agents" search={{ dialog: 'enrol' }}>
          {data?.hosts.total === 0 ? 'Enrol your first host' : 'Enrol host'}
        </LinkButton>
      }
    >
      A machine becomes a host in two steps: paste one command there, then approve its request here. It
      appears by itself.
    </EmptyCard>
  );
}

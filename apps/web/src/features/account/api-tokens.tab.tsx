import { Button } from '@mantine/core';
import type { ApiTokenView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { useRevokeApiToken } from './account.mutations.js';
import { apiTokensQuery } from './account.queries.js';
import classes from './account.module.css';
import { apiTokenColumns } from './api-token-columns.js';
import { CreateApiTokenDialog } from './create-api-token.dialog.js';

export function ApiTokensTab() {
  const query = useQuery(apiTokensQuery);
  const revoke = useRevokeApiToken();
  const [isCreating, setIsCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiTokenView | null>(null);
  const columns = useMemo(() => apiTokenColumns(setRevoking), []);
  const create = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setIsCreating(true)}>
      Create token
    </Button>
  );
  return (
    <>
      <QueryView
        query={query}
        what="your API tokens"
        skeleton={<TableSkeleton what="your API tokens" rows={3} />}
      >
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyCard icon="key" title="No API tokens" action={create}>
              A token lets a script act with your rights, and never with more. It is shown once.
            </EmptyCard>
          ) : (
            <>
              <div className={classes.toolbar}>
                <span>A token acts with your rights, and never with more.</span>
                {create}
              </div>
              <DataTable
                label="Your API tokens"
                columns={columns}
                rows={items}
                rowKey={(token) => token.id}
                total={total}
                minWidth="860px"
              />
            </>
          )
        }
      </QueryView>
      {isCreating && <CreateApiTokenDialog onClose={() => setIsCreating(false)} />}
      {revoking !== null && (
        <ConfirmDialog
          title={`Revoke ${revoking.name}?`}
          confirm="Revoke token"
          onConfirm={async () => {
            await revoke.mutateAsync(revoking.id);
            announce(`Token ${revoking.name} revoked.`);
          }}
          onClose={() => setRevoking(null)}
        >
          Whatever uses it is refused from now on. A revoked token cannot be brought back.
        </ConfirmDialog>
      )}
    </>
  );
}

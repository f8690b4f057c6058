import { Button } from '@mantine/core';
import type { AgentCertificateView } from '@patchgate/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { rowsOf } from '../../lib/list-query.js';
import { announce } from '../../lib/notices.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import classes from './agents.module.css';
import { useRevokeCertificate } from './agents.mutations.js';
import { certificatesQuery } from './agents.queries.js';
import { BundleDialog } from './bundle.dialog.js';
import { certificateColumns } from './certificate-columns.js';

export function CertificatesTab() {
  const query = useInfiniteQuery(certificatesQuery);
  const revoke = useRevokeCertificate();
  const [isBundling, setIsBundling] = useState(false);
  const [revoking, setRevoking] = useState<AgentCertificateView | null>(null);
  const columns = useMemo(() => certificateColumns(setRevoking), []);
  const owner = revoking?.host?.fqdn ?? 'this manager';
  return (
    <>
      <div className={classes.toolbar}>
        <span>Agents and this manager know each other by these; ours renew by themselves.</span>
        <Button variant="default" leftSection={<Icon name="download" />} onClick={() => setIsBundling(true)}>
          Bundle for linux_patch_api
        </Button>
      </div>
      <QueryView
        query={query}
        what="the certificates"
        skeleton={<TableSkeleton what="the certificates" rows={6} />}
      >
        {(data) => {
          const { rows, total } = rowsOf(data);
          if (total === 0) {
            return (
              <EmptyCard icon="shield" title="No certificates yet">
                An agent gets one when you approve it. The manager makes its own with the first start of a
                worker.
              </EmptyCard>
            );
          }
          return (
            <DataTable
              label="Certificates"
              columns={columns}
              rows={rows}
              rowKey={(certificate) => certificate.id}
              total={total}
              more={moreRowsOf(query)}
              minWidth="1080px"
            />
          );
        }}
      </QueryView>
      {isBundling && <BundleDialog onClose={() => setIsBundling(false)} />}
      {revoking !== null && (
        <ConfirmDialog
          title={`Revoke the certificate of ${owner}?`}
          confirm="Revoke certificate"
          onConfirm={async () => {
            await revoke.mutateAsync(revoking.id);
            announce(`The certificate of ${owner} was revoked.`);
          }}
          onClose={() => setRevoking(null)}
        >
          {revoking.host === null
            ? 'The manager makes itself another. Agents refuse the old one when they have fetched the next list.'
            : 'The manager refuses it at once: the host is not reached until its agent has another certificate.'}
        </ConfirmDialog>
      )}
    </>
  );
}

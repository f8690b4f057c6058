import type { AuditEntryView } from '@patchgate/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { FitPage } from '../../ui/fit-page.js';
import { LinkButton } from '../../ui/link-button.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { AuditActions } from './audit-actions.js';
import { auditColumns } from './audit-columns.js';
import { AuditEntryDialog } from './audit-entry.dialog.js';
import { AuditFilters } from './audit-filters.js';
import { auditQuery } from './audit.queries.js';

const route = getRouteApi('/shell/audit');

export function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(auditQuery(search));
  const [open, setOpen] = useState<AuditEntryView | null>(null);
  const columns = useMemo(() => auditColumns(setOpen), []);
  const { rows, total } = useMemo(
    () => (query.data ? rowsOf(query.data) : { rows: [], total: 0 }),
    [query.data],
  );
  return (
    <FitPage>
      <PageHeader
        title="Audit log"
        facts={query.data ? <span>{countOf(total, 'entry', 'entries')}, newest first</span> : null}
        actions={<AuditActions search={search} />}
      />
      <AuditFilters
        search={search}
        onChange={(changed) =>
          void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
        }
      />
      <QueryView query={query} what="the audit log" skeleton={<TableSkeleton what="the audit log" />}>
        {() =>
          rows.length === 0 ? (
            <EmptyCard
              icon="audit"
              title="Nothing is recorded here"
              action={
                <LinkButton to="/audit" variant="default">
                  Clear all filters
                </LinkButton>
              }
            >
              No entry in your reach fits the search and the filters above.
            </EmptyCard>
          ) : (
            <DataTable
              label="Audit log"
              columns={columns}
              rows={rows}
              rowKey={(entry) => String(entry.seq)}
              total={total}
              more={moreRowsOf(query)}
              minWidth="980px"
            />
          )
        }
      </QueryView>
      {open !== null && <AuditEntryDialog entry={open} onClose={() => setOpen(null)} />}
    </FitPage>
  );
}

import { Button } from '@mantine/core';
import type { HostView } from '@patchgate/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { useAllows } from '../../lib/principal.js';
import { DataTable } from '../../ui/data-table.js';
import { FitPage } from '../../ui/fit-page.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { hostColumns } from './host-columns.js';
import { HostFilters } from './host-filters.js';
import type { HostSearch } from './host-search.js';
import { hostsQuery } from './hosts.queries.js';
import { NoHosts } from './no-hosts.js';
import { selectColumn } from './select-column.js';
import { SelectionBar } from './selection-bar.js';
import { useSelection } from './use-selection.js';

// Dialogs are no part of the first load.
const AddHostDialog = lazy(async () => ({ default: (await import('./add-host.dialog.js')).AddHostDialog }));
const AddToGroupDialog = lazy(async () => ({
  default: (await import('./add-to-group.dialog.js')).AddToGroupDialog,
}));

const route = getRouteApi('/shell/hosts');

export function HostsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayEdit = useAllows('admin');
  const mayDeploy = useAllows('operator');
  const query = useInfiniteQuery(hostsQuery(search));
  const selection = useSelection<HostView>();
  const [isGrouping, setIsGrouping] = useState(false);

  const change = (changed: HostSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const close = () => change({ dialog: undefined });

  const { rows, total } = useMemo(
    () => (query.data ? rowsOf(query.data) : { rows: [], total: 0 }),
    [query.data],
  );
  const columns = [
    ...(mayDeploy ? [selectColumn(rows, selection)] : []),
    ...hostColumns({
      sort: search.sort,
      onSort: (sort) => change({ sort }),
      hostLeft: mayDeploy ? '44px' : '0px',
    }),
  ];

  return (
    <FitPage>
      <PageHeader
        title="Hosts"
        facts={query.data ? <span>{countOf(total, 'host')}</span> : null}
        actions={
          <>
            {mayEdit && (
              <Button
                variant="default"
                leftSection={<Icon name="plus" />}
                onClick={() => change({ dialog: 'add' })}
              >
                Add host
              </Button>
            )}
            {mayDeploy && (
              <LinkButton to="/deploy" leftSection={<Icon name="deploy" />}>
                Deploy patches
              </LinkButton>
            )}
          </>
        }
      />
      <HostFilters search={search} onChange={change} />
      <QueryView query={query} what="the list of hosts" skeleton={<TableSkeleton what="the list of hosts" />}>
        {() =>
          rows.length === 0 ? (
            <NoHosts search={search} onAdd={() => change({ dialog: 'add' })} />
          ) : (
            <DataTable
              label="Hosts"
              columns={columns}
              rows={rows}
              rowKey={(host) => host.id}
              total={total}
              more={moreRowsOf(query)}
              isMarked={selection.has}
              minWidth="1182px"
            />
          )
        }
      </QueryView>
      <SelectionBar selection={selection} {...(mayEdit && { onAddToGroup: () => setIsGrouping(true) })} />
      <Suspense>
        {mayEdit && search.dialog === 'add' && <AddHostDialog groupId={search.group} onClose={close} />}
        {isGrouping && (
          <AddToGroupDialog
            hosts={selection.rows}
            onDone={() => {
              setIsGrouping(false);
              selection.clear();
            }}
            onClose={() => setIsGrouping(false)}
          />
        )}
      </Suspense>
    </FitPage>
  );
}

import { Button } from '@mantine/core';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { useAllows } from '../../lib/principal.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import { openAmong } from '../../lib/window-state.js';
import { DataTable } from '../../ui/data-table.js';
import { FitPage } from '../../ui/fit-page.js';
import { Icon } from '../../ui/icon.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { boardZone, dateIn, weekOf } from './board-days.js';
import { NoWindows } from './no-windows.js';
import { WindowBoards } from './window-boards.js';
import { windowColumns } from './window-columns.js';
import { WindowDialogs } from './window-dialogs.js';
import type { OpenWindowDialog } from './window-dialogs.js';
import { WindowFilters } from './window-filters.js';
import type { WindowSearch } from './window-search.js';
import { newValues } from './window-values.js';
import { kindWords } from './window-words.js';
import { CreateWindowDialog } from './window.dialog.js';
import { windowsQuery } from './windows.queries.js';

const route = getRouteApi('/shell/windows');

export function WindowsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayEdit = useAllows('admin');
  const nowMs = useNow();
  const zone = boardZone(search.zone);
  const date = search.day ?? dateIn(zone, nowMs);
  const span = useMemo(() => spanOf(zone, date), [zone, date]);
  const query = useQuery(windowsQuery(search, span));
  const [open, setOpen] = useState<OpenWindowDialog | null>(null);
  const columns = useMemo(
    () => windowColumns(mayEdit ? (window, action) => setOpen({ window, action }) : null),
    [mayEdit],
  );
  const change = (changed: WindowSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const add = (kind: 'maintenance' | 'blackout') => (
    <Button
      variant={kind === 'blackout' ? 'default' : 'filled'}
      leftSection={<Icon name="plus" />}
      onClick={() => change({ dialog: kind })}
    >
      Add {kindWords[kind]}
    </Button>
  );
  const isFiltered = search.q !== undefined || search.kind !== undefined || search.group !== undefined;
  const windows = query.data?.items ?? [];

  return (
    <FitPage>
      <PageHeader
        title="Maintenance windows"
        facts={query.data ? <Facts windows={windows} total={query.data.total} nowMs={nowMs} /> : null}
        actions={
          mayEdit && (
            <>
              {add('blackout')}
              {add('maintenance')}
            </>
          )
        }
      />
      <WindowFilters search={search} onChange={change} />
      <QueryView query={query} what="the windows" skeleton={<TableSkeleton what="the windows" rows={8} />}>
        {({ items }) => {
          if (items.length === 0) {
            return <NoWindows isFiltered={isFiltered} action={mayEdit ? add('maintenance') : undefined} />;
          }
          if (search.view === 'list') {
            return (
              <DataTable
                label="Maintenance windows"
                columns={columns}
                rows={items}
                rowKey={({ id }) => id}
                total={items.length}
                minWidth="1080px"
              />
            );
          }
          return (
            <WindowBoards
              windows={items}
              date={date}
              zone={zone}
              nowMs={nowMs}
              onDay={(day) => change({ day })}
              onZone={(asked) => change({ zone: asked === viewerZone() ? undefined : asked })}
              onOpen={mayEdit ? (window) => setOpen({ window, action: 'edit' }) : null}
            />
          );
        }}
      </QueryView>
      {mayEdit && search.dialog !== undefined && (
        <CreateWindowDialog
          initial={newValues({
            kind: search.dialog,
            timeZone: zone,
            today: dateIn(zone, nowMs),
            groupId: search.group,
          })}
          onClose={() => change({ dialog: undefined })}
        />
      )}
      {open !== null && <WindowDialogs open={open} onOpen={setOpen} />}
    </FitPage>
  );
}

function spanOf(zone: string, date: string) {
  const days = weekOf(zone, date);
  const [from, to] = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0];
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

interface FactsProps {
  windows: readonly MaintenanceWindowView[];
  total: number;
  nowMs: number;
}

function Facts({ windows, total, nowMs }: FactsProps) {
  const blackouts = windows.filter(({ kind }) => kind === 'blackout');
  const openNow = openAmong(windows, 'maintenance', nowMs);
  const holding = openAmong(windows, 'blackout', nowMs);
  return (
    <>
      <span>
        {countOf(windows.length - blackouts.length, 'window')}, {countOf(blackouts.length, 'blackout')}
        {total > windows.length && `, of ${total}: the search finds the others`}
      </span>
      <span>
        {openNow.length} open now{holding.length > 0 && `, ${countOf(holding.length, 'blackout')} in force`}
      </span>
    </>
  );
}

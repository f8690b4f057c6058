import type { HostView } from '@patchgate/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { Card } from '../../ui/card.js';
import { DataTable } from '../../ui/data-table.js';
import { FilterBar } from '../../ui/filter-bar.js';
import { FilterChoice } from '../../ui/filter-choice.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { Note } from '../../ui/note.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { SearchField } from '../../ui/search-field.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { hostPatchesQuery } from './hosts.queries.js';
import type { PatchFilter } from './hosts.queries.js';
import { patchColumns } from './patch-columns.js';
import { RefreshButton } from './refresh-button.js';
import classes from './host-patches.module.css';

/** What could be upgraded, as the agent told it last. */
export function HostPatches({ host }: { host: HostView }) {
  return (
    <Card
      title="Patches"
      note={
        host.inventory_at !== null && (
          <>
            checked <RelativeTime at={host.inventory_at} />
          </>
        )
      }
      padding="flush"
      actions={<RefreshButton host={host} />}
    >
      {host.inventory_failure !== null && (
        <div className={classes.note}>
          <Note tone="wait">
            The list could not be had: {host.inventory_failure}. It is tried again within minutes.
          </Note>
        </div>
      )}
      {host.patches_total === null || host.patches_total === 0 ? (
        <p className={classes.nothing}>{nothingOf(host)}</p>
      ) : (
        <PatchTable host={host} />
      )}
    </Card>
  );
}

function nothingOf({ patches_total: total, agent_status: status }: HostView): string {
  if (total === 0) return 'Nothing to upgrade.';
  return status === 'not_enrolled'
    ? 'Patches are listed by an agent, and none is enrolled on this host.'
    : 'The agent has not listed its patches yet.';
}

function PatchTable({ host }: { host: HostView }) {
  const [filter, setFilter] = useState<PatchFilter>({ q: '', only: 'all' });
  const query = useInfiniteQuery(hostPatchesQuery(host.id, filter));
  return (
    <>
      <div className={classes.filters}>
        <FilterBar label="Patches">
          <SearchField
            label="Search patches"
            placeholder="Package"
            value={filter.q}
            onSearch={(q) => setFilter((before) => ({ ...before, q }))}
          />
          <FilterChoice
            label="Patches"
            value={filter.only}
            onChange={(only) => setFilter((before) => ({ ...before, only }))}
            choices={[
              { value: 'all', label: 'All', count: host.patches_total },
              { value: 'security', label: 'Security', count: host.patches_security ?? undefined },
              { value: 'reboot', label: 'Need a reboot' },
            ]}
          />
        </FilterBar>
        {host.patches_security === null && (
          <p className={classes.quiet}>This agent does not tell which patches are about security.</p>
        )}
      </div>
      <QueryView query={query} what="the patches" skeleton={<SkeletonRows rows={5} waitsFor="the patches" />}>
        {(data) => {
          const { rows, total } = rowsOf(data);
          return rows.length === 0 ? (
            <p className={classes.nothing}>
              No patch fits, of {countOf(host.patches_total ?? 0, 'patch', 'patches')}.
            </p>
          ) : (
            <div className={classes.table}>
              <DataTable
                label="List of patches"
                isReadOnly
                columns={patchColumns}
                rows={rows}
                rowKey={({ name }) => name}
                total={total}
                more={moreRowsOf(query)}
                minWidth="720px"
              />
            </div>
          );
        }}
      </QueryView>
    </>
  );
}

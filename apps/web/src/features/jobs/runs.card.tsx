import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { formatCount } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { reasonInShort } from '../../lib/run-reasons.js';
import { Card } from '../../ui/card.js';
import { DataTable } from '../../ui/data-table.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { QueryView } from '../../ui/query-view.js';
import { SearchField } from '../../ui/search-field.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { FilterChip } from './filter-chip.js';
import { isFiltered } from './board-search.js';
import type { BoardSearch } from './board-search.js';
import { jobRunsQuery } from './job.queries.js';
import { runColumns } from './run-columns.js';
import classes from './runs.module.css';
import { wordOfFilter } from './state-groups.js';

interface RunsCardProps {
  jobId: string;
  search: BoardSearch;
  onChange: (changed: BoardSearch) => void;
}

/** The runs of the job that fit, in the order of the roll-out. */
export function RunsCard({ jobId, search, onChange }: RunsCardProps) {
  const query = useInfiniteQuery(jobRunsQuery(jobId, search));
  const hasPanel = search.run !== undefined;
  const isWide = useMediaQuery('(min-width: 1200px)', false, { getInitialValueInEffect: false });
  const columns = useMemo(
    () => runColumns({ jobId, isNarrow: hasPanel && isWide }),
    [jobId, hasPanel, isWide],
  );
  const { status, reason } = search;
  return (
    <Card
      title="Hosts"
      note={query.data === undefined ? undefined : formatCount(rowsOf(query.data).total)}
      padding="flush"
      actions={
        <SearchField
          label="Find a host of this job"
          placeholder="Find a host"
          value={search.q ?? ''}
          onSearch={(q) => onChange({ q: q === '' ? undefined : q })}
        />
      }
    >
      {(status !== undefined || reason !== undefined) && (
        <div className={classes.chips}>
          {status !== undefined && (
            <FilterChip onRemove={() => onChange({ status: undefined })}>{wordOfFilter(status)}</FilterChip>
          )}
          {reason !== undefined && (
            <FilterChip onRemove={() => onChange({ reason: undefined })}>{reasonInShort(reason)}</FilterChip>
          )}
        </div>
      )}
      <QueryView query={query} what="the hosts" skeleton={<SkeletonRows rows={6} waitsFor="the hosts" />}>
        {(data) => {
          const { rows, total } = rowsOf(data);
          return rows.length === 0 ? (
            <p className={classes.nothing}>
              {isFiltered(search) ? 'No host of this job fits.' : 'You reach no host of this job.'}
            </p>
          ) : (
            <div className={classes.table}>
              <DataTable
                label="Hosts of this job"
                columns={columns}
                rows={rows}
                rowKey={({ id }) => id}
                total={total}
                more={moreRowsOf(query)}
                isMarked={({ id }) => id === search.run}
              />
            </div>
          );
        }}
      </QueryView>
    </Card>
  );
}

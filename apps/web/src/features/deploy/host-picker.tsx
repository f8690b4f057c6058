import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { Card } from '../../ui/card.js';
import { DataTable } from '../../ui/data-table.js';
import { FilterBar } from '../../ui/filter-bar.js';
import { GroupSelect } from '../../ui/group-select.js';
import { LinkButton } from '../../ui/link-button.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { QueryView } from '../../ui/query-view.js';
import { SearchField } from '../../ui/search-field.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { EmptyState } from '../../ui/empty-state.js';
import { hostChoicesQuery } from './deploy.queries.js';
import type { HostChoice } from './deploy.queries.js';
import { hostChoiceColumns } from './host-choice-columns.js';
import classes from './hosts.step.module.css';
import type { Order } from './use-order.js';

const everything: HostChoice = { q: '', group: '' };

/** Hosts one by one, beside those that come with a group. */
export function HostPicker({ order: { draft, change } }: { order: Order }) {
  const [filter, setFilter] = useState(everything);
  const query = useInfiniteQuery(hostChoicesQuery(filter));
  const chosen = new Set(draft.host_ids);
  const set = (ids: Iterable<string>): void => change({ host_ids: [...ids] });
  return (
    <Card
      title="Hosts"
      note={chosen.size === 0 ? undefined : `${formatCount(chosen.size)} chosen one by one`}
      padding="flush"
      actions={
        chosen.size > 0 && (
          <Button size="xs" variant="default" onClick={() => set([])}>
            Clear
          </Button>
        )
      }
    >
      <div className={classes.filters}>
        <FilterBar label="Hosts to choose from">
          <SearchField
            label="Search hosts"
            placeholder="Name or address"
            value={filter.q}
            onSearch={(q) => setFilter((before) => ({ ...before, q }))}
          />
          <GroupSelect
            ariaLabel="Only of group"
            none="Any group"
            value={filter.group}
            onChange={(group) => setFilter((before) => ({ ...before, group }))}
            className={classes.select}
          />
        </FilterBar>
      </div>
      <QueryView query={query} what="the hosts" skeleton={<SkeletonRows rows={9} waitsFor="the hosts" />}>
        {(data) => {
          const { rows, total } = rowsOf(data);
          if (rows.length === 0) return <NoChoice isFiltered={filter.q !== '' || filter.group !== ''} />;
          return (
            <div className={classes.table}>
              <DataTable
                label="Hosts to choose from"
                columns={hostChoiceColumns({ rows, chosen, groupIds: draft.group_ids, set })}
                rows={rows}
                rowKey={({ id }) => id}
                total={total}
                more={moreRowsOf(query)}
                isMarked={({ id }) => chosen.has(id)}
                minWidth="640px"
              />
            </div>
          );
        }}
      </QueryView>
    </Card>
  );
}

function NoChoice({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState icon="search" title="No host matches">
      Nothing in your reach fits the search and the group above.
    </EmptyState>
  ) : (
    <EmptyState
      icon="hosts"
      title="No hosts yet"
      action={
        <LinkButton to="/hosts" variant="default">
          Hosts
        </LinkButton>
      }
    >
      Patches go to hosts with an agent. Enrol one first, or ask for a group that has some.
    </EmptyState>
  );
}

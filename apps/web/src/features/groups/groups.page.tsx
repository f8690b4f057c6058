import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { useAllows } from '../../lib/principal.js';
import { DataTable } from '../../ui/data-table.js';
import { FilterBar } from '../../ui/filter-bar.js';
import { FitPage } from '../../ui/fit-page.js';
import { Icon } from '../../ui/icon.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { SearchField } from '../../ui/search-field.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { groupColumns } from './group-columns.js';
import { CreateGroupDialog } from './group.dialog.js';
import { groupsQuery } from './groups.queries.js';
import { NoGroups } from './no-groups.js';

const route = getRouteApi('/shell/groups');

export function GroupsPage() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const mayEdit = useAllows('admin');
  const query = useInfiniteQuery(groupsQuery(q));
  const [isCreating, setIsCreating] = useState(false);
  const { rows, total } = useMemo(
    () => (query.data ? rowsOf(query.data) : { rows: [], total: 0 }),
    [query.data],
  );
  const create = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setIsCreating(true)}>
      Create group
    </Button>
  );
  return (
    <FitPage>
      <PageHeader
        title="Groups"
        facts={
          query.data ? <span>{countOf(total, 'group')}; who shares one with a host can see it</span> : null
        }
        actions={mayEdit && create}
      />
      <FilterBar label="Groups">
        <SearchField
          label="Search groups"
          placeholder="Name or description"
          value={q ?? ''}
          onSearch={(text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true })}
        />
      </FilterBar>
      <QueryView query={query} what="the groups" skeleton={<TableSkeleton what="the groups" rows={8} />}>
        {() =>
          rows.length === 0 ? (
            <NoGroups isFiltered={q !== undefined} action={mayEdit ? create : undefined} />
          ) : (
            <DataTable
              label="Groups"
              columns={groupColumns}
              rows={rows}
              rowKey={(group) => group.id}
              total={total}
              more={moreRowsOf(query)}
              minWidth="720px"
            />
          )
        }
      </QueryView>
      {isCreating && <CreateGroupDialog onClose={() => setIsCreating(false)} />}
    </FitPage>
  );
}

import { Button } from '@mantine/core';
import type { UserView } from '@patchgate/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { useAllows, usePrincipal } from '../../lib/principal.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyCard, EmptyPage } from '../../ui/empty-state.js';
import { FilterBar } from '../../ui/filter-bar.js';
import { FitPage } from '../../ui/fit-page.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { SearchField } from '../../ui/search-field.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { CreateUserDialog } from './create-user.dialog.js';
import { userColumns } from './user-columns.js';
import { UserDialog } from './user-dialog.js';
import type { UserAction } from './user-dialog.js';
import { usersQuery } from './users.queries.js';

export function UsersPage() {
  if (!useAllows('admin')) {
    return (
      <EmptyPage
        icon="users"
        title="People are managed by administrators"
        action={<LinkButton to="/">Overview</LinkButton>}
      >
        Ask one of them when someone should get in, or should see other hosts.
      </EmptyPage>
    );
  }
  return <UserList />;
}

const route = getRouteApi('/shell/users');

function UserList() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const { id: ownId } = usePrincipal();
  const query = useInfiniteQuery(usersQuery(q));
  const [isCreating, setIsCreating] = useState(false);
  const [open, setOpen] = useState<{ user: UserView; action: UserAction } | null>(null);
  const { rows, total } = useMemo(
    () => (query.data ? rowsOf(query.data) : { rows: [], total: 0 }),
    [query.data],
  );
  const columns = useMemo(
    () => userColumns({ ownId, onAction: (user, action) => setOpen({ user, action }) }),
    [ownId],
  );
  return (
    <FitPage>
      <PageHeader
        title="Users"
        facts={query.data ? <span>{countOf(total, 'person', 'people')}</span> : null}
        actions={
          <Button leftSection={<Icon name="plus" />} onClick={() => setIsCreating(true)}>
            Create user
          </Button>
        }
      />
      <FilterBar label="Users">
        <SearchField
          label="Search users"
          placeholder="Name or user name"
          value={q ?? ''}
          onSearch={(text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true })}
        />
      </FilterBar>
      <QueryView query={query} what="the users" skeleton={<TableSkeleton what="the users" rows={8} />}>
        {() =>
          rows.length === 0 ? (
            <EmptyCard
              icon="search"
              title="Nobody matches"
              action={
                <LinkButton to="/users" variant="default">
                  Clear the search
                </LinkButton>
              }
            >
              No name or user name contains the text above.
            </EmptyCard>
          ) : (
            <DataTable
              label="Users"
              columns={columns}
              rows={rows}
              rowKey={(user) => user.id}
              total={total}
              more={moreRowsOf(query)}
              minWidth="980px"
            />
          )
        }
      </QueryView>
      {isCreating && <CreateUserDialog onClose={() => setIsCreating(false)} />}
      {open !== null && <UserDialog {...open} onClose={() => setOpen(null)} />}
    </FitPage>
  );
}

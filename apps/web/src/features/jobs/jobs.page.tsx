import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { countOf } from '../../lib/counts.js';
import { rowsOf } from '../../lib/list-query.js';
import { useAllows } from '../../lib/principal.js';
import { DataTable } from '../../ui/data-table.js';
import { FitPage } from '../../ui/fit-page.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { moreRowsOf } from '../../ui/more-rows.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { TableSkeleton } from '../../ui/table-skeleton.js';
import { jobColumns } from './jobs-columns.js';
import { JobsFilters } from './jobs-filters.js';
import { isFiltered } from './jobs-search.js';
import type { JobsSearch } from './jobs-search.js';
import { jobsQuery } from './jobs.queries.js';
import { NoJobs } from './no-jobs.js';

const route = getRouteApi('/shell/jobs');

export function JobsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayDeploy = useAllows('operator');
  const query = useInfiniteQuery(jobsQuery(search));
  const { rows, total } = useMemo(
    () => (query.data ? rowsOf(query.data) : { rows: [], total: 0 }),
    [query.data],
  );
  const change = (changed: JobsSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  return (
    <FitPage>
      <PageHeader
        title="Jobs"
        facts={query.data ? <span>{countOf(total, 'job')} with hosts that you see</span> : null}
        actions={
          mayDeploy && (
            <LinkButton to="/deploy" leftSection={<Icon name="deploy" />}>
              Deploy patches
            </LinkButton>
          )
        }
      />
      <JobsFilters search={search} onChange={change} />
      <QueryView query={query} what="the jobs" skeleton={<TableSkeleton what="the jobs" rows={8} />}>
        {() =>
          rows.length === 0 ? (
            <NoJobs isFiltered={isFiltered(search)} />
          ) : (
            <DataTable
              label="Jobs"
              columns={jobColumns}
              rows={rows}
              rowKey={({ id }) => id}
              total={total}
              more={moreRowsOf(query)}
              minWidth="1176px"
            />
          )
        }
      </QueryView>
    </FitPage>
  );
}

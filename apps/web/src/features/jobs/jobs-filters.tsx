import { NativeSelect } from '@mantine/core';
import { jobStatus } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { liveJobsQuery } from '../../lib/live-jobs.queries.js';
import { oneOf } from '../../lib/search-params.js';
import { FilterBar } from '../../ui/filter-bar.js';
import { FilterChoice } from '../../ui/filter-choice.js';
import { jobStates } from '../../ui/run-states.js';
import { SearchField } from '../../ui/search-field.js';
import { states } from '../../ui/states.js';
import type { JobsSearch } from './jobs-search.js';
import classes from './jobs.module.css';

interface JobsFiltersProps {
  search: JobsSearch;
  onChange: (changed: JobsSearch) => void;
}

export function JobsFilters({ search, onChange }: JobsFiltersProps) {
  const { data } = useQuery(liveJobsQuery);
  return (
    <FilterBar label="Jobs">
      <SearchField
        label="Search jobs"
        placeholder="Name or number"
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q === '' ? undefined : q })}
      />
      <FilterChoice
        label="Jobs to show"
        value={search.show ?? 'all'}
        onChange={(show) => onChange({ show: show === 'all' ? undefined : show })}
        choices={[
          { value: 'all', label: 'All' },
          { value: 'live', label: 'Live', count: data?.total ?? null },
          { value: 'ended', label: 'Ended' },
        ]}
      />
      <NativeSelect
        aria-label="Status"
        className={classes.select ?? ''}
        value={search.status ?? ''}
        onChange={(event) => onChange({ status: oneOf(jobStatus.options, event.currentTarget.value) })}
        data={[
          { value: '', label: 'Any status' },
          ...jobStatus.options.map((status) => ({ value: status, label: states[jobStates[status]].word })),
        ]}
      />
    </FilterBar>
  );
}

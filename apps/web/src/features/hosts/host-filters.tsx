import { NativeSelect } from '@mantine/core';
import { agentStatus, healthStatus } from '@patchgate/contracts';
import type { OverviewView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '../../lib/fleet.queries.js';
import { oneOf } from '../../lib/search-params.js';
import { FilterBar } from '../../ui/filter-bar.js';
import { FilterChoice } from '../../ui/filter-choice.js';
import { SearchField } from '../../ui/search-field.js';
import { StateIcon } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import { GroupSelect } from '../../ui/group-select.js';
import classes from './host-filters.module.css';
import { isFiltered, patchesFilters } from './host-search.js';
import type { HostSearch, PatchesFilter } from './host-search.js';
import { agentState } from './host-words.js';

const patchesWords: Readonly<Record<PatchesFilter, string>> = {
  security: 'Security patches',
  any: 'Patches outstanding',
  none: 'Up to date',
};

interface HostFiltersProps {
  search: HostSearch;
  onChange: (changed: HostSearch) => void;
}

export function HostFilters({ search, onChange }: HostFiltersProps) {
  const { data } = useQuery(overviewQuery);
  // The overview counts the whole fleet; beside another filter those numbers would promise rows that are not there.
  const isWhole = !isFiltered({ ...search, health: undefined });
  const countOf = (of: keyof OverviewView['hosts']) => (isWhole ? (data?.hosts[of] ?? null) : undefined);
  return (
    <FilterBar label="Hosts">
      <SearchField
        label="Search hosts"
        placeholder="Name or address"
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q === '' ? undefined : q })}
      />
      <FilterChoice
        label="Health"
        value={search.health ?? 'all'}
        onChange={(health) => onChange({ health: health === 'all' ? undefined : health })}
        choices={[
          { value: 'all', label: 'All', count: countOf('total') },
          ...healthStatus.options.map((status) => ({
            value: status,
            label: states[status].word,
            icon: <StateIcon state={status} />,
            count: countOf(status),
          })),
        ]}
      />
      <GroupSelect
        ariaLabel="Group"
        none="Any group"
        value={search.group ?? ''}
        onChange={(group) => onChange({ group: group === '' ? undefined : group })}
        className={classes.select}
      />
      <NativeSelect
        aria-label="Agent"
        className={classes.select ?? ''}
        value={search.agent ?? ''}
        onChange={(event) => onChange({ agent: oneOf(agentStatus.options, event.currentTarget.value) })}
        data={[
          { value: '', label: 'Any agent' },
          ...agentStatus.options.map((status) => ({
            value: status,
            label: `Agent: ${states[agentState(status)].word}`,
          })),
        ]}
      />
      <NativeSelect
        aria-label="Patches"
        className={classes.select ?? ''}
        value={search.patches ?? ''}
        onChange={(event) => onChange({ patches: oneOf(patchesFilters, event.currentTarget.value) })}
        data={[
          { value: '', label: 'Any patches' },
          ...patchesFilters.map((filter) => ({ value: filter, label: patchesWords[filter] })),
        ]}
      />
    </FilterBar>
  );
}

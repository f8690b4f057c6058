import { FilterBar } from '../../ui/filter-bar.js';
import { FilterChoice } from '../../ui/filter-choice.js';
import { GroupSelect } from '../../ui/group-select.js';
import { SearchField } from '../../ui/search-field.js';
import type { WindowSearch } from './window-search.js';

interface WindowFiltersProps {
  search: WindowSearch;
  onChange: (changed: WindowSearch) => void;
}

export function WindowFilters({ search, onChange }: WindowFiltersProps) {
  return (
    <FilterBar label="Maintenance windows">
      <SearchField
        label="Search windows"
        placeholder="Name, group or host"
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q === '' ? undefined : q })}
      />
      <FilterChoice
        label="Kind"
        choices={[
          { value: 'all', label: 'All' },
          { value: 'maintenance', label: 'Windows' },
          { value: 'blackout', label: 'Blackouts' },
        ]}
        value={search.kind ?? 'all'}
        onChange={(kind) => onChange({ kind: kind === 'all' ? undefined : kind })}
      />
      <GroupSelect
        ariaLabel="Group"
        none="All groups and hosts"
        value={search.group ?? ''}
        onChange={(group) => onChange({ group: group === '' ? undefined : group })}
      />
      <FilterChoice
        label="View"
        choices={[
          { value: 'board', label: 'Board' },
          { value: 'list', label: 'List' },
        ]}
        value={search.view ?? 'board'}
        onChange={(view) => onChange({ view: view === 'board' ? undefined : view })}
      />
    </FilterBar>
  );
}

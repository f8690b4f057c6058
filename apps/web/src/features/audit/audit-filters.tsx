import { CloseButton, NativeSelect } from '@mantine/core';
import { oneOf } from '../../lib/search-params.js';
import { FilterBar } from '../../ui/filter-bar.js';
import { SearchField } from '../../ui/search-field.js';
import { objectTypes } from './audit-search.js';
import type { AuditSearch, ObjectType } from './audit-search.js';
import classes from './audit.module.css';

const typeWords: Record<ObjectType, string> = {
  host: 'Hosts',
  group: 'Groups',
  user: 'People and their access',
};

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (changed: AuditSearch) => void;
}

export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  return (
    <FilterBar label="Audit log">
      <SearchField
        label="Search the audit log"
        placeholder="Action, name or detail"
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q === '' ? undefined : q })}
      />
      <NativeSelect
        aria-label="About"
        className={classes.type ?? ''}
        value={search.type ?? ''}
        onChange={(event) => onChange({ type: oneOf(objectTypes, event.currentTarget.value) })}
        data={[
          { value: '', label: 'About anything' },
          ...objectTypes.map((type) => ({ value: type, label: typeWords[type] })),
        ]}
      />
      {search.object !== undefined && (
        <Chip label="One object only" onRemove={() => onChange({ object: undefined })} />
      )}
      {search.actor !== undefined && (
        <Chip label="One person only" onRemove={() => onChange({ actor: undefined })} />
      )}
    </FilterBar>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className={classes.chip}>
      {label}
      <CloseButton size="sm" aria-label={`Remove the filter: ${label}`} onClick={onRemove} />
    </span>
  );
}

import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf } from '../../lib/counts.js';
import type { Form } from '../../lib/use-form.js';
import { FilterChoice } from '../../ui/filter-choice.js';
import { GroupSelect } from '../../ui/group-select.js';
import classes from './window-form.module.css';
import type { WindowValues } from './window-values.js';
import { hostChoicesQuery } from './windows.queries.js';

interface ScopeFieldProps {
  form: Form<WindowValues>;
  /** Null while it is new; afterwards it stays where it is. */
  window: MaintenanceWindowView | null;
}

export function ScopeField({ form, window }: ScopeFieldProps) {
  if (window !== null) {
    return (
      <div className={classes.scope}>
        <span className={classes.label}>Applies to</span>
        <span>
          {window.scope_name}
          {window.host_id === null && (
            <span className={classes.quiet}>, {countOf(window.hosts, 'host')}</span>
          )}
        </span>
      </div>
    );
  }
  return (
    <div className={classes.scope}>
      <FilterChoice
        label="Applies to"
        choices={[
          { value: 'group', label: 'The hosts of a group' },
          { value: 'host', label: 'One host' },
        ]}
        value={form.values.scope}
        onChange={(scope) => form.set('scope', scope)}
      />
      {form.values.scope === 'group' ? (
        <GroupSelect
          label="Group"
          none="Choose a group"
          value={form.values.group_id}
          onChange={(id) => form.set('group_id', id)}
          error={form.errors.fields.group_id}
        />
      ) : (
        <HostSelect form={form} />
      )}
    </div>
  );
}

function HostSelect({ form }: { form: Form<WindowValues> }) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const [picked, setPicked] = useState<{ value: string; label: string } | null>(null);
  const choices = useQuery(hostChoicesQuery(q));
  const options = (choices.data?.items ?? []).map(({ id, fqdn }) => ({ value: id, label: fqdn }));
  const isListed = picked === null || options.some(({ value }) => value === picked.value);
  return (
    <Select
      label="Host"
      placeholder="Search by name"
      data={isListed ? options : [picked, ...options]}
      filter={({ options: unfiltered }) => unfiltered}
      value={form.values.host_id === '' ? null : form.values.host_id}
      onChange={(value, option) => {
        setPicked(value === null || option === null ? null : { value, label: option.label });
        form.set('host_id', value ?? '');
      }}
      searchable
      onSearchChange={(text) => setTyped(text === picked?.label ? '' : text)}
      nothingFoundMessage="No host of that name"
      error={form.errors.fields.host_id ?? (choices.isError && 'The list could not be loaded.')}
      aria-invalid={'host_id' in form.errors.fields}
    />
  );
}

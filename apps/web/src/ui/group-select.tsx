import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { groupChoicesQuery } from '../lib/fleet.queries.js';

interface GroupSelectProps {
  label?: string;
  /** Names it for readers where no label is in sight. */
  ariaLabel?: string;
  /** What choosing no group means here. */
  none: string;
  value: string;
  onChange: (groupId: string) => void;
  error?: string | undefined;
  className?: string | undefined;
}

/** One group of all. The browser's own list: it is found by typing, and phones show it as phones do. */
export function GroupSelect({ label, ariaLabel, none, value, onChange, error, className }: GroupSelectProps) {
  const query = useQuery(groupChoicesQuery);
  const groups = query.data ?? [];
  const isMissing = value !== '' && groups.every((group) => group.id !== value);
  return (
    <NativeSelect
      label={label}
      aria-label={ariaLabel}
      className={className ?? ''}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error ?? (query.isError && label !== undefined && 'The groups could not be loaded.')}
      data={[
        { value: '', label: query.isError ? 'Groups did not load' : none },
        ...groups.map(({ id, name }) => ({ value: id, label: name })),
        ...(isMissing ? [{ value, label: query.isPending ? 'Loading…' : 'A group you cannot see' }] : []),
      ]}
    />
  );
}

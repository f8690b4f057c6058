import { Select } from '@mantine/core';
import type { SelectProps } from '@mantine/core';
import { Icon } from './icon.js';

/** IANA names, as this browser knows them. The server may know more; what it does not know it refuses. */
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
/** More lines than this are no help to choose from. */
const shownAtOnce = 60;

interface ZoneSelectProps extends Pick<SelectProps, 'error' | 'className'> {
  label?: string;
  /** Names it for readers where no label is in sight. */
  ariaLabel?: string;
  value: string;
  onChange: (zone: string) => void;
}

/** One time zone, found by typing a part of its name. */
export function ZoneSelect({ label, ariaLabel, value, onChange, error, className }: ZoneSelectProps) {
  return (
    <Select
      label={label}
      aria-label={ariaLabel}
      className={className ?? ''}
      leftSection={<Icon name="globe" size={14} />}
      data={zones.includes(value) || value === '' ? zones : [value, ...zones]}
      value={value}
      onChange={(zone) => {
        if (zone !== null) onChange(zone);
      }}
      limit={shownAtOnce}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No zone of that name: try a city"
      error={error}
      aria-invalid={error !== undefined}
    />
  );
}

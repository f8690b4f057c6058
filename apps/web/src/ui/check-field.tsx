import { Checkbox } from '@mantine/core';
import classes from './check-field.module.css';

interface CheckFieldProps {
  label: string;
  /** Said beside the label in quiet. */
  note?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** A box and its words in one label, so that a finger that misses the box hits what belongs to it. */
export function CheckField({ label, note, checked, disabled = false, onChange }: CheckFieldProps) {
  return (
    <label className={classes.field} data-off={disabled || undefined}>
      <Checkbox
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={classes.label}>{label}</span>
      {note !== undefined && <span className={classes.note}>{note}</span>}
    </label>
  );
}

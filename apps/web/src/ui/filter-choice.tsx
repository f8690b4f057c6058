import type { ReactNode } from 'react';
import classes from './filter-choice.module.css';
import { formatCount } from '../lib/counts.js';

interface Choice<Value extends string> {
  value: Value;
  label: string;
  icon?: ReactNode;
  /** How many rows it would show; null while that is being fetched. */
  count?: number | null | undefined;
}

interface FilterChoiceProps<Value extends string> {
  /** What is chosen among, for readers: “Health”. */
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of few, all in sight, with how many rows each would show. Native radios: arrow keys and names come with them. */
export function FilterChoice<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: FilterChoiceProps<Value>) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={classes.choice}>
          <input
            type="radio"
            className={classes.radio}
            name={label}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.icon}
          {choice.label}
          {choice.count !== undefined && (
            <span className={classes.count}>{choice.count !== null && formatCount(choice.count)}</span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
